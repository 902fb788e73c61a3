"""The error cells of a workbook (#DIV/0!, #N/A …), which readers otherwise show as empty."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile, is_zipfile

_CELL = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_NAME = re.compile(rb'\br="([A-Z]+[0-9]+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")


def error_cells(path: Path, sheet: str) -> list[tuple[str, str]]:
    """Name and error of every error cell of one sheet of an .xlsx file; nothing for other formats."""
    if not is_zipfile(path):
        return []
    with ZipFile(path) as parts:
        try:
            data = parts.read(_part_of(parts, sheet))
        except (KeyError, BadZipFile, ElementTree.ParseError):
            return []
    found = []
    for attributes, inside in _CELL.findall(data):
        name, value = _NAME.search(attributes), _VALUE.search(inside)
        found.append((name[1].decode() if name else "?", value[1].decode() if value else "#N/A"))
    return found


def _part_of(parts: ZipFile, sheet: str) -> str:
    """The file inside the workbook that holds the sheet of this name."""
    workbook = ElementTree.fromstring(parts.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for element in workbook.iter():
        if element.tag.endswith("}sheet") and element.get("name") == sheet:
            key = next((value for name, value in element.attrib.items() if name.endswith("}id")), None)
            target = targets.get(key, "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(sheet)

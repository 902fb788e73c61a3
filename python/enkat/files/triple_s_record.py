"""What an .sss file says: its variables, where their answers stand, and what their codes mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from enkat.errors import DataError

MOST_PLACES = 1_000_000  # of a line
KINDS = ("single", "multiple", "quantity", "character", "logical", "date", "time")


@dataclass(frozen=True)
class Variable:
    """One variable: its kind, its place (columns of a line, or fields of a CSV file, from 1) and its codes."""

    name: str
    kind: str
    label: str
    start: int
    finish: int
    codes: Mapping[str, str] = field(default_factory=dict)  # as they stand in the file
    subfields: int = 0  # of a multiple: codes one after the other, not one character an option
    width: int = 0  # of a subfield; 0: as wide as the widest code
    use: str = ""
    ident: str = ""
    filtered_by: str = ""  # the variable that says who was asked, by its identifier or name


@dataclass(frozen=True)
class TripleS:
    """One record of a survey: a line of the file of answers."""

    variables: tuple[Variable, ...]
    delimited: bool
    skip: int
    encoding: str | None
    answers: str  # the file of answers, where it is named


def parsed(data: bytes) -> TripleS:
    """The description; DataError for what is not one, or describes answers in several levels."""
    root = _xml(data)
    if _tag(root) != "sss":
        raise DataError("data.triple_s_damaged", "it is XML, but no description of a Triple-S survey (<sss>)")
    records = [element for element in root.iter() if _tag(element) == "record"]
    levels = [element.get("href", "") for element in root.iter() if _tag(element) == "level"]
    if len(records) != 1 or len(levels) > 1:
        files = ", ".join(repr(name) for name in levels if name)
        raise DataError(
            "data.triple_s_levels",
            f"it describes {max(len(records), len(levels))} levels, such as households and persons: read the "
            "description "
            + (
                f"of one of them ({files}), which is in a file of its own"
                if files
                else "of the level of respondents alone"
            ),
            {"records": len(records), "levels": len(levels)},
        )
    record = records[0]
    variables = tuple(_variable(element) for element in record if _tag(element) == "variable")
    if not variables:
        raise DataError("data.triple_s_damaged", "it describes no variable")
    return TripleS(
        variables,
        record.get("format", "fixed").lower() == "csv",
        _whole(record.get("skip") or "0", "skip", 0),
        record.get("data-file-encoding"),
        record.get("href", ""),
    )


def _xml(data: bytes) -> ElementTree.Element:
    """The tree; a file that does not say its encoding and is not UTF-8 is Windows-1252."""
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError:
        pass
    try:
        return ElementTree.fromstring(data.decode("windows-1252"))
    except (ElementTree.ParseError, UnicodeDecodeError, ValueError) as error:
        line = getattr(error, "position", (0, 0))[0]
        where = f" (line {line})" if line else ""
        raise DataError("data.triple_s_damaged", f"it is not well-formed XML{where}; export it again") from None


def _variable(element: ElementTree.Element) -> Variable:
    parts = {_tag(part): part for part in element}
    name = (parts["name"].text or "").strip() if "name" in parts else element.get("ident", "")
    kind = element.get("type", "").lower()
    position = parts.get("position")
    if kind not in KINDS or position is None:
        raise DataError(
            "data.triple_s_damaged", f"variable {name!r} has no type or no position that is known", {"variable": name}
        )
    start = _whole(position.get("start", ""), name, 1)
    finish = _whole(position.get("finish") or str(start), name, start)
    spread = parts.get("spread")
    subfields = _whole(spread.get("subfields", ""), name, 1) if spread is not None else 0
    width = _whole(spread.get("width") or "0", name, 0) if spread is not None else 0
    return Variable(
        name,
        kind,
        _words(parts["label"]) if "label" in parts else "",
        start,
        finish,
        dict(_codes(parts["values"])) if "values" in parts else {},
        subfields,
        width or ((finish - start + 1) // subfields if subfields and finish > start else 0),
        element.get("use", ""),
        element.get("ident", ""),
        element.get("filter", "") or ((parts["filter"].text or "").strip() if "filter" in parts else ""),
    )


def _whole(text: str, of: str, least: int) -> int:
    """A place or a number of things, which no file has a million of."""
    number = int(text) if text.strip().isdecimal() and len(text) < 8 else -1
    if not least <= number <= MOST_PLACES:
        raise DataError(
            "data.triple_s_damaged",
            f"{of!r} has {text!r} where a whole number from {least} to {MOST_PLACES} is meant",
            {"variable": of},
        )
    return number


def _codes(values: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for value in values:
        if _tag(value) == "value":
            yield value.get("code", "").strip(), _words(value)


def _words(element: ElementTree.Element) -> str:
    """A text: of several, for interviewers and for tables, the one for tables, in the first language."""
    texts = [part for part in element if _tag(part) == "text"]
    chosen = next(
        (text for text in texts if text.get("mode", "").lower() == "analysis"), texts[0] if texts else element
    )
    return " ".join(" ".join(_pieces(chosen)).split())


def _pieces(element: ElementTree.Element) -> Iterator[str]:
    """What an element says, a line break as a blank."""
    yield element.text or ""
    for part in element:
        if _tag(part) != "text":
            yield from _pieces(part)
        yield part.tail or ""


def _tag(element: ElementTree.Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1].lower()

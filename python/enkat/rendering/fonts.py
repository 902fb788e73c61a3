"""The typeface of the PDF, from a package of fonts, so that the same pages come out on every machine."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

FAMILY = "Source Sans Pro"
_FILES = ("Regular", "It", "Semibold", "Bold")


def collect(folder: Path) -> Path:
    """Copy the four styles we use to `folder`: their package has each twice, in two formats."""
    folder.mkdir(parents=True, exist_ok=True)
    with as_file(files("font_source_sans_pro").joinpath("files")) as source:
        for style in _FILES:
            shutil.copyfile(source / f"SourceSansPro-{style}.ttf", folder / f"{style}.ttf")
    return folder

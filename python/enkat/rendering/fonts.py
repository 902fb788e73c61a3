"""The typeface of PDF and page, from a package of fonts, so that the same report comes out on every machine."""

from __future__ import annotations

import base64
import io
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

FAMILY = "Source Sans Pro"


@dataclass(frozen=True, slots=True)
class _Style:
    """One of the styles we use, as CSS names it."""

    file: str
    weight: int
    slope: str = "normal"


_STYLES = (
    _Style("Regular", 400),
    _Style("It", 400, "italic"),
    _Style("Semibold", 600),
    _Style("Bold", 700),
)
# Besides what every text needs: figures of one width for tables.
_FEATURES = ("kern", "liga", "mark", "ccmp", "tnum", "lnum")


def collect(folder: Path) -> Path:
    """Copy the four styles we use to `folder`: their package has each twice, in two formats."""
    folder.mkdir(parents=True, exist_ok=True)
    with as_file(files("font_source_sans_pro").joinpath("files")) as source:
        for style in _STYLES:
            shutil.copyfile(source / f"SourceSansPro-{style.file}.ttf", folder / f"{style.file}.ttf")
    return folder


def faces(text: Iterable[str]) -> str:
    """The styles as CSS rules that hold the fonts themselves, cut down to the characters of a text."""
    characters = sorted(set(text))
    return "\n".join(_face(style, characters) for style in _STYLES)


def _face(style: _Style, characters: list[str]) -> str:
    content = base64.b64encode(_woff2(style, characters)).decode("ascii")
    return (
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {style.weight}; font-style: {style.slope}; '
        f'font-display: block; src: url("data:font/woff2;base64,{content}") format("woff2"); }}'
    )


def _woff2(style: _Style, characters: list[str]) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(flavor="woff2", layout_features=list(_FEATURES), hinting=False, notdef_outline=True)
    source = files("font_source_sans_pro").joinpath(f"files/SourceSansPro-{style.file}.ttf").read_bytes()
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)  # the same bytes every time
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in characters])
    subsetter.subset(font)
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()

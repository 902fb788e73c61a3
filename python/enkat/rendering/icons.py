"""Ten people, some of them filled: what "9 av 10" looks like."""

from __future__ import annotations

from html import escape

from enkat.rendering.palette import ACCENT, RESIDUAL

_HEAD = '<circle cx="{x}" cy="5.5" r="4.5"/>'
_BODY = '<path d="M{left} 33V19a7 7 0 0 1 14 0v14a2 2 0 0 1-2 2h-10a2 2 0 0 1-2-2z"/>'


def people(filled: int, label: str) -> str:
    """Ten people as SVG, the first `filled` of them in the accent colour; `label` is the alternative text."""
    figures = "".join(_person(index, index < filled) for index in range(10))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="people" role="img" width="198" height="37" '
        f'viewBox="0 0 198 37" aria-label="{escape(label)}">{figures}</svg>'
    )


def _person(index: int, filled: bool) -> str:
    shape = _HEAD.format(x=9 + index * 20) + _BODY.format(left=2 + index * 20)
    if filled:
        return f'<g fill="{ACCENT}">{shape}</g>'
    return f'<g fill="none" stroke="{RESIDUAL}" stroke-width="1.3">{shape}</g>'

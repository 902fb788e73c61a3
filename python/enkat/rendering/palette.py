"""The report's colours: one accent, warm neutrals, contrast checked by a test (text 4.5:1, graphics 3:1)."""

from __future__ import annotations

PAPER = "#ffffff"
PANEL = "#f6f4ef"
TRACK = "#ece8e0"
RULE = "#d5cfc3"
INK = "#1d2733"
MUTED = "#55606c"
ACCENT = "#0b5c6b"
ACCENT_LIGHT = "#cfe3e6"  # an assumed share: the accent's tint with an accent outline
RESIDUAL = "#7b848d"
RESIDUAL_LIGHT = "#dfe2e5"
WARNING = "#8a4b08"
WARNING_PANEL = "#fdf3e3"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

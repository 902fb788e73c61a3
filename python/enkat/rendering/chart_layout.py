"""Where everything in a bar chart stands, in pixels: the same in every program and with every font."""

from __future__ import annotations

from dataclasses import dataclass, field

from enkat.language import catalogue
from enkat.rendering import palette, textfit
from enkat.rendering.model import Bar, Chart
from enkat.rendering.order import answers, groups, in_group
from enkat.rendering.typography import count, percent

WIDTH = 720
LABEL, HEADING, SMALL = 14.5, 16.5, 12.5  # font sizes
PANEL_LABEL = 13.5  # labels beside several panels, where the column is narrow
BAR, GAP = 18, 9  # a bar and the least space to the next
LINE = 1.25  # line height in font sizes
VALUE = 66  # room for "100 %*" after the longest bar
HATCH = "#f0f0f1"  # stands for the hatch of a withheld share until the drawing is finished


@dataclass(frozen=True, slots=True)
class Rect:
    """A bar or the track behind it."""

    x: float
    y: float
    x2: float
    y2: float
    fill: str
    stroke: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line: the zero of a panel, or a whisker."""

    x: float
    y: float
    x2: float
    y2: float
    stroke: str
    width: float


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; `y` is its middle."""

    x: float
    y: float
    text: str
    size: float
    fill: str
    bold: bool = False


@dataclass(slots=True)
class Drawing:
    """Everything to draw, and the height it takes."""

    height: float = 0
    rects: list[Rect] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def write(self, text: str, width: float, size: float, fill: str, bold: bool = False) -> None:
        """Add a paragraph of text at the left, below what is there."""
        for line in textfit.wrap(text, width, size, bold):
            self.texts.append(Text(0, self.height + size * LINE / 2, line, size, fill, bold))
            self.height += size * LINE


def lay_out(chart: Chart, language: str, source: str) -> Drawing:
    """The drawing of a chart: bars of one group, one bar per group, or a panel per group."""
    words = catalogue(language)
    names, labels = groups(chart), answers(chart)
    drawing = Drawing(height=4)
    drawing.write(_title(chart), WIDTH, HEADING, palette.INK, bold=True)
    drawing.height += 3
    bases = {bar.base for bar in chart.rows if bar.base is not None}
    one_base = len(names) == 1 and bases
    base = words.say("chart.base_of", n=count(max(bases), language)) if one_base else ""
    drawing.write(words.say("chart.subtitle", base=base).strip(), WIDTH, SMALL, palette.MUTED)
    drawing.height += 12
    if len(names) == 1:
        _panels(drawing, chart, labels, names, language)
    elif len(labels) == 1:
        _bar_per_group(drawing, chart, names, language)
    else:
        step = len(names) if len(names) <= 4 else 3
        for start in range(0, len(names), step):
            _panels(drawing, chart, labels, names[start : start + step], language)
            drawing.height += 10
    drawing.height += 4
    notes = [words.say("chart.assumed_note")] if any(bar.assumed for bar in chart.rows) else []
    notes += [words.say("chart.withheld_note")] if any(bar.withheld for bar in chart.rows) else []
    drawing.write(" ".join([*notes, source]), WIDTH, SMALL, palette.MUTED)
    drawing.height += 4
    return drawing


def _title(chart: Chart) -> str:
    labels = answers(chart)
    broken_down = len(groups(chart)) > 1 and len(labels) == 1
    return f"{chart.title}: {labels[0]}" if broken_down else chart.title


def _bar_per_group(drawing: Drawing, chart: Chart, names: tuple[str, ...], language: str) -> None:
    words = catalogue(language)
    column = 232.0
    for name in names:
        bar = in_group(chart, name)[0]
        base = words.say("chart.group_base", n=".." if bar.base is None else count(bar.base, language))
        lines = textfit.wrap(name, column - 14, LABEL)
        height = max(BAR + GAP, len(lines) * LABEL * LINE + SMALL * LINE + GAP)
        _label(drawing, lines, drawing.height, height, LABEL, SMALL * LINE)
        below = drawing.height + height / 2 + (len(lines) * LABEL * LINE) / 2
        drawing.texts.append(Text(0, below, base, SMALL, palette.MUTED))
        _bar(drawing, bar, column, WIDTH - column - VALUE, drawing.height + height / 2, language)
        drawing.height += height


def _panels(drawing: Drawing, chart: Chart, labels: tuple[str, ...], names: tuple[str, ...], language: str) -> None:
    """One panel per group beside each other, sharing the labels at the left."""
    column, size = (288.0, LABEL) if len(names) == 1 else (222.0, PANEL_LABEL)
    space = 14.0
    panel = (WIDTH - column - space * (len(names) - 1)) / len(names)
    lefts = [column + index * (panel + space) for index in range(len(names))]
    if names != ("",):
        _panel_heads(drawing, chart, names, lefts, panel, language)
    for label in labels:
        lines = textfit.wrap(label, column - 14, size)
        height = max(BAR + GAP, len(lines) * size * LINE + GAP)
        _label(drawing, lines, drawing.height, height, size)
        for name, left in zip(names, lefts, strict=True):
            bar = next((bar for bar in in_group(chart, name) if bar.label == label), None)
            if bar is not None:
                value = VALUE if len(names) == 1 else VALUE - 2
                _bar(drawing, bar, left, panel - value, drawing.height + height / 2, language)
        drawing.height += height


def _panel_heads(
    drawing: Drawing, chart: Chart, names: tuple[str, ...], lefts: list[float], panel: float, language: str
) -> None:
    words = catalogue(language)
    heads = [textfit.wrap(name, panel, 14, bold=True) for name in names]
    rows = max(len(lines) for lines in heads)
    for name, lines, left in zip(names, heads, lefts, strict=True):
        known = next((bar.base for bar in in_group(chart, name) if bar.base is not None), None)
        base = words.say("chart.group_base", n=".." if known is None else count(known, language))
        for index, line in enumerate(lines):
            y = drawing.height + (rows - len(lines) + index + 0.5) * 14 * LINE
            drawing.texts.append(Text(left, y, line, 14, palette.INK, bold=True))
        y = drawing.height + rows * 14 * LINE + SMALL * LINE / 2
        drawing.texts.append(Text(left, y, base, SMALL, palette.MUTED))
    drawing.height += rows * 14 * LINE + SMALL * LINE + 8


def _label(drawing: Drawing, lines: tuple[str, ...], top: float, height: float, size: float, below: float = 0) -> None:
    first = top + (height - len(lines) * size * LINE - below) / 2
    for index, line in enumerate(lines):
        drawing.texts.append(Text(0, first + (index + 0.5) * size * LINE, line, size, palette.INK))


def _whisker(drawing: Drawing, low: float, high: float, middle: float) -> None:
    # Drawn twice: the paper-coloured edge keeps the line visible on the bar and beside it.
    for colour, thickness in ((palette.PAPER, 4.0), (palette.INK, 1.5)):
        drawing.rules.append(Rule(low, middle, high, middle, colour, thickness))
        drawing.rules += [Rule(x, middle - 4, x, middle + 4, colour, thickness) for x in (low, high)]


def _bar(drawing: Drawing, bar: Bar, left: float, length: float, middle: float, language: str) -> None:
    top, bottom = middle - BAR / 2, middle + BAR / 2
    if bar.withheld or bar.percent is None:
        drawing.rects.append(Rect(left, top, left + length, bottom, HATCH))
        drawing.texts.append(Text(left + length + 7, middle, "..", LABEL, palette.INK, bold=True))
        return
    end = left + length * bar.percent / 100
    full, light = (palette.RESIDUAL, palette.RESIDUAL_LIGHT) if bar.residual else (palette.ACCENT, palette.ACCENT_LIGHT)
    drawing.rects.append(Rect(left, top, left + length, bottom, palette.TRACK))
    if bar.percent > 0:
        if bar.assumed:
            drawing.rects.append(Rect(left + 0.5, top + 0.5, max(end - 0.5, left + 1.5), bottom - 0.5, light, full))
        else:
            drawing.rects.append(Rect(left, top, end, bottom, full))
    drawing.rules.append(Rule(left, top - 3, left, bottom + 3, palette.INK, 1))
    if bar.low is not None and bar.high is not None:
        low, high = left + length * bar.low / 100, left + length * bar.high / 100
        _whisker(drawing, low, high, middle)
        end = max(end, high)
    value = percent(bar.percent, language) + ("*" if bar.assumed else "")
    drawing.texts.append(Text(end + 7, middle, value, LABEL, palette.INK, bold=True))

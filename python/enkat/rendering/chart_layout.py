"""Where everything in a bar chart stands, in pixels: the same in every program and with every font."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from enkat.language import catalogue
from enkat.rendering import palette, shown, textfit
from enkat.rendering.model import Bar, Chart
from enkat.rendering.order import answers, groups, in_group

WIDTH = 720  # of a page, a screen or a slide
NARROW = 300  # of a phone
LABEL, HEADING, SMALL = 14.5, 16.5, 13.5  # font sizes
BAR, GAP = 15, 7  # a bar and the least space to the next
LINE = 1.25  # line height in font sizes
LABELS = 288.0  # the column of labels beside bars
VALUE = 62  # room for "100 %*" after the track, where values stand below each other
SPACE = 10  # between panels
PANEL_VALUE = 13.5  # font size of values in panels; they take 53 pixels, so that three tracks have 180 each
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


def lay_out(chart: Chart, language: str, source: str, width: int = WIDTH) -> Drawing:
    """The drawing of a chart: bars of one group, one bar per group, or a panel per group.

    In a wide drawing the labels of single bars stand beside them; in a narrow one all labels stand above their bars
    and groups below each other.
    """
    words = catalogue(language)
    names, labels = groups(chart), answers(chart)
    drawing = Drawing(height=4)
    drawing.write(chart.title, width, HEADING, palette.INK, bold=True)
    drawing.height += 3
    drawing.write(subtitle(chart, language), width, SMALL, palette.MUTED)
    drawing.height += 12
    page = _Page(drawing, chart, language, width)
    if len(names) > 1 and len(labels) == 1:
        page.bar_per_group(names)
    elif len(names) == 1:
        page.bar_per_answer(labels)
    else:
        # Two panels beside each other rather than three and one: four groups are two pairs.
        across = 1 if width < WIDTH else 2 if len(names) in (2, 4) else 3
        for start in range(0, len(names), across):
            page.panels(labels, names[start : start + across])
            drawing.height += 10
    drawing.height += 4
    notes = [words.say("chart.assumed_note")] if any(bar.assumed for bar in chart.rows) else []
    notes += [words.say("chart.withheld_note")] if any(bar.withheld for bar in chart.rows) else []
    notes += [words.say("chart.about_note")] if any(bar.coarse or bar.rounded for bar in chart.rows) else []
    drawing.write(" ".join([*notes, source]), width, SMALL, palette.MUTED)
    drawing.height += 4
    return drawing


def subtitle(chart: Chart, language: str) -> str:
    """What the bars show: which answer, where there is one, and the base, where all bars have the same."""
    words, labels = catalogue(language), answers(chart)
    if len(groups(chart)) > 1:
        return words.say("chart.share_of", answer=labels[0]) if len(labels) == 1 else words.say("chart.share", base="")
    number = shown.base(sorted(chart.rows, key=lambda bar: bar.base or 0, reverse=True), language)
    base = "" if number == shown.WITHHELD else words.say("chart.base_of", n=number)
    return words.say("chart.share", base=base).strip()


@dataclass(frozen=True, slots=True)
class _Page:
    """Sets the bars of a chart into its drawing, one row below the other."""

    drawing: Drawing
    chart: Chart
    language: str
    width: int

    def bar_per_answer(self, labels: tuple[str, ...]) -> None:
        for label in labels:
            self._row(label, "", next(bar for bar in self.chart.rows if bar.label == label))

    def bar_per_group(self, names: tuple[str, ...]) -> None:
        for name in names:
            bar = in_group(self.chart, name)[0]
            self._row(name, self._base([bar]), bar)

    def panels(self, labels: tuple[str, ...], names: tuple[str, ...]) -> None:
        """The groups beside each other, each answer above its bars."""
        panel = (self.width - SPACE * (len(names) - 1)) / len(names)
        lefts = [index * (panel + SPACE) for index in range(len(names))]
        self._heads(names, lefts, panel)
        for label in labels:
            self.drawing.write(label, self.width, LABEL, palette.INK)
            middle = self.drawing.height + 4 + BAR / 2  # clear of the zero lines, which begin above the bars
            for name, left in zip(names, lefts, strict=True):
                bar = next((bar for bar in in_group(self.chart, name) if bar.label == label), None)
                if bar is not None:
                    _bar(self.drawing, bar, left, panel - 53, middle, self.language, PANEL_VALUE)
            self.drawing.height += 4 + BAR + GAP

    def _row(self, label: str, base: str, bar: Bar) -> None:
        """A label with its base and its bar: beside the bar where there is room, else above it."""
        drawing = self.drawing
        if self.width < WIDTH:
            drawing.write(label, self.width, LABEL, palette.INK)
            if base:
                drawing.write(base, self.width, SMALL, palette.MUTED)
            middle = drawing.height + 3 + BAR / 2
            _bar(drawing, bar, 0, self.width - VALUE, middle, self.language, LABEL)
            drawing.height += 3 + BAR + GAP
            return
        lines = textfit.wrap(label, LABELS - 14, LABEL)
        below = SMALL * LINE if base else 0
        height = max(BAR + GAP, len(lines) * LABEL * LINE + below + GAP)
        _label(drawing, lines, drawing.height, height, LABEL, below)
        if base:
            y = drawing.height + height / 2 + len(lines) * LABEL * LINE / 2
            drawing.texts.append(Text(0, y, base, SMALL, palette.MUTED))
        _bar(drawing, bar, LABELS, WIDTH - LABELS - VALUE, drawing.height + height / 2, self.language, LABEL)
        drawing.height += height

    def _heads(self, names: tuple[str, ...], lefts: list[float], panel: float) -> None:
        """The names of panels with their bases, on lines of their own."""
        heads = [textfit.wrap(name, panel, LABEL, bold=True) for name in names]
        rows = max(len(lines) for lines in heads)
        drawing = self.drawing
        for name, lines, left in zip(names, heads, lefts, strict=True):
            for index, line in enumerate(lines):
                y = drawing.height + (rows - len(lines) + index + 0.5) * LABEL * LINE
                drawing.texts.append(Text(left, y, line, LABEL, palette.INK, bold=True))
            y = drawing.height + rows * LABEL * LINE + SMALL * LINE / 2
            drawing.texts.append(Text(left, y, self._base(in_group(self.chart, name)), SMALL, palette.MUTED))
        drawing.height += rows * LABEL * LINE + SMALL * LINE + 8

    def _base(self, bars: Iterable[Bar]) -> str:
        return catalogue(self.language).say("chart.group_base", n=shown.base(bars, self.language))


def _label(drawing: Drawing, lines: tuple[str, ...], top: float, height: float, size: float, below: float = 0) -> None:
    first = top + (height - len(lines) * size * LINE - below) / 2
    for index, line in enumerate(lines):
        drawing.texts.append(Text(0, first + (index + 0.5) * size * LINE, line, size, palette.INK))


def _whisker(drawing: Drawing, low: float, high: float, middle: float) -> None:
    # Drawn twice: the paper-coloured edge keeps the line visible on the bar and beside it.
    for colour, thickness in ((palette.PAPER, 4.0), (palette.INK, 1.5)):
        drawing.rules.append(Rule(low, middle, high, middle, colour, thickness))
        drawing.rules += [Rule(x, middle - 4, x, middle + 4, colour, thickness) for x in (low, high)]


def _bar(drawing: Drawing, bar: Bar, left: float, length: float, middle: float, language: str, size: float) -> None:
    """A track of 100 percent with its bar, and the value after the track: never on it."""
    top, bottom = middle - BAR / 2, middle + BAR / 2
    after = left + length + 4
    if bar.withheld or bar.percent is None:
        drawing.rects.append(Rect(left, top, left + length, bottom, HATCH))
        drawing.texts.append(Text(after, middle, "..", size, palette.INK, bold=True))
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
        _whisker(drawing, left + length * bar.low / 100, left + length * bar.high / 100, middle)
    value = shown.share(bar, language) + ("*" if bar.assumed else "")
    drawing.texts.append(Text(after, middle, value, size, palette.INK, bold=True))

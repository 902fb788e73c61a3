"""Whether a call is worth starting: time and memory forecast in proportion to the rows from a smaller data set."""

from dataclasses import dataclass

GIB = 1 << 30


@dataclass(frozen=True)
class Cost:
    """What a call took at some number of rows."""

    rows: int
    seconds: float
    extra_bytes: int

    def at(self, rows: int) -> "Cost":
        scale = rows / self.rows
        return Cost(rows, self.seconds * scale, round(self.extra_bytes * scale))

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s, {self.extra_bytes / GIB:.1f} GiB"


@dataclass(frozen=True)
class Limit:
    """What one call may take."""

    seconds: float = 30.0
    gib: float = 6.0

    def refusal(self, forecast: Cost) -> str | None:
        over = forecast.seconds > self.seconds or forecast.extra_bytes > self.gib * GIB
        return f"forecast {forecast}; the limit is {self.seconds:g} s, {self.gib:g} GiB" if over else None

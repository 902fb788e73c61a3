"""A progress bar for long passes, in a terminal or a notebook; short ones show nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from enkat.extras import installed

PATIENCE = 1.0  # seconds before a bar appears


@contextmanager
def progress(task: str) -> Iterator[Callable[[float], None] | None]:
    """Yields what the core calls with the share done; shows a bar once the work has taken a second."""
    if not (sys.stderr.isatty() or "ipykernel" in sys.modules) or not installed("rich"):
        yield None
        return
    bar = Bar(task)
    try:
        yield bar
    finally:
        bar.close()


class Bar:
    """A rich progress bar that is only made when there is something to wait for."""

    def __init__(self, task: str) -> None:
        self.task = task
        self.started = time.monotonic()
        self._close: Callable[[], None] | None = None
        self._update: Callable[[float], None] | None = None

    def __call__(self, share: float) -> None:
        if time.monotonic() - self.started < PATIENCE:
            return
        if self._update is None:
            from rich.progress import Progress

            shown = Progress(transient=True)
            task = shown.add_task(self.task, total=1.0)
            shown.start()
            self._close = shown.stop
            self._update = lambda done: shown.update(task, completed=done)
        self._update(share)

    def close(self) -> None:
        """Removes the bar."""
        if self._close is not None:
            self._close()

"""Passes over the same rows: those of one call one after the other, those of several calls together, so that the rows
are read once for all of them.

A call is straight code that stops at each of its passes until the rows have been read. Several calls at once are
therefore a thread each, which waits and computes nothing while the rows are read.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

from enkat import _core

T = TypeVar("T")


class Stopped(Exception):  # noqa: N818 - no error: the round was given up
    """Another call of the round failed."""


@dataclass
class Request:
    """A pass that a call waits for, and the columns it reads."""

    wanted: _core.Pass
    columns: tuple[str, ...]
    _done: threading.Event = field(default_factory=threading.Event)
    _stopped: bool = False

    def wait(self) -> None:
        """Until the pass has seen all rows; `Stopped` where it never will."""
        self._done.wait()
        if self._stopped:
            raise Stopped

    def end(self, *, stopped: bool) -> None:
        """The pass has seen all rows, or nobody will show it any."""
        self._stopped = stopped
        self._done.set()


Inbox = queue.Queue[Request | None]  # None: a call has ended
_inbox: ContextVar[Inbox | None] = ContextVar("inbox", default=None)


@dataclass(frozen=True)
class Readings:
    """Runs the passes of a survey; `read` lets several of them see all rows once."""

    read: Callable[[Sequence[Request]], None]

    def __call__(self, wanted: _core.Pass, columns: Sequence[str]) -> None:
        """Runs a pass: at once, or with those of the calls that run beside this one."""
        request = Request(wanted, tuple(columns))
        inbox = _inbox.get()
        if inbox is None:
            self.read([request])
        else:
            inbox.put(request)
            request.wait()

    def together(self, calls: Sequence[Callable[[], T]]) -> list[T]:
        """The results of calls that run side by side, each until it needs a pass; then all passes are run together."""
        inbox: Inbox = queue.Queue()
        results: dict[int, T] = {}
        failures: list[BaseException] = []

        def run(number: int) -> None:
            _inbox.set(inbox)
            try:
                results[number] = calls[number]()
            except Stopped:
                pass
            except BaseException as error:  # raised again where the calls were made
                failures.append(error)
            inbox.put(None)

        for number in range(len(calls)):
            threading.Thread(target=run, args=(number,), daemon=True).start()
        running = len(calls)
        while running:
            requests: list[Request] = []
            try:
                while len(requests) < running:
                    request = inbox.get()
                    if request is None:
                        running -= 1
                    else:
                        requests.append(request)
                if requests and not failures:
                    self.read(requests)
            except BaseException as error:
                failures.append(error)
            for request in requests:
                request.end(stopped=bool(failures))
        if failures:
            raise failures[0]
        return [results[number] for number in range(len(calls))]


def columns_of(requests: Sequence[Request]) -> list[str]:
    """The columns that any of them reads, each once."""
    return list(dict.fromkeys(name for request in requests for name in request.columns))

"""Many calls over one reading of the rows: each runs until it needs a pass, then all passes are done together."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")


class Stopped(Exception):  # noqa: N818 - no error: the round was given up
    """Another call of the round failed."""


class Request:
    """What one call wants of a round, and what it has been given so far."""

    def __init__(self, wanted: Any) -> None:
        self.wanted = wanted
        self._given: queue.Queue[Any] = queue.Queue(1)
        self._closed = threading.Event()

    def give(self, item: Any) -> None:
        """Waits until the call has taken what it was given before; nothing for a call that reads no further."""
        while not self._closed.is_set():
            try:
                self._given.put(item, timeout=0.1)
                return
            except queue.Full:
                continue

    def items(self) -> Iterator[Any]:
        """What the round gives, until it ends."""
        try:
            while (item := self._given.get()) is not Request:
                if item is Stopped:
                    raise Stopped
                yield item
        finally:
            self._closed.set()

    def end(self, *, stopped: bool = False) -> None:
        """There is no more."""
        self.give(Stopped if stopped else Request)


Inbox = queue.Queue[Request | None]  # None: a call has ended
_inbox: ContextVar[Inbox | None] = ContextVar("inbox", default=None)


def in_rounds(calls: Sequence[Callable[[], T]], serve: Callable[[Sequence[Request]], None]) -> list[T]:
    """The results of calls that run side by side; `serve` gives all their requests of a round what they want."""
    inbox: Inbox = queue.Queue()
    results: list[Any] = [None] * len(calls)
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

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    running = len(threads)
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
                serve(requests)
        except BaseException as error:
            failures.append(error)
        for request in requests:
            request.end(stopped=bool(failures))
    if failures:
        raise failures[0]
    return results


def in_a_round() -> bool:
    """Whether the call that runs in this thread is one of several."""
    return _inbox.get() is not None


def ask(wanted: Any) -> Iterator[Any] | None:
    """What a round gives to the call that runs in this thread; None when it runs on its own."""
    inbox = _inbox.get()
    if inbox is None:
        return None
    request = Request(wanted)
    inbox.put(request)
    return request.items()


def serve_batches(open_batches: Callable[[list[str]], Any]) -> Callable[[Sequence[Request]], None]:
    """Gives every request its columns of each batch: the rows are read once for all of them."""

    def serve(requests: Sequence[Request]) -> None:
        wanted = list(dict.fromkeys(column for request in requests for column in request.wanted))
        for batch in open_batches(wanted):
            for request in requests:
                request.give(batch.select(list(request.wanted)))

    return serve

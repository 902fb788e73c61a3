"""Readers that end badly, in whatever process they run."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass

from enkat.files.reading import Content
from enkat.files.worker import Request


class Panic(BaseException):
    """As libraries in Rust give up."""


@dataclass(frozen=True)
class Ending(Request):
    """A request whose `kind` says how its reader ends."""

    def read(self) -> Content:
        """Never."""
        if self.kind == "signal":
            os.kill(os.getpid(), signal.SIGSEGV)
        if self.kind == "abort":
            os.abort()
        if self.kind == "exit":
            os._exit(0)
        if self.kind == "panic":
            raise Panic
        if self.kind == "memory":
            bytes(4 << 30)
        if self.kind == "sleep":
            time.sleep(60)
        while self.kind == "loop":
            pass
        print("a library says something")
        sys.exit("enough")

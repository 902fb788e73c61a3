"""Lets the processes of `make quick` and `make test-oldest` import an extension that is not installed beside them."""

import importlib.util
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec


class QuickCore(MetaPathFinder):
    """Finds `enkat._core` where ENKAT_QUICK_CORE says."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: object = None) -> ModuleSpec | None:
        if name != "enkat._core":
            return None
        return importlib.util.spec_from_file_location(name, os.environ["ENKAT_QUICK_CORE"])


sys.meta_path.insert(0, QuickCore())

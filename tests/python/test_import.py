"""`import enkat` is fast: nothing heavy is loaded before it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    *("numpy", "pandas", "polars", "pyarrow", "narwhals", "altair", "jsonschema", "babel"),
    *("jinja2", "typst", "markdown_it", "xlsxwriter", "typer", "rich", "pyreadstat", "python_calamine"),
)


@pytest.mark.parametrize("module", ["enkat", "enkat.study", "enkat.verdict"])
def test_no_heavy_package_is_loaded_by_the_import(module: str) -> None:
    code = f"import sys, {module}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []


def test_dir_shows_the_public_names_only() -> None:
    import enkat

    assert dir(enkat) == sorted([*enkat.__all__, "__version__"])
    assert all(hasattr(enkat, name) for name in dir(enkat))

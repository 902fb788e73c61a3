"""What a plain `pip install enkat` leaves out, and which extra has it.

Packages are imported where they are used. Whoever is first to use one asks here for it, before anything is done.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping

from enkat.errors import InstallError

# The packages that each extra of pyproject.toml brings, by the names they are imported by.
EXTRAS: Mapping[str, tuple[str, ...]] = {
    "files": ("pyarrow", "pyreadstat", "python_calamine", "jsonschema"),
    "formulas": ("formulaic",),
    "report": (
        *("altair", "babel", "brotli", "fontTools", "font_source_sans_pro", "highspy", "jinja2", "markdown_it"),
        *("markupsafe", "mdit_py_plugins", "pyphen", "rich", "typer", "typst", "vl_convert", "xlsxwriter"),
    ),
    "dask": ("dask", "distributed"),
    "pandas": ("pandas",),
    "polars": ("polars",),
}


def installed(package: str) -> bool:
    """Whether a package can be imported; it is not imported to find out."""
    return sys.modules.get(package) is not None or importlib.util.find_spec(package) is not None


def needs(*packages: str, to: str) -> None:
    """Asks for packages of extras before they are imported.

    Args:
        packages: By the names they are imported by.
        to: What they are wanted for, as "to read workbooks".

    Raises:
        InstallError: `install.extra_missing`, with the extras that bring what is missing.

    Example:
        >>> needs("pyarrow", to="to read files")
    """
    missing = [package for package in packages if not installed(package)]
    if not missing:
        return
    extras = [extra for extra, brought in EXTRAS.items() if not set(brought).isdisjoint(missing)]
    raise InstallError(
        "install.extra_missing",
        f"{to}, enkat needs {', '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed: "
        f'pip install "enkat[{",".join(extras)}]"',
        {"extras": extras, "packages": missing},
    )

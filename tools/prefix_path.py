"""Prints CMAKE_PREFIX_PATH: where CMake finds the header-only libraries that came from PyPI."""

import os
import sysconfig
from importlib.metadata import entry_points
from importlib.util import find_spec


def main() -> None:
    """Name site-packages (for pybind11) and the folders that packages announce to CMake."""
    folders = [sysconfig.get_path("purelib")]
    for announced in entry_points(group="cmake.root"):
        spec = find_spec(announced.value)
        if spec is not None:
            folders += spec.submodule_search_locations or []
    print(os.pathsep.join(folders))


if __name__ == "__main__":
    main()

"""Prints requirements from pyproject.toml, one a line: of `build`, of `run` and of the named extras."""

import sys
import tomllib
from pathlib import Path


def main() -> None:
    """Read the requirements where they are stated, so that no second list can differ."""
    stated = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    groups = stated["project"]["optional-dependencies"]
    groups["build"] = [*stated["build-system"]["requires"], "cmake", "ninja"]
    groups["run"] = stated["project"]["dependencies"]
    for group in sys.argv[1:]:
        print(*groups[group], sep="\n")


if __name__ == "__main__":
    main()

"""Prints requirements from pyproject.toml, one a line: of `build`, of `run` and of the named extras."""

import re
import sys
import tomllib
from pathlib import Path

_OWN = re.compile(r"enkat\[(.+)\]")  # an extra that holds others


def main() -> None:
    """Read the requirements where they are stated, so that no second list can differ."""
    stated = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    groups = stated["project"]["optional-dependencies"]
    groups["build"] = [*stated["build-system"]["requires"], "cmake", "ninja"]
    groups["run"] = stated["project"]["dependencies"]
    print(*dict.fromkeys(one for group in sys.argv[1:] for one in requirements(groups, group)), sep="\n")


def requirements(groups: dict[str, list[str]], group: str) -> list[str]:
    """The requirements of a group and of those that it holds."""
    found = []
    for one in groups[group]:
        held = _OWN.fullmatch(one)
        found += [of for inner in held[1].split(",") for of in requirements(groups, inner)] if held else [one]
    return found


if __name__ == "__main__":
    main()

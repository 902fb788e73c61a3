"""Prints what pyproject.toml requires for building, with the two build programs, one requirement a line."""

import tomllib
from pathlib import Path


def main() -> None:
    """Read the requirements where they are stated, so that no second list can differ."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    print(*project["build-system"]["requires"], "cmake", "ninja", sep="\n")


if __name__ == "__main__":
    main()

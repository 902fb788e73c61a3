"""Writes python/enkat/_core.pyi from the built extension; with --check, says whether it is up to date."""

import difflib
import subprocess
import sys
import tempfile
from pathlib import Path

STUB = Path(__file__).parents[1] / "python/enkat/_core.pyi"


def generate() -> str:
    """Return the stub of the extension that is installed here."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pybind11_stubgen", "enkat._core", "--output-dir", folder]
        subprocess.run([*command, "--exit-code"], check=True)
        return Path(folder, "enkat/_core.pyi").read_text(encoding="utf-8")


def main() -> int:
    """Write the stub, or compare it with the one in the repository and show the difference."""
    new = generate()
    if "--check" not in sys.argv:
        STUB.write_text(new, encoding="utf-8")
        return 0
    old = STUB.read_text(encoding="utf-8") if STUB.exists() else ""
    changes = difflib.unified_diff(old.splitlines(), new.splitlines(), "repository", "extension", lineterm="")
    text = "\n".join(changes)
    print(text or "the stub is up to date")
    return 1 if text else 0


if __name__ == "__main__":
    sys.exit(main())

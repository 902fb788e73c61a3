"""The type stub of the extension is the one its bindings give."""

import subprocess
import sys
from pathlib import Path


def test_stub_is_up_to_date() -> None:
    script = Path(__file__).parents[2] / "tools/stubs.py"
    run = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"run `make stubs` and look at the difference:\n{run.stdout}{run.stderr}"

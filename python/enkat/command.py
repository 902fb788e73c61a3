"""What `enkat` in a terminal starts: the command line, or the sentence that says what it lacks."""

from __future__ import annotations

import sys

from enkat.errors import EnkatError
from enkat.extras import needs


def main() -> None:
    """Runs the command line; an error of enkat is a message and exit code 1, never a traceback."""
    try:
        needs("typer", "rich", to="for its command line")
        from enkat.cli import app

        app()
    except EnkatError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print(f"{error.filename or 'a file'} cannot be used: {error.strerror or error}", file=sys.stderr)
        sys.exit(1)

"""Runs the notebooks and keeps what they show, so that they are read before they are run: `make notebooks`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

CHART = re.compile(r"altair-viz-\w+")
NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def run(path: Path) -> nbformat.NotebookNode:
    """The notebook with its outputs, and nothing of the machine it was run on."""
    kept = nbformat.read(path, as_version=4)
    done = nbformat.read(path, as_version=4)
    folder = {"metadata": {"path": str(path.parent)}}
    NotebookClient(done, timeout=300, kernel_name="python3", resources=folder).execute()
    for number, (cell, ran) in enumerate(zip(kept.cells, done.cells, strict=True)):
        if cell.cell_type != "code":
            continue
        cell.execution_count = None
        cell.outputs = [output for output in ran.outputs if not on_stderr(output)]
        for output in cell.outputs:
            output.pop("execution_count", None)
            if output.output_type == "execute_result":
                output.execution_count = None
            if "text/html" in output.get("data", {}):  # Altair draws a name for each chart by lot
                output.data["text/html"] = CHART.sub(f"altair-viz-{number}", output.data["text/html"])
    return kept


def on_stderr(output: nbformat.NotebookNode) -> bool:
    """Warnings of the notebook machinery are about the machine."""
    return bool(output.output_type == "stream" and output.name == "stderr")


def shown(notebook: nbformat.NotebookNode) -> list[str]:
    """What each cell shows, without the pages around charts, which are those of an Altair of some version."""
    data = [[{**output, **output.get("data", {})} for output in cell.get("outputs", [])] for cell in notebook.cells]
    return [
        "\n".join(
            str(one.get("text") or one.get("text/plain"))
            + ("" if CHART.search(one.get("text/html", "")) else one.get("text/html", ""))
            for one in cell
        )
        for cell in data
    ]


if __name__ == "__main__":
    for name in sys.argv[1:] or sorted(NOTEBOOKS.glob("*.ipynb")):
        nbformat.write(run(Path(name)), name)

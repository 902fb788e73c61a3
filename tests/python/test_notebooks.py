"""Every notebook runs from top to bottom and shows what it is kept with."""

import importlib.util
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(ROOT.glob("notebooks/*.ipynb"))
_SPEC = importlib.util.spec_from_file_location("run_notebooks", ROOT / "tools" / "run_notebooks.py")
assert _SPEC is not None and _SPEC.loader is not None
run_notebooks = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(run_notebooks)


@pytest.mark.xdist_group("notebooks")
@pytest.mark.filterwarnings("default")  # the notebook machinery warns about itself
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_shows_what_it_is_kept_with(path: Path) -> None:
    kept = nbformat.read(path, as_version=4)
    assert run_notebooks.shown(run_notebooks.run(path)) == run_notebooks.shown(kept), "make notebooks keeps them anew"
    assert path.stat().st_size < 200_000

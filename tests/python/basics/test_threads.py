"""How many threads a pass may use."""

import pytest

from enkat import _core


def test_are_as_many_as_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENKAT_THREADS", "3")
    assert _core.threads_allowed() == 3

"""Raking as weightipy does it: from equal weights, the only ones it starts with."""

# mypy: disable-error-code="import-not-found,import-untyped"

from typing import Any

from benchmarks.calls import Answer, Call
from benchmarks.prepared import Prepared

NAME = "weightipy"


def rake_equal(data: Prepared) -> Call:
    import weightipy

    frame, shares = data.pandas, data.levels(data.shares)

    def run() -> Any:
        scheme = weightipy.scheme_from_dict(shares, rim_params={"convcrit": 1e-9})
        return weightipy.weight(frame, scheme)

    return Call(NAME, run, lambda weights: Answer.of_weights(weights.to_numpy()))

"""enkat: analyse a survey, check what is said about it, and print the report.

>>> import enkat
>>> study = enkat.load_study("ryktet-gar")
>>> study.survey.proportion("heard_rumours", by="occupation")
occupation           variable       answer  estimate  se     ci_low  ci_high  df    n     count  deff  note
socialsekreterare    heard_rumours  yes     0.751     0.012  0.726   0.775    1025  1026  771    1.00  missing:5
socialsekreterare    heard_rumours  no      0.249     0.012  0.225   0.274    1025  1026  255    1.00  missing:5
behandlingspersonal  heard_rumours  yes     0.724     0.023  0.676   0.766    321   322   233    1.00  missing:2
behandlingspersonal  heard_rumours  no      0.276     0.023  0.234   0.324    321   322   89     1.00  missing:2
fältassistent        heard_rumours  yes     0.846     0.031  0.775   0.898    116   117   99     0.99  missing:1
fältassistent        heard_rumours  no      0.154     0.031  0.102   0.225    116   117   18     0.99  missing:1
Svaren är syntetiska: de är framställda för att ge de publicerade siffrorna och är inga människors svar.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from enkat import _core as _core
from enkat.errors import (
    CodebookError,
    DataError,
    DesignError,
    EnkatError,
    EstimateError,
    IndicatorError,
    Issue,
    ReportError,
    UsageError,
)

if TYPE_CHECKING:
    from enkat.combining import combine
    from enkat.design import Design
    from enkat.estimates import Estimate, Estimates
    from enkat.inspection import Inspection
    from enkat.reading import inspect, read
    from enkat.scanning.scan import scan
    from enkat.study import Study, load_study
    from enkat.survey import Survey
    from enkat.verdict import Verdict

__version__ = "0.1.0"

# Everything but the core and the errors is loaded at first use, so that `import enkat` costs next to nothing.
_HOMES = {
    "Design": "enkat.design",
    "Estimate": "enkat.estimates",
    "Estimates": "enkat.estimates",
    "Inspection": "enkat.inspection",
    "Study": "enkat.study",
    "Survey": "enkat.survey",
    "Verdict": "enkat.verdict",
    "combine": "enkat.combining",
    "inspect": "enkat.reading",
    "load_study": "enkat.study",
    "read": "enkat.reading",
    "scan": "enkat.scanning.scan",
}

__all__ = [
    "CodebookError",
    "DataError",
    "Design",
    "DesignError",
    "EnkatError",
    "Estimate",
    "EstimateError",
    "Estimates",
    "IndicatorError",
    "Inspection",
    "Issue",
    "ReportError",
    "Study",
    "Survey",
    "UsageError",
    "Verdict",
    "combine",
    "inspect",
    "load_study",
    "read",
    "scan",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'enkat' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])

"""enkat: analyse a survey, check what is said about it, and print the report.

>>> import enkat
>>> study = enkat.load_study("ryktet-gar")
>>> study.survey.proportion("heard_rumours")
variable                            answer  estimate  se     ci_low  ci_high  df    n     count  deff  note
Erfarenhet av felaktig information  Ja      0.753     0.010  0.732   0.773    1464  1465  1103   1.00  missing:8
Erfarenhet av felaktig information  Nej     0.247     0.010  0.227   0.268    1464  1465  362    1.00  missing:8
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
    InstallError,
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
    "InstallError",
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
    return sorted([*__all__, "__version__"])

"""The codebook that a caller gives: codebook.json, its content, or the form of a survey tool."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enkat.extras import needs
from enkat.files import declared
from enkat.files.undeclared import taken_out, undeclared_notes
from enkat.survey import Codebook, codebook_text

if TYPE_CHECKING:
    import pyarrow as pa

    from enkat.forms.form import Form

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")


@dataclass(frozen=True)
class Described:
    """The codebook of a table, and what is to be known about it."""

    codebook: str | Mapping[str, Any]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Given:
    """What was given: the text of a codebook, or a form, which becomes one when the columns are known."""

    text: str = ""
    form: Form | None = None

    @property
    def text_columns(self) -> Collection[str]:
        """Columns that are texts whatever their cells look like."""
        from enkat.forms import codebook

        return declared.text_columns(self.text) if self.form is None else codebook.text_columns(self.form)

    def of(self, table: pa.Table, *, labelled: bool = False) -> Described:
        """The codebook of this table. With `labelled`, choices whose labels call them no answer are missing."""
        if self.form is None:
            return Described(self.text)
        from enkat.forms.codebook import codebook_of

        found = codebook_of(self.form, table)
        content = taken_out(found.content, found.undeclared) if labelled else found.content
        return Described(content, [*found.notes, *undeclared_notes(found.undeclared, labelled=labelled)])


def given(codebook: Codebook) -> Given:
    """Reads what was given; a workbook is an XLSForm, a CSV file a data dictionary of REDCap."""
    if isinstance(codebook, (str, os.PathLike)) and not str(codebook).lstrip().startswith("{"):
        path = Path(codebook)
        if path.suffix.lower() in WORKBOOKS:
            from enkat.forms.xlsform import read_xlsform

            return Given(form=read_xlsform(path))
        if path.suffix.lower() == ".csv":
            needs("pyarrow", to="to read files")
            from enkat.forms.redcap import read_dictionary

            return Given(form=read_dictionary(path))
    return Given(codebook_text(codebook))

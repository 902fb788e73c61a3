"""A codebook as it is looked at: its content as codebook.json has it, shown as a table with a row a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enkat.display import html_table, shortened, text_table
from enkat.labels import QuestionLabels
from enkat.texts import one_form

NAMED_ANSWERS = 4  # of a question, in a table


class Codebook(dict[str, Any]):
    """The content of a codebook, such as `survey.codebook`; a dict that shows as a table of its questions.

    Example:
        >>> survey.codebook
        Codebook: 3 questions
        name           type      label  answers
        heard_rumours  single           yes / no
        area           multiple         children / youth
        factors        multiple         time / contact / language
        >>> survey.codebook["questions"][1]["type"]
        'multiple'
    """

    def __init__(self, content: Mapping[str, Any], language: str = "") -> None:
        super().__init__(content)
        self._language = one_form(language) or str(content.get("language", ""))

    def _table(self) -> tuple[list[str], list[list[str]]]:
        rows = []
        for question in self.get("questions", []):
            labels = QuestionLabels.of(question, self._language)
            answers = list(labels.options.values())
            more = [f"… {len(answers) - NAMED_ANSWERS} more"] if len(answers) > NAMED_ANSWERS else []
            named = " / ".join([*answers[:NAMED_ANSWERS], *more])
            rows.append([str(question["name"]), str(question.get("type", "")), labels.label, named])
        return ["name", "type", "label", "answers"], rows

    def _heading(self) -> str:
        number = len(self.get("questions", []))
        return f"Codebook: {number} question{'' if number == 1 else 's'}"

    def __repr__(self) -> str:
        header, rows = self._table()
        shown = [[shortened(text) for text in row] for row in rows]
        return "\n".join([self._heading(), *(text_table(header, shown) if rows else [])])

    def _repr_html_(self) -> str:
        return html_table(*self._table(), self._heading())

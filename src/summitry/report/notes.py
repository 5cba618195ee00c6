"""Footnotes: the passages of a text of sentences, numbered as they come up, each with the rows that rest on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from summitry.report.rows import source_line
from summitry.report.words import chained, in_marks, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summitry.ledger import Brief, BriefLine
    from summitry.report.rows import Citations
    from summitry.vocabulary import Evidence

MOST_WORDS: Final = 400
"""Characters of a passage that a footnote shows; the whole is in `explain`."""

SHORT_ID: Final = 12
"""Characters of an id in a footnote, which `explain` takes for the whole."""


# An id is a kind and hexadecimal digits; of anything else nothing is left that a page or a terminal could obey.
_UNLIKE_AN_ID: Final = re.compile(r"[^\w-]")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number, where and when the words stood, the words, and the rows that rest on them (short ids)."""

    number: int
    source: str
    words: str
    rows: tuple[str, ...]
    evidence: Evidence


@dataclass(slots=True)
class _Numbers:
    """Footnotes as they are numbered. Lives for one text."""

    of: dict[tuple[str, int, int], int] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    rows: list[dict[str, None]] = field(default_factory=list)

    def mark(self, evidence: Evidence, rows: Iterable[str]) -> int:
        """The number of a passage; the same words keep theirs."""
        key = (evidence.source, evidence.start, evidence.end)
        if key not in self.of:
            self.of[key] = len(self.evidence) + 1
            self.evidence.append(evidence)
            self.rows.append({})
        number = self.of[key]
        self.rows[number - 1].update(dict.fromkeys(_UNLIKE_AN_ID.sub("", row)[:SHORT_ID] for row in rows))
        return number


def footnoted(brief: Brief, cited: Citations) -> tuple[list[tuple[BriefLine, tuple[int, ...]]], list[Note]]:
    """The sentences of a brief with the numbers of their footnotes, and the footnotes in order."""
    numbers = _Numbers()
    lines = [
        (line, tuple(dict.fromkeys(numbers.mark(each, line.rows[:1]) for each in line.evidence)))
        for line in brief.lines
    ]
    notes = [
        Note(
            number=number,
            source=chained(source_line(cited.get(evidence.source)), evidence.attribution_chain),
            words=in_marks(shorten(evidence.exact, MOST_WORDS)),
            rows=tuple(numbers.rows[number - 1]),
            evidence=evidence,
        )
        for number, evidence in enumerate(numbers.evidence, 1)
    ]
    return lines, notes

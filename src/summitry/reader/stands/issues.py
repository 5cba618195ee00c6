"""The issue of a stand by the words of the cases, the pole it stands at, and how firmly it is taken.

An issue is looked for by its words in what is demanded, offered or refused, then in the condition, then in the clause,
then in the sentence: the nearest place that names one decides, and without any the stand keeps the label of its own
words. A pole of that issue is looked for in the clause, its predicate and condition with it, never in the rest of the
sentence, where another party's stand may be told.

The scale of strength, 0 to 1, is the project's own, after the grades of directive force and commitment that grammars of
English modality tell apart (must, will, would, may):

===== ==================================================================================================
0.2   weighed: may, might, reconsidering, considering, does not rule out, hints at
0.4   ready on terms: ready to, willing, open to, could, hopes, would, "if"
0.6   plain: wants, calls for, proposes, supports, opposes, will
0.8   firm: insists, demands, refuses, rejects, will not, unless, until, only after
1.0   without exception: never, must, no intention of, under no circumstances, red line, not an inch
===== ==================================================================================================

The weakest word that weighs decides; else the strongest word of the clause; else the plain grade.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from summitry.casebook import Case, IssueEntry, phrase_pattern
from summitry.vocabulary import Stance

_WORD: Final = re.compile(r"[\w-]*")
_AGAINST: Final = frozenset({"reject", "oppose"})
PLAIN: Final = 0.6
WEIGHED: Final = 0.2


def _alternatives(phrases: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + phrases + r")(?![\w-])")


_SCALE: Final[tuple[tuple[float, re.Pattern[str]], ...]] = (
    (
        WEIGHED,
        _alternatives(
            r"may|might|reconsider\w*|considering|is weighing|are weighing|mull\w*|hint\w* at|not rul\w+ out|"
            r"possib(?:le|ly|ility)|perhaps|not yet decided|undecided"
        ),
    ),
    (
        1.0,
        _alternatives(
            r"never|must|no intention|under no circumstances?|red lines?|an inch|non-?negotiable|not negotiable|"
            r"not renegotiable|in no way|at any cost|at all costs|no way|absolutely|categorical\w*|non-starter"
        ),
    ),
    (
        0.8,
        _alternatives(
            r"insist\w*|demand\w*|refus\w+|reject\w*|will not|won't|wo n't|would not|wouldn't|cannot|can not|can't|"
            r"unless|until|only (?:if|after|when|once)|rul\w+ out|vow\w*|firm\w*|resolute\w*|steadfast\w*|"
            r"not interested|\w+n't interested|determin(?:ed|ation)|precondition|has to|have to|need to|needs to|"
            r"requir\w+|committed"
        ),
    ),
    (
        0.4,
        _alternatives(
            r"ready|willing\w*|readiness|open to|prepared to|could|would|hop(?:e|es|ed|eful|ing)|if|interested|"
            r"would like|should|eager\w*"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Words:
    """What a stand is told with, from near to far: point, condition, clause, sentence; lower case, plain quotes."""

    point: str
    condition: str
    clause: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Found:
    """An issue's name, and pole and strength where the issue has poles and one is told."""

    issue: str
    pole: str | None = None
    strength: float | None = None


@dataclass(frozen=True, slots=True)
class _Issue:
    name: str
    words: re.Pattern[str]
    poles: tuple[tuple[str, re.Pattern[str]], ...]


class Issues:
    """The issues of the cases a report is read with; without any nothing is ever found."""

    __slots__ = ("_issues",)

    def __init__(self, cases: Sequence[Case] = ()) -> None:
        self._issues = tuple(_compiled(issue) for case in cases for issue in case.issues)

    def find(self, words: Words, stance: Stance | None) -> Found | None:
        """The issue that a stand is on; None where its sentence names none.

        Of several named in one place the first counts: what a noun phrase is about comes before what that is about.
        """
        for text in (words.point, words.condition, words.clause, words.sentence):
            issue = _first(self._issues, text) if text else None
            if issue is not None:
                pole = _pole(issue, words, stance)
                return Found(issue.name, pole, strength_of(words.clause) if pole is not None else None)
        return None


def strength_of(clause: str) -> float:
    """How firmly a clause (lower case) takes its stand, on the scale of this module."""
    for grade, pattern in _SCALE:
        if pattern.search(clause):
            return grade
    return PLAIN


def _compiled(issue: IssueEntry) -> _Issue:
    return _Issue(
        issue.name,
        phrase_pattern(issue.words),
        tuple((pole.name, phrase_pattern(pole.words)) for pole in issue.poles),
    )


def _first(issues: Sequence[_Issue], text: str) -> _Issue | None:
    """The issue whose phrase comes first in a text: the longest phrase there, then the one the case lists first.

    A phrase that only stands before another's, as part of one compound, gives way: "tariff talks" are talks.
    """
    named = sorted(
        (match.start(), -len(match.group()), order)
        for order, issue in enumerate(issues)
        for match in issue.words.finditer(text)
    )
    if not named:
        return None
    chosen = named[0]
    for start, size, order in named[1:]:
        end = _WORD.match(text, chosen[0] - chosen[1])
        if end is not None and start == end.end() + 1 and text[end.end()] == " ":
            chosen = (start, size, order)
    return issues[chosen[2]]


def _pole(issue: _Issue, words: Words, stance: Stance | None) -> str | None:
    """The pole that a stand is at: of the longest phrase, the first where they are equal.

    What stands in the point of somebody who is against it is what they do not want: of two poles they are at the
    other; of more it is not told at which.
    """
    start = words.clause.find(words.point) if stance in _AGAINST and words.point else -1
    denied = range(start, start + len(words.point)) if start >= 0 else range(0)
    told = [
        (len(match.group()), -match.start(), match.start() in denied, name)
        for name, pattern in issue.poles
        for match in pattern.finditer(words.clause)
    ]
    straight = [each for each in told if not each[2]]
    if straight:
        return max(straight)[3]
    if not told:
        return None
    others = [name for name, _ in issue.poles if name != max(told)[3]]
    return others[0] if len(others) == 1 else None

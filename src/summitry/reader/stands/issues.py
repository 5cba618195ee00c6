"""The issue of a stand by the words of the cases, the pole it stands at, and how firmly it is taken.

An issue is looked for in what is demanded, offered or refused, then in the condition, then in the clause, then in the
sentence: the nearest words that name one decide, and without any the stand keeps the label of its own words. A pole is
looked for in the same places but the last, where another party's stand may be told.

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

from summitry.casebook import Case, IssueEntry
from summitry.vocabulary import Stance

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
            r"determin(?:ed|ation)|precondition|has to|have to|need to|needs to|requir\w+|committed"
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
    words: re.Pattern[str] | None
    poles: tuple[tuple[str, re.Pattern[str]], ...]


class Issues:
    """The issues of the cases a report is read with; without any nothing is ever found."""

    __slots__ = ("_issues",)

    def __init__(self, cases: Sequence[Case] = ()) -> None:
        self._issues = tuple(_compiled(issue) for case in cases for issue in case.issues)

    def find(self, words: Words, stance: Stance | None) -> Found | None:
        """The issue that a stand is on; None where its sentence names none.

        A pole's words tell of its issue too. Of several issues named in one place the one with the longest phrase
        counts, the first where they are equal.
        """
        for text in (words.point, words.condition, words.clause, words.sentence):
            named = [(size, issue) for issue in self._issues if (size := _longest(issue, text))] if text else []
            if named:
                issue = max(named, key=lambda pair: pair[0])[1]
                pole = _pole(issue, words, stance)
                return Found(issue.name, pole, strength_of(words.clause) if pole is not None else None)
        return None


def strength_of(clause: str) -> float:
    """How firmly a clause (lower case) takes its stand, on the scale of this module."""
    for grade, pattern in _SCALE:
        if pattern.search(clause):
            return grade
    return PLAIN


def _pattern(phrases: Sequence[str]) -> re.Pattern[str] | None:
    """Any of the phrases, at the start of a word; longer ones first, so that the longest matches."""
    if not phrases:
        return None
    ordered = sorted({phrase.lower() for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + ")")


def _compiled(issue: IssueEntry) -> _Issue:
    poles = ((pole.name, _pattern(pole.words)) for pole in issue.poles)
    return _Issue(issue.name, _pattern(issue.words), tuple((name, words) for name, words in poles if words is not None))


def _longest(issue: _Issue, text: str) -> int:
    """The length of the longest phrase of an issue in a text, its poles' among them; 0 without any."""
    patterns = (*((issue.words,) if issue.words is not None else ()), *(words for _, words in issue.poles))
    return max((len(match.group()) for words in patterns for match in words.finditer(text)), default=0)


def _pole(issue: _Issue, words: Words, stance: Stance | None) -> str | None:
    """The pole that a stand is at. Who is against one of two poles is at the other; of more, it is not told which."""
    for text, denied in ((words.point, stance in _AGAINST), (words.condition, False), (words.clause, False)):
        told = [
            (len(match.group()), -match.start(), name)
            for name, pattern in issue.poles
            for match in pattern.finditer(text)
        ]
        if told:
            name = max(told)[2]
            if not denied:
                return name
            others = [other for other, _ in issue.poles if other != name]
            return others[0] if len(others) == 1 else None
    return None

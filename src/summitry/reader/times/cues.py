"""Which way a sentence looks, from its words alone: will, is to, scheduled against said, was, met."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Final

_BE = r"(?:is|are|be|being|was|were)"
_ARRANGED = r"(?:due|slated|scheduled|expected|planned|likely|set (?:to|for))"
_INTENDS = (
    r"(?:scheduled|slated|due|set|planned|expected|planning|plans?|expects?|hopes?|intends?|aims?|agree[sd]?|wants?)"
)
_PASSIVE = r"(?:will|shall|would|may|might|should|must)(?: not)? be [a-z]{2,14}"
"""One cue, or the participle of "will be named" would count as a past one."""
_BOOKED = r"(?:(?:has|have) )?(?:scheduled|planned) (?:an?|the|its|their|his|her)"
"""What is booked lies ahead: "has scheduled a news conference Thursday"."""
_TIMETABLED = r"(?:(?:begin|start|open|meet|end|lapse|expire)s?|holds?) (?:again )?(?:in|on|by|next|through)"
"""The present of a timetable: "talks start on Monday", "his term ends in 2029"."""
_DONE = (
    r"(?:was|were|had|has|have|did|said|told|met|made|took|went|came|held|gave|left|began|became|found|sent|won|lost"
    r"|saw|got|led|ran|spoke|wrote|broke|fell|rose|kept|put|set|brought|since|ended|agreed|[a-z]{2,14}[^e\W]ed)"
)
_CUES: Final = re.compile(
    r"(?P<stop>[.!?]['\"”’)]{0,2}(?=\s+['\"“‘(]?[A-Z0-9])|\n(?![ \t]*[a-z])"
    r"|(?<=[a-z])[.!?]['\"”’)]{0,2}(?=[\"“‘]?[A-Z][a-z]))"  # glued sentences
    rf"|\b(?=[a-z])(?:(?P<future>{_PASSIVE}|will(?![,.;:”’])|shall|won['’]t|upcoming|ahead of|tomorrow"
    rf"|(?:is|are) (?:to|going)|{_BE} {_ARRANGED}|{_INTENDS} (?:to(?! (?:the|an?|its|their) )|for)"
    rf"|{_BOOKED}|to (?:be [a-z]{{2,14}}ed|be held|take place|begin|start|resume|meet|hold|visit|open|vote)"
    r"|takes? effect|look(?:s|ing)? forward|schedules? for|deadline(?! on)|payable|expires?|forthcoming|coming"
    rf"|effective|until|would|as soon as|{_TIMETABLED})"
    rf"|(?P<past>{_DONE}))\b"
    r"|(?P<will>['’]ll\b)"
)
_BESIDE: Final = 1
"""Code points between an expression and a cue right behind it."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The tense cues of one text. :meth:`tense_at` answers in logarithmic time.

    ``infinitives`` are the places of cues such as "to hold": right behind a day they say nothing of it ("agreed on
    Friday to hold talks").
    """

    stops: list[int]
    starts: list[int]
    ends: list[int]
    tenses: list[str]
    infinitives: frozenset[int]

    def tense_at(self, start: int, end: int) -> str | None:
        """``past``, ``future`` or None.

        A cue right behind ``end`` decides, else the nearest before ``start`` in its sentence, else the first behind.
        """
        behind = bisect_left(self.starts, end)
        if behind < len(self.starts) and self.starts[behind] <= end + _BESIDE and behind not in self.infinitives:
            return self.tenses[behind]  # "on Tuesday will announce", "the Tuesday deadline"
        left = bisect_right(self.stops, start)
        floor = self.stops[left - 1] if left else -1
        ceiling = self.stops[left] if left < len(self.stops) else 1 << 62
        before = bisect_right(self.ends, start) - 1
        if before >= 0 and self.starts[before] > floor:
            return self.tenses[before]
        if behind < len(self.starts) and self.starts[behind] < ceiling:
            return self.tenses[behind]
        return None


def cues_of(text: str) -> Cues:
    """The cues of ``text``, in linear time."""
    stops: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    tenses: list[str] = []
    infinitives: set[int] = set()
    for match in _CUES.finditer(text):
        if match.lastgroup == "stop":
            stops.append(match.start())
        else:
            starts.append(match.start())
            ends.append(match.end())
            if match.group().startswith("to "):
                infinitives.add(len(tenses))
            tenses.append("past" if match.lastgroup == "past" else "future")
    return Cues(stops, starts, ends, tenses, frozenset(infinitives))

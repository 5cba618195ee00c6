"""Two cues on one subject: "said the plan was dead and called for talks".

The words of the first end where the second cue begins. The parse tells it where the second verb is joined to the first;
where it joins it to a verb of the content, tense tells: a finite past without a subject of its own goes with a cue in
the past, not with a content in the present.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from summitry.reader.statements.view import View

_FINITE_PAST: Final = frozenset({"VBD"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
_JOINTS: Final = frozenset({"and", "but", ",", "or"})

Run = tuple[int, int]


def cut_at_next_cue(view: View, cue: int, contents: list[Run], cues: list[int]) -> list[Run]:
    """The contents of ``cue``, cut where a later one of ``cues`` (ascending) is joined to it; positions are
    tokens of the view."""
    end = max((high for _, high in contents), default=0)
    for at in range(bisect_right(cues, cue), len(cues)):
        other = cues[at]
        if other >= end:
            break
        if not any(low < other < high for low, high in contents):
            continue
        if not _joined(view, cue, other):
            continue
        stop = other
        while stop > cue + 1 and view.words[stop - 1].lower() in _JOINTS | {"also", "then"}:
            stop -= 1
        kept = [(low, min(high, stop)) for low, high in contents if low < stop]
        if kept:
            return kept
    return contents


def _joined(view: View, cue: int, other: int) -> bool:
    """Whether ``other`` is a second verb of the first cue's subject."""
    if view.deps[other] != "conj" or any(view.deps[child] in _SUBJECTS for child in view.children[other]):
        return False
    if view.quote[other] >= 0 and view.quote[other] != view.quote[cue]:
        return False
    head = int(view.heads[other])
    if head == cue:
        return True
    past = view.tags[cue] in _FINITE_PAST and view.tags[other] in _FINITE_PAST
    return past and head > cue and view.tags[head] in ("VBZ", "VBP", "MD", "VB", "VBN") and not _past_clause(view, head)


def _past_clause(view: View, verb: int) -> bool:
    """Whether a verb's clause is in the past all the same: "was told", "had gone"."""
    return any(view.deps[c] in ("aux", "auxpass") and view.tags[c] == "VBD" for c in view.children[verb])

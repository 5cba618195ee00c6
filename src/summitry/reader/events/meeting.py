"""What a meeting has besides an event: level, venue, delegations and outcome."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from summitry.vocabulary import Meeting

if TYPE_CHECKING:
    from summitry.reader.events.draft import Draft
    from summitry.vocabulary import Actor, MeetingLevel

_LEVEL_WORDS: Final[tuple[tuple[MeetingLevel, re.Pattern[str]], ...]] = (
    ("phone", re.compile(r"\b(?:phone[ds]?|telephoned?|phone call|video ?(?:call|conference|link)|hotline)\b", re.I)),
    (
        "working level",
        re.compile(r"\bworking[- ]level|\bnegotiat(?:ors|ing teams?)\b|\btechnical (?:talks|experts)", re.I),
    ),
    ("summit", re.compile(r"\bsummits?\b|\b(?:leaders|heads of state|presidents)\b", re.I)),
    ("ministerial", re.compile(r"\b(?:foreign|defen[cs]e|finance|trade) (?:ministers?|secretar(?:y|ies))\b", re.I)),
    ("letter", re.compile(r"\bletters?\b", re.I)),
)
_LEADER: Final = re.compile(
    r"\b(?:president|prime minister|premier|chancellor|king|supreme leader|leader|chairman|prince|emir|sultan)\b", re.I
)
_NOT_LEADER: Final = re.compile(r"\b(?:vice|deputy|adviser|advisor|former|assistant|aide|spokes\w+)\b", re.I)
_MINISTER: Final = re.compile(
    r"\b(?:minister|secretary of (?:state|defen[cs]e|the treasury)|foreign secretary)\b", re.I
)
_ENVOY: Final = re.compile(
    r"\b(?:envoy|representative|negotiator|ambassador|adviser|advisor|diplomat|deputy|vice)\b", re.I
)

_OUTCOMES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (
        "no agreement",
        re.compile(
            r"\b(?:failed to (?:reach|make|produce|narrow|agree)|"
            r"without (?:a |an |any )?(?:agreement|deal|result|progress)|(?:broke|broken|break) (?:down|off|up)|"
            r"breakdown|collapsed?|fell apart|no (?:agreement|deal|breakthrough|progress)|"
            r"walked (?:out|away)|ended in (?:failure|discord)|empty-handed|fruitless|inconclusive(?:ly)?)\b",
            re.I,
        ),
    ),
    (
        "agreement",
        re.compile(
            r"\b(?:agreed (?:to|on|that)|reached (?:a|an) (?:[\w-]+ ){0,2}(?:agreement|deal|accord)|"
            r"signed (?:a|an|the)|joint (?:statement|declaration))\b",
            re.I,
        ),
    ),
    (
        "progress",
        re.compile(r"\b(?:made (?:[\w-]+ )?progress|progress was made|breakthrough|constructive|productive)\b", re.I),
    ),
)


def level_of(draft: Draft, words: str, people: tuple[Actor, ...]) -> MeetingLevel:
    """The level of a meeting: by the offices of who met, else by the words of the clause."""
    if draft.mode == "phone":
        letter = _LEVEL_WORDS[4][1].search(words)
        return "letter" if letter and not _LEVEL_WORDS[0][1].search(words) else "phone"
    if draft.trigger.lemma_.lower() == "summit":
        return "summit"
    offices = [actor.office or "" for actor in people if actor.kind == "person"]
    leaders = sum(bool(_LEADER.search(o)) and not _NOT_LEADER.search(o) for o in offices)
    if leaders >= 2:
        return "summit"
    for level, pattern in _LEVEL_WORDS[1:4]:
        if pattern.search(words):
            return level
    if any(_MINISTER.search(o) and not _NOT_LEADER.search(o) for o in offices):
        return "ministerial"
    if any(_ENVOY.search(o) for o in offices):
        return "working level"
    return "other"


def outcome_of(words: str) -> str | None:
    """What came of a meeting, when the words tell it: ``no agreement``, ``agreement`` or ``progress``."""
    for outcome, pattern in _OUTCOMES:
        if pattern.search(words):
            return outcome
    return None


def meeting_of(draft: Draft, words: str, sentence: str) -> Meeting:
    """The meeting's own fields; ``words`` is its clause, ``sentence`` the sentence around it."""
    people = (*draft.actors, *draft.recipients)
    return Meeting(
        level=level_of(draft, words, people),
        venue=draft.place,
        delegations=people,
        outcome=outcome_of(sentence) if draft.modality == "happened" else None,
    )

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
        re.compile(
            r"\b(?:working|lower|expert)[- ]level|\bbelow the level of|\bnegotiat(?:ors|ing teams?)\b|"
            r"\btechnical (?:talks|experts)",
            re.I,
        ),
    ),
    ("summit", re.compile(r"\bsummits?\b|\b(?:leaders|heads of state|presidents)\b", re.I)),
    ("ministerial", re.compile(r"\b(?:foreign|defen[cs]e|finance|trade) (?:ministers?|secretar(?:y|ies))\b", re.I)),
    ("letter", re.compile(r"\bletters?\b", re.I)),
)
_LEADER: Final = re.compile(
    r"\b(?:president|prime minister|premier|chancellor|king|supreme leader|leader|chairman|prince|emir|sultan)\b", re.I
)
_NOT_LEADER: Final = re.compile(r"\b(?:vice|deputy|adviser|advisor|former|assistant|aide|spokes\w+)\b", re.I)
_TITLED: Final = re.compile(
    r"(?<![Vv]ice )\b(?:President|Prime Minister|King|Chancellor|Emir|Premier|Sultan) ((?:[A-Z][\w.-]+ ?){1,3})"
)
_MINISTER: Final = re.compile(
    r"\b(?:(?<!prime )minister|secretary of (?:state|defen[cs]e|the treasury)|foreign secretary)\b", re.I
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
        letter = _LEVEL_WORDS[4][1].search(words) or draft.trigger.lemma_.lower() == "write"
        return "letter" if letter and not _LEVEL_WORDS[0][1].search(words) else "phone"
    if draft.trigger.lemma_.lower() == "summit":
        return "summit"
    ranks = _ranks(people)
    lowest, highest = min(ranks.values(), default=0), max(ranks.values(), default=0)
    if len(ranks) > 1:
        return _by_rank(draft, lowest, highest)
    if highest == _LEADS and _another_leader(words, people):
        return _by_rank(draft, _LEADS, _LEADS)
    for level, pattern in _LEVEL_WORDS[1:4]:
        # A minister who prepares a summit does not hold it.
        if pattern.search(words) and not (level == "summit" and highest == _MINISTERS):
            return level
    if highest == _MINISTERS:
        return "ministerial"
    return "working level" if highest == _SENT else "other"


_LEADS, _MINISTERS, _SENT = 3, 2, 1


def _ranks(people: tuple[Actor, ...]) -> dict[str, int]:
    """The highest rank that somebody named has on each side, where offices tell it."""
    found: dict[str, int] = {}
    for actor in people:
        office = actor.office or ""
        if actor.kind != "person" or not office:
            continue
        low = bool(_NOT_LEADER.search(office))
        if _LEADER.search(office) and not low:
            rank = _LEADS
        elif _MINISTER.search(office) and not low:
            rank = _MINISTERS
        elif _ENVOY.search(office):
            rank = _SENT
        else:
            continue
        party = actor.state or actor.code or actor.name
        found[party] = max(rank, found.get(party, 0))
    return found


def _by_rank(draft: Draft, lowest: int, highest: int) -> MeetingLevel:
    """A meeting is of the level of its lesser side: a minister with a leader holds no summit."""
    if lowest == _LEADS:
        # Leaders who "spoke" somewhere unknown may have done so by telephone.
        spoke = draft.place is None and draft.trigger.lemma_.lower() == "speak"
        return "other" if spoke else "summit"
    if lowest == _MINISTERS:
        return "ministerial"
    return "working level" if highest < _LEADS else "other"


def _another_leader(words: str, people: tuple[Actor, ...]) -> bool:
    """Whether words name a leader by title who is not among the people: "met with King Olaf"."""
    names = {part for actor in people for part in actor.name.split()}
    return any(names.isdisjoint(found[1].split()) for found in _TITLED.finditer(words))


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

"""When one row replies to another: the two sides of an answer, compared by their words, days and parties."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, get_args

from summitry.ledger.wording import LEAST_SHARED, Words, words_of
from summitry.vocabulary import Event, Move, MoveKind, Row

MoveStatus = Literal[
    "open", "refused", "accepted", "conditionally answered", "withdrawn", "kept", "carried out", "lapsed"
]
STATUSES: Final[tuple[MoveStatus, ...]] = get_args(MoveStatus)
"""All statuses a move may have."""

ANSWERED_WITHIN: Final = timedelta(days=365)
"""How long after a move an answer to it is looked for: later ones answer what was said in between."""
KEEPING: Final[frozenset[MoveKind]] = frozenset({"offer", "promise", "concession"})
DEEDS: Final = frozenset({"CONCEDE", "RETREAT", "AID", "COOPERATE"})
"""PLOVER types that keep a promise."""
BLOWS: Final = frozenset({"SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
"""PLOVER types that carry out a threat."""
_TALKING: Final = frozenset({"talks", "meeting"})
"""Keys of what is kept by meeting (PLOVER CONSULT) and by nothing else."""

_POINTS_BACK: Final = re.compile(
    r"\b(?:(?P<offer>proposals?|offers?|overtures?|invitations?|concessions?)|(?P<demand>demands?|requests?|calls?|"
    r"preconditions?|conditions?|terms|ultimatum|appeals?))\b",
    re.IGNORECASE,
)
"""Nouns by which a move is named again."""
_NO_MATTER: Final = re.compile(r"to\s+(?:at|in|on|by|during|after|before)\b", re.IGNORECASE)
"""How words begin that are left of a relative clause ("what they committed to at their meeting")."""
_LAST_TIME: Final = re.compile(r"\b(?:last|final) time\b|\bone (?:last|more|final)\b|\bonce more\b", re.IGNORECASE)
_AGAIN: Final = re.compile(r"\b(?:again|any ?more|any longer|another|further)\b", re.IGNORECASE)
_BY_PHONE: Final = re.compile(r"\b(?:phone|telephone)\b", re.IGNORECASE)
_OF_WHAT: Final = re.compile(r"\s+(?:to|for|that|on|about)\b", re.IGNORECASE)
_PLEDGED: Final = re.compile(
    r"\b(?:agree|pledg|promis|commit|offer|vow|propos|will\b|would\b|plan|urg|call(?:s|ed|ing)? (?:for|on)|demand)",
    re.IGNORECASE,
)
"""Words of what is promised or asked for again and not done."""


@dataclass(frozen=True, slots=True)
class Side:
    """A row as it is compared: whose, to whom, what it gives and wants, when, and where it stands in the text."""

    row: Row
    party: str
    addressee: str | None
    give: Words | None
    get: Words | None
    text: str
    first: date | None
    last: date | None

    @property
    def source(self) -> str:
        """The id of its report."""
        return self.row.evidence[0].source

    @property
    def start(self) -> int:
        """Where its passage begins, in code points."""
        return self.row.evidence[0].start

    @property
    def keys(self) -> set[str]:
        """The keys of what it gives and wants."""
        return {key for words in (self.give, self.get) if words is not None for key in words.keys}


def in_time(side: Side) -> tuple[date, date, str, int, str]:
    """The order of time, the unknown last; then that of the text."""
    return side.first or date.max, side.last or date.max, side.source, side.start, side.row.id


def surely_before(one: Side, other: Side) -> bool:
    """Whether the days of one lie before those of the other, and at most :data:`ANSWERED_WITHIN` before."""
    if one.last is None or other.first is None or one.first is None:
        return False
    return one.last < other.first <= one.first + ANSWERED_WITHIN


def matter_of(words: str | None) -> Words | None:
    """What words of a move are about; None where they say nothing of it."""
    return words_of(words) if words and not _NO_MATTER.match(words) else None


def for_the_last_time(promise: Side, refusal: Side) -> bool:
    """Whether "one last time" and "not again" say the same."""
    return _LAST_TIME.search(promise.text) is not None and _AGAIN.search(refusal.text) is not None


def same(one: Words | None, other: Words | None) -> bool:
    """Whether both are about one matter, in one direction."""
    return one is not None and other is not None and one.same_matter(other) and one.less == other.less


def matches(side: Side, other: Side) -> bool:
    """Whether a row is about what an earlier move put on the table, from the other side of it.

    Who is asked refuses or grants what was wanted; who is offered refuses or takes what would be given; who makes a
    counter-offer wants what was offered.
    """
    if not isinstance(other.row, Move):
        return False
    given = same(side.give, other.get)
    if (
        given
        or other.row.kind == "promise"
        or (isinstance(side.row, Move) and side.row.kind in ("concession", "promise"))
    ):
        # A promise asks nothing of anybody but what it wants for itself.
        return given
    if isinstance(side.row, Move) and side.row.kind in ("offer", "precondition"):
        return other.row.kind == "offer" and same(side.get, other.give)
    return same(side.give, other.give)


def done_by(event: Event, side: Side, other: Side, taking_part: list[str]) -> MoveStatus | None:
    """What an event makes of a move of the party that did it: nearly all that it gives is told, its verb too."""
    move, given, done = other.row, other.give, side.give
    if not isinstance(move, Move) or given is None or done is None or not surely_before(other, side):
        return None
    if not given.keys or given.keys[0] not in done.keys or given.less != done.less or _PLEDGED.search(side.text):
        return None
    if given.keys[0] in _TALKING:
        met = (
            event.type == "CONSULT"
            and event.meeting is not None
            and other.addressee is not None
            and other.addressee in taking_part
        )
        return "kept" if met and move.kind in ("offer", "promise") and _with_whom(event, other) else None
    # One word in common is no deed done: "weapons" are given up, tested and sold.
    if len(given.keys) == 1 or given.share(done) < LEAST_SHARED or len(set(given.keys) & set(done.keys)) < 2:
        return None
    if move.kind in KEEPING and event.type in DEEDS:
        return "kept"
    return "carried out" if move.kind == "threat" and event.type in BLOWS else None


def _with_whom(event: Event, other: Side) -> bool:
    """Whether those whom an offer to meet names took part, as far as it names others than its addressee; a call is
    kept by a call."""
    if other.give is None or not isinstance(other.row, Move):
        return False
    if _BY_PHONE.search(other.row.give or "") and (event.meeting is None or event.meeting.level != "phone"):
        return False
    addressee = other.row.addressee
    named = other.give.names - (words_of(addressee.name).names if addressee is not None else frozenset())
    present = " ".join(one.name for one in (*event.actors, *event.recipients))
    return not named or bool(named & words_of(present).names)


def points_at(side: Side, other: Side) -> bool:
    """Whether the words of a refusal or an acceptance name the other's move again: "the proposal", "the demand"."""
    if side.addressee != other.party or not isinstance(other.row, Move) or not isinstance(side.row, Move):
        return False
    if side.row.kind not in ("refusal", "concession"):
        return False
    for match in _POINTS_BACK.finditer(side.text):
        kinds: Iterable[MoveKind] = ("offer", "promise") if match["offer"] else ("demand", "precondition")
        exchanged = match["offer"] is not None and other.row.kind == "demand" and other.row.give is not None
        if (other.row.kind in kinds or exchanged) and _said_again(side.text[match.end() :], other):
            return True
    return False


def _said_again(tail: str, other: Side) -> bool:
    """Whether what follows "the demand" or "the offer" does not say that it is another one: "to meet", "for talks"."""
    if not _OF_WHAT.match(tail):
        return True
    keys = set(words_of(tail).keys[:2])
    return not keys or bool(keys & other.keys)


def granted(side: Side, asked: Side, status: MoveStatus) -> MoveStatus:
    """An offer without terms of just what was demanded, or wanted for what was offered, grants it."""
    row = side.row
    plain = isinstance(row, Move) and row.kind == "offer" and not row.condition and not row.get
    demanded = isinstance(asked.row, Move) and asked.row.kind in ("demand", "precondition")
    return "accepted" if plain and (demanded or same(side.give, asked.get)) else status

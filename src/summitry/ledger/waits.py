"""What a move or position makes wait for what: a party's own step for a step of another.

Words decide, nothing else. A condition, an exchange or an order tells a wait where it can be known who is to do what is
waited for: the party named in its words, or the addressee, or the only other party the passage names, or at last the
one that the other passages of the record name for the same matter. Where none of them is known there is no wait.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from summitry.ledger.conditions import (
    BY,
    DENIED,
    DOING,
    EVEN,
    EXCHANGE,
    FAILING,
    FIRST_PERSON,
    GIVEN_WORD,
    HARMFUL,
    MARKER,
    NESTED,
    ONLY,
    PRONOUN,
    RECEIVING,
    SELF_ACT,
    TIMED,
    TO_COME,
    TWO,
    UNKNOWN,
    WHETHER,
    WISHED,
    heading,
    keeps,
    trimmed,
)
from summitry.ledger.matters import Core, core_of
from summitry.ledger.naming import Named, Roster
from summitry.ledger.rows import Bond
from summitry.ledger.sides import side
from summitry.vocabulary import Evidence, Move, Position, StepOrder


@dataclass(frozen=True, slots=True)
class Deed:
    """What a party is to do, in the words of a row; ``doers`` are codes, empty where the words do not tell.

    ``ended`` tells that the words name what is to end ("maintain their threats").
    """

    words: str
    doers: tuple[str, ...]
    core: Core
    ended: bool = False

    @property
    def label(self) -> str:
        """The words of the step, without what follows them."""
        return trimmed(self.core.words) if self.core.stems else self.words


@dataclass(frozen=True, slots=True)
class Wait:
    """A step of ``party`` waits for what ``needed`` says, by one row.

    ``near`` are the codes of the parties concerned: the party, the addressee and all that the passage names.
    """

    party: str
    own: Deed
    needed: Deed
    bond: Bond
    near: tuple[str, ...]
    row: str
    day: date | None
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """A move or a position in one form: what its party gives, what it asks for, on what terms."""

    row: str
    kind: Literal["gives", "refuses", "asks", "other"]
    party: str
    addressee: str | None
    give: str | None
    get: str | None
    condition: str | None
    sequence: StepOrder | None
    day: date | None
    confidence: float
    evidence: tuple[Evidence, ...]
    gives_way: bool
    dated: bool

    @property
    def yields(self) -> bool:
        """Whether the party offers or agrees to a step of its own without terms."""
        return self.gives_way and self.give is not None and not (self.get or self.condition or self.sequence)


_KINDS: Final[dict[str, Literal["gives", "refuses", "asks", "other"]]] = {
    "offer": "gives", "promise": "gives", "concession": "other", "refusal": "refuses", "demand": "asks",
    "threat": "other", "condition": "gives", "reject": "refuses", "accept": "other",
}  # fmt: skip


def stand_of(row: Move | Position, day: date | None, dated: bool) -> Stand:
    """A row as a stand. ``day`` is when it was first known to be held, ``dated`` whether its own words told that."""
    if isinstance(row, Position):
        kind = _KINDS.get(row.stance, "other")
        asks = kind == "asks"
        return Stand(
            row.id, kind, side(row.party), None, None if asks else row.summary, row.summary if asks else None,
            row.condition, None, day, row.confidence, row.evidence, row.stance in ("offer", "accept"), dated,
        )  # fmt: skip
    kind, gives_way = _KINDS.get(row.kind, "other"), row.kind in ("offer", "promise", "concession")
    if row.kind == "precondition":
        # What is asked for first, or what is refused or offered on terms: told by which of the two is the point.
        own = row.give is not None and (row.condition is not None or row.get is None)
        kind = "asks" if not own or (row.get and row.condition and row.get not in row.condition) else "refuses"
    return Stand(
        row.id, kind, side(row.proposer), side(row.addressee) if row.addressee else None, row.give, row.get,
        row.condition, row.sequence, day, row.confidence, row.evidence, gives_way, dated,
    )  # fmt: skip


class Reading:
    """Reads waits out of rows with the names of a record's parties.

    ``concerned`` are the codes of all parties of the record: "the North" and a surname stand for one of these.
    """

    def __init__(self, roster: Roster, concerned: Collection[str]) -> None:
        self._roster = roster
        self._concerned = concerned

    def waits(self, stand: Stand) -> Iterator[Wait]:
        """The waits that a stand tells; those whose needed step has no doer are for the record to settle."""
        if not (stand.condition or (stand.give and stand.get) or (stand.kind == "asks" and _exchanges(stand))):
            return
        near = self._near(stand)
        for own, needed, bond in self._pairs(stand, near):
            doers = tuple(code for code in needed.doers if code != stand.party)
            if needed.doers and not doers:
                continue  # what a party waits for is another's step
            if own.words and needed.words:
                wanted = replace(needed, doers=doers)
                yield Wait(stand.party, own, wanted, bond, near, stand.row, stand.day, stand.confidence, stand.evidence)

    def own(self, stand: Stand) -> Deed:
        """What a stand's party gives, as a deed."""
        assert stand.give is not None
        return self._own(stand.give, stand)

    def first(self, stand: Stand) -> Deed | None:
        """What a stand asks another party to do first, without a step of one's own: "lift the sanctions first"."""
        if stand.kind != "asks" or stand.sequence != "after" or stand.get is None:
            return None
        needed = self._needed(stand.get, stand, self._near(stand), set_out=True)
        return needed if needed.doers and stand.party not in needed.doers else None

    def _near(self, stand: Stand) -> tuple[str, ...]:
        """The party, the addressee, and whoever the passage names."""
        named = [one.code for e in stand.evidence for one in self._find(e.exact, stand)]
        return tuple(dict.fromkeys([stand.party, *([stand.addressee] if stand.addressee else []), *named]))

    def _find(self, words: str, stand: Stand) -> list[Named]:
        return self._roster.find(words, self._concerned, stand.day)

    def _pairs(self, stand: Stand, near: tuple[str, ...]) -> Iterator[tuple[Deed, Deed, Bond]]:
        """Own step, needed step and bond, as the words of a stand tell them."""
        if stand.kind == "asks":
            yield from self._asked(stand, near)
            return
        if stand.give is None or EVEN.search(stand.give):
            return
        if stand.kind == "gives" and HARMFUL.match(stand.give):
            return
        marker = MARKER.match(stand.condition.strip()) if stand.condition else None
        if stand.condition and marker is not None and not _asks_whether(stand, marker):
            yield from self._conditioned(stand, marker, near)
        if stand.get and stand.kind == "gives" and not (stand.condition and stand.get in stand.condition):
            needed = self._needed(stand.get, stand, near, set_out=True)
            # What was promised in exchange is told when it was given and taken: a commitment, and no offer any more.
            given = GIVEN_WORD.search(stand.evidence[0].exact)
            if stand.sequence != "before" and not given:
                bond: Bond = "exchange" if stand.sequence is None else stand.sequence
                yield self._own(stand.give, stand), needed, bond

    def _asked(self, stand: Stand, near: tuple[str, ...]) -> Iterator[tuple[Deed, Deed, Bond]]:
        """ "Lift sanctions in return for ours", "lift sanctions before we disarm": one's own step waits."""
        if stand.get is None:
            return
        bond: Bond = stand.sequence if stand.sequence in ("after", "simultaneous") else "exchange"
        own = stand.give or _exchanges(stand)
        if own and not NESTED.search(stand.get):
            yield self._own(own, stand), self._needed(stand.get, stand, near, set_out=True), bond
        marker = MARKER.match(stand.condition.strip()) if stand.condition else None
        if stand.condition is None or marker is None or (marker["word"] or "").lower() not in ("before", "prior to"):
            return
        later = stand.condition.strip()[marker.end() :]
        own_act = PRONOUN.match(later) is not None or stand.party in self._told(later, stand)
        if RECEIVING.match(later) or not (own_act or DOING.search(later)):
            return
        needed = self._needed(stand.get, stand, near, set_out=True)
        if own_act or not self._told(later, stand):
            yield self._own(later, stand), needed, "after"

    def _conditioned(
        self, stand: Stand, marker: re.Match[str], near: tuple[str, ...]
    ) -> Iterator[tuple[Deed, Deed, Bond]]:
        """ "Not until you disarm", "only if sanctions go", "as long as you threaten us"."""
        assert stand.condition is not None
        assert stand.give is not None
        clause = stand.condition.strip()[marker.end() :]
        word = " ".join((marker["word"] or "condition").lower().split())
        refuses = stand.kind == "refuses"
        if word == "even if" or (word == "without" and not refuses) or (word == "if" and WISHED.search(clause)):
            return
        # "Sanctions will remain in place until": what goes on may be told by the verb between.
        kept = keeps(stand.give) or (word in ("until", "till") and keeps(_before(stand)))
        if stand.kind == "other" and not (kept and word in ("until", "till", "unless", "as long as", "so long as")):
            return
        if stand.kind == "gives" and not kept and (word == "unless" or (word == "if" and FAILING.search(clause))):
            return  # "we will resume tests if they fail to pay" threatens
        if word in ("before", "prior to") and not refuses:
            return
        if word == "after" and not (marker["only"] or TO_COME.search(clause) or ONLY.search(_before(stand))):
            return
        # "No talks as long as / if they threaten us" waits for the end of it; "we stay as long as they do" does not.
        while_it_lasts = (
            word in ("as long as", "so long as", "if", "when")
            and (refuses or kept)
            and not marker["only"]
            and not (word == "if" and _own_terms(stand))
        )
        needed = self._needed(clause, stand, near, set_out=False, lasting=while_it_lasts)
        # "No intention of compromising or continuing talks" refuses two steps.
        for part in TWO.split(stand.give) if refuses else [stand.give]:
            yield replace(self._own(part, stand), ended=kept), needed, "after"

    def _own(self, words: str, stand: Stand) -> Deed:
        clean = trimmed(words)
        return Deed(clean, (stand.party,), self._core(clean, stand), keeps(clean))

    def _needed(self, words: str, stand: Stand, near: tuple[str, ...], *, set_out: bool, lasting: bool = False) -> Deed:
        """The other's step. ``set_out``: it was asked for as such; else its words must tell a deed or name a doer.

        ``lasting``: the words name what is the case and must end; where they deny something, it is to come.
        """
        clean = trimmed(words)
        ended = False
        if lasting:
            denied = DENIED.search(clean)
            if denied is not None:
                clean = trimmed(clean[: denied.start()] + clean[denied.end() :])
            else:
                ended = True
        doers = self._told(clean, stand)
        if TIMED.match(clean):
            return Deed("", (), core_of(""))
        if not doers and not set_out and not DOING.search(clean) and not (ended and keeps(clean)):
            return Deed("", (), core_of(""))
        return Deed(
            clean, doers or self._meant(clean, stand, near, set_out), self._core(clean, stand), ended or keeps(clean)
        )

    def _core(self, words: str, stand: Stand) -> Core:
        return core_of(words, [(one.start, one.end) for one in self._find(words, stand)])

    def _told(self, words: str, stand: Stand) -> tuple[str, ...]:
        """Who is to do what words say, by name."""
        named = self._find(words, stand)
        if heads := heading(words, named):
            return heads
        if FIRST_PERSON.match(words):
            return (stand.party,)
        for one in named:
            before = words[: one.start]
            if BY.search(before) or SELF_ACT.search(before):
                return (one.code,)
        return ()

    def _meant(self, words: str, stand: Stand, near: tuple[str, ...], asked: bool) -> tuple[str, ...]:
        """Who is meant where no one is named: whoever is addressed, or the only other party of the passage."""
        addressed = stand.addressee is not None and stand.addressee != stand.party
        # Of whom something is demanded the reader knows, by whatever name; in a condition an unknown name is another's.
        if UNKNOWN.match(words) and not (asked and addressed):
            return ()
        if stand.addressee is not None and addressed:
            return (stand.addressee,)
        others = tuple(code for code in near if code != stand.party)
        return others if len(others) == 1 else ()


def _exchanges(stand: Stand) -> str | None:
    """What a demand offers for it, where only its passage tells: "wants steps in exchange for relief"."""
    if stand.give is not None or stand.get is None:
        return None
    words = stand.evidence[0].exact
    found = EXCHANGE.search(words)
    if found is None or EVEN.search(words[: found.start()]):
        return None
    return words[found.end() :]


def _asks_whether(stand: Stand, marker: re.Match[str]) -> bool:
    """Whether the "if" of a condition is that of a question."""
    if (marker["word"] or "").lower() != "if" or stand.condition is None:
        return False
    return WHETHER.search(_before(stand)) is not None


def _before(stand: Stand) -> str:
    """The words of a stand's passage before its condition; empty where that opens it or stands elsewhere."""
    words = stand.evidence[0].exact
    return words[: max(words.find(stand.condition or words), 0)]


def _own_terms(stand: Stand) -> bool:
    """Whether a refusal is in truth an offer on terms: "will only sign if", read as a precondition."""
    return bool(re.search(r"\bonly\b", stand.evidence[0].exact, re.IGNORECASE))

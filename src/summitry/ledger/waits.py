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
        """The step as a person reads it."""
        words = _trimmed(self.core.words) if self.core.stems else self.words
        return f"no longer: {words}" if self.ended else words


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


_MARKER: Final = re.compile(
    r"(?P<only>only\s+)?(?:(?:on|under)\s+(?:the\s+)?(?:pre)?condition\s+that|(?P<word>as\s+long\s+as|so\s+long\s+as|"
    r"provided(?:\s+that)?|contingent\s+on|conditional\s+on|unless|until|till|once|if|when|before|prior\s+to|after|"
    r"without|not\s+before|even\s+if))\b\s*",
    re.IGNORECASE,
)
_EXCHANGE: Final = re.compile(r"\bin\s+(?:exchange|return)\s+for\s+", re.IGNORECASE)
_EVEN: Final = re.compile(r"\beven\W*$", re.IGNORECASE)
# What goes on and is to end where something waits for it; going on with talks or a pact is no harm.
_KEEPING: Final = re.compile(
    r"^\W*(?:to\s+|that\s+)?(?:keep|kept|keeping|maintain|maintains|maintained|maintaining|continue|continues|continued|"
    r"continuing|retain|retaining|preserve|uphold|bolster|bolstering|expand|expanding|strengthen|strengthening|increase|"
    r"increasing|intensify|enforce|enforcing|impose|imposing|tighten|tightening|pursue|pursuing|develop|developing|"
    r"build|building|stage|staging|hold\s+on\s+to)\b",
    re.IGNORECASE,
)
_REMAINING: Final = re.compile(
    r"\b(?:will|would|should|must|shall|to|not)\s+(?:remain|stay|continue|persist|be\s+(?:maintained|kept|enforced|upheld))\b"
    r"|\b(?:remains?|remained|stays?|stayed|continues?|continued|persists?)\b",
    re.IGNORECASE,
)
_COOPERATIVE: Final = re.compile(
    r"\b(?:talk|talks|talking|dialogue|negotiat\w+|diplomacy|discussion\w*|engag\w+|deal|accord|agreement|pact|treaty|"
    r"truce|ceasefire|moratorium|commitments?|compliance|cooperation|comply\w*|abide|work\w*|efforts?|momentum|"
    r"committed|ready|willing|open|trust|confidence)\b",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"\b(?:refuses?|refused|refusing|rejects?|rejected|fails?|failed|declines?|declined)\s+(?:to\s+)?|"
    r"\b(?:does|did|do|will|would|is|are|was|were|has|have|had)\s*(?:not|n['’]t)\s+|\bwon['’]t\s+|\bnever\s+",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(
    r"^(?:\W|\b(?:that|the|a|an|both|all|for|when|if|first|only|to|at|least|of|some|any|its|in|on|by|then|and|even|"
    r"mr|ms|president|chairman|leader|secretary|minister|prime|foreign|government|administration|regime)\b\.?)*",
    re.IGNORECASE,
)
_PRONOUN: Final = re.compile(
    r"^\W*(?:(?:it|he|she|they)\b|the\s+(?:regime|country|other\s+side|government|administration|kingdom|leadership)\b)",
    re.IGNORECASE,
)
_FIRST_PERSON: Final = re.compile(r"^\W*(?:we|i)\b", re.IGNORECASE)
_SELF_ACT: Final = re.compile(
    r"(?:denucleari[sz]ation|disarmament|withdrawal|capitulation|surrender|compliance|concessions?|recognition)\s+(?:of|by|from)\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
_BY: Final = re.compile(r"\b(?:by|from)\s+(?:the\s+)?$", re.IGNORECASE)
_OBJECT: Final = re.compile(
    r"\b(?:on|against|to|toward|towards|with|over|at|for|in|into|inside|about|of|near|around|across|versus)\s+"
    r"(?:(?:the|both|all|president|mr\.?|leader|chairman|nuclear-armed)\s+)*$",
    re.IGNORECASE,
)
_DOING: Final = re.compile(
    r"\b(?:lift|eas|remov|reliev|relief|relax|waiv|drop|end|stop|halt|freez|frozen|suspend|suspen|giv|grant|offer|provid|"
    r"suppl|deliver|tak|mak|mov|return|restor|resum|abandon|dismantl|shut|clos|scrap|surrender|relinquish|eliminat|"
    r"destr|roll|scal|reduc|cut|curb|limit|restrict|withdr|pull|releas|free|chang|accept|allow|permit|commit|promis|"
    r"guarantee|assur|honou?r|respect|implement|compl|abid|denucleari|disarm|recogni|normali|talk|dialogu|negotiat|"
    r"apolog|compensat|concess|conced|compromis|step|measure|action|hand|open|reopen|allow|verif|inspect|declar|pay|withhold|"
    r"unfreez|repatriat|renounc|cancel|repeal|reform|ratif|sign|vot|pass|open)\w*",
    re.IGNORECASE,
)
# What is yet to come behind "after": "after it takes steps", "after sanctions are lifted"; not "after it denied that".
_TO_COME: Final = re.compile(
    r"\b(?:has|have|is|are|be)\b|\b(?:lift|eas|remov|tak|mak|mov|end|stop|halt|dismantl|abandon|giv|agree|accept|chang|"
    r"withdraw|sign|show|prov|freez|return|releas|declar)e?s\b",
    re.IGNORECASE,
)
# A threat is no step that waits, whatever its terms.
_HARMFUL: Final = re.compile(
    r"^\W*(?:it\s+(?:would|will)\s+)?(?:retaliat|shred|tear|scrap|kill|terminat|quit|exit|leav|withdraw|walk|pull\W+out|"
    r"abandon\s+(?:the\s+)?(?:deal|talks|accord|agreement|pact)|attack|strik|destroy|punish|respond|block|clos\w+\s+(?:the\s+)?"
    r"strait|reimpos|impos|sanction|resum\w+\s+\w*\s*(?:test|enrich|attack)|restart\w*\s+\w*\s*(?:test|enrich)|invad|"
    r"wag|cut\s+off|reconsider|rethink)",
    re.IGNORECASE,
)
_RECEIVING: Final = re.compile(
    r"^\W*(?:\w+\s+){0,2}(?:get|gets|getting|receiv\w+|obtain\w*|gain\w*|see|sees|seeing)\b", re.I
)
_LINK: Final = re.compile(r"\s+(?:and|or|to|the|a)$", re.IGNORECASE)
_LOOSE: Final = " \t,;:–—-\"“”'‘’()[]."


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
        if stand.give is None or _EVEN.search(stand.give):
            return
        if stand.kind == "gives" and _HARMFUL.match(stand.give):
            return
        marker = _MARKER.match(stand.condition.strip()) if stand.condition else None
        if stand.condition and marker is not None:
            yield from self._conditioned(stand, marker, near)
        if stand.get and stand.kind == "gives" and not (stand.condition and stand.get in stand.condition):
            needed = self._needed(stand.get, stand, near, set_out=True)
            if stand.sequence != "before":
                bond: Bond = "exchange" if stand.sequence is None else stand.sequence
                yield self._own(stand.give, stand), needed, bond

    def _asked(self, stand: Stand, near: tuple[str, ...]) -> Iterator[tuple[Deed, Deed, Bond]]:
        """ "Lift sanctions in return for ours", "lift sanctions before we disarm": one's own step waits."""
        if stand.get is None:
            return
        bond: Bond = stand.sequence if stand.sequence in ("after", "simultaneous") else "exchange"
        own = stand.give or _exchanges(stand)
        if own:
            yield self._own(own, stand), self._needed(stand.get, stand, near, set_out=True), bond
        marker = _MARKER.match(stand.condition.strip()) if stand.condition else None
        if stand.condition is None or marker is None or (marker["word"] or "").lower() not in ("before", "prior to"):
            return
        later = stand.condition.strip()[marker.end() :]
        own_act = _PRONOUN.match(later) is not None or stand.party in self._told(later, stand)
        if _RECEIVING.match(later) or not (own_act or _DOING.search(later)):
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
        if word in ("even if",) or (word == "without" and not refuses):
            return
        keeps = _keeps(stand.give)
        if stand.kind == "other" and not (keeps and word in ("until", "till", "unless", "as long as", "so long as")):
            return
        if word in ("before", "prior to") and not refuses:
            return
        if word == "after" and not marker["only"] and not (refuses or _TO_COME.search(clause)):
            return
        # "No talks as long as / if they threaten us" waits for the end of it; "we stay as long as they do" does not.
        while_it_lasts = (
            word in ("as long as", "so long as", "if", "when")
            and (refuses or keeps)
            and not marker["only"]
            and not (word == "if" and _own_terms(stand))
        )
        needed = self._needed(clause, stand, near, set_out=False, lasting=while_it_lasts)
        yield replace(self._own(stand.give, stand), ended=keeps), needed, "after"

    def _own(self, words: str, stand: Stand) -> Deed:
        trimmed = _trimmed(words)
        return Deed(trimmed, (stand.party,), self._core(trimmed, stand), _keeps(trimmed))

    def _needed(self, words: str, stand: Stand, near: tuple[str, ...], *, set_out: bool, lasting: bool = False) -> Deed:
        """The other's step. ``set_out``: it was asked for as such; else its words must tell a deed or name a doer.

        ``lasting``: the words name what is the case and must end; where they deny something, it is to come.
        """
        clean = _trimmed(words)
        ended = False
        if lasting:
            denied = _DENIED.search(clean)
            if denied is not None:
                clean = _trimmed(clean[: denied.start()] + clean[denied.end() :])
            else:
                ended = True
        doers = self._told(clean, stand)
        if not doers and not set_out and not _DOING.search(clean) and not (ended and _keeps(clean)):
            return Deed("", (), core_of(""))
        return Deed(clean, doers or self._meant(clean, stand, near), self._core(clean, stand), ended or _keeps(clean))

    def _core(self, words: str, stand: Stand) -> Core:
        return core_of(words, [(one.start, one.end) for one in self._find(words, stand)])

    def _told(self, words: str, stand: Stand) -> tuple[str, ...]:
        """Who is to do what words say, by name."""
        named = self._find(words, stand)
        if heads := _heading(words, named):
            return heads
        if _FIRST_PERSON.match(words):
            return (stand.party,)
        for one in named:
            before = words[: one.start]
            if _BY.search(before) or _SELF_ACT.search(before):
                return (one.code,)
        return ()

    def _meant(self, words: str, stand: Stand, near: tuple[str, ...]) -> tuple[str, ...]:
        """Who is meant where no one is named: whoever is addressed, or the only other party of the passage."""
        if stand.addressee and stand.addressee != stand.party:
            return (stand.addressee,)
        others = tuple(code for code in near if code != stand.party)
        return others if len(others) == 1 else ()


def _exchanges(stand: Stand) -> str | None:
    """What a demand offers for it, where only its passage tells: "wants steps in exchange for relief"."""
    if stand.give is not None or stand.get is None:
        return None
    words = stand.evidence[0].exact
    found = _EXCHANGE.search(words)
    if found is None or _EVEN.search(words[: found.start()]):
        return None
    return words[found.end() :]


def _own_terms(stand: Stand) -> bool:
    """Whether a refusal is in truth an offer on terms: "will only sign if", read as a precondition."""
    return bool(re.search(r"\bonly\b", stand.evidence[0].exact, re.IGNORECASE))


def _heading(words: str, named: list[Named]) -> tuple[str, ...]:
    """The parties that words open with, as subject or owner: "Iran and Oman accept", "Seoul's withdrawal"."""
    found: list[str] = []
    at = 0
    for one in named:
        between = words[at : one.start]
        if found:
            if not re.fullmatch(r"\W*(?:,|and|or)?\W*(?:the\s+)?", between, re.IGNORECASE):
                break
        elif _OPENING.match(between).end() < len(between) or _OBJECT.search(between):  # type: ignore[union-attr]
            break
        found.append(one.code)
        at = one.end
    return tuple(dict.fromkeys(found))


def _keeps(words: str) -> bool:
    """Whether words tell that something goes on which the other side wants to end."""
    if _COOPERATIVE.search(words):
        return False
    return bool(_KEEPING.match(words) or _REMAINING.search(words))


def _trimmed(words: str) -> str:
    """Words without loose marks at their ends, quotation marks that have lost their partner, and an opening "that"."""
    bare = words.strip(_LOOSE)
    bare = re.sub(r"^(?:that|to|in|at|on|of|with|for)\s+(?=\w)", "", bare, flags=re.IGNORECASE) or bare
    if bare.count("“") != bare.count("”"):
        bare = bare.replace("“", "").replace("”", "")
    if bare.count('"') % 2:
        bare = bare.replace('"', "")
    return _LINK.sub("", bare.strip())

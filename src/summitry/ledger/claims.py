"""What parties say of their own and of others' compliance: claims, kept apart from what events show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from summitry.ledger.holdings import Holdings
from summitry.ledger.naming import Roster, roster_of
from summitry.ledger.obligations import Instrument, Obligation, standing
from summitry.ledger.wording import party_of, words_of
from summitry.vocabulary import Actor, Statement

KEPT: Final = re.compile(
    r"\b(?:implemented|implementing|complied|complying|complies|in (?:full )?compliance|abided by|abiding by|abides by|"
    r"adhered to|adhering to|adheres to|honou?red|honou?ring|honou?rs|fulfilled|fulfilling|lived up to|living up to|"
    r"lives up to|kept (?:its|their|our|his|her) (?:word|promises?|commitments?|pledges?|side)|"
    r"met (?:all (?:of )?)?(?:its|their|our) (?:obligations|commitments))\b",
    re.IGNORECASE,
)
"""Words by which somebody is said to have kept what he bound himself to."""
BROKEN: Final = re.compile(
    r"\b(?:violat(?:ed|es|ing)|in (?:material |clear |flagrant )?(?:violation|breach) of|breach(?:ed|es|ing)|"
    r"reneg(?:ed|es|ing)|broke|broken|breaking|cheat(?:ed|ing|s)|flout(?:ed|ing|s)|"
    r"failed to (?:implement|comply|abide|adhere|honou?r|fulfil+|live up|keep|meet)|"
    r"(?:did|does|do|has|have|had|is|are|was|were)(?:\s+not|n't)\s+(?:been\s+)?"
    r"(?:implement\w*|compl(?:y|ied|ying)|abid\w+|adher\w+|honou?r\w*|fulfil\w*|liv\w+ up|kept|keep\w*|met|"
    r"in compliance))",
    re.IGNORECASE,
)
"""Words by which somebody is said to have broken it."""
_STEMS: Final = tuple(
    "implement compl abid adher hono fulfil liv kept keep met violat breach reneg brok break cheat flout failed".split()
)
"""One of these is in whatever the two patterns match: looked for first, since most statements claim nothing."""
_OPEN: Final = re.compile(
    r"\b(?:if|unless|whether|would|could|may|might|should|must|will|to|not|never|no|without|n't|cannot|until|before)\s*"
    r"(?:\w+\s+){0,2}$|n't\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
"""Before the words: nothing is claimed to have been done."""
_GENERIC: Final = re.compile(
    r"\b(?:deal|agreement|accord|pact|treaty|commitments?|obligations?|undertakings?|promises?|pledges?|resolutions?|"
    r"declaration|statement|ceasefire|truce|its word|jcpoa)\b",
    re.IGNORECASE,
)
_BEHIND: Final = 60
"""Code points behind "violated" in which what was violated is named."""
_APART: Final = re.compile(
    r"\b(?:in|with|of|against|on|to|for|by|from|at|than|toward|towards)(?: the)?\s*$", re.IGNORECASE
)
"""Before a name: it is no subject."""
_BETWEEN: Final = 4
"""Words between a subject and its verb, as "has repeatedly" or "and its allies have"."""
_SELF: Final = re.compile(r"\b(?:we|our|us|it|its|they|their|he|she|i)\b", re.IGNORECASE)
_SHARED: Final = 2
"""Keys that a claim must share with a commitment to be about that one alone."""


@dataclass(frozen=True, slots=True)
class Claim:
    """``by`` says on ``day`` that ``whose`` commitments were kept (3) or broken (0)."""

    by: Actor
    whose: str
    value: int
    day: date
    statement: Statement


def claims(holdings: Holdings) -> Iterator[Claim]:
    """The claims of a record's statements, in their order; none by analysts, the press or people of no party."""
    roster = roster_of(holdings.cases)
    near = {code for case in holdings.cases for code in case.principals}
    for statement in holdings.statements:
        by = statement.party
        if by is None or (code := party_of(by)) is None:
            continue
        found = _claimed(statement.words)
        day = holdings.day_of(statement.said, statement.evidence[0].source)
        if found is None or day is None:
            continue
        value, at = found
        whose = _whose(statement.words, at, code, roster, near)
        if whose is not None:
            yield Claim(by, whose, value, day, statement)


def _claimed(words: str) -> tuple[int, int] | None:
    """What is claimed and where its words start: that it was broken, or that it was kept."""
    lowered = words.lower()
    if not any(stem in lowered for stem in _STEMS):
        return None
    for value, pattern in ((0, BROKEN), (3, KEPT)):
        for match in pattern.finditer(words):
            # What is broken is named behind it; what is kept may have been named before.
            near = words[match.start() : match.end() + _BEHIND] if value == 0 else words
            if _GENERIC.search(near) and not _OPEN.search(words[: match.start()]):
                return value, match.start()
    return None


def _whose(words: str, at: int, speaker: str, roster: Roster, near: set[str]) -> str | None:
    """Whose compliance it is: the party named last before the words, or the speaker behind "we" and "it"."""
    before = words[:at]
    named = [one for one in roster.find(before, near) if not one.possessive and not _APART.search(before[: one.start])]
    pronouns = list(_SELF.finditer(before))
    last = max((*(one.start for one in named), *(match.start() for match in pronouns)), default=None)
    if last is None:
        return None
    party = next((one for one in named if one.start == last), None)
    end = party.end if party is not None else last
    if len(before[end:].split()) > _BETWEEN + (party is None):
        return None
    if party is not None:
        return party.code
    return speaker if not named else None


def about(claim: Claim, owed: Sequence[Obligation], instruments: Mapping[str, Instrument]) -> tuple[Obligation, ...]:
    """The obligations, of those of the party that the claim is on, that it bears on.

    Those under the instrument that it names; of these, where it shares words with some, only with those. Without a name
    the instrument must be the only one that binds the party.
    """
    lowered = claim.statement.words.lower()
    bound = [one for one in owed if one.day < claim.day]
    named = {name for name, one in instruments.items() if any(standing(one.names, lowered))}
    under = [one for one in bound if one.instrument is not None and one.instrument.entry.name in named]
    if not named:
        known = {one.instrument.entry.name for one in bound if one.instrument is not None}
        under = [one for one in bound if one.instrument is not None] if len(known) == 1 else []
    keys = set(words_of(claim.statement.words).keys)
    close = [one for one in under if len(keys & set(one.words.keys)) >= _SHARED]
    return tuple(close or under)

"""Parties that disagree: at other poles of an issue, a demand refused, a claim of what another wants, blame, denial."""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from summitry.ledger.apart import Kind, apart, days, names, near, parties_of
from summitry.ledger.holdings import Holdings
from summitry.ledger.moves import Settled
from summitry.ledger.poles import WANTING, scales_of
from summitry.ledger.positions import CLASSES, RUNGS, Held, held_of
from summitry.ledger.wording import SURE_SHARE, Words, party_of, words_of
from summitry.vocabulary import Actor, Discrepancy, Event, Move, Position, Row, Statement

STANDS_FOR: Final = timedelta(days=365)
"""How far apart two parties' stands at opposite poles may be: an older word need not hold any more."""
CLAIMED_WITHIN: Final = timedelta(days=90)
"""How far apart what one says of another and the other's own word may be and speak of one time."""
BLAMED_WITHIN: Final = timedelta(days=90)
"""How far apart two parties' accusations of each other may be and be of one matter."""
DENIED_WITHIN: Final = timedelta(days=30)
"""How long after an accusation its denial is looked for."""
KEPT: Final = 6
"""Rows remembered for each party and word; bounded, so that the cost of a row does not grow with the record."""

_FAILED: Final = re.compile(
    r"\b(?:fail(?:s|ed|ing|ures?)?|breakdown|break-?up|br(?:eak|oke|oken|eaking) (?:down|up)|collaps\w+|impasse|"
    r"deadlock\w*|stalemate|stall\w*|ruptur\w+|unravel\w*|derail\w*|scuttl\w+|sabotag\w+|torpedo\w*|undermin\w+)\b",
    re.IGNORECASE,
)
_TALKS: Final = re.compile(
    r"\b(?:talks?|negotiat\w+|summits?|meetings?|deals?|agreements?|accords?|dialogue|diplomacy|pact|ceasefire|truce|"
    r"peace process)\b",
    re.IGNORECASE,
)
_ACCUSING: Final = frozenset(
    key
    for word in "accuse accused accusing blame blamed blames blaming criticize criticized denounce denounced condemn "
    "condemned charge charged allege alleged claim claimed deny denied denies denying reject rejected rejects dismiss "
    "dismissed dismisses accusation accusations allegation allegations report reports".split()
    for key in words_of(word).keys
)
"""Keys of the accusing and the denying itself."""


_POINTING: Final = re.compile(
    r"\W*(?:(?:the|these|those|any|all|such|its?|their|his|her|being|having been|u\.?s\.?)\s+)*"
    r"(?:accusations?|allegations?|charges?|claims?|involve\w*|responsib\w+|it|this|that|wrongdoing)"
    r"(?:\W*$|\s+(?:in|against|by|from)\b)",
    re.IGNORECASE,
)
"""What is denied where its words do not say what: "the accusations", "any involvement"."""


def failed_talks(event: Event) -> bool:
    """Whether an accusation is of having brought talks or a deal to fail."""
    text = event.evidence[0].exact
    return event.type == "ACCUSE" and _FAILED.search(text) is not None and _TALKS.search(text) is not None


def without_accusing(words: Words) -> Words:
    """The matter of an accusation or a denial, the accusing left out."""
    return Words(tuple(key for key in words.keys if key not in _ACCUSING), words.less, words.scale)


def parties(holdings: Holdings, moves: Settled) -> Iterator[Discrepancy]:
    """All discrepancies between parties: poles, refused demands, claims, blame, denials. ``moves`` as settled."""
    yield from _poles(holdings)
    yield from _refused(moves)
    yield from _claims(holdings)
    yield from _blame(holdings)
    yield from _denials(holdings)


def _poles(holdings: Holdings) -> Iterator[Discrepancy]:
    """The latest own position of each party with a pole, against that of each party on the other side of the issue."""
    scales = scales_of(holdings.cases)
    latest: dict[str, dict[str, Held]] = defaultdict(dict)
    told = (one for one in holdings.positions if one.issue in scales and scales[one.issue].told(one))
    wanting = [held_of(holdings, one) for one in told if one.stance in WANTING]
    for row in sorted(wanting, key=lambda one: (one.first or date.min, one.position.id)):
        party = party_of(row.position.party)
        if party is not None and CLASSES[row.position.attributed_by] == "own":
            latest[row.position.issue][party] = row
    for issue, held in sorted(latest.items()):
        for first, second in combinations([held[party] for party in sorted(held)], 2):
            one, other = first.position, second.position
            apart_in_time = first.first and second.first and abs(first.first - second.first) > STANDS_FOR
            if not apart_in_time and scales[issue].side(one.pole or "") * scales[issue].side(other.pole or "") < 0:
                note = f"{issue}: {names(one.party)} is at “{one.pole}”, {names(other.party)} at “{other.pole}”"
                yield apart(Kind("parties", "stance"), one, other, note)


def _refused(moves: Settled) -> Iterator[Discrepancy]:
    """Each demand that was refused, against its first refusal."""
    answers = moves[1]
    for move in moves[0]:
        if move.status != "refused" or move.kind not in ("demand", "precondition"):
            continue
        refusal = next((row for row in answers[move.id] if _refuses(row)), None)
        if refusal is not None:
            note = f"{names(move.proposer)} demands what {names(_who(refusal))} refuses"
            yield apart(Kind("parties", "answer"), move, refusal, note)


def _refuses(row: Row) -> bool:
    if isinstance(row, Move):
        return row.kind == "refusal"
    if isinstance(row, Position):
        return row.stance == "reject"
    return isinstance(row, Event) and row.type == "REJECT"


def _who(row: Row) -> Actor | None:
    if isinstance(row, Move):
        return row.proposer
    if isinstance(row, Position):
        return row.party
    return row.actors[0] if isinstance(row, Event) and row.actors else None


def _claims(holdings: Holdings) -> Iterator[Discrepancy]:
    """What another party says that a party wants or gives, against the party's own word of about that time."""
    own: defaultdict[tuple[str, str], list[Held]] = defaultdict(list)
    claims: list[Held] = []
    rows = (held_of(holdings, position) for position in holdings.positions)
    for row in sorted(rows, key=lambda one: (one.first or date.min, one.position.id)):
        position = row.position
        party = party_of(position.party)
        if party is None or row.first is None or row.doubt:
            continue
        if position.attributed_by == "other party":
            claims.append(row)
        elif position.attributed_by == "self":
            for key in row.words.keys:
                own[party, key].append(row)
    for claim in claims:
        party = party_of(claim.position.party) or ""
        told = {
            one.position.id: one for key in claim.words.keys for one in own[party, key][-KEPT:] + own[party, key][:KEPT]
        }
        for word in sorted(told.values(), key=lambda one: (one.first or date.min, one.position.id)):
            if _contradicts(claim, word):
                said, own_word = claim.position.stance, word.position.stance
                note = f"{names(claim.position.party)}: {said} by another's word, {own_word} by its own"
                yield apart(Kind("parties", "claim"), claim.position, word.position, note)
                break


def _around(rows: Sequence[Held], day: date | None) -> Sequence[Held]:
    """Of rows in order of time a bounded number about a day."""
    at = bisect(rows, day or date.min, key=lambda one: one.first or date.min)
    return rows[max(0, at - KEPT) : at + KEPT]


def _contradicts(claim: Held, word: Held) -> bool:
    """Whether two tellings of one party's stand cannot both be: yes and no, or the whole and a part."""
    if claim.first is None or word.first is None or abs(claim.first - word.first) > CLAIMED_WITHIN:
        return False
    if not claim.words.same_matter(word.words) or claim.words.less != word.words.less:
        return False
    if claim.words.share(word.words) < SURE_SHARE:
        return False
    signs = {RUNGS[claim.position.stance] == "no", RUNGS[word.position.stance] == "no"}
    return len(signs) == 2 or claim.words.scale * word.words.scale < 0


def _accusations(holdings: Holdings) -> list[tuple[str, str, Event]]:
    """Accuser, accused, event: of one by one, as happened, in order of time."""
    found = []
    for event in holdings.events:
        actors, recipients = parties_of(event.actors), parties_of(event.recipients)
        told = event.type == "ACCUSE" and event.modality == "happened"
        if told and len(actors) == 1 and len(recipients) == 1 and actors != recipients:
            found.append((actors[0], recipients[0], event))
    return found


def _blame(holdings: Holdings) -> Iterator[Discrepancy]:
    """Two parties that accuse each other of the same: of the failure of talks, or in the same words."""
    by_pair: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    done: set[frozenset[str]] = set()
    for accuser, accused, event in _accusations(holdings):
        when, matter = days(holdings, event.date, event), without_accusing(words_of(event.summary))
        for other in by_pair[accused, accuser][-KEPT:]:
            same = without_accusing(words_of(other.summary)).same_matter(matter)
            if not same and not (failed_talks(event) and failed_talks(other)):
                continue
            pair = frozenset((other.id, event.id))
            if near(days(holdings, other.date, other), when, BLAMED_WITHIN) and pair not in done:
                done.add(pair)
                note = f"{names(other.actors[0])} and {names(event.actors[0])} accuse each other of the same"
                yield apart(Kind("parties", "blame"), other, event, note)
                break
        by_pair[accuser, accused].append(event)


def _denials(holdings: Holdings) -> Iterator[Discrepancy]:
    """What a party is accused of, against its denial of it: of the same matter, or of "it" in the same report."""
    accused_of: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    in_report: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    for _, accused, event in _accusations(holdings):
        in_report[accused, event.evidence[0].source].append(event)
        for key in without_accusing(words_of(event.summary)).keys:
            accused_of[accused, key].append(event)
    for statement in holdings.statements:
        party = party_of(statement.party)
        if statement.speech_act != "deny" or party is None:
            continue
        matter, where = without_accusing(words_of(statement.words)), statement.evidence[0]
        told = {one.id: one for key in matter.keys for one in accused_of[party, key][-KEPT:]}
        accusation = next(
            (one for one in sorted(told.values(), key=lambda e: e.id) if _denies(holdings, statement, matter, one)),
            None,
        )
        if accusation is None and (not matter.keys or _POINTING.match(statement.words)):
            before = [one for one in in_report[party, where.source] if one.evidence[0].end <= where.start]
            accusation = max(before, key=lambda one: one.evidence[0].start, default=None)
        if accusation is not None:
            note = f"{names(accusation.actors[0])} accuses, {names(statement.speaker)} denies"
            yield apart(Kind("parties", "denial"), accusation, statement, note)


def _denies(holdings: Holdings, statement: Statement, matter: Words, event: Event) -> bool:
    if not matter.same_matter(without_accusing(words_of(event.summary))):
        return False
    when = days(holdings, statement.said, statement)
    return near(days(holdings, event.date, event), when, DENIED_WITHIN)

"""Commitments of a record, and whether they were kept: dated rows, each change of status a further one.

The status goes by events alone (:mod:`~summitry.ledger.compliance`); what parties say of it stands beside it
(:mod:`~summitry.ledger.claims`). Nothing disappears: a revision names the row it revises.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from summitry.ledger.acts import Acts
from summitry.ledger.claims import Claim, about, claims
from summitry.ledger.compliance import Deed, deeds, statuses
from summitry.ledger.holdings import Holdings
from summitry.ledger.naming import Roster, roster_of
from summitry.ledger.obligations import Obligation, instruments_of, obligations
from summitry.ledger.wording import party_of
from summitry.vocabulary import UNKNOWN_DATE, Commitment, DateInterval, Evidence, content_id

__all__ = ["kept", "standing_now"]

CODER: Final = "ledger-commitments-1"
"""Written behind the coder of the report's row."""
_REVIEWED: Final = "review:"
"""How the coder of a row begins that a person has changed."""


def kept(holdings: Holdings) -> tuple[Commitment, ...]:
    """The commitments known as of a day, each with its history.

    The first row of one has no status: no public evidence, as of the day it was made or, where that is not known, first
    reported. Each change of status by an event, and each new claim of a party, is a further row as of its day, whose
    ``revises`` is the id of the row before; its evidence is the commitment's first, then the passages of the events or
    of the statement that tell it. A status or claim that a reviewer has set on the report's row stands: nothing changes
    it.
    The rows of one commitment stand together, in order of time.
    """
    instruments = instruments_of(holdings.cases)
    found = obligations(holdings, instruments)
    acts = Acts(holdings, {code for one in found for code in one.codes})
    roster = roster_of(holdings.cases)
    near = frozenset(code for case in holdings.cases for code in case.principals)
    said = _said(holdings, found)
    claimed: dict[str, list[Claim]] = {}
    for code, made in said.items():
        owed = [one for one in found if code in one.codes] if made else []
        for claim in made:
            for one in about(claim, owed, instruments):
                claimed.setdefault(one.first.id, []).append(claim)
    rows: list[Commitment] = []
    for one in found:
        base = _base(one)
        changes = [] if _by_hand(base, base.status) else list(_revisions(one, acts, roster, near))
        if not _by_hand(base, base.claimed):
            changes += _claims(claimed.get(one.first.id, ()))
        rows += _history(base, changes, one.first.evidence)
    return tuple(rows)


def standing_now(rows: Sequence[Commitment]) -> tuple[Commitment, ...]:
    """Of each commitment the last row: where it stands."""
    revised = {row.revises for row in rows}
    return tuple(row for row in rows if row.id not in revised)


def _said(holdings: Holdings, found: Sequence[Obligation]) -> dict[str, list[Claim]]:
    """Claims by whose compliance they are on; only on those who are bound."""
    bound = {code for one in found for code in one.codes}
    made: dict[str, list[Claim]] = {}
    if bound:
        for claim in claims(holdings):
            if claim.whose in bound:
                made.setdefault(claim.whose, []).append(claim)
    return made


def _by_hand(row: Commitment, value: int | None) -> bool:
    """Whether a reviewer has set a status or claim: that stands, whatever events and statements tell."""
    return row.coder.startswith(_REVIEWED) and value is not None


def _reviewed(one: Obligation) -> Commitment:
    """The row of an obligation that says what a reviewer set, else the first."""
    told = (row for row in one.rows if _by_hand(row, row.status) or _by_hand(row, row.claimed))
    return next(told, one.first)


def _base(one: Obligation) -> Commitment:
    """The first row: the words of all reports; no status but one that a reviewer set."""
    first, reviewed = one.first, _reviewed(one)
    evidence = tuple(dict.fromkeys(passage for row in one.rows for passage in row.evidence))
    made = [row.made for row in one.rows if row.made.start is not None]
    return replace(
        first,
        evidence=evidence,
        beneficiary=next((row.beneficiary for row in one.rows if row.beneficiary is not None), None),
        made=min(made, key=_exactness) if made else UNKNOWN_DATE,
        issue=one.article.issue if one.article is not None and one.article.issue else first.issue,
        as_of=one.day,
        confidence=max(row.confidence for row in one.rows),
        coder=f"{reviewed.coder}; {CODER}",
        status=reviewed.status,
        claimed=reviewed.claimed,
        claimed_by=reviewed.claimed_by,
        events=reviewed.events,
    )


def _exactness(when: DateInterval) -> int:
    return ("day", "interval", "month", "year", "unknown").index(when.precision)


_Change = tuple[date, int | None, tuple[Deed, ...], Claim | None]


def _revisions(one: Obligation, acts: Acts, roster: Roster, near: frozenset[str]) -> Iterator[_Change]:
    for status, day, found in statuses(deeds(one, acts, roster, near)):
        yield day, status, found, None


def _claims(found: Sequence[Claim]) -> Iterator[_Change]:
    """The claims that say something new: another value than the same party's last."""
    last: dict[str | None, int] = {}
    for claim in sorted(found, key=lambda each: (each.day, each.statement.id)):
        by = party_of(claim.by)
        if last.get(by) != claim.value:
            last[by] = claim.value
            yield claim.day, None, (), claim


def _history(base: Commitment, changes: Sequence[_Change], own: tuple[Evidence, ...]) -> Iterator[Commitment]:
    """The first row and its revisions in order of time; events of a day come before what is said of them."""
    yield base
    row = base
    for day, status, found, claim in sorted(changes, key=lambda each: (each[0], each[3] is not None)):
        if claim is None:
            told = tuple(deed.passage for deed in found)
            weight = min(base.confidence, *(deed.event.confidence for deed in found))
            row = replace(row, status=status, events=tuple(deed.event.id for deed in found))
        else:
            told, weight = claim.statement.evidence, min(base.confidence, claim.statement.confidence)
            row = replace(row, events=(), claimed=claim.value, claimed_by=claim.by)
        cause = claim.statement.id if claim is not None else " ".join(deed.event.id for deed in found)
        row = replace(
            row,
            id=content_id("com", base.id, day.isoformat(), cause, row.status, row.claimed),
            revises=row.id,
            as_of=day,
            evidence=tuple(dict.fromkeys((*own, *told))),
            confidence=weight,
        )
        yield row

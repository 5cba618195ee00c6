"""The register of meetings: what a timeline's meeting lacks is taken from other tellings and events of the same days.

Level, venue and people are those of any report that tells of the meeting. The outcome is the one a report tells of it;
without one, that of an agreement, or of a failure to agree, between the same parties on the same days, whose passage
the row then has too. Nothing is taken from words about another meeting.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from summitry.ledger.contacts import both_meant
from summitry.ledger.criteria import SHARP, own_day
from summitry.ledger.phrasing import shortened
from summitry.ledger.sides import side, taking_part
from summitry.vocabulary import DateInterval

if TYPE_CHECKING:
    from summitry.ledger.holdings import Holdings
    from summitry.vocabulary import Actor, Event, Evidence, Meeting

_AFTER: Final = timedelta(days=1)
"""What came of a meeting is dated to its last day or to the next."""

_FEW: Final = 10
"""A failure that fewer than one in so many tellings report is not that of the meeting."""

_MOST: Final = 120
"""Characters of an outcome in words."""

# What was agreed, in the words behind the verb: more than that it was ("agreed to do so", "agreed at the summit").
_AGREED: Final = re.compile(
    r"\b(?:agreed (?:to (?!do so|at\b|it\b|this\b)|on |that )|"
    r"(?:signed|inked|reached|concluded|struck|adopted) (?:an?|the) )[^.;]{10,}",
    re.IGNORECASE,
)


def meetings(holdings: Holdings) -> tuple[Event, ...]:
    """All meetings of the timeline, happened, planned or not held, in order of time, with their fields filled."""
    deals = _deals(holdings.events)
    return tuple(_filled(holdings, event, deals) for event in holdings.events if event.meeting is not None)


def delegations_by_side(event: Event) -> tuple[tuple[str, tuple[Actor, ...]], ...]:
    """Who took part in a meeting, by party: people and bodies before the bare name of their state."""
    found: defaultdict[str, list[Actor]] = defaultdict(list)
    members = event.meeting.delegations if event.meeting is not None else ()
    for actor in (*members, *event.actors, *event.recipients):
        found[side(actor)].append(actor)
    return tuple((key, _fullest(actors)) for key, actors in found.items())


def _fullest(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Each person or body once, the telling with an office before one without; the bare state only where alone."""
    by_name: dict[str, Actor] = {}
    for actor in actors:
        key = _by_name(actor)
        held = by_name.get(key)
        if held is None or (actor.office and not held.office) or len(actor.name) > len(held.name):
            by_name[key] = (
                actor if held is None or actor.office or not held.office else replace(actor, office=held.office)
            )
    own = [actor for actor in by_name.values() if actor.kind == "person" and not actor.anonymous]
    described = [actor for actor in by_name.values() if actor.code != side(actor)]
    return tuple(own or described or by_name.values())


def _by_name(actor: Actor) -> str:
    """First and last part of a name: "Kim Jong-un" and "Kim Jong Un" are one man, so are those with an initial."""
    parts = re.findall(r"[^\W_]+", actor.name.casefold())
    return f"{parts[0]} {parts[-1]}" if actor.kind == "person" and len(parts) > 1 else " ".join(parts)


def _filled(holdings: Holdings, event: Event, deals: _Deals) -> Event:
    assert event.meeting is not None
    told = [each for each in holdings.tellings.get(event.id, ()) if each.meeting is not None]
    meeting = _joined(event, event.meeting, told)
    if event.modality != "happened":
        return replace(event, meeting=meeting)
    deal = _deal_of(event, deals)
    if deal is None or (meeting.outcome not in (None, "agreement", "progress")):
        return replace(event, meeting=meeting)
    outcome, passage = deal
    if meeting.outcome is None or meeting.outcome == "agreement":
        meeting = replace(meeting, outcome=outcome)
        evidence: dict[Evidence, None] = dict.fromkeys((*event.evidence, passage))
        return replace(event, meeting=meeting, evidence=tuple(evidence))
    return replace(event, meeting=meeting)


def _joined(event: Event, meeting: Meeting, told: Sequence[Event]) -> Meeting:
    """The meeting with what other tellings have and it lacks: the level most often told, any venue, all people."""
    others = [each.meeting for each in told if each.meeting is not None]
    levels = Counter(each.level for each in (meeting, *others) if each.level != "other")
    venue = meeting.venue or next((each.venue for each in others if each.venue), None) or event.place
    outcomes = [each.outcome for each in (others or [meeting]) if each.outcome] or [
        each for each in (meeting.outcome,) if each
    ]
    people = [actor for each in (meeting, *others) for actor in each.delegations]
    sides = taking_part(event)
    delegations = [actor for actor in people if side(actor) in sides] or people
    return replace(
        meeting,
        level=levels.most_common(1)[0][0] if levels else meeting.level,
        venue=venue,
        delegations=tuple(actor for _, members in _by_side(delegations).items() for actor in _fullest(members)),
        outcome=_outcome(outcomes, len(others)),
    )


def _outcome(told: Sequence[str], tellings: int) -> str | None:
    """What most tellings say came of a meeting. Of as many, a failure outweighs an agreement read from words about it
    ("failed to agree on a statement"); one voice among many is mostly of another meeting."""
    failed = told.count("no agreement")
    if failed and 2 * failed >= len(told) and _FEW * failed >= tellings:
        return "no agreement"
    return next((each for each in told if each != "no agreement"), None)


def _by_side(actors: Iterable[Actor]) -> dict[str, list[Actor]]:
    found: dict[str, list[Actor]] = {}
    for actor in actors:
        found.setdefault(side(actor), []).append(actor)
    return found


_Deals = dict[tuple[str, str], list["Event"]]


def _deals(events: Iterable[Event]) -> _Deals:
    """Agreements and failures to agree of a narrow date, by each pair of parties."""
    found: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        told = event.type == "AGREE" and event.modality in ("happened", "negated")
        if told and _narrow(event.date) and own_day(event):
            parties = sorted(taking_part(event))
            for at, one in enumerate(parties):
                for other in parties[at + 1 :]:
                    found[one, other].append(event)
    return found


def _narrow(when: DateInterval) -> bool:
    return when.start is not None and when.end is not None and when.end - when.start <= SHARP


def _deal_of(event: Event, deals: _Deals) -> tuple[str, Evidence] | None:
    """What came of a meeting by an agreement of the same parties and days: in words, with its passage."""
    start, end = event.date.start, event.date.end
    if start is None or end is None or not _narrow(event.date):
        return None
    parties = sorted(taking_part(event))
    if len(parties) != 2:
        return None
    fitting = [deal for deal in deals.get((parties[0], parties[1]), ()) if _within(deal.date, start, end)]
    for deal in sorted(fitting, key=_surest):
        if deal.modality == "negated":
            return "no agreement", deal.evidence[0]
        for passage in deal.evidence:
            found = _AGREED.search(passage.exact)
            if found and both_meant(passage.exact, event, (parties[0], parties[1])):
                return shortened(found.group(), _MOST), passage
    return None


def _surest(deal: Event) -> tuple[bool, int, float, str]:
    """A failure before an agreement, then what most reports tell."""
    return deal.modality != "negated", -deal.reports, -deal.confidence, deal.id


def _within(when: DateInterval, start: date, end: date) -> bool:
    return when.start is not None and when.end is not None and start <= when.start and when.end <= end + _AFTER

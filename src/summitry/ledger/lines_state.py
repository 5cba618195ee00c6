"""Sentences on the state of the talks, and on what is announced."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from summitry.ledger.criteria import (
    AGREED_TO_TALK,
    ANNOUNCED,
    BROKEN_OFF,
    DEAL,
    ENDED,
    LEFT,
    MET,
    NO_DEAL,
    NOT_MET,
    REFUSED,
    is_concluded,
    is_sharp,
    own_day,
    telling,
)
from summitry.ledger.drafts import Draft, freshness, reported_on, told_when
from summitry.ledger.phrasing import around, capital, listed, on_day, one_line, quoted, span_of, spoken
from summitry.ledger.register import delegations_by_side
from summitry.ledger.sides import bound, side, sides, taking_part
from summitry.ledger.weights import corroborated

if TYPE_CHECKING:
    from summitry.ledger.findings import Findings
    from summitry.ledger.rows import BriefSection
    from summitry.ledger.status import Turn
    from summitry.vocabulary import Actor, Event, Evidence, Move

_STATES: Final = {
    "active": "are active",
    "stalled": "are stalled",
    "suspended": "are suspended",
    "collapsed": "have collapsed",
    "agreement": "stand at an agreement",
}
_LEVELS: Final = {
    "summit": "a summit",
    "ministerial": "a ministerial meeting",
    "working level": "working-level talks",
    "phone": "a telephone call",
    "letter": "an exchange of letters",
    "other": "a meeting",
}
ANNOUNCED_FOR: Final = timedelta(days=90)
"""An announcement without a date that nobody has repeated for so long is no news."""
_FAR_AHEAD: Final = timedelta(days=366)
"""What is announced for later than that is mostly a date misread."""
_NEAR: Final = timedelta(days=7)
"""Days about the announced one within which a meeting is taken for the one announced."""
_PLAN: Final = re.compile(
    r"\b(?:will|agreed to|plan\w*|schedul\w*|set to|set for|due to|is to|are to|announc\w*|prepar\w*|invit\w*|"
    r"accept\w*|expect\w*|upcoming|next|were to|was to)\b",
    re.IGNORECASE,
)
_TO_MEET: Final = re.compile(
    r"\b(?:will|to) (?:[\w-]+ ){0,2}?(?:meet|hold|resume|restart|visit|travel|talk|speak|consult|host|return|sit down|"
    r"begin|start|reopen|continue|attend|fly|receive)\b",
    re.IGNORECASE,
)
"""What is announced is that somebody will meet, go or begin."""
_WISH: Final = re.compile(
    r"\b(?:determin\w*|intention|intend\w*|willing\w*|ready|hop(?:e|es|ed|ing|eful)|want\w*|wish\w*|may|might|could|would|"
    r"if|open to|possib\w*|expect\w*|continue|likely|chance)\b",
    re.IGNORECASE,
)
"""A wish to talk announces no talks."""
_ASKED: Final = re.compile(r"“(?:how|what|whether|if|why|when|who|which|where)\b", re.IGNORECASE)
"""A question about what comes announces nothing."""
_LONG: Final = timedelta(days=14)
"""A state has lasted when it was set so long before it was last confirmed."""
_PEOPLE: Final = 2
"""People of a side that a sentence names."""


def state_drafts(found: Findings) -> Iterator[Draft]:
    """The state with its reason and since when; the latest meeting of the parties where it is not the reason."""
    if not found.status or not found.turns:
        return
    row = found.status[-1]
    last = _well_told(found.turns[-1])
    names = listed(found.names.formal(party) for party in _pair(found))
    since = _since(found)
    head = f"The talks between {names} {_STATES[row.state]}"
    # What came of it, then that and when it was.
    evidence = tuple(dict.fromkeys((telling(last.event, last.criterion), last.event.evidence[0], *row.evidence)))
    if row.state == "stalled" and last.state == "active":
        text = f"{head}: no contact is reported since {spoken(last.day)}, when {_reason(found, last, plain=True)}."
    else:
        text = f"{head}{since}: {_reason(found, last)}."
    yield Draft("state", partial(str, text), evidence, (row.id, *row.events), 2.0, last.day)
    yield from _last_meeting(found, last)


_LEAVING: Final = re.compile(
    r"\b(?:withdr\w+|pull\w* out|pull-?out|quit\w*|left|leav\w+|exit\w*|abandon\w*|walk\w* away|ditch\w*|scrap\w*)\b",
    re.IGNORECASE,
)
"""Where a passage tells that an agreement was left."""

_SIGNED: Final = re.compile(
    r"\b(?:sign\w*|statement|declaration|communiqu\w+|agreement|accord|deal|treaty|pact|document|memorandum|protocol|"
    r"pledg\w+|committed)\b",
    re.IGNORECASE,
)
"""Words of a passage that tells of an agreement itself."""


def _well_told(turn: Turn) -> Turn:
    """A turn whose event begins with a passage that tells what it is: one of many reports has some on other matters."""
    first = telling(turn.event, turn.criterion)
    if turn.criterion is not DEAL or _SIGNED.search(first.exact):
        return turn
    better = [one for one in turn.event.evidence if _SIGNED.search(one.exact)]
    if not better:
        return turn
    rest = tuple(one for one in turn.event.evidence if one not in (first, better[0]))
    return replace(turn, event=replace(turn.event, evidence=(better[0], *rest)))


def _pair(found: Findings) -> tuple[str, ...]:
    """The parties whose dealings are the talks, principals of a case in its order first."""
    in_talks = {party for turn in found.turns for party in taking_part(turn.event)}
    return tuple(party for party in found.main if party in in_talks) or found.main


def _since(found: Findings) -> str:
    """Since when, where the state has lasted longer than the event that confirmed it last."""
    state = found.turns[-1].state
    run = found.turns[-1]
    for turn in reversed(found.turns):
        if turn.state != state:
            break
        run = turn
    if found.turns[-1].day - run.day < _LONG:
        return ""
    return f", as they have been since {spoken(run.day)}"


def _reason(found: Findings, turn: Turn, plain: bool = False) -> str:
    """Why the talks are in a state: the event that set it, in a clause."""
    event = turn.event
    when = on_day(event.date) or told_when(found.holdings, event.date, event.evidence[0].source)
    told = found.words.of_passage(telling(event, turn.criterion))
    if turn.criterion is LEFT and (leaving := _LEAVING.search(told)) is not None:
        told = around(told, leaving.start())
    words = quoted(told, _MOST_WORDS)
    who = listed(found.names.formal(party) for party in sides(event.actors))
    if turn.criterion is MET:
        return f"they {'' if plain else 'last '}met{_at(event)}" + ("" if plain else f" {when}")
    if turn.criterion is NO_DEAL and event.type == "CONSULT":
        return f"{_meeting_words(event)} {when} ended without agreement or progress"
    if turn.criterion is ANNOUNCED:
        return f"{_meeting_words(event)} was announced for {span_of(event.date) or 'a day ahead'}"
    if turn.criterion is DEAL and (named := _instruments(found, event)):
        told = f": {words}" if is_concluded(telling(event, DEAL).exact) else ""
        return f"{when} they came to an agreement, the {listed(named)}{told}"
    openings = {
        NO_DEAL: f"{when} they did not come to terms",
        NOT_MET: "they are not meeting",
        AGREED_TO_TALK: "they agreed to talk" if plain else f"{when} they agreed to talk",
        BROKEN_OFF: f"{when} {who} broke off or called off talks",
        REFUSED: f"{who} refuses to talk, {when}" if len(sides(event.actors)) == 1 else f"{who} refuse to talk, {when}",
        LEFT: f"{when} {who} left an agreement",
        ENDED: f"{when} {who} ended the talks",
        DEAL: f"{when} they came to an agreement",
    }
    return f"{openings[turn.criterion].strip().rstrip(',')}: {words}"


def _instruments(found: Findings, event: Event) -> tuple[str, ...]:
    """The names of the cases' instruments of the day and parties of an agreement."""
    parties = set(taking_part(event))
    return tuple(
        one_line(each.name)
        for case in found.cases
        for each in case.instruments
        if each.date == event.date.start and len(parties & set(each.parties)) > 1
    )


def _at(event: Event) -> str:
    place = _venue(event)
    return f" in {place}" if place else ""


def _venue(event: Event) -> str:
    place = one_line((event.meeting.venue if event.meeting else None) or event.place or "")
    return "" if place.casefold() in ("", "there", "here") else place


def _meeting_words(event: Event) -> str:
    level = event.meeting.level if event.meeting else "other"
    return f"{_LEVELS[level]}{_at(event)}"


def _last_meeting(found: Findings, last: Turn) -> Iterator[Draft]:
    """The latest meeting of the parties, unless the state was set by it."""
    met = [
        event
        for event in found.meetings
        if event.modality == "happened"
        and event.date.end is not None
        and set(taking_part(event)) & set(found.main) != set()
        and _among(found, event)
        and event.confidence >= _SURE_MEETING
        and own_day(event)
        and is_sharp(event)
        and event.date.end <= (found.today or date.max)
    ]
    if not met:
        return
    event = max(met, key=lambda each: (each.date.end or date.min, each.reports, each.confidence, each.id))
    if event.id == last.event.id:
        return
    if found.today is not None and event.date.end is not None and found.today - event.date.end > _FAR_AHEAD:
        return  # a meeting of years ago that a report recalls is not the last one
    yield meeting_draft(found, event, "state", "They last met")


_MOST_WORDS: Final = 220
"""Characters of the words that set the state: the sentence matters most."""

_SURE_MEETING: Final = 0.6
"""Below this one report's meeting is as often a mention of another."""


def _among(found: Findings, event: Event) -> bool:
    return sum(party in found.main for party in taking_part(event)) > 1


def meeting_draft(found: Findings, event: Event, section: BriefSection, opening: str | None = None) -> Draft:
    """A meeting in a sentence: who met whom, when, where, at which level, with what outcome."""
    assert event.meeting is not None
    when = on_day(event.date)
    level = "" if event.meeting.level == "other" else f" ({event.meeting.level})"
    outcome = _outcome(event)
    if opening is None:
        who = listed(_delegation(found, key, people) for key, people in delegations_by_side(event))
        verb = {"phone": "spoke by telephone", "letter": "exchanged letters"}.get(event.meeting.level, "met")
        text = f"{capital(who)} {verb}{_at(event)} {when}{level if verb == 'met' else ''}{outcome}."
    else:
        text = f"{opening} {when}{_at(event)}{level}{outcome}."
    score = _weight(found, event) * freshness(event.date.end, found.today)
    return Draft(
        section,
        partial(str, one_line(text)),
        event.evidence[:2] if not event.meeting.outcome else _with_outcome(event),
        (event.id,),
        score,
        event.date.end,
    )


def _with_outcome(event: Event) -> tuple[Evidence, ...]:
    """The first passage, and the one that tells the outcome, which the register puts last."""
    return tuple(dict.fromkeys((event.evidence[0], event.evidence[-1])))


def _outcome(event: Event) -> str:
    outcome = event.meeting.outcome if event.meeting else None
    if outcome is None:
        return ""
    plain = {
        "no agreement": ", without agreement or progress",
        "agreement": ", with an agreement",
        "progress": ", with progress, as reported",
    }
    return plain.get(outcome, f": {quoted(outcome)}")


def _weight(found: Findings, event: Event) -> float:
    principals = sum(party in found.main for party in taking_part(event))
    return (0.4, 0.7, 1.0)[min(principals, 2)] * event.confidence**2 * corroborated(event.reports)


def _delegation(found: Findings, key: str, people: tuple[Actor, ...]) -> str:
    """A side by its people, "Stephen Biegun for the United States", or by its name."""
    named = [actor for actor in people if actor.kind == "person" and not actor.anonymous][:_PEOPLE]
    if not named:
        return found.names.formal(key)
    return f"{listed(one_line(actor.name) for actor in named)} for {found.names.formal(key)}"


def ahead_drafts(found: Findings) -> Iterator[Draft]:
    """Meetings and acts announced for a day to come or without one, those overdue, and deadlines that run."""
    today = found.today
    if today is None:
        return
    best: dict[tuple[object, ...], Draft] = {}
    for event in found.holdings.events:
        if event.modality != "planned" or not _announced_by_them(found, event):
            continue
        draft = _announced(found, event, today)
        if draft is not None:
            # One meeting is announced by many reports.
            key = (tuple(sorted(taking_part(event))), event.type == "CONSULT", event.date.start, event.date.end)
            if key not in best or draft.score > best[key].score:
                best[key] = draft
    yield from best.values()
    for move in found.moves:
        if move.deadline is not None and (due := move.deadline.end) is not None and due >= today:
            yield _deadline(found, move, due)


def _announced_by_them(found: Findings, event: Event) -> bool:
    """Whether those who would do it announce it, or the report itself: what others expect is a prediction."""
    parties = set(taking_part(event))
    if not parties & set(found.main) or len(parties & set(found.parties)) < min(len(parties), 2):
        return False
    return event.attributed_to is None or side(event.attributed_to) in parties


def _announced(found: Findings, event: Event, today: date) -> Draft | None:
    source = event.evidence[0].source
    reported = reported_on(found.holdings, source)
    when = span_of(event.date)
    words = quoted(found.words.of_event(event))
    if _ASKED.match(words):
        return None
    if event.type != "CONSULT" and not _PLAN.search(words):
        return None
    weight = _weight(found, event) * (1.5 if event.type == "CONSULT" else 0.7)
    evidence = event.evidence[:1]
    who = listed(found.names.formal(party) for party in taking_part(event))
    what = f"a meeting of {who}" if event.type == "CONSULT" and len(taking_part(event)) > 1 else f"an act of {who}"
    if event.date.start is not None and event.date.start > today + _FAR_AHEAD:
        return None
    if event.date.start is not None and event.date.start > today:
        text = f"{capital(what)} is announced for {when or spoken(event.date.start)}: {words}."
        return Draft("ahead", partial(str, text), evidence, (event.id,), 2 * weight, event.date.start)
    if event.date.end is not None and when is not None:
        lately = timedelta(0) < today - event.date.end <= ANNOUNCED_FOR
        theirs = event.type == "CONSULT" and _among(found, event) and bool(_PLAN.search(words))
        if not theirs or not lately or _held(found, event):
            return None
        text = f"{capital(what)} was announced for {when}, and no report tells that it took place: {words}."
        return Draft("ahead", partial(str, text), evidence, (event.id,), weight, event.date.end)
    fresh = reported is not None and today - reported <= ANNOUNCED_FOR / 2
    # What one side may do some day is a plan that others see.
    if (
        event.type == "CONSULT"
        and event.date.start is None
        and fresh
        and _TO_MEET.search(words)
        and not _WISH.search(words)
    ):
        said = told_when(found.holdings, event.date, source)
        text = f"{capital(what)} is announced without a date{f' ({said})' if said else ''}: {words}."
        return Draft(
            "ahead", partial(str, text), evidence, (event.id,), 0.7 * weight * freshness(reported, today), reported
        )
    return None


def _held(found: Findings, plan: Event) -> bool:
    """Whether a meeting of the same parties happened about the announced days."""
    start, end = plan.date.start, plan.date.end
    assert start is not None
    assert end is not None
    return any(start - _NEAR <= day <= end + _NEAR for pair in bound(plan) for day in found.met.get(pair, ()))


def _deadline(found: Findings, move: Move, due: date) -> Draft:
    who = capital(found.names.formal(side(move.proposer)))
    text = f"{who} has set a term that ends by {spoken(due)}: {quoted(move.evidence[0].exact)}."
    return Draft("ahead", partial(str, text), move.evidence[:1], (move.id,), 1.2 * move.confidence, due)

"""Rows made by hand for the tests of the ledger: a sentence of our own is a row's evidence. Holdings of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from summitry.casebook import Case, IssueEntry, Pole
from summitry.ledger.holdings import Holdings, Report
from summitry.vocabulary import (
    UNKNOWN_DATE,
    Actor,
    DateInterval,
    Event,
    Evidence,
    Move,
    MoveKind,
    Position,
    Row,
    Span,
    Stance,
    Statement,
    content_id,
)

ARD = Actor("ARD", "Ardania")
BEL = Actor("BEL", "Belmark")
COR = Actor("COR", "Corvia")
BEL_MINISTRY = Actor("BELGOV", "Foreign Ministry of Belmark", kind="body")

RIVER = Case(
    name="river",
    title="The river talks",
    principals=("ARD", "BEL"),
    issues=(
        IssueEntry(
            "sequence",
            "Who moves first",
            poles=(
                Pole("dams first", ("dams first",)),
                Pole("together", ("together",)),
                Pole("water first", ("water",)),
            ),
        ),
        IssueEntry("toll", "The toll", poles=(Pole("kept", ("kept",)), Pole("ended", ("ended",)))),
    ),
)
"""A case of our own: one issue with three poles, one with two."""


def on(day: str | None) -> DateInterval:
    """A day as an interval; None: unknown."""
    if day is None:
        return UNKNOWN_DATE
    return DateInterval(date.fromisoformat(day), date.fromisoformat(day), "day")


def passage(source: str, start: int, words: str) -> Evidence:
    """A passage of a report that need not exist: the ledger reads no texts."""
    return Evidence(source, start, start + len(words), words)


def position(
    party: Actor,
    stance: Stance,
    summary: str,
    day: str | None,
    *,
    source: str = "",
    start: int = 0,
    **more: Any,  # noqa: ANN401
) -> Position:
    """A position; one report a day unless told otherwise."""
    where = source or f"src-{day}"
    return Position(
        id=content_id("pos", where, start, party.code, stance, summary),
        evidence=(passage(where, start, f"{party.name} {stance}s {summary}"),),
        coder="hand/1",
        confidence=0.8,
        party=party,
        stance=stance,
        summary=summary,
        held=on(day),
        **{"issue": "water", "condition": None, "attributed_by": "self", **more},
    )


def move(
    kind: MoveKind,
    proposer: Actor,
    addressee: Actor | None,
    day: str | None,
    *,
    source: str = "",
    start: int = 0,
    **more: Any,  # noqa: ANN401
) -> Move:
    """A move; ``give`` and ``get`` among ``more``; ``text`` its passage."""
    where = source or f"src-{day}"
    text = more.pop("text", None) or f"{proposer.name} {kind} {more.get('give')} {more.get('get')}"
    return Move(
        id=content_id("mov", where, start, proposer.code, kind, text),
        evidence=(passage(where, start, text),),
        coder="hand/1",
        confidence=0.8,
        kind=kind,
        proposer=proposer,
        addressee=addressee,
        date=on(day),
        **{
            "issue": None,
            "give": None,
            "get": None,
            "condition": None,
            "sequence": None,
            "status": None,
            "responds_to": None,
            **more,
        },
    )


def event(
    kind: str,
    actor: Actor,
    recipient: Actor | None,
    day: str | None,
    words: str,
    *,
    source: str = "",
    **more: Any,  # noqa: ANN401
) -> Event:
    """An event told with ``words``."""
    where = source or f"src-{day}"
    return Event(
        id=content_id("evt", where, actor.code, kind, words),
        evidence=(passage(where, 500, words),),
        coder="hand/1",
        confidence=0.8,
        actors=(actor,),
        recipients=(recipient,) if recipient is not None else (),
        type=kind,
        cameo=None,
        quad="verbal conflict",
        intensity=0.0,
        summary=words,
        trigger=Span(500, 505),
        **{"mode": None, "date": on(day), "place": None, "modality": "happened", "attributed_to": None, **more},
    )


def statement(speaker: Actor, words: str, day: str | None, **more: Any) -> Statement:  # noqa: ANN401
    """A statement of a party."""
    return Statement(
        id=content_id("st", day, speaker.code, words),
        evidence=(passage(f"src-{day}", 900, words),),
        coder="hand/1",
        confidence=0.8,
        speaker=speaker,
        party=speaker,
        addressee=None,
        said=on(day),
        quote_type="indirect",
        words=words,
        cue="said",
        on_record="on",
        vehicle=None,
        authority="other",
        source_span=None,
        cue_span=None,
        content_spans=(),
        **{"speech_act": "state", **more},
    )


def holdings(*rows: Row, cases: Sequence[Case] = (), as_of: str | None = None, **more: Any) -> Holdings:  # noqa: ANN401
    """Holdings of rows of any kinds, with a report for each source, published on the day in its name if it has one."""
    tellings = more.pop("tellings", {})
    told = [*rows, *(one for members in tellings.values() for one in members)]
    sources = sorted({one.evidence[0].source for one in told})
    reports = {name: Report(name, f"Outlet of {name}", _published(name)) for name in sources}
    for name, original in more.pop("copies", {}).items():
        reports[name] = replace(reports[name], copy_of=original)
    return Holdings(
        as_of=date.fromisoformat(as_of) if as_of else None,
        reports=reports,
        statements=tuple(one for one in rows if isinstance(one, Statement)),
        events=tuple(one for one in rows if isinstance(one, Event)),
        moves=tuple(one for one in rows if isinstance(one, Move)),
        positions=tuple(one for one in rows if isinstance(one, Position)),
        tellings=tellings,
        cases=tuple(cases),
        **more,
    )


def _published(source: str) -> DateInterval:
    try:
        return on(source.removeprefix("src-"))
    except ValueError:
        return UNKNOWN_DATE

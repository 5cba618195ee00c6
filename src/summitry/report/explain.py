"""One row explained: its words in the context of the article, who coded it by which rule, and how it was dated."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.console import Console
from rich.text import Text

from summitry.record import Explanation, Passage, SourceRow
from summitry.report.rows import source_line
from summitry.report.sureness import meaning_of
from summitry.report.tables import console_for
from summitry.report.words import chained, edtf, full_name, names, one_line, quoted
from summitry.vocabulary import DateInterval, Event, Move, Position, Row, Statement

_MOST_MENTIONS = 12
_HANG = 16
"""Where the values of the facts start."""


def print_explanation(told: Explanation, out: TextIO) -> None:
    """Print one row with all its passages; the evidence stands between ⟦ and ⟧."""
    console = console_for(out)
    for line in _facts(told):
        console.print(Text(_wrapped(line, console.width, _HANG)))
    for number, passage in enumerate(told.passages, 1):
        console.print()
        _print_passage(passage, number, told, out)
    if len(told.members) > 1:
        console.print()
        console.print(Text("As each report tells it", style="bold"))
        for source, event in told.members:
            line = (
                f"  {source_line(source)}: {one_line(event.summary)} ({event.modality}, {edtf(event.date)}, {event.id})"
            )
            console.print(Text(line))


def _print_passage(passage: Passage, number: int, told: Explanation, out: TextIO) -> None:
    console = console_for(out)
    evidence = passage.evidence
    head = f"[{number}] {chained(source_line(passage.cited), evidence.attribution_chain)}"
    console.print(Text(head, style="bold"))
    if passage.cited.headline:
        console.print(Text(f"    {one_line(passage.cited.headline)}", style="dim"))
    marked = one_line(f"{passage.before}⟦{evidence.exact}⟧{passage.after}")
    console.print(Text(_wrapped(f"    {marked}", console.width, 4)))
    console.print(Text(f"    {one_line(passage.cited.uri)}, characters {evidence.start}-{evidence.end}", style="dim"))
    if told.kind == "source":
        return
    for time in passage.times:
        if time.interval is not None:
            console.print(
                Text(f"    date: “{one_line(time.text)}” = {edtf(time.interval)} (rule {time.rule})", style="dim")
            )
    inside = [m for m in passage.mentions if m.actor is not None or m.members][:_MOST_MENTIONS]
    for mention in inside:
        who = full_name(mention.actor) if mention.actor else names(mention.members)
        if who.casefold() != one_line(mention.text).casefold():
            _print_rule(console, f"who: “{one_line(mention.text)}” = {who} (rule {mention.rule})")


def _print_rule(console: Console, line: str) -> None:
    console.print(Text(_wrapped(f"    {line}", console.width, 8), style="dim"))


def _wrapped(line: str, width: int, hang: int) -> str:
    """A line cut to the width, all but its first part moved in by ``hang``."""
    return textwrap.fill(line, max(width, 40), subsequent_indent=" " * hang, break_on_hyphens=False)


def _dated(when: DateInterval) -> str:
    words = edtf(when)
    return words if words == "unknown" else f"{words} ({one_line(when.basis)})"


def _facts(told: Explanation) -> Iterator[str]:
    """The fields of a row, a line each."""
    row = told.row
    if isinstance(row, SourceRow):
        yield f"{row.id}  source, {row.status}"
        yield from _lines(
            ("where", ", ".join(row.uris) or row.uri),
            ("why not", f"{row.reason} (at {row.stage})" if row.reason else None),
            ("headline", row.headline),
            ("byline", row.byline),
            ("agency", row.agency),
            ("outlet", row.outlet),
            ("kind", row.kind),
            ("published", _dated(row.published)),
            ("copy of", row.copy_of),
            ("found", f"{row.statements} statements, {row.events} events"),
            ("coder", row.coder),
        )
    elif isinstance(row, Statement):
        yield f"{row.id}  {row.quote_type} statement: {row.speech_act}"
        yield from _lines(
            ("words", quoted(row.words, row.quote_type)),
            ("speaker", full_name(row.speaker)),
            ("party", f"{row.party.name} ({row.party.code})" if row.party else None),
            ("to", full_name(row.addressee) if row.addressee else None),
            ("said", _dated(row.said)),
            ("cue", row.cue),
            ("on record", "unnamed speaker" if row.on_record == "anonymous" else "named speaker"),
            ("through", row.vehicle),
            ("authority", row.authority),
            *_sureness(row),
        )
    elif isinstance(row, Move):
        yield f"{row.id}  move: {row.kind}"
        yield from _lines(*_move_facts(row))
    elif isinstance(row, Position):
        yield f"{row.id}  position: {row.stance}"
        yield from _lines(*_position_facts(row))
    else:
        yield f"{row.id}  event: {row.type}{f' ({row.mode})' if row.mode else ''}, {row.modality}"
        yield from _lines(*_event_facts(row), ("trigger", _trigger(row, told.passages)), *_sureness(row))


def _sureness(row: Row) -> Iterator[tuple[str, str | None]]:
    yield "coder", f"{row.coder}, confidence {row.confidence:.2f}"
    yield "which means", meaning_of(row)


def _trigger(row: Event, passages: Sequence[Passage]) -> str | None:
    """The word that an event was read from; it stands in the first passage."""
    passage = passages[0]
    words = f"{passage.before}{passage.evidence.exact}{passage.after}"
    found = words[max(0, row.trigger.start - passage.start) : max(0, row.trigger.end - passage.start)]
    return f"“{one_line(found)}”" if found.strip() else None


def _move_facts(row: Move) -> Iterator[tuple[str, str | None]]:
    yield "proposer", full_name(row.proposer)
    yield "to", full_name(row.addressee) if row.addressee else None
    yield "issue", row.issue
    yield "gives", row.give
    yield "gets", row.get
    yield "condition", row.condition
    yield "own step", row.sequence
    yield "date", _dated(row.date)
    yield from _sureness(row)


def _position_facts(row: Position) -> Iterator[tuple[str, str | None]]:
    yield "party", f"{row.party.name} ({row.party.code})"
    yield "issue", row.issue
    yield "summary", row.summary
    yield "condition", row.condition
    yield "by word of", row.attributed_by
    yield "held", _dated(row.held)
    yield from _sureness(row)


def _event_facts(row: Event) -> Iterator[tuple[str, str | None]]:
    yield "what", row.summary
    yield "actors", names(row.actors)
    yield "recipients", names(row.recipients)
    yield "date", _dated(row.date)
    yield "place", row.place
    yield "attributed to", full_name(row.attributed_to) if row.attributed_to else None
    yield "codes", f"PLOVER {row.type}, CAMEO {row.cameo or 'none'}, {row.quad}, intensity {row.intensity:+g}"
    if row.meeting:
        yield "meeting", f"{row.meeting.level}{f', {row.meeting.venue}' if row.meeting.venue else ''}"
        yield "delegations", "; ".join(full_name(one) for one in row.meeting.delegations)
        yield "outcome", row.meeting.outcome
    yield "reports", f"{row.reports} independent"


def _lines(*facts: tuple[str, str | None]) -> Iterator[str]:
    for name, value in facts:
        if value:
            yield f"  {name:<13} {one_line(value)}"

"""Where the talks stand: a short text from timeline and statements, every line footnoted with the words it rests on."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from summitry.record import Record, SourceRow
from summitry.report.rows import Citations, source_line
from summitry.report.words import chained, edtf, full_name, in_marks, is_rough, names, one_line, quoted, shorten
from summitry.vocabulary import Actor, Event, Evidence, Row, Statement

_MEETINGS = 6
_AHEAD = 4
_DEEDS = 6
_PARTIES = 6
"""Lines of each part: what fits one screen."""

_QUARTER = 92
"""Days: a wider interval does not order events."""

_FRESH = 60
"""Days before the newest report after which an announcement that nobody repeats is no news."""

_MOST_LINE = 160
"""Characters of one line's summary; its footnote has more."""

_MOST_WORDS = 320
"""Characters of a cited passage; the whole is in `explain`."""


@dataclass(slots=True)
class _Notes:
    """The footnotes of one text, numbered as they come up; the same words keep their number."""

    cited: Citations
    numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)
    notes: list[Evidence] = field(default_factory=list)

    def mark(self, row: Row) -> str:
        """The footnote mark of a row's first passage."""
        first = row.evidence[0]
        key = (first.source, first.start, first.end)
        if key not in self.numbers:
            self.notes.append(first)
            self.numbers[key] = len(self.notes)
        return f"[{self.numbers[key]}]"


def where_talks_stand(record: Record, *, as_of: date | None = None, width: int = 100) -> str:
    """A text of one or two screens: latest meetings, last words of each party, what happened, what lies ahead.

    Every line carries the number of a footnote; below stand the exact words, their outlet and date.
    """
    events = record.timeline(as_of=as_of)
    statements = record.statements(as_of=as_of)
    sources = [row for row in record.sources(as_of=as_of) if row.status == "read"]
    cited = record.citations(one.source for row in (*events, *statements) for one in row.evidence)
    notes = _Notes(cited)
    parts = [
        _title(sources, as_of),
        _part("Latest meetings", _meetings(events, notes), width),
        _part("Last words of each party", _last_words(statements, notes), width),
        _part("What else happened last", _deeds(events, notes), width),
        _part("Announced or threatened", _ahead(events, notes), width),
        _footnotes(notes, width),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _title(sources: Sequence[SourceRow], as_of: date | None) -> str:
    dated = [row.published for row in sources if not is_rough(row.published)]
    days = sorted(day for published in dated for day in (published.start, published.end) if day)
    span = f", {days[0]} to {days[-1]}" if days else ""
    copies = sum(1 for row in sources if row.copy_of)
    told = f"{len(sources)} reports" + (f" ({copies} of them copies)" if copies else "")
    title = f"Where the talks stand{f' as of {as_of}' if as_of else ''}: {told}{span}"
    return f"{title}\n{'=' * len(title)}"


def _part(title: str, lines: Iterator[str], width: int) -> str:
    wrapped = [_wrapped(f"  {line}", width, "      ") for line in lines]
    return "\n".join([title, *wrapped]) if wrapped else ""


def _wrapped(line: str, width: int, hang: str) -> str:
    # A name is not broken at its hyphen.
    return textwrap.fill(line, width, subsequent_indent=hang, break_on_hyphens=False)


def _meetings(events: Sequence[Event], notes: _Notes) -> Iterator[str]:
    met = [event for event in events if event.meeting and event.modality == "happened" and _is_dated(event)]
    # A meeting that several reports tell of comes before one that a single sentence mentions.
    for event in _latest(met)[:_MEETINGS]:
        yield f"{edtf(event.date)}  {_meeting(event)} {notes.mark(event)}"


def _meeting(event: Event) -> str:
    """A meeting from its fields: ``United States, North Korea: working level in Tallinn; no agreement``."""
    assert event.meeting is not None
    level = "met" if event.meeting.level == "other" else event.meeting.level
    place = event.meeting.venue or event.place
    where = f" in {one_line(place)}" if place else ""
    outcome = f"; {shorten(event.meeting.outcome, _MOST_LINE)}" if event.meeting.outcome else ""
    reports = f" ({event.reports} reports)" if event.reports > 1 else ""
    return f"{names((*event.actors, *event.recipients))}: {level}{where}{outcome}{reports}"


def _latest(events: Sequence[Event]) -> list[Event]:
    """Events from the latest on; of those that would print alike the one that most reports tell."""
    best: dict[tuple[str, str], Event] = {}
    for event in sorted(events, key=_last, reverse=True):
        best.setdefault((edtf(event.date), one_line(event.summary).casefold()), event)
    return list(best.values())


def _last(event: Event) -> tuple[date, int, str]:
    return (event.date.end or event.date.start or date.min, event.reports, event.id)


def _last_words(statements: Sequence[Statement], notes: _Notes) -> Iterator[str]:
    said = [one for one in statements if one.party and one.party.code]
    frequent = Counter(_party(one.party) for one in said if one.party).most_common(_PARTIES)
    for party, _ in frequent:
        last = max((one for one in said if one.party and _party(one.party) == party), key=lambda s: _when(s, notes))
        speaker = full_name(last.speaker) if last.speaker else "unnamed"
        when = edtf(last.said)
        if when == "unknown":
            when = f"reported {source_line(notes.cited.get(last.evidence[0].source)).rsplit(', ', 1)[-1]}"
        words = shorten(quoted(last.words, last.quote_type), 240)
        assert last.party is not None
        yield f"{_party_name(said, party)} ({party}), {when}: {speaker}: {words} {notes.mark(last)}"


def _party(actor: Actor) -> str:
    return actor.state or actor.code or actor.name


def _party_name(statements: Sequence[Statement], party: str) -> str:
    """The name of the state itself where a statement has it, else the most frequent name of its bodies."""
    found = Counter(one.party.name for one in statements if one.party and _party(one.party) == party)
    own = [one.party.name for one in statements if one.party and one.party.code == party]
    return one_line(own[0] if own else found.most_common(1)[0][0])


def _when(statement: Statement, notes: _Notes) -> tuple[date, bool, float]:
    """How late words are: the day said, else reported; then named speakers, then surer readings."""
    source = notes.cited.get(statement.evidence[0].source)
    reported = (source.published.start or source.published.end) if source else None
    day = statement.said.end or statement.said.start or reported or date.min
    return (day, statement.on_record == "on" and statement.speaker is not None, statement.confidence)


def _is_dated(event: Event) -> bool:
    """Whether an event can stand in an order of days: its interval is a quarter or less."""
    start, end = event.date.start, event.date.end
    return start is not None and end is not None and (end - start).days <= _QUARTER


def _deeds(events: Sequence[Event], notes: _Notes) -> Iterator[str]:
    done = [event for event in events if not event.meeting and event.modality == "happened" and _is_dated(event)]
    for event in _latest(done)[:_DEEDS]:
        yield f"{edtf(event.date)}  {shorten(event.summary, _MOST_LINE)} {notes.mark(event)}"


def _ahead(events: Sequence[Event], notes: _Notes) -> Iterator[str]:
    reported = {row: _reported(row, notes) for row in events if row.modality in ("planned", "threatened")}
    newest = max((day for event in events if (day := _reported(event, notes))), default=None)
    open_ = [
        event
        for event, day in reported.items()
        if day and newest and (newest - day).days <= _FRESH and not (event.date.end and event.date.end < newest)
    ]
    for event in _latest(open_)[:_AHEAD]:
        when = edtf(event.date)
        dated = "" if when == "unknown" else f"{when}  "
        yield f"{dated}{shorten(event.summary, _MOST_LINE)} ({event.modality}) {notes.mark(event)}"


def _reported(event: Event, notes: _Notes) -> date | None:
    """When the event was last reported, where that is known to a quarter."""
    sources = [notes.cited.get(one.source) for one in event.evidence]
    days = [
        source.published.end
        for source in sources
        if source
        and source.published.start
        and source.published.end
        and (source.published.end - source.published.start).days <= _QUARTER
    ]
    return max(days, default=None)


def _footnotes(notes: _Notes, width: int) -> str:
    lines = []
    for number, evidence in enumerate(notes.notes, 1):
        source = chained(source_line(notes.cited.get(evidence.source)), evidence.attribution_chain)
        note = f"[{number}] {source}: {in_marks(shorten(evidence.exact, _MOST_WORDS))}"
        lines.append(_wrapped(note, width, "    "))
    return "\n".join(["The words", *lines]) if lines else "Nothing was said or done in these reports."

"""What a person sees of a row: a few columns, dates and names first, and the words with where they stood."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from summitry.ledger import ProcessStatus, Tone
from summitry.record import MeetingRow, SourceRow
from summitry.report.rows import Citations, source_line
from summitry.report.words import chained, codes, edtf, full_name, in_marks, is_rough, one_line, quoted
from summitry.vocabulary import (
    Commitment,
    DateInterval,
    Discrepancy,
    Event,
    Move,
    Position,
    Prediction,
    Row,
    Statement,
)

SHORT_ID = 12
"""Characters of an id that a table shows: the kind and 32 bits, which `explain` takes for the whole."""

Cell = tuple[str, ...]
"""Parts of a cell, most important first; a terminal puts each on its own line."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, how a row's cell is made, its share of the width (0: as narrow as its words)."""

    title: str
    cell: Callable[[Any, Citations], Cell]
    share: int = 0


def _source_of(row: Row, cited: Citations) -> str:
    """Outlet and date of the first evidence, its chain, and how many reports more."""
    first = row.evidence[0]
    line = chained(source_line(cited.get(first.source)), first.attribution_chain)
    reports = row.reports if isinstance(row, Event) else 1
    return f"{line} and {reports - 1} more" if reports > 1 else line


def _day(when: DateInterval, row: Row, cited: Citations) -> Cell:
    """A date; where there is none, when the row was first reported."""
    one_sided = (when.start is None) != (when.end is None)
    if one_sided or not is_rough(when):
        return (edtf(when),)
    published = [source.published for one in row.evidence if (source := cited.get(one.source))]
    known = [edtf(one) for one in published if not is_rough(one)]
    return ("reported", min(known)) if known else ("unknown",)


def _said(row: Statement, cited: Citations) -> Cell:
    return _day(row.said, row, cited)


def _date(row: Event, cited: Citations) -> Cell:
    return _day(row.date, row, cited)


def _speaker(row: Statement, _: Citations) -> Cell:
    party = row.party.code or one_line(row.party.name) if row.party else ""
    anonymous = "unnamed" if row.on_record == "anonymous" else ""
    return (full_name(row.speaker), ", ".join(part for part in (party, anonymous) if part))


def _words(row: Statement, cited: Citations) -> Cell:
    return (quoted(row.words, row.quote_type), _source_of(row, cited))


def _act(row: Statement, _: Citations) -> Cell:
    return (row.speech_act, row.quote_type)


def _sides(row: Event, _: Citations) -> Cell:
    actors, recipients = codes(row.actors), codes(row.recipients)
    return (f"{actors or '?'} → {recipients}" if recipients else actors or "?",)


def _kind(row: Event, _: Citations) -> Cell:
    return (row.type, "" if row.modality == "happened" else row.modality)


def _summary(row: Event, cited: Citations) -> Cell:
    place = f" ({one_line(row.place)})" if row.place and row.place.casefold() not in row.summary.casefold() else ""
    by = f" [says {full_name(row.attributed_to)}]" if row.attributed_to else ""
    words = one_line(row.evidence[0].exact)
    if one_line(row.summary).rstrip(" .…").casefold() in words.casefold():  # the report's own words: once is enough
        return (in_marks(words) + place + by, _source_of(row, cited))
    return (one_line(row.summary) + place + by, in_marks(words), _source_of(row, cited))


def _meeting(row: MeetingRow, _: Citations) -> Cell:
    return (row.level, one_line(row.venue or row.place or ""), "" if row.modality == "happened" else row.modality)


def _who_met(row: MeetingRow, _: Citations) -> Cell:
    sides = (*row.actors, *row.recipients)
    return ("; ".join(dict.fromkeys(full_name(one) for one in row.delegations or sides)), codes(sides))


def _outcome(row: MeetingRow, cited: Citations) -> Cell:
    return (one_line(row.outcome or ""), in_marks(row.evidence[0].exact), _source_of(row, cited))


def _made(row: Move, cited: Citations) -> Cell:
    return _day(row.date, row, cited)


def _proposed(row: Move, _: Citations) -> Cell:
    sides = (codes((row.proposer,)), codes((row.addressee,)) if row.addressee else "")
    return (" → ".join(side for side in sides if side),)


def _move_kind(row: Move, _: Citations) -> Cell:
    return (row.kind, f"own step {row.sequence}" if row.sequence else "", row.status or "")


def _move_words(row: Move, cited: Citations) -> Cell:
    by_when = edtf(row.deadline) if row.deadline and not is_rough(row.deadline) else None
    parts = (("gives", row.give), ("for", row.get), ("condition", row.condition), ("by", by_when))
    terms = "; ".join(f"{name}: {one_line(words)}" for name, words in parts if words)
    return (in_marks(row.evidence[0].exact), terms, _source_of(row, cited))


def _held(row: Position, cited: Citations) -> Cell:
    return _day(row.held, row, cited)


def _stance(row: Position, _: Citations) -> Cell:
    change = row.change if row.change not in (None, "first") else ""
    return (row.stance, row.pole or "", f"by {row.attributed_by}", change or "")


def _position_words(row: Position, cited: Citations) -> Cell:
    condition = f"condition: {one_line(row.condition)}" if row.condition else ""
    return (in_marks(row.evidence[0].exact), condition, _source_of(row, cited))


def _pledged(row: Commitment, cited: Citations) -> Cell:
    return _day(row.made, row, cited)


def _bound(row: Commitment, _: Citations) -> Cell:
    sides = (codes((row.obligor,)), codes((row.beneficiary,)) if row.beneficiary else "")
    return (" → ".join(side for side in sides if side), one_line(row.instrument))


STATUS: Final[Mapping[int | None, str]] = {
    None: "no public evidence",
    0: "0 not begun",
    1: "1 minimal",
    2: "2 intermediate",
    3: "3 full",
}
"""The scale of the Peace Accords Matrix in words."""


def _kept(row: Commitment, _: Citations) -> Cell:
    by = f"says {one_line(row.claimed_by.name)}" if row.claimed_by else "claimed"
    claim = f"{STATUS[row.claimed]}, {by}" if row.claimed is not None else ""
    return (STATUS[row.status], f"as of {row.as_of}" if row.as_of else "", claim)


def _pledge_words(row: Commitment, cited: Citations) -> Cell:
    by = in_marks(row.evidence[-1].exact) if row.events and len(row.evidence) > 1 else ""
    return (one_line(row.text), f"by {by}" if by else in_marks(row.evidence[0].exact), _source_of(row, cited))


def _foretold(row: Prediction, cited: Citations) -> Cell:
    return _day(row.made, row, cited)


def _resolved(row: Prediction, _: Citations) -> Cell:
    by = f"by {edtf(row.horizon)}" if row.horizon and not is_rough(row.horizon) else ""
    return (row.resolution, f"horizon {by}" if by else "no horizon")


def _prediction_words(row: Prediction, cited: Citations) -> Cell:
    terms = "; ".join(
        f"{name}: {one_line(words)}" for name, words in (("hedge", row.hedge), ("if", row.condition)) if words
    )
    came = in_marks(row.evidence[-1].exact) if row.resolved_by and len(row.evidence) > 1 else ""
    return (one_line(row.claim), terms, f"came: {came}" if came else "", _source_of(row, cited))


def _both(row: Discrepancy, cited: Citations) -> Cell:
    told = (f"{in_marks(one.exact)} ({source_line(cited.get(one.source))})" for one in row.evidence[:3])
    return (one_line(row.note), *told)


def _why(row: ProcessStatus, cited: Citations) -> Cell:
    return (one_line(row.criterion), in_marks(row.evidence[0].exact), _source_of(row, cited))


def _quads(row: Tone, cited: Citations) -> Cell:
    counts = ", ".join(f"{count} {quad}" for quad, count in row.quads if count)
    return (counts, in_marks(row.evidence[0].exact), _source_of(row, cited))


def _address(row: SourceRow) -> str:
    """A URL in full, of a file its name."""
    address = one_line(row.uri)
    return address if "://" in address else address.rsplit("/", 1)[-1]


def _headline(row: SourceRow, _: Citations) -> Cell:
    if row.status == "rejected":
        return (f"rejected ({row.stage}): {one_line(row.reason or '')}", _address(row))
    copy = f"copy of {row.copy_of[:SHORT_ID]}" if row.copy_of else ""
    return (one_line(row.headline or "(no headline)"), copy, _address(row))


def _outlet(row: SourceRow, _: Citations) -> Cell:
    return (one_line(row.outlet or ""), one_line(row.agency or ""), "" if row.kind == "report" else row.kind or "")


def _found(row: SourceRow, _: Citations) -> Cell:
    return () if row.status == "rejected" else (f"{row.statements} said", f"{row.events} done")


def _id(row: Row | SourceRow, _: Citations) -> Cell:
    return (row.id[:SHORT_ID],)


_COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = {
    "sources": (
        Column("Published", lambda row, _: (edtf(row.published),)),
        Column("Outlet", _outlet, 1),
        Column("Headline", _headline, 3),
        Column("Found", _found),
        Column("Id", _id),
    ),
    "statements": (
        Column("Said", _said),
        Column("Who", _speaker, 2),
        Column("Words", _words, 5),
        Column("Act", _act),
        Column("Id", _id),
    ),
    "timeline": (
        Column("Date", _date),
        Column("Who", _sides, 1),
        Column("What", _kind),
        Column("Words", _summary, 4),
        Column("Id", _id),
    ),
    "moves": (
        Column("Date", _made),
        Column("Who", _proposed, 1),
        Column("Move", _move_kind),
        Column("Words", _move_words, 5),
        Column("Id", _id),
    ),
    "positions": (
        Column("Since", _held),
        Column("Party", lambda row, _: (codes((row.party,)),)),
        Column("Issue", lambda row, _: (one_line(row.issue),), 1),
        Column("Stance", _stance),
        Column("Words", _position_words, 4),
        Column("Id", _id),
    ),
    "commitments": (
        Column("Made", _pledged),
        Column("Who", _bound, 1),
        Column("Status", _kept),
        Column("Words", _pledge_words, 4),
        Column("Id", _id),
    ),
    "predictions": (
        Column("Made", _foretold),
        Column("Who", lambda row, _: (full_name(row.forecaster), row.forecaster.code or ""), 2),
        Column("Came true", _resolved),
        Column("Words", _prediction_words, 4),
        Column("Id", _id),
    ),
    "discrepancies": (
        Column("Kind", lambda row, _: (row.kind, row.field or "")),
        Column("What", _both, 5),
        Column("Id", _id),
    ),
    "status": (
        Column("Month", lambda row, _: (edtf(row.month),)),
        Column("State", lambda row, _: (row.state,)),
        Column("Why", _why, 4),
        Column("Id", _id),
    ),
    "tone": (
        Column("Month", lambda row, _: (edtf(row.month),)),
        Column("Parties", lambda row, _: (", ".join(row.parties),), 1),
        Column("Mean", lambda row, _: (f"{row.mean:+.1f}", f"{row.events} events")),
        Column("Events", _quads, 3),
        Column("Id", _id),
    ),
    "meetings": (
        Column("Date", _date),
        Column("Who", _who_met, 2),
        Column("Meeting", _meeting),
        Column("Words", _outcome, 3),
        Column("Id", _id),
    ),
}


def columns_of(kind: str) -> tuple[Column, ...]:
    """The columns of a kind of rows, named as its command is."""
    return _COLUMNS[kind]

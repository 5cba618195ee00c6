"""What the review commands do: decisions written, and reviews printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summitry.cli.guard import say
from summitry.errors import UsageError
from summitry.report.words import in_marks, one_line, shorten

if TYPE_CHECKING:
    from summitry.record.auditing import Gone
    from summitry.record.desk import Desk
    from summitry.review import Agreement, Review

_WORDS = 110
"""Characters of a passage that a line shows: enough to know it by; ``explain`` shows the rest."""

_MOST = 20
"""Rows that a message names; ``review list --gone`` and ``--conflicts`` show all."""

Asked = tuple[str | None, str | None]
"""Whose reviews, of which kind of row."""


def decided(path: Path, decide: Callable[[Desk], Review]) -> None:
    """Write a decision and print it.

    Raises:
        RecordError: the record cannot be written.
        UsageError: the decision cannot be made.
    """
    from summitry.record import open_record

    with open_record(path) as record:
        review = decide(record.review)
        differing = [one for one in record.review.conflicts() if one.row in {row.row for row in review.rows}]
    sys.stdout.write(_line(review) + "\n")
    for one in differing:
        say(_conflict(one.row, one.sides, one.applies))


def print_reviews(path: Path, asked: Asked, form: str) -> None:
    """Print reviews, oldest first."""
    from summitry.record import open_record
    from summitry.record.auditing import kind_named
    from summitry.review import review_json

    by, kind = asked
    with open_record(path, read_only=True) as record:
        reviews = record.review.list(by=by, kind=kind_named(kind) if kind else None)
        standing = {one.id for one in record.review.in_force()}
        gone = record.review.gone()
    if form == "jsonl":
        _write_json(review_json(one) | {"in_force": one.id in standing} for one in reviews)
        return
    for one in reviews:
        back = "" if one.id in standing or one.action == "undo" else "  (taken back)"
        sys.stdout.write(_line(one) + back + "\n")
    say(f"{len(reviews)} reviews" + (f", {len(gone)} of rows that are gone: review list --gone" if gone else ""))


def print_gone(path: Path, asked: Asked, form: str) -> None:
    """Print reviews whose row is not there, with the words and the mend."""
    from summitry.record import open_record
    from summitry.review import review_json

    by, kind = asked
    with open_record(path, read_only=True) as record:
        found = record.review.gone()
    chosen = [one for one in found if by in (None, one.review.by) and kind in (None, one.review.kind)]
    if form == "jsonl":
        _write_json(review_json(one.review) | {"gone": one.row, "words": one.words, "mend": one.mend} for one in chosen)
        return
    for one in chosen:
        sys.stdout.write(_gone(one) + "\n")
    say(f"{len(chosen)} reviews whose row is gone")


def print_conflicts(path: Path, kind: str | None, form: str) -> None:
    """Print rows on which people decided differently."""
    from summitry.record import open_record

    with open_record(path, read_only=True) as record:
        found = [one for one in record.review.conflicts() if kind in (None, one.kind)]
    if form == "jsonl":
        _write_json(
            {"kind": one.kind, "row": one.row, "sides": dict(one.sides), "applies": one.applies} for one in found
        )
        return
    for one in found:
        sys.stdout.write(_conflict(one.row, one.sides, one.applies) + "\n")
    say(f"{len(found)} rows on which people differ")


def print_queue(path: Path, asked: Asked, limit: int, form: str) -> None:
    """Print rows yet to review, the most doubtful first."""
    from summitry.record import open_record
    from summitry.record.auditing import kind_named
    from summitry.report.rows import source_line, to_dict

    by, kind = asked
    with open_record(path, read_only=True) as record:
        found = record.review.queue(by=by, kind=kind_named(kind) if kind else None)
        cited = record.citations(one.row.evidence[0].source for one in found[:limit])
    if form == "jsonl":
        _write_json(
            {"kind": one.kind, "doubt": one.doubt.weight, "reasons": list(one.doubt.reasons)}
            | {"row": to_dict(one.row)}
            for one in found[:limit]
        )
        return
    for one in found[:limit]:
        first = one.row.evidence[0]
        reasons = ", ".join(one.doubt.reasons) or "nothing but its confidence"
        sys.stdout.write(
            f"{one.doubt.weight:.2f}  {one.row.id}  {one.kind}: {in_marks(shorten(first.exact, _WORDS))}\n"
            f"      {reasons}; {source_line(cited.get(first.source))}\n"
        )
    say(f"{len(found)} rows yet to review" + (f", {limit} shown" if len(found) > limit else ""))


def print_people(path: Path, form: str) -> None:
    """Print who the reports name."""
    from summitry.record import open_record

    with open_record(path, read_only=True) as record:
        people = record.review.people()
    if form == "jsonl":
        _write_json(
            {"id": p.id, "name": p.name, "party": p.party, "aliases": list(p.aliases), "reports": p.reports}
            for p in people
        )
        return
    for p in people:
        also = f"; also {', '.join(map(one_line, p.aliases))}" if p.aliases else ""
        sys.stdout.write(f"{p.id}  {one_line(p.name)} ({p.party or 'no party'}), {p.reports} reports{also}\n")
    say(f"{len(people)} people")


def print_agreement(path: Path, kind: str | None, form: str) -> None:
    """Print how far reader and reviewers agree."""
    from summitry.record import open_record
    from summitry.record.auditing import kind_named

    with open_record(path, read_only=True) as record:
        found = record.review.agreement(kind_named(kind) if kind else None)
    if form == "jsonl":
        _write_json(_agreement_json(one) for one in found)
        return
    for one in found:
        sys.stdout.write("\n".join(_agreement_lines(one)) + "\n")
    if not found:
        say("no row was reviewed yet; see: summitry review queue")


def export_to(path: Path, file: Path) -> None:
    """Write all reviews as JSON lines.

    Raises:
        UsageError: the file cannot be written.
    """
    from summitry.record import open_record

    with open_record(path, read_only=True) as record:
        lines = list(record.review.export())
    text = "".join(f"{line}\n" for line in lines)
    if str(file) == "-":
        sys.stdout.write(text)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}; name another file") from None
    say(f"{len(lines)} reviews in {file}")


def import_from(path: Path, file: Path) -> None:
    """Add the reviews of a file.

    Raises:
        UsageError: the file cannot be read, or a line is no review; nothing is imported.
    """
    from summitry.record import open_record

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"{file} cannot be read: {why}; allowed: a file that summitry review export wrote") from None
    with open_record(path) as record:
        try:
            # Not splitlines: a note may hold one of the signs that it takes for the end of a line.
            done = record.review.import_lines(text.split("\n"))
        except UsageError as error:
            raise UsageError(f"{file}: {error}") from None
    for conflict in done.conflicts[:_MOST]:
        say(_conflict(conflict.row, conflict.sides, conflict.applies))
    for one in done.gone[:_MOST]:
        say(_gone(one))
    more = max(len(done.conflicts) - _MOST, 0) + max(len(done.gone) - _MOST, 0)
    rest = f" ({more} more: review list --conflicts, review list --gone)" if more else ""
    say(
        f"{done.new} reviews new, {done.known} known before; {len(done.conflicts)} rows on which people differ, "
        f"{len(done.gone)} reviews whose row is not here{rest}"
    )


def _write_json(rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def _line(review: Review) -> str:
    """A review on one line: when, who, what, of which row, in which words."""
    from summitry.review.decide import short

    ids = " ".join(one.row for one in review.rows) or str(review.undoes)
    said = {} if review.action in ("accept", "add") else dict(review.fields)
    parts = [
        f"{review.at[:16].replace('T', ' ')}  {review.id}  {one_line(review.by)}: {review.action} {review.kind} {ids}",
        "; ".join(f"{name}={one_line(short(value))}" for name, value in said.items()),
        in_marks(shorten(review.rows[0].exact, _WORDS)) if review.rows and review.rows[0].exact else "",
        f"({one_line(review.note)})" if review.note else "",
    ]
    return "  ".join(part for part in parts if part)


def _gone(one: Gone) -> str:
    said = in_marks(shorten(one.words, _WORDS)) if one.words else "no words"
    review = one.review
    who = f"{review.id}  {one_line(review.by)}"
    return f"{who}: {review.action} {review.kind} {one.row}: its row is gone: {said}; {one.mend}"


def _conflict(row: str, sides: Iterable[tuple[str, str]], applies: str) -> str:
    told = "; ".join(f"{one_line(by)} {one_line(what)}" for by, what in sides)
    return f"people differ on {row}: {told}; what {one_line(applies)} decided last applies"


def _agreement_lines(found: Agreement) -> Iterator[str]:
    def share(part: float | None) -> str:
        return f" ({100 * part:.0f}%)" if part is not None else ""

    yield (
        f"{found.kind}: {found.judged} of the reader's rows reviewed: {found.accepted} right as they stand"
        f"{share(found.right)}, {found.edited} mended, {found.rejected} rejected; rows at all: "
        f"{found.accepted + found.edited}{share(found.real)}; {found.added} added because missed"
    )
    for one in found.fields:
        if one.changed:
            rows = one.kept + one.changed
            yield f"  {one.name}: right in {one.kept} of {rows}{share(one.kept / rows)}"
    for pair in found.between:
        alpha = "none (no variation)" if pair.alpha is None else f"{pair.alpha:.2f}"
        alike = f"alike on {pair.alike} of {pair.rows}"
        yield f"  between reviewers, {one_line(pair.of)}: {alike}; Krippendorff's alpha {alpha}"


def _agreement_json(found: Agreement) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "reviewed": found.judged,
        "accepted": found.accepted,
        "edited": found.edited,
        "rejected": found.rejected,
        "added": found.added,
        "right": found.right,
        "real": found.real,
        "fields": {one.name: {"kept": one.kept, "changed": one.changed} for one in found.fields},
        "between": [{"of": one.of, "rows": one.rows, "alike": one.alike, "alpha": one.alpha} for one in found.between],
    }


def run_reread(path: Path, cases: Iterable[str], *, no_case: bool, light: bool) -> int:
    """Read the reports of a record again; tell on stderr what came of it; return the exit status."""
    from summitry.cli.guard import Stopped
    from summitry.cli.reading import shown_progress
    from summitry.ingest import ReadOptions, reread

    if cases and no_case:
        raise UsageError("--case and --no-case are both given; allowed: one of them")
    options = ReadOptions(cases=tuple(cases), no_case=no_case, light=light)
    try:
        with shown_progress() as show:
            done = reread(path, options, show)
    except KeyboardInterrupt:
        raise Stopped(f"what is read again stands in {path}; run the same command again to go on") from None
    for refusal in done.failed[:_MOST]:
        say(f"{one_line(refusal.uri)} could not be read again ({one_line(refusal.reason)}); it stays as it was")
    before = f", {done.before} by a run that was stopped" if done.before else ""
    failed = f", {len(done.failed)} stay as they were" if done.failed else ""
    say(f"{done.read} reports read again, {done.changed} changed{before}{failed}; record: {path}")
    return 1 if done.failed else 0

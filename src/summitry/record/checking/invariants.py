"""The invariants of a record, in one table. ``docs/reliability.md`` shows it."""

from __future__ import annotations

from typing import Final

from summitry.record.checking import objects, reports, rows
from summitry.record.checking.types import Invariant

_FILE: Final = (
    Invariant(
        "file",
        "SQLite's own integrity_check: pages, b-trees, indexes, types and constraints of columns",
        "indexes are built anew; where that is not enough, all readable reports go into a new file",
        of_record=rows.file_is_whole,
        mend="file",
    ),
    Invariant(
        "schema",
        "tables, indexes and triggers are exactly those of the record's version: nothing of a stranger's that would "
        "run when the record is used",
        "what is not of summitry is taken out, what is missing or changed is made anew",
        of_record=objects.differences,
        mend="schema",
    ),
    Invariant(
        "references",
        "every row points to rows that exist (foreign keys): blocking keys to events, shingles and told keys to "
        "reports, anchor keys to anchors, spans and rows to reports",
        "rows that point to nothing are dropped",
        of_record=rows.references_hold,
        mend="orphans",
    ),
    Invariant(
        "sentence search",
        "the full-text index of sentences is in step with the sentences",
        "the index is built anew",
        of_record=rows.in_step("sentences"),
        mend="search",
    ),
    Invariant(
        "statement search",
        "the full-text index of statements is in step with the statements",
        "the index is built anew",
        of_record=rows.in_step("statements"),
        mend="search",
    ),
    Invariant(
        "marks of undated reports",
        "the index of what undated reports tell is of undated reports alone, and in step with itself",
        "what is of no undated report is dropped, the index is built anew",
        of_record=rows.marks_are_of_undated,
        mend="search",
    ),
)

_SOURCES: Final = (
    Invariant(
        "source ids",
        "the id of a source is `src-` and the first 16 digits of its SHA-256",
        "the source is taken out, to be read again",
        of_record=rows.source_ids_are_hashes,
        mend="report",
    ),
    Invariant(
        "sources",
        "a read source has a text, a rejected one a reason; its metadata and cases are JSON; its own address is among "
        "the places where it was found",
        "the source is taken out, to be read again",
        of_record=rows.sources_are_complete,
        mend="report",
    ),
    Invariant(
        "values",
        "every column of a report's rows holds what it may: days, JSON of its shape, words of its list, numbers in "
        "their bounds",
        "the report is taken out, to be read again",
        of_record=rows.values_are_allowed,
        mend="report",
    ),
    Invariant(
        "evidence",
        "every passage that is evidence equals the text at its offsets: `exact == text[start:end]`",
        "the report is taken out, to be read again",
        of_report=reports.evidence_is_exact,
        mend="report",
    ),
    Invariant(
        "spans",
        "sentences equal the text at their offsets; mentions, times, blocks, furniture and metadata lie in it",
        "the report is taken out, to be read again",
        of_report=reports.spans_are_inside,
        mend="report",
    ),
    Invariant(
        "readings",
        "the rows of a report, put together, are a reading: each column holds what it may hold, each row its evidence",
        "the report is taken out, to be read again",
        of_report=reports.reads_back,
        mend="report",
    ),
    Invariant(
        "numbering",
        "rows of a report, evidence of a row, and parties of an event are numbered from 0 without a gap",
        "the report, or the entry, is taken out; reports are to be read again, entries are merged anew",
        of_record=rows.numbering_has_no_gap,
        mend="report",
    ),
    Invariant(
        "row ids",
        "an id stands for one row, whatever its kind",
        "the reports are taken out, to be read again",
        of_record=rows.ids_are_unique,
        mend="report",
    ),
    Invariant(
        "rows of evidence",
        "evidence belongs to a row that exists, and stands in that row's own report",
        "the report is taken out, to be read again; evidence of entries that are no more is dropped",
        of_record=rows.evidence_has_its_row,
        mend="report",
    ),
    Invariant(
        "evidence of rows",
        "every row has evidence",
        "the report, or the entry, is taken out",
        of_record=rows.rows_have_evidence,
        mend="report",
    ),
)

_MERGED: Final = (
    Invariant(
        "entries",
        "an entry of the timeline merges at least one telling, has the id of one of them, and can be read",
        "the entry is taken out; its reports are merged anew by the next reading",
        of_record=rows.entries_have_members,
        mend="entry",
    ),
    Invariant(
        "evidence of entries",
        "the evidence of an entry is that of its tellings",
        "the entry is taken out; its reports are merged anew by the next reading",
        of_record=rows.entries_have_the_evidence_of_members,
        mend="entry",
    ),
    Invariant(
        "counts",
        "an entry's number of independent reports is that of its tellings' reports, copies counted with their original",
        "its reports are merged anew by the next reading",
        of_record=rows.reports_are_counted,
        mend="entry",
    ),
    Invariant(
        "copies",
        "a copy is a copy of a report that is itself none",
        "the copy is set apart and compared anew by the next reading",
        of_record=rows.copies_are_of_originals,
        mend="apart",
    ),
    Invariant(
        "reconciled",
        "a report that is marked as brought together with the rest has all its events in entries, each with its keys",
        "the report is marked as new; the next reading brings it in",
        of_record=rows.reconciled_is_so,
        mend="again",
    ),
    Invariant(
        "undated",
        "a report whose date nobody stated has kept the interval it has by itself",
        "the report is taken out, to be read again",
        of_record=rows.undated_are_kept,
        mend="report",
    ),
)

_BESIDE: Final = (
    Invariant(
        "runs",
        "runs have a start, and inputs and cases that are JSON lists",
        "nothing: the record answers, but not what was new since such a run",
        of_record=rows.runs_parse,
    ),
    Invariant(
        "reviews",
        "every decision of a reviewer can be read; an undo is of a decision that is there",
        "nothing is dropped: a person decided it; take the reviews from a backup with `summitry review import`",
        of_record=rows.reviews_parse,
    ),
    Invariant(
        "cases",
        "every case that is kept can be read by this version",
        "nothing: read a report with `--case NAME` to keep it anew",
        of_record=rows.cases_load,
    ),
    Invariant(
        "former ids",
        "where a row stood that is no more has a length",
        "the former id is dropped",
        of_record=rows.former_rows_stand,
        mend="orphans",
    ),
)

INVARIANTS: Final = (*_FILE, *_SOURCES, *_MERGED, *_BESIDE)
"""All of them, in the order in which they are checked: what rests on others stands behind them."""

"""Invariants of one report: what its rows say of its text. One report at a time, so that memory is bounded by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from summitry.errors import SummitryError
from summitry.record.checking.types import Report
from summitry.record.loading import load_reading
from summitry.record.writing import check_reading

_WITH_WORDS: Final = ("sentences",)
"""Tables whose rows repeat the words at their offsets."""

_WITHOUT_WORDS: Final = ("blocks", "furniture", "metadata_spans", "mentions", "times")
"""Tables of spans; the words of mentions and times are kept in one spelling of apostrophes."""


def evidence_is_exact(report: Report) -> Iterator[str]:
    """Every passage that is evidence stands in the text where it says it stands."""
    text = report.text
    rows = report.connection.execute(
        "SELECT row_kind, row_id, position, start_char, end_char, exact FROM evidence WHERE source_id = ?", (report.id,)
    )
    for kind, row_id, position, start, end, exact in rows:
        if not (0 <= start < end <= len(text) and text[start:end] == exact):
            yield (
                f"evidence {position} of {kind} {row_id} reads {exact[:60]!r}, but at [{start}, {end}) stands "
                f"{text[max(start, 0) : max(end, 0)][:60]!r}"
            )


def spans_are_inside(report: Report) -> Iterator[str]:
    """Every span lies in the text, and what repeats its words repeats them."""
    text = report.text
    for table in (*_WITH_WORDS, *_WITHOUT_WORDS):
        words = "text" if table in _WITH_WORDS else "NULL"
        rows = report.connection.execute(
            f"SELECT position, start_char, end_char, {words} FROM {table} WHERE source_id = ?", (report.id,)
        )
        for position, start, end, said in rows:
            if not 0 <= start <= end <= len(text):
                yield f"{table} {position} is at [{start}, {end}) of a text of {len(text)} code points"
            elif said is not None and text[start:end] != said:
                yield f"{table} {position} reads {said[:60]!r}, but at [{start}, {end}) stands {text[start:end][:60]!r}"


def reads_back(report: Report) -> Iterator[str]:
    """All rows together are a reading: every column holds what it may hold, every row stands on words."""
    try:
        reading = load_reading(report.connection, report.id)
        check_reading(reading)
    except SummitryError as error:
        yield str(error)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError) as error:
        # What a column may not hold shows as one of these where it is decoded.
        yield f"its rows cannot be read: {type(error).__name__}: {error}"

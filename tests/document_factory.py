"""What the tests of documents share: a record whose words attack whatever shows them, and documents as bytes."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from record_factory import day, make_freeze, make_reading
from summitry.export.documents import DOCUMENTS
from summitry.export.types import Selection
from summitry.record import Record, open_record
from summitry.vocabulary import UNKNOWN_DATE, Actor

ATTACK = "<script>alert(1)</script>&amp;{\\input}\x01\x0b\ufffe\u202eevil\u2066]]>\r\nBEGIN:VEVENT" + "W" * 3000
"""Markup of every format, control characters, what XML forbids, writing turned round, and a word without end."""

NAMES = tuple(one.name for one in DOCUMENTS)


def written(record: Record, name: str, selection: Selection | None = None) -> bytes:
    """What a document's format writes."""
    write = next(one.write for one in DOCUMENTS if one.name == name)
    assert write is not None
    out = io.BytesIO()
    write(record, selection or Selection(), out)
    assert not out.closed
    return out.getvalue()


def make_attack(path: Path) -> Record:
    """A record in which outlets, headlines, bylines, names and addresses attack; one of its two reports is undated."""
    record = open_record(path, create=True)
    for number, published in ((1, day("2019-05-04")), (2, UNKNOWN_DATE)):
        reading, source = make_reading(number, published=published, outlet=ATTACK)
        reading = make_freeze(reading, day("2019-06-03"))
        bad = Actor(None, f"{number}{ATTACK}", kind="person")
        uri = f"https://example.org/{number}?a={{b}}\x01\u202e<b>" if number == 1 else "javascript:alert(1)"
        record.add(
            replace(
                reading,
                article=replace(reading.article, headline=ATTACK, byline=ATTACK, uri=uri),
                events=tuple(
                    replace(one, summary=ATTACK, place=ATTACK, recipients=(*one.recipients, bad))
                    for one in reading.events
                ),
                statements=tuple(replace(one, addressee=bad) for one in reading.statements),
                positions=tuple(replace(one, party=bad, summary=ATTACK, issue=ATTACK) for one in reading.positions),
            ),
            replace(source, uri=uri),
        )
    return record

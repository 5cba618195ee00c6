"""The reports: their list, and each as it was received, with every passage marked that a row was read from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from summitry.errors import UsageError
from summitry.record import SourceRow
from summitry.report.rows import to_dict
from summitry.report.words import is_rough
from summitry.signs import remarks
from summitry.vocabulary import Article, Row
from summitry.web.gist import KINDS, Gist, gist_of, kind_of, rows_of, words_of
from summitry.web.marking import Mark, Segment, cut
from summitry.web.page import Json, Missing, Page, Part
from summitry.web.question import Question
from summitry.web.view import View

_LISTED: Final = 100
"""Outlets that an input suggests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage(Page):
    """The reports. ``counts`` are how many rows each one shown has, by kind; ``kinds`` what reports there are."""

    part: Part[SourceRow]
    counts: Mapping[str, Mapping[str, int]]
    titles: Mapping[str, str]
    kinds: Sequence[str]
    outlets: Sequence[str]
    parties: Sequence[tuple[str, str, int]]
    read: int
    rejected: int

    def json(self) -> Json:
        """See :class:`Page`: the reports as ``summitry sources`` gives them."""
        return self.part.json() | {
            "sources": [to_dict(row) | {"rows": dict(self.counts.get(row.id, {}))} for row in self.part.rows]
        }


def build_list(view: View, question: Question) -> SourcesPage:
    """The list of reports; ``status``, ``kind``, ``outlet`` and ``sort`` in the question choose among them.

    Raises:
        UsageError: a filter that is off.
    """
    rows = _chosen(view, question)
    part = Part.of(rows, question.number, view.size)
    everything = view.sources()
    status = view.once("reports by status", lambda: Counter(row.status for row in everything))
    originals = {row.copy_of for row in part.rows if row.copy_of}
    known = view.once("sources by id", lambda: {row.id: row for row in everything})
    return SourcesPage(
        title="Reports",
        part=part,
        counts={row.id: _counts(view, row.id) for row in part.rows},
        titles={one: known[one].headline or known[one].uri for one in originals if one in known},
        kinds=view.once("kinds of reports", lambda: sorted({row.kind for row in everything if row.kind})),
        outlets=view.once("outlets of reports", lambda: _outlets(everything)),
        parties=view.parties(),
        read=status["read"],
        rejected=status["rejected"],
    )


def _chosen(view: View, question: Question) -> Sequence[SourceRow]:
    rows: Sequence[SourceRow] = view.sources()
    asked = question.filters
    if asked.party or asked.issue:
        key = ("reports", asked.party, asked.issue)

        def work() -> frozenset[str]:
            found = view.record.sources(as_of=view.as_of, party=asked.party, issue=asked.issue)
            return frozenset(row.id for row in found)

        ids = view.standing.lately(key, work)
        rows = [row for row in rows if row.id in ids]
    if asked.since:
        since = asked.since
        rows = [row for row in rows if (day := row.published.end or row.published.start) and day >= since]
    for name, allowed in (("status", ("read", "rejected", "copy", "undated")), ("sort", ("new", "old"))):
        if (told := question.get(name)) and told not in allowed:
            raise UsageError(f"{name} is {told!r}; allowed: {', '.join(allowed)}")
    status = question.get("status")
    if status in ("read", "rejected"):
        rows = [row for row in rows if row.status == status]
    elif status == "copy":
        rows = [row for row in rows if row.copy_of]
    elif status == "undated":
        rows = [row for row in rows if row.status == "read" and row.published.inferred]
    if kind := question.get("kind"):
        rows = [row for row in rows if row.kind == kind]
    if outlet := question.get("outlet").casefold():
        rows = [row for row in rows if outlet in (row.outlet or "").casefold()]
    if question.get("sort") == "old":
        return rows
    # Of all reports the order is kept: it is what most readers see.
    return view.once("reports latest first", lambda: _latest(rows)) if rows is view.sources() else _latest(rows)


def _latest(rows: Sequence[SourceRow]) -> list[SourceRow]:
    """The latest first, as a desk reads; what has no day to speak of, and what could not be read, stays last."""
    known: list[SourceRow] = []
    rest: list[SourceRow] = []
    for row in rows:
        (rest if row.status != "read" or is_rough(row.published) else known).append(row)
    return known[::-1] + rest


def _outlets(rows: Sequence[SourceRow]) -> list[str]:
    return [name for name, _ in Counter(row.outlet for row in rows if row.outlet).most_common(_LISTED)]


def _counts(view: View, source_id: str) -> dict[str, int]:
    rows = rows_of(view)
    found = Counter(kind_of(rows.by_id[one]) for one in rows.in_source.get(source_id, ()))
    return {kind: found[kind] for kind in KINDS if found[kind]}


@dataclass(frozen=True, slots=True)
class Card:
    """A row beside the text. ``number`` counts from 1 in the order of the words; ``more`` are its other reports."""

    number: int
    row: Row
    gist: Gist
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage(Page):
    """A report. ``lines`` are its segments, split nowhere but at passages; ``numbers`` those of cards by row.

    ``asked`` is a range of the text that the address names; ``remarks`` say what is not as it looks in its letters.
    ``text`` is None of a report that could not be read.
    """

    source: SourceRow
    article: Article | None
    segments: Sequence[Segment]
    cards: Sequence[Card]
    numbers: Mapping[str, int]
    counts: Mapping[str, int]
    original: SourceRow | None
    asked: tuple[int, int] | None = None
    remarks: Sequence[str] = ()

    def json(self) -> Json:
        """See :class:`Page`: the report, its text, and its rows with their passages in it."""
        told = to_dict(self.source)
        return told | {
            "text": self.article.text if self.article else None,
            "remarks": list(self.remarks),
            "rows": [
                {
                    "id": card.row.id,
                    "kind": card.gist.kind,
                    "who": card.gist.who,
                    "what": card.gist.what,
                    "passages": [
                        {"start": one.start, "end": one.end}
                        for one in card.row.evidence
                        if one.source == self.source.id
                    ],
                }
                for card in self.cards
            ],
        }


def build(view: View, question: Question) -> SourcePage:
    """A report by its id, or the only one that starts so; ``start`` and ``end`` mark a range of its text.

    Raises:
        Missing: there is none of that id.
        UsageError: the range is none of its text.
    """
    source = _source(view, question.get("id"))
    known = view.once("sources by id", lambda: {row.id: row for row in view.sources()})
    original = known.get(source.copy_of) if source.copy_of else None
    title = source.headline or source.uri
    if source.status != "read":
        return SourcePage(
            title=title, source=source, article=None, segments=(), cards=(), numbers={}, counts={}, original=original
        )
    article = view.record.article(source.id)
    rows = rows_of(view)
    own = [rows.by_id[one] for one in rows.in_source.get(source.id, ())]
    cards = [
        Card(number, row, gist_of(row), len({one.source for one in row.evidence}) - 1)
        for number, row in enumerate((row for row in own if kind_of(row) in KINDS), 1)
    ]
    marks = [
        Mark(one.start, one.end, row.id, kind_of(row))
        for row in own
        for one in words_of(row)
        if one.source == source.id
    ]
    asked = _range(question, len(article.text))
    if asked:
        marks.append(Mark(*asked, "asked", "asked"))
    return SourcePage(
        title=title,
        source=source,
        article=article,
        segments=cut(article.text, marks, (*article.furniture, *article.metadata_spans)),
        cards=cards,
        numbers={card.row.id: card.number for card in cards},
        counts=Counter(card.gist.kind for card in cards),
        original=original,
        asked=asked,
        remarks=remarks(article.text),
    )


def _source(view: View, wanted: str) -> SourceRow:
    known = view.once("sources by id", lambda: {row.id: row for row in view.sources()})
    if wanted in known:
        return known[wanted]
    # At least the prefix and two digits, as for rows.
    found = [row for one, row in known.items() if one.startswith(wanted)] if len(wanted) >= 6 else []
    if len(found) == 1:
        return found[0]
    if found:
        raise Missing(f"{wanted} stands for {len(found)} reports; give more of the id")
    day = f" as known on {view.as_of}" if view.as_of else ""
    raise Missing(f"this record has no report {wanted!r}{day}; see the list of reports")


def _range(question: Question, length: int) -> tuple[int, int] | None:
    start, end = question.get("start"), question.get("end")
    if not start and not end:
        return None
    whole = (start or "0").isdecimal() and (end or "0").isdecimal()
    if not whole or not 0 <= int(start or 0) < (last := int(end or length)) <= length:
        raise UsageError(f"start is {start!r}, end {end!r}; allowed: code points of the report, 0 to {length}")
    return int(start or 0), last

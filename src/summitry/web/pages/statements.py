"""Statements: who said what, searched and filtered; and the quote sheet, those chosen ready to copy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from summitry.errors import UsageError
from summitry.record.roster import Somebody
from summitry.report.rows import to_dict
from summitry.vocabulary import UNKNOWN_DATE, DateInterval, Statement
from summitry.web.page import Json, Page, Part
from summitry.web.pages.quotes import FORMATS, Quote, QuoteFormat, all_copied, quotation
from summitry.web.pages.speech import CHOICES, found, outlets_of, reported_on
from summitry.web.pages.who import roster
from summitry.web.question import Question
from summitry.web.view import View

MOST_QUOTES: Final = 500
"""Statements on a quote sheet; an address holds fewer."""

_LISTED: Final = 100
"""Speakers and outlets that an input suggests."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as the page shows it: its words in parts, with whether a part was searched for."""

    row: Statement
    quote: Quote
    parts: Sequence[tuple[str, bool]]
    person: Somebody | None

    @property
    def reported(self) -> DateInterval | None:
        """When it was reported, where that is another day than that on which it was said."""
        said, told = self.row.said, self.quote.reported
        return None if (said.start, said.end) == (told.start, told.end) else told


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsPage(Page):
    """Statements found.

    ``kinds`` counts them by how they are quoted, ``anonymous`` those of unnamed speakers. ``speakers``, ``outlets`` and
    ``parties`` are what inputs suggest. ``person`` is whom they are of, where one was asked for.
    """

    part: Part[Said]
    kinds: Mapping[str, int]
    anonymous: int
    speakers: Sequence[str]
    outlets: Sequence[str]
    parties: Sequence[tuple[str, str, int]]
    choices: Mapping[str, Sequence[str]]
    sort: str
    person: Somebody | None = None
    sheet: bool = False

    @property
    def index(self) -> list[tuple[str, ...]]:
        """For the filter of a static site's file, of each statement: id, words to look in, quote type, and on record
        or anonymous."""
        return [_indexed(one) for one in self.part.rows]

    def json(self) -> Json:
        """See :class:`Page`: the statements as ``summitry statements`` gives them."""
        cited = {one.quote.cited.id: one.quote.cited for one in self.part.rows if one.quote.cited}
        return self.part.json() | {
            "kinds": dict(self.kinds),
            "anonymous": self.anonymous,
            "statements": [to_dict(one.row, cited) for one in self.part.rows],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteSheet(Page):
    """Statements chosen, in the order in which they were. ``text`` is all of them in the format ``form``; ``missing``
    are ids that the record has no statement of."""

    quotes: Sequence[Quote]
    form: QuoteFormat
    formats: Sequence[tuple[QuoteFormat, str]]
    text: str
    missing: Sequence[str]
    ids: str
    sheet: bool = True

    def json(self) -> Json:
        """See :class:`Page`: the statements, each with the text to copy."""
        return {
            "format": self.form,
            "quotes": [
                to_dict(one.row, {one.cited.id: one.cited} if one.cited else {})
                | {"verbatim": one.row.quote_type == "direct", "copy": one.copied(self.form)}
                for one in self.quotes
            ],
            "missing": list(self.missing),
        }


def build(view: View, question: Question) -> StatementsPage | QuoteSheet:
    """The page; ``ids`` in the question asks for a quote sheet.

    Raises:
        UsageError: a filter that is off.
    """
    if question.get("ids"):
        return _sheet(view, question)
    rows = found(view, question)
    part = Part.of(rows, question.number, view.size)
    shown = _said(view, part.rows, question.get("q"))
    kinds, anonymous = (
        view.once("kinds of statements", lambda: _counted(rows)) if not _asked(question) else _counted(rows)
    )
    speakers, outlets = view.once("speakers and outlets", lambda: _suggested(view))
    person = roster(view).find(question.get("person")) if question.get("person") else None
    return StatementsPage(
        title=f"Statements of {person.name}" if person else "Statements",
        part=Part(shown, part.number, part.pages, part.total),
        kinds=kinds,
        anonymous=anonymous,
        speakers=speakers,
        outlets=outlets,
        parties=view.parties(),
        choices=CHOICES,
        sort=question.get("sort") or ("best" if question.get("q") else "new"),
        person=person,
    )


def _asked(question: Question) -> bool:
    """Whether anything leaves statements out."""
    return bool(question.told.keys() - {"as_of", "sort"})


def _counted(rows: Sequence[Statement]) -> tuple[dict[str, int], int]:
    kinds = Counter(row.quote_type for row in rows)
    return dict(sorted(kinds.items())), sum(row.on_record == "anonymous" for row in rows)


def _suggested(view: View) -> tuple[list[str], list[str]]:
    """Speakers and outlets with most statements."""
    speakers = [one.name for one in roster(view).people[:_LISTED]]
    told = Counter(name for name in outlets_of(view).values() if name)
    return speakers, [name for name, _ in told.most_common(_LISTED)]


def quotes_of(view: View, rows: Sequence[Statement]) -> list[Quote]:
    """Statements with their reports."""
    cited = view.cited(rows)
    reported = reported_on(view)
    quotes = []
    for row in rows:
        citation = cited.get(row.evidence[0].source)
        uri = citation.uri if citation else ""
        link = uri if uri.startswith(("https://", "http://")) else None
        quotes.append(Quote(row, citation, reported.get(row.evidence[0].source, UNKNOWN_DATE), link))
    return quotes


def _said(view: View, rows: Sequence[Statement], words: str) -> list[Said]:
    people = roster(view)
    marked = view.record.mark_said(words, [row.id for row in rows]) if words else {}
    found = []
    for row, quote in zip(rows, quotes_of(view, rows), strict=True):
        hits = {text for text, hit in marked[row.id][1] if hit} if row.id in marked else set()
        found.append(Said(row, quote, marked_parts(quotation(row), hits), people.who(row.speaker)))
    return found


def marked_parts(text: str, hits: set[str]) -> list[tuple[str, bool]]:
    """A text in parts, those of ``hits`` marked where they stand as whole words."""
    if not hits:
        return [(text, False)]
    longest_first = sorted(hits, key=lambda hit: (-len(hit), hit))
    split = re.split(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)", text)
    return [(part, bool(i % 2)) for i, part in enumerate(split) if part]


def _indexed(one: Said) -> tuple[str, ...]:
    """What the static site's filter looks in."""
    quote = one.quote
    outlet = quote.cited.outlet if quote.cited else ""
    text = " ".join((quote.speaker, one.row.party.name if one.row.party else "", quote.words, outlet or "", quote.day))
    return one.row.id, text.casefold(), one.row.quote_type, one.row.on_record


def _sheet(view: View, question: Question) -> QuoteSheet:
    told = question.get("ids")
    wanted = list(dict.fromkeys(one for one in re.split(r"[,\s]+", told) if one))
    if len(wanted) > MOST_QUOTES:
        raise UsageError(f"{len(wanted)} statements are chosen; allowed: at most {MOST_QUOTES} on a sheet")
    asked = question.get("as", "text")
    form = next((name for name, _ in FORMATS if name == asked), None)
    if form is None:
        raise UsageError(f"as is {asked!r}; allowed: {', '.join(name for name, _ in FORMATS)}")
    by_id = view.by_id()
    rows = [row for one in wanted if isinstance(row := by_id.get(one), Statement)]
    quotes = quotes_of(view, rows)
    known = {row.id for row in rows}
    count = len(rows)
    return QuoteSheet(
        title=f"Quote sheet: {count} statement{'' if count == 1 else 's'}",
        quotes=quotes,
        form=form,
        formats=FORMATS,
        text=all_copied(quotes, form),
        missing=[one for one in wanted if one not in known],
        ids=",".join(wanted),
    )


__all__ = ["QuoteSheet", "Said", "StatementsPage", "build", "marked_parts", "quotes_of"]

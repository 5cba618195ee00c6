"""Statements as quotations to copy: what is verbatim in quotation marks, what is not clearly without, each with its
speaker, day, report, address and permalink; as plain text, Markdown or LaTeX with a BibTeX key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from summitry.record import Citation
from summitry.report.links import LOCAL_DESK, row_path
from summitry.report.words import chained, edtf, full_name, is_rough, markdown, one_line
from summitry.vocabulary import DateInterval, Statement

QuoteFormat = Literal["text", "markdown", "bibtex"]
FORMATS: Final[tuple[tuple[QuoteFormat, str], ...]] = (
    ("text", "Plain text"),
    ("markdown", "Markdown"),
    ("bibtex", "LaTeX with BibTeX keys"),
)

_PAIRS: Final = {"“": "”", '"': '"', "”": "”", "„": "“", "«": "»", "‘": "’", "'": "'", "‟": "”", "＂": "＂"}
_CLOSING: Final = frozenset("”\"“»’'＂")
_TEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_TEX_SIGN: Final = re.compile(r"[\\{}$&#%_~^]")

NOT_VERBATIM: Final = "reported speech, not the speaker’s own words"
PARTLY: Final = "only what stands in quotation marks is the speaker’s own"


def pieces(row: Statement) -> tuple[str, ...]:
    """The words of a statement as its report has them; of one that is interrupted ("A," she said, "B") each part."""
    told = tuple(one_line(one.exact) for one in row.evidence)
    return told if len(told) == len(row.content_spans) > 1 else (one_line(row.words),)


def quotation(row: Statement) -> str:
    """The words as a page shows them.

    Of a direct quotation the marks are those of the report, and any that it lacks (a post shown without, a quotation
    that goes on in the next paragraph) are put in; other speech gets none.
    """
    told = pieces(row)
    return " … ".join(_in_marks(one) for one in told) if row.quote_type == "direct" else " … ".join(told)


def _in_marks(words: str) -> str:
    if words[:1] not in _PAIRS:
        return f"“{words.rstrip('”')}”"
    return words if len(words) > 1 and words[-1] in _CLOSING else words + _PAIRS[words[0]]


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement with its report. ``link`` is an address of the web, where the report came from one."""

    row: Statement
    cited: Citation | None
    reported: DateInterval
    link: str | None

    @property
    def words(self) -> str:
        """The words; a direct quotation in quotation marks."""
        return quotation(self.row)

    @property
    def kind(self) -> str:
        """What is to be known of the words' being verbatim."""
        return {"direct": "verbatim", "indirect": NOT_VERBATIM, "mixed": PARTLY}[self.row.quote_type]

    @property
    def speaker(self) -> str:
        """Name and office."""
        return full_name(self.row.speaker)

    @property
    def day(self) -> str:
        """When it was said; where that is not known, when it was reported."""
        said = _told(self.row.said)
        reported = _told(self.reported)
        if said and reported and said != reported:
            return f"{said} (reported {reported})"
        return said or (f"reported {reported}" if reported else "undated")

    @property
    def report(self) -> str:
        """Outlet, headline and day of the report."""
        if self.cited is None:
            return ""
        parts = [one_line(self.cited.outlet or ""), f"“{one_line(self.cited.headline)}”" if self.cited.headline else ""]
        line = ", ".join(part for part in (*parts, _told(self.reported)) if part)
        return chained(line, self.row.evidence[0].attribution_chain) if line else one_line(self.cited.uri)

    @property
    def permalink(self) -> str:
        """The row's address at the desk."""
        return LOCAL_DESK + row_path(self.row.id)

    @property
    def key(self) -> str:
        """The BibTeX key of the report: its id."""
        return self.row.evidence[0].source

    def copied(self, form: QuoteFormat = "text") -> str:
        """The quotation with its citation, ready to paste."""
        return {"text": _plain, "markdown": _markdown, "bibtex": _tex}[form](self)


def all_copied(quotes: Sequence[Quote], form: QuoteFormat) -> str:
    """All quotations, one after the other; with BibTeX keys, the entries after them."""
    parts = [quote.copied(form) for quote in quotes]
    if form == "bibtex":
        parts += list({quote.key: _entry(quote) for quote in quotes}.values())
    return "\n\n".join(parts) + ("\n" if parts else "")


def _told(when: DateInterval) -> str:
    return "" if is_rough(when) or not (when.start or when.end) else edtf(when)


def _plain(quote: Quote) -> str:
    source = ". ".join(part for part in (quote.report, quote.link or "", quote.permalink) if part)
    if quote.row.quote_type == "direct":
        return f"{quote.words} — {quote.speaker}, {quote.day}. {source}"
    return f"{quote.speaker}, {quote.day} [{quote.kind}]: {quote.words}. {source}"


def _markdown(quote: Quote) -> str:
    report = markdown(quote.report)
    if quote.link:
        address = quote.link.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
        report = f"[{report}](<{address}>)"
    who = f"**{markdown(quote.speaker)}**, {markdown(quote.day)}"
    end = f"{report}. [{quote.row.id}]({quote.permalink})"
    if quote.row.quote_type == "direct":
        return f"> {markdown(quote.words)}\n>\n> — {who}. {end}"
    return f"{who} *({quote.kind})*: {markdown(quote.words)}. {end}"


def _tex(quote: Quote) -> str:
    words = _escaped(quote.words)
    who = _escaped(f"{quote.speaker}, {quote.day}")
    if quote.row.quote_type == "direct":
        return f"{words} ({who}) \\cite{{{quote.key}}} % {quote.row.id}"
    return f"{who} [{quote.kind}]: {words} \\cite{{{quote.key}}} % {quote.row.id}"


def _entry(quote: Quote) -> str:
    cited = quote.cited
    fields = {
        "title": cited.headline if cited else None,
        "organization": cited.outlet if cited else None,
        "date": quote.reported.start.isoformat() if _told(quote.reported) and quote.reported.start else None,
    }
    lines = [f"  {name} = {{{_escaped(one_line(value))}}}," for name, value in fields.items() if value]
    if quote.link:
        # An address stands as it is; what would end the field is written in per cent.
        lines.append(f"  url = {{{quote.link.replace('{', '%7B').replace('}', '%7D')}}},")
    return "\n".join([f"@online{{{quote.key},", *lines, "}"])


def _escaped(text: str) -> str:
    return _TEX_SIGN.sub(lambda sign: _TEX[sign.group()], text)

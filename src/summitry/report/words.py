"""Dates, names and words as a person reads them: safe for a terminal, a spreadsheet and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from summitry.ledger.phrasing import ROUGH_DAYS, edtf, is_rough, one_line
from summitry.vocabulary import Actor

__all__ = [
    "ROUGH_DAYS",
    "chained",
    "codes",
    "edtf",
    "full_name",
    "guarded",
    "in_marks",
    "is_rough",
    "markdown",
    "names",
    "one_line",
    "quoted",
    "shorten",
]

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~$])")
_QUOTES = '“”„‟«»"＂'
_FORMULA = re.compile(r"[\t\r\n]|[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫]")
"""What a spreadsheet may take for a formula: its first sign, also in full or small width (East Asian settings read
these alike), also behind blanks and signs of no width; and signs that some programs drop or split a cell at."""


def shorten(text: str, most: int) -> str:
    """One line of at most ``most`` characters, cut at a word, the cut shown by ``…``."""
    line = one_line(text)
    if len(line) <= most:
        return line
    cut = line[: max(most - 1, 1)]
    head, _, tail = cut.rpartition(" ")
    # A word that alone fills the line is cut inside.
    return (head if head and len(tail) < 20 else cut).rstrip(" ,;:") + "…"


def guarded(text: str) -> str:
    """A spreadsheet cell: text that would be taken for a formula gets an apostrophe before it."""
    return f"'{text}" if _FORMULA.match(text) else text


def markdown(text: str) -> str:
    """Text as a Markdown table cell: one line, nothing of it taken for markup."""
    return _MARKDOWN.sub(r"\\\1", one_line(text).replace("&", "&amp;"))


def full_name(actor: Actor | None) -> str:
    """Name and office: ``Han Song-ok, vice foreign minister``; a person unknown is ``unknown``."""
    if actor is None:
        return "unknown"
    name = one_line(actor.name)
    office = one_line(actor.office or "")
    return f"{name}, {office}" if office and office.casefold() not in name.casefold() else name


def codes(actors: Iterable[Actor]) -> str:
    """Parties in short: their codes, or names where there is no code; each once."""
    return ", ".join(dict.fromkeys(actor.code or one_line(actor.name) for actor in actors))


def names(actors: Iterable[Actor]) -> str:
    """Parties by name, each once."""
    return ", ".join(dict.fromkeys(one_line(actor.name) for actor in actors))


def in_marks(words: str) -> str:
    """Words of a report as a footnote shows them: in quotation marks, unless they bring their own."""
    bare = one_line(words)
    return bare if any(mark in bare for mark in _QUOTES) else f"“{bare}”"


def chained(line: str, chain: Iterable[str]) -> str:
    """A source with those it took the words from: ``The Example, 2019-05-04 ← RFA ← CRS``."""
    links = [one_line(link) for link in chain]
    if links and links[0].casefold() in line.casefold():
        links = links[1:]
    return " ← ".join([line, *links])


def quoted(words: str, quote_type: str) -> str:
    """The words of a statement: a direct one in quotation marks, an indirect one as it stands."""
    bare = one_line(words)
    if quote_type != "direct":
        return bare
    return "“" + bare.strip(_QUOTES) + "”"

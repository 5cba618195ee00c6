"""From a source to an article: decode, take the text, label its lines, gather what is said about it.

1 text       encoding.decode; HTML through markup.page
2 lines      label.label
3 headline, byline, agency, outlet
4 published  stated dates alone; inferring is another room's work
5 language and kind
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from summitry.clean import byline as signing
from summitry.clean import dates, voice
from summitry.clean.furniture import line_hash, signs_agency
from summitry.clean.label import Hints, is_body, label
from summitry.clean.language import language_of
from summitry.clean.lines import units
from summitry.clean.markup import Page, declared_charset, is_html, page
from summitry.clean.split import Piece
from summitry.encoding import decode, scalars
from summitry.errors import UnreadableSource
from summitry.vocabulary import UNKNOWN_DATE, Article, DateInterval, LabelledSpan, Source, Span

# The longest single reports (hearings, court rulings) stay under half of this; a longer text is a collection, and
# reading it at once would take more memory than the 1 GB a process may use.
MAX_TEXT_CHARS = 1_000_000
# A million characters wrapped by hand have 15,000 lines; more are lists and logs, which take long and say nothing.
MAX_LINES = 30_000
_ED_GLUED = re.compile(
    r"^(?:ED(?=[A-Z][a-z])|\[?(?:ED|EDITORIAL|Editorial|OPINION|Opinion|ANALYSIS|Analysis)\]\s*"
    r"|(?:EDITORIAL|Editorial|OPINION|Opinion|ANALYSIS|Analysis)\s?[:|]\s*)"
)
# Blanks and signs are bounded: a row of them is no notice of rights, and would be tried from each of its characters.
_RIGHTS = re.compile(
    r"(?:©|\(c\)|Copyright)[\s©,]{0,9}+(?:\(c\)\s{0,9}+)?(?:\d{4}(?:\s?[-–]\s?\d{4})?)?[\s,]{0,9}+(?:by\s)?"
    r"(?P<house>[A-Z][\w&.' -]{2,40}?)"
    r"(?:,? (?:LLC|Inc|Ltd|Co|Corp|Company|Limited)\b.*+|[.,].*+|\s{0,9}+All rights.*+)?$",
    re.IGNORECASE,
)
_CHARSET = re.compile(r"charset\s*+=\s*+(?:[\"']\s*+)?+([\w.:-]+)", re.IGNORECASE)

_OUTLET_WORDS = 5  # words at most in the name of an outlet on a header line


def clean(source: Source, known_furniture: frozenset[str] = frozenset()) -> Article:
    """The report in a source as labelled text; a pure function of its arguments.

    For plain text ``Article.text`` is the decoded text with nothing removed (BOM dropped, ``\\r\\n`` made ``\\n``); for
    HTML it is the extracted article, paragraphs apart by empty lines.

    Args:
        source: what was received.
        known_furniture: hashes (:func:`line_hash`) of lines known to repeat across the outlet's reports, from
            :func:`repeated_lines`.

    Raises:
        UnreadableSource: no report can be read from it; stage ``decode``, ``parse`` or ``clean``, and the reason.
    """
    given = {name: scalars(value).strip() for name, value in source.metadata if value.strip()}
    declared = _CHARSET.search(source.media_type)
    text = decode(source.content, declared[1] if declared else declared_charset(source.content))
    found = Page(text)
    if is_html(text, source.media_type):
        found = page(text, given.get("url", source.uri))
        text = scalars(found.text)
    if len(text) > MAX_TEXT_CHARS:
        raise UnreadableSource(
            "clean",
            f"the text has {len(text):,} characters; at most {MAX_TEXT_CHARS:,} are read; split it into single reports",
        )
    if len(text) > MAX_LINES and (lines := sum(map(bool, map(str.strip, text.splitlines())))) > MAX_LINES:
        raise UnreadableSource(
            "clean", f"the text has {lines:,} lines; at most {MAX_LINES:,} are read; split it into single reports"
        )
    title = given.get("title") or found.title
    authors = given.get("authors") or found.authors
    parts = label(text, Hints(title, authors, known_furniture))
    blocks = tuple(Span(piece.start, piece.end) for piece in parts if is_body(piece))
    if not blocks:
        raise UnreadableSource(
            "clean", "no paragraph of a report was found, only menus, captions or links; give its text"
        )
    headline, parts = _headline(title, parts)
    body = [text[block.start : block.end] for block in blocks]
    address = given.get("url", source.uri)
    return Article(
        source_id=source.id,
        text=text,
        blocks=blocks,
        furniture=tuple(LabelledSpan(p.start, p.end, p.furniture) for p in parts if p.furniture is not None),
        metadata_spans=tuple(LabelledSpan(p.start, p.end, p.metadata) for p in parts if p.metadata is not None),
        headline=headline,
        byline=_byline(authors, parts),
        agency=_agency(parts),
        outlet=given.get("outlet") or found.outlet or _outlet(parts, address),
        kind=voice.kind(body, _kind_labels(title, authors, found, parts), address),
        published=_published(given, found, parts, address),
        language=language_of("\n".join(body)),
        uri=source.uri,
    )


def repeated_lines(texts: Iterable[str], least: int = 3) -> frozenset[str]:
    """Hashes of the lines that stand in at least ``least`` of one outlet's texts: its furniture.

    Whole sentences are left out: copies of one story share those too.
    """
    counts: dict[str, int] = {}
    for text in texts:
        for key in {line_hash(unit.text) for unit in units(text) if not (unit.closed and unit.words > 8)}:
            counts[key] = counts.get(key, 0) + 1
    return frozenset(key for key, count in counts.items() if count >= least)


def _headline(title: str | None, parts: list[Piece]) -> tuple[str | None, list[Piece]]:
    """The headline without a label glued to it, from the metadata or the text; the parts with its span cut to it."""
    out: list[Piece] = []
    headline = None
    for piece in parts:
        if piece.metadata == "headline" and headline is None:
            match = _ED_GLUED.match(piece.text)
            at = match.end() if match else 0
            headline = piece.text[at:].lstrip("# ").strip()
            if at:
                out.append(Piece(piece.start, piece.start + at, piece.text[:at], piece.unit, furniture="menu"))
                piece = Piece(piece.start + at, piece.end, piece.text[at:], piece.unit, metadata="headline")
        out.append(piece)
    if title:
        match = _ED_GLUED.match(title)
        return title[match.end() :] if match else title, out
    return headline or None, out


def _byline(authors: str | None, parts: list[Piece]) -> str | None:
    """Who signed: given authors first, then byline lines, then the name on an e-mail line."""
    if authors:
        return authors
    names: dict[str, None] = {}
    for piece in parts:
        if piece.metadata == "byline":
            lone = None if signing.is_house(piece.text) else signing.signature(piece.text)
            signed = signing.byline(piece.text) or lone
            if signed is not None:
                names |= dict.fromkeys(signed.names or signed.agencies)
    if not names:
        for piece in parts:
            if piece.metadata == "contact":
                name = (
                    re.sub(r"(?<![\w.+-])[\w.+-]++ ?@.*|^\W*(?:Write to|Contact)\s", "", piece.text)
                    .removesuffix(" at ")
                    .strip(" (|")
                )
                if signing.is_person(name):
                    names |= {name: None}
    return ", ".join(names) or None


def _agency(parts: list[Piece]) -> str | None:
    """The agency that signs: at the end of the body, in the dateline, in the byline."""
    for wanted in ("agency", "dateline", "byline"):
        for piece in parts:
            if piece.metadata == wanted and (agency := signing.agency_named(piece.text)) is not None:
                return agency
    for piece in parts:
        # Whoever signs a dateline supplies the story, known as an agency or not.
        if piece.metadata == "dateline" and (signer := re.search(r"\(([^()]+)\)", piece.text)) is not None:
            return signer[1].strip()
    return None


def _outlet(parts: list[Piece], address: str) -> str | None:
    """The outlet: its name in a copyright line, or its domain in an e-mail line or the address."""
    for piece in parts:
        if (
            piece.furniture == "notice"
            and (match := _RIGHTS.search(piece.text)) is not None
            and not signs_agency(match["house"])
        ):
            return match["house"].strip()
    for piece in parts:
        if piece.metadata in ("contact", "byline") and (mail := signing.contact(piece.text)) is not None:
            house = signing.house_of(mail)
            if house is not None:
                return house
    for piece in parts:
        if piece.metadata in ("date", "byline") and (house := _beside_date(piece.text)) is not None:
            return house
    if address.startswith(("http://", "https://")):
        try:
            host = urlsplit(address).hostname
        except ValueError:
            return None
        return host.removeprefix("www.") if host else None
    return None


def _beside_date(line: str) -> str | None:
    """The outlet that stands before the date of a header line: "By X | The Outlet | 26 April 2019"."""
    found = dates.find(line)
    if found is None:
        return None
    before = re.split(r"\s[|•·]\s", line[: found[0].start()].rstrip(" ,|•·"))[-1].strip()
    words = before.split()
    name = 1 < len(words) <= _OUTLET_WORDS and all(word[0].isupper() or word in ("of", "the", "and") for word in words)
    return before if name and not before.startswith("By ") and ":" not in before and not signs_agency(before) else None


def _kind_labels(title: str | None, authors: str | None, found: Page, parts: list[Piece]) -> list[str]:
    """Lines in which outlets say what kind of text it is: title, authors, sections, lines above the body."""
    labels = [line for line in (title, authors, *found.tags) if line]
    body_seen = 0
    for piece in parts:
        body_seen += is_body(piece)
        if piece.metadata in ("headline", "byline") or (
            body_seen < 2 and piece.furniture in ("menu", "notice") and not piece.unit.bullet
        ):
            labels.append(piece.unit.text if piece.metadata == "headline" else piece.text)  # with what was glued to it
    return labels


def _published(given: dict[str, str], found: Page, parts: list[Piece], address: str) -> DateInterval:
    """The stated day of first publication, with where it is stated; unknown if it is stated nowhere."""
    for value, where in ((given.get("date"), "metadata"), (found.date, "page metadata")):
        if value and (interval := dates.written(value)) is not None:
            return _stated(interval, where)
    first_body = next((i for i, piece in enumerate(parts) if is_body(piece)), len(parts))
    lines = [
        (i, line)
        for i, piece in enumerate(parts)
        for part in _parts_of(piece)
        if (line := dates.date_line(part.lstrip("•‣⦁·*► \t")))
    ]
    for _, line in lines:
        if line.labelled and not line.updated:
            return _stated(line.interval, "publication line")
    # Without a label, the date line nearest above the body: mastheads further up carry the day of the crawl.
    near = [line for i, line in lines if not line.labelled and first_body - 12 <= i <= first_body + 3]
    if near:
        return _stated(near[-1].interval, "date line")
    for piece in parts:
        if piece.metadata == "dateline" and (hit := dates.find(piece.text)) is not None and hit[1].precision == "day":
            return _stated(hit[1], "dateline")
    # Only a web address dates a report: what a folder on a disk is called says nothing about the files in it.
    web = address.startswith(("http://", "https://"))
    if web and (interval := dates.in_address(address)) is not None:
        return _stated(interval, "address")
    # What a feed says of its entry is what the outlet says, though not on the page.
    if (value := given.get("feed_date")) and (interval := dates.written(value)) is not None:
        return _stated(interval, "feed")
    if lines and lines[0][1].updated:
        return _stated(lines[0][1].interval, "update line; first publication not stated")
    return UNKNOWN_DATE


def _parts_of(piece: Piece) -> list[str]:
    """The parts of a line that may date the report: a date line whole, a byline cut at its bars."""
    if piece.metadata == "date":
        return [piece.text]
    return re.split(r"\s[|•·]\s", piece.text)[1:] if piece.metadata == "byline" else []


def _stated(interval: DateInterval, where: str) -> DateInterval:
    return DateInterval(interval.start, interval.end, interval.precision, f"stated: {where}")

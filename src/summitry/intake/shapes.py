"""JSON of newsrooms and crawlers, told by its names: Fundus, ninjs 1 to 3; news-please needs only the usual columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from summitry.intake.markup import has_markup, text_of_html

Row = Mapping[str, object]

SHAPED = frozenset(("bodies", "body_text", "body_xhtml", "body_html", "headlines", "versioncreated", "byline", "html"))
"""Names of these forms that are no usual columns."""


def usual(row: Row) -> Row:
    """The row under the usual names of columns; itself where it is of no form that is known."""
    body = row.get("body")
    if isinstance(body, Mapping) and ("sections" in body or "summary" in body):
        return _of_fundus(row, body)
    if any(name in row for name in ("bodies", "body_text", "body_xhtml", "body_html")):
        return _of_ninjs(row)
    return row


def _of_fundus(row: Row, body: Row) -> Row:
    """Fundus: a body of a summary and sections, each a headline and paragraphs."""
    parts = [*_texts(body.get("summary"))]
    sections = body.get("sections")
    for section in sections if isinstance(sections, list) else ():
        if isinstance(section, Mapping):
            parts += _texts(section.get("headline"))
            parts += _texts(section.get("paragraphs"))
    page = row.get("html")
    page = page if isinstance(page, Mapping) else {}
    source = page.get("source_info")
    source = source if isinstance(source, Mapping) else {}
    return {
        "text": "\n\n".join(parts),
        "title": row.get("title"),
        "date": row.get("publishing_date"),
        "url": row.get("url") or page.get("requested_url") or page.get("responded_url"),
        "outlet": row.get("publisher") or row.get("outlet") or source.get("publisher"),
        "authors": row.get("authors"),
    }


def _of_ninjs(row: Row) -> Row:
    """ninjs (IPTC): 1.x has ``body_*`` and ``headline``; 2 and 3 have lists, ``bodies`` and ``headlines``."""
    bodies = [*_values(row.get("bodies")), *(value for name, value in row.items() if name.startswith("body_"))]
    texts = [_plain(one) for one in bodies if isinstance(one, str)]
    headlines = [row.get("headline"), *_values(row.get("headlines")), row.get("title")]
    sources = row.get("infosources")
    provider = [one.get("name") for one in (sources if isinstance(sources, list) else ()) if isinstance(one, Mapping)]
    return {
        "text": max(texts, key=len, default=""),
        "title": _first(headlines),
        "date": _first(row.get(name) for name in ("contentcreated", "firstcreated", "versioncreated")),
        "url": _first(one for one in (row.get("url"), row.get("uri")) if str(one).startswith(("http://", "https://"))),
        "outlet": _first([*provider, row.get("source"), row.get("copyrightholder")]),
        "authors": _first([row.get("byline"), row.get("by")]),
    }


def _values(given: object) -> list[object]:
    """The values of a list of ninjs 2 and 3, the main one first."""
    ones = [one for one in given if isinstance(one, Mapping)] if isinstance(given, list) else []
    ones.sort(key=lambda one: one.get("role") not in (None, "main"))
    return [one.get("value") for one in ones]


def _texts(given: object) -> list[str]:
    """A paragraph, or a list of them, as Fundus gives them; of objects, their ``text``."""
    ones = given if isinstance(given, list) else [given]
    texts = (one.get("text") if isinstance(one, Mapping) else one for one in ones)
    return [text.strip() for text in texts if isinstance(text, str) and text.strip()]


def _plain(text: str) -> str:
    return text_of_html(text) if has_markup(text) else text.strip()


def _first(ones: Iterable[object]) -> object:
    return next((one for one in ones if isinstance(one, str) and one.strip()), None)

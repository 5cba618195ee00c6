"""HTML pages to text and page metadata, by trafilatura (body) and htmldate (publication date)."""

from __future__ import annotations

import logging
import re
import zlib
from dataclasses import dataclass

from summitry.errors import UnreadableSource

# Bytes that mark a page as HTML when its media type does not say so.
_HTML_SIGN = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body|article|div|p|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset\s*+=\s*+(?:["']\s*+)?+([\w-]+)|\?xml[^>]{0,100}?encoding\s*+=\s*+["']([\w-]+))""",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"<(/?)(div|span|section|article|table|tbody|tr|td|ul|ol|li|dl|b|i|em|strong|font|center|blockquote|a|main|aside|nav|form|fieldset)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
# libxml2 gives up on a tree deeper than 256; pages that people read stay under 60.
_MAX_DEPTH = 250
_BREAK = re.compile(r"<(?:p|br)\b", re.IGNORECASE)
# What the library's second extractor takes for a paragraph of its own.
_BLOCK = re.compile(
    r"<(?:p|br|div|li|t[dhr]|d[dlt]|[uo]l|opt(?:ion|group)|h[1-6]|blockquote|pre|caption|center|col|table|form|fieldset|legend"
    r"|textarea)\b",
    re.IGNORECASE,
)
# The opening of a tag, or of what holds no tags; then one attribute, its value with or without quotation marks.
_OPENING = re.compile(r"<(?:(?P<tag>[A-Za-z][^\s/>]*+)|!--)")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|(?P<endless>["'])|[^\s>"'][^\s>]*+)?+)?+"""
)
_ENDS = {tag: re.compile(f"</{tag}", re.IGNORECASE) for tag in ("script", "style", "textarea")}
# The parser compares each attribute of a tag with those before it; tags that people read have under a hundred.
_MAX_ATTRIBUTES = 1_000
# As many as a text may have lines; a page of a book has 300.
_MAX_BREAKS = 30_000
# The second extractor looks from each short paragraph for the next longer one: 5,000 of them cost 2 s, 16,000 cost 20.
_MAX_BLOCKS_TWICE = 5_000
# Reading a page costs about a second a megabyte; the largest news pages measured are below 4 MB.
_MAX_PAGE_CHARS = 8_000_000
# Dates outside are page furniture. A fixed end keeps reading a pure function: today never enters.
_FIRST_DAY, _LAST_DAY = "1990-01-01", "2099-12-31"
_DECLARED_BYTES = 4096  # browsers look for the declaration in the first 1,024 bytes; long headers need more
_CACHE_TURN = 64

logging.getLogger("trafilatura").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: its text as paragraphs with an empty line between, and its metadata."""

    text: str
    title: str | None = None
    authors: str | None = None
    outlet: str | None = None
    date: str | None = None
    tags: tuple[str, ...] = ()


def is_html(text: str, media_type: str) -> bool:
    """Whether the text is an HTML page: by its media type, or by how it begins."""
    return "html" in media_type.lower() or (_HTML_SIGN.match(text[:2000]) is not None and "</" in text)


def declared_charset(content: bytes) -> str | None:
    """The encoding named in the first bytes of a page; None if none is."""
    match = _CHARSET.search(content[:_DECLARED_BYTES])
    return (match[1] or match[2]).decode("ascii", "ignore") if match else None


def page(html: str, url: str) -> Page:
    """The article of a page.

    Raises:
        UnreadableSource: stage ``parse``: the page is too large or nested too deep, or holds no article text.
    """
    from trafilatura import bare_extraction  # here: 300 ms to import, and only pages need it
    from trafilatura.meta import reset_caches
    from trafilatura.settings import Document

    if len(html) > _MAX_PAGE_CHARS:
        raise UnreadableSource(
            "parse",
            f"the HTML page has {len(html):,} characters; at most {_MAX_PAGE_CHARS:,} are read; save its article alone",
        )
    depth = _depth(html)
    if depth > _MAX_DEPTH:
        raise UnreadableSource(
            "parse",
            f"its HTML elements are nested {depth:,} deep; at most {_MAX_DEPTH} are read; save its article as text",
        )
    breaks = sum(1 for _ in _BREAK.finditer(html))
    if breaks > _MAX_BREAKS:
        raise UnreadableSource(
            "parse",
            f"the HTML page has {breaks:,} paragraphs and line breaks; at most {_MAX_BREAKS:,} are read; "
            "split it into single reports",
        )
    if _crowded(html):
        raise UnreadableSource(
            "parse", f"one of its HTML tags has more than {_MAX_ATTRIBUTES:,} attributes; save its article as text"
        )
    try:
        document = bare_extraction(
            html,
            fast=sum(1 for _ in _BLOCK.finditer(html)) > _MAX_BLOCKS_TWICE,
            url=url if url.startswith(("http://", "https://")) else None,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={
                "original_date": True, "extensive_search": False, "min_date": _FIRST_DAY, "max_date": _LAST_DAY,
            },
        )  # fmt: skip
    except (
        Exception
    ) as error:  # lxml and its callers fail in many ways on broken markup; all mean the same to the reader
        raise UnreadableSource(
            "parse", f"its HTML cannot be parsed ({type(error).__name__}); save its article as text"
        ) from error
    # The library's caches only speed it up but grow with use. The turn is taken from the page's own bytes, so that
    # it holds no count and no order matters.
    if zlib.crc32(html[:4096].encode("utf-8", "replace")) % _CACHE_TURN == 0:
        reset_caches()
    if not isinstance(document, Document) or not (document.text or "").strip():
        raise UnreadableSource("parse", "no article text was found in the HTML page; save its article as text")
    return Page(
        text="\n\n".join(line.strip() for line in (document.text or "").split("\n") if line.strip()),
        title=document.title or None,
        authors=(document.author or "").replace("; ", ", ") or None,
        outlet=document.sitename or None,
        date=document.date or None,
        tags=tuple(filter(None, [*(document.categories or []), document.pagetype])),
    )


def _depth(html: str) -> int:
    """How deep elements that must be closed are nested, at most: one pass over the tags."""
    open_now = deepest = 0
    for match in _TAG.finditer(html):
        if match[1]:
            open_now = max(0, open_now - 1)
        else:
            open_now += 1
            deepest = max(deepest, open_now)
    return deepest


def _crowded(html: str) -> bool:
    """Whether a tag has more attributes than are read: one pass, past scripts and comments."""
    at, commented = 0, True
    while (opening := _OPENING.search(html, at)) is not None:
        at = opening.end()
        if opening["tag"] is None:
            if commented and (end := html.find("-->", at)) >= 0:
                at = end
            else:
                commented = False  # no comment ends any more
            continue
        number = 0
        while (attribute := _ATTRIBUTE.match(html, at)) is not None:
            if attribute["endless"]:
                return False  # the rest of the page is its value
            at, number = attribute.end(), number + 1
            if number > _MAX_ATTRIBUTES:
                return True
        ends = _ENDS.get(opening["tag"].lower())
        if ends is not None:
            end_tag = ends.search(html, at)
            if end_tag is None:
                return False
            at = end_tag.end()
    return False

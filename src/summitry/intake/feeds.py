"""RSS 0.9 to 2.0 and Atom: an entry is a report."""

from __future__ import annotations

from typing import Any, Final

from summitry.encoding import scalars
from summitry.intake.markup import has_markup, text_of, text_of_html

# By field, the elements it may stand in, likeliest first: RSS, Dublin Core, Atom.
_NAMES: Final = {
    "text": ("encoded", "content", "description", "summary"),
    "title": ("title",),
    "date": ("pubdate", "published", "date", "issued", "updated", "modified"),
    "url": ("link", "origlink", "guid"),
    "authors": ("creator", "author"),
    "outlet": ("source", "publisher"),
}


def entry_of_feed(entry: Any, around: dict[str, str]) -> dict[str, object]:  # noqa: ANN401 - lxml has no types
    """An entry as a row: the longest of its texts, its title, date, address, authors, and the feed as the outlet."""
    children: dict[str, list[Any]] = {}
    for child in entry:
        if isinstance(child.tag, str):
            children.setdefault(child.tag.rpartition("}")[2].lower(), []).append(child)
    texts = [_text(child) for name in _NAMES["text"] for child in children.get(name, ())]
    row: dict[str, object] = {"text": max(texts, key=len, default="")}
    for field in ("title", "date", "authors", "outlet"):
        for name in _NAMES[field]:
            if found := [words for child in children.get(name, ()) if (words := _words(child))]:
                row[field] = found if field == "authors" else found[0]
                break
    for child in (child for name in _NAMES["url"] for child in children.get(name, ())):
        address = child.get("href") or (child.text or "").strip()
        if address.startswith(("http://", "https://")) and child.get("rel", "alternate") == "alternate":
            row["url"] = address
            break
    row.setdefault("outlet", around.get("title", ""))
    return row


def _text(child: Any) -> str:  # noqa: ANN401
    """The text of a content: markup that is escaped (or in CDATA), or elements."""
    if len(child):
        return text_of(child)
    words = scalars(child.text or "")
    return text_of_html(words) if has_markup(words) else words.strip()


def _words(child: Any) -> str:  # noqa: ANN401
    name = next((one for one in child if isinstance(one.tag, str) and one.tag.lower().endswith("name")), child)
    words = " ".join(scalars("".join(name.itertext())).split())
    return text_of_html(words) if has_markup(words) else words

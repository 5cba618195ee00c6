"""The markup of a report inside a feed or a newsroom's file, as paragraphs of text."""

from __future__ import annotations

import re
from typing import Any

_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul "
    "block hl1 hl2 hedline para paragraph headline".split()
)
_UNREAD = frozenset(("script", "style", "template", "noscript", "iframe", "object", "svg", "head"))
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--)")
_SPACE = re.compile(r"[ \t\r\n\f\v]+")


def has_markup(text: str) -> bool:
    """Whether a text holds tags."""
    return _TAG.search(text) is not None


def text_of_html(html: str) -> str:
    """The text of a fragment of HTML: a paragraph per block, scripts left out."""
    from lxml import html as parser  # type: ignore[import-untyped]

    # No network and no entities are known to this parser; huge_tree stays off, which bounds depth and text nodes.
    made = parser.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = parser.document_fromstring(f"<html><body>{html}</body></html>".encode(), parser=made)
    except Exception:  # nothing that could be parsed: it is shown as it is
        return html
    return text_of(root)


def text_of(root: Any) -> str:  # noqa: ANN401 - lxml has no types
    """The text of an element: a paragraph per block. Walked without recursion, so that no depth breaks it."""
    parts: list[str] = []
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, left = stack.pop()
        name = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else None
        if left:
            if name in _BLOCKS:
                parts.append("\n\n")
            if element is not root:
                parts.append(_SPACE.sub(" ", element.tail or ""))
            continue
        stack.append((element, True))
        if name is None or name in _UNREAD:  # a comment, an instruction, an entity that was not resolved
            continue
        if name in _BLOCKS:
            parts.append("\n\n")
        parts.append(_SPACE.sub(" ", element.text or ""))
        stack.extend((child, False) for child in reversed(element))
    return "\n\n".join(filter(None, (_SPACE.sub(" ", block).strip() for block in "".join(parts).split("\n\n"))))

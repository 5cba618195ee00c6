"""NewsML-G2 (IPTC): a newsItem is a report; its text is XHTML, NITF or plain, inside it."""

from __future__ import annotations

from typing import Any

from summitry.encoding import scalars
from summitry.intake.markup import text_of


def item_of_newsml(item: Any, around: dict[str, str]) -> dict[str, object]:  # noqa: ANN401
    """A newsItem as a row: its inline text, headline, date of the content (else of the version), by-line, provider.

    Pictures, packages and texts that lie elsewhere (``remoteContent``) give a row without text, which is rejected.
    """
    found: dict[str, list[Any]] = {}
    for element in item.iter():
        if isinstance(element.tag, str):
            found.setdefault(element.tag.rpartition("}")[2].lower(), []).append(element)
    row: dict[str, object] = {"text": _body(found)}
    for field, names in (
        ("title", ("headline", "hl1", "title", "slugline")),
        ("date", ("contentcreated", "versioncreated", "firstcreated", "contentmodified")),
        ("outlet", ("provider", "infosource", "copyrightholder")),
        ("authors", ("by", "creator", "byline")),
    ):
        for name in names:
            if words := next(filter(None, map(_name, found.get(name, ()))), ""):
                row[field] = words
                break
    return row


def _body(found: dict[str, list[Any]]) -> str:
    for name in ("inlinexml", "inlinedata"):
        texts = []
        for content in found.get(name, ()):
            body = next((one for one in content.iter() if _local(one) in ("body.content", "body")), content)
            inner = next((one for one in body.iter() if _local(one) == "body.content"), body)
            texts.append(text_of(inner))
        if text := max(texts, key=len, default=""):
            return text
    return ""


def _name(element: Any) -> str:  # noqa: ANN401
    """The words of an element: those of its name, where it has one, else its own; a code (``literal``) last."""
    name = next((one for one in element if _local(one) == "name"), element)
    words = " ".join(scalars("".join(name.itertext())).split())
    return words or element.get("literal", "")


def _local(element: Any) -> str:  # noqa: ANN401
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""

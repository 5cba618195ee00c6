"""The passages of rows as W3C Web Annotations (JSON-LD): one annotation for each passage of each row.

The target is the report, by its address (or the hash of its bytes), with a TextPositionSelector over the code points of
its text as the standard counts them, and a TextQuoteSelector with the words before and after, by which the passage is
found in another rendering of the page.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, BinaryIO, Final, get_args

from summitry.export.paper import web_address
from summitry.export.types import RowsKind
from summitry.report.links import LOCAL_DESK, row_path
from summitry.report.rows import to_dict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summitry.export.types import Selection
    from summitry.record import Record
    from summitry.vocabulary import Row

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
AROUND: Final = 32
"""Code points before and after the words: enough to tell equal words apart, short enough to be quoted."""

_COMMON: Final = frozenset({"id", "evidence", "coder", "confidence", "outlet", "published"})


def write_annotations(record: Record, selection: Selection, out: BinaryIO) -> None:
    """Write the passages of all rows of a selection.

    Raises:
        UsageError: a filter is off.
    """
    items = list(_annotations(record, selection))
    found = {
        "@context": CONTEXT,
        "id": f"{LOCAL_DESK}/annotations",
        "type": "AnnotationCollection",
        "label": "Passages that rows of a negotiation rest on",
        "total": len(items),
        "first": {
            "id": f"{LOCAL_DESK}/annotations?page=1",
            "type": "AnnotationPage",
            "partOf": f"{LOCAL_DESK}/annotations",
            "startIndex": 0,
            "items": items,
        },
    }
    text = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    json.dump(found, text, ensure_ascii=False, indent=1)
    text.detach()


def _annotations(record: Record, selection: Selection) -> Iterator[dict[str, Any]]:
    kinds = [kind for kind in get_args(RowsKind) if kind not in ("sources", "meetings")]
    texts: dict[str, tuple[str, str]] = {}
    for kind in kinds:
        rows: list[Row] = getattr(record, kind)(**selection.asked)
        for row in rows:
            body = [
                {"type": "TextualBody", "purpose": "tagging", "value": kind, "format": "text/plain", "language": "en"},
                {
                    "type": "TextualBody",
                    "purpose": "describing",
                    "format": "application/json",
                    "value": _told(row),
                },
            ]
            for at, one in enumerate(row.evidence):
                if one.source not in texts:
                    article = record.article(one.source)
                    texts[one.source] = (article.text, web_address(article.uri) or f"urn:summitry:{one.source}")
                text, address = texts[one.source]
                yield {
                    "id": f"{LOCAL_DESK}{row_path(row.id)}#{at}",
                    "type": "Annotation",
                    "motivation": "classifying",
                    "generator": {"type": "Software", "name": row.coder},
                    "body": body,
                    "target": {
                        "source": address,
                        "selector": [
                            {"type": "TextPositionSelector", "start": one.start, "end": one.end},
                            {
                                "type": "TextQuoteSelector",
                                "exact": one.exact,
                                "prefix": text[max(one.start - AROUND, 0) : one.start],
                                "suffix": text[one.end : one.end + AROUND],
                            },
                        ],
                    },
                }


def _told(row: Row) -> str:
    """The row's own fields as JSON: the passage is the target."""
    fields = {name: value for name, value in to_dict(row).items() if name not in _COMMON or name == "confidence"}
    return json.dumps({"id": row.id} | fields, ensure_ascii=False)

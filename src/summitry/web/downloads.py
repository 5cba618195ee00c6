"""What the desk hands out as files: the exports, for what a page was asked."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast, get_args

from starlette.responses import Response

from summitry.errors import UsageError
from summitry.export.formats import format_named
from summitry.export.types import Export, RowsKind, Selection
from summitry.web.page import Missing

if TYPE_CHECKING:
    from summitry.record import Record
    from summitry.web.question import Question

_OF_ONE_KIND: Final = frozenset({"csv", "parquet", "jsonl"})
_STEMS: Final = {
    "docx": "brief",
    "pdf": "brief",
    "html": "brief",
    "ical": "announced",
    "csl": "reports",
    "ris": "reports",
} | {
    "bibtex": "reports",
    "graphml": "who-deals-with-whom",
    "timelinejs": "timeline",
}
"""Names of files by what they hold, as somebody finds them again in a folder of downloads."""


def download(record: Record, question: Question) -> Response:
    """An export as a file to save; one that is a folder comes zipped.

    Raises:
        Missing: there is no such format.
        UsageError: the question is off, or a package that the format needs is not there.
    """
    try:
        export = format_named(question.get("format"))
    except UsageError as error:
        raise Missing(str(error)) from None
    rows = question.get("rows", "timeline")
    if rows not in get_args(RowsKind):
        raise UsageError(f"rows is {rows!r}; allowed: {', '.join(get_args(RowsKind))}")
    filters = question.filters
    chosen = Selection(
        cast("RowsKind", rows),
        filters.as_of,
        filters.party,
        filters.issue,
        filters.since,
        filters.min_confidence,
        question.get("case") or None,
    )
    stem = rows if export.name in _OF_ONE_KIND else _STEMS.get(export.name, export.name)
    if filters.as_of:
        stem = f"{stem}-{filters.as_of}"
    content, suffix, media_type = _content(export, record, chosen)
    disposition = f'attachment; filename="{stem}{suffix}"'
    return Response(content, media_type=media_type, headers={"content-disposition": disposition})


def _content(export: Export, record: Record, chosen: Selection) -> tuple[bytes, str, str]:
    if export.write is not None:
        out = io.BytesIO()
        export.write(record, chosen, out)
        return out.getvalue(), export.suffix, export.media_type
    assert export.fill is not None
    out = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        export.fill(record, chosen, Path(folder))
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted(Path(folder).rglob("*")):
                if path.is_file():
                    packed.write(path, path.relative_to(folder).as_posix())
    return out.getvalue(), ".zip", "application/zip"

"""The reports as citations: BibTeX, RIS and CSL-JSON, for Zotero, EndNote, LaTeX and citation processors."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from summitry.export.paper import plain, web_address
from summitry.report.words import is_rough

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summitry.export.types import Selection
    from summitry.record import Record, SourceRow
    from summitry.vocabulary import DateInterval

_KEY: Final = re.compile(r"[^a-z0-9]+")
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# Braces by name: BibTeX counts those with a backslash too, and one left open would swallow the rest of the file.
_BIBTEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
        "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip
_BY: Final = re.compile(r"^\s*by\s+", re.I)
_AND: Final = re.compile(r"(?:(?<!\s)\s++)?+(?:,|;|\band\b|&)\s*+")  # blanks are tried at their start only


def write_bibtex(record: Record, selection: Selection, out: BinaryIO) -> None:
    """Write the reports of a selection as BibTeX, in UTF-8.

    Raises:
        UsageError: a filter is off.
    """
    entries = []
    for row in _reports(record, selection):
        fields = {
            "title": _title(row),
            "author": " and ".join(_authors(row)),
            "journal": row.outlet or row.agency or "",
            "year": _parts(row.published)[:1],
            "month": _MONTHS[_parts(row.published)[1] - 1] if len(_parts(row.published)) > 1 else "",
            "day": _parts(row.published)[2:],
            "url": web_address(row.uri) or "",
            "note": row.id,
        }
        lines = [f"@article{{{_key(row)}"]
        for name, value in fields.items():
            told = str(value[0]) if isinstance(value, list) and value else value
            if told and isinstance(told, str):
                lines.append(f"  {name} = {told}" if name == "month" else f"  {name} = {{{_bibtex(name, told)}}}")
        entries.append(",\n".join(lines) + "\n}\n")
    out.write("\n".join(entries).encode())


def _bibtex(name: str, value: str) -> str:
    return plain(value) if name == "url" else plain(value).translate(_BIBTEX)


def write_ris(record: Record, selection: Selection, out: BinaryIO) -> None:
    """Write the reports of a selection as RIS, in UTF-8.

    Raises:
        UsageError: a filter is off.
    """
    lines: list[str] = []
    for row in _reports(record, selection):
        parts = _parts(row.published)
        found = [("TY", "NEWS"), ("ID", _key(row)), ("TI", _title(row))]
        found += [("AU", author) for author in _authors(row)]
        if row.outlet or row.agency:
            found.append(("T2", row.outlet or row.agency or ""))
        if parts:
            found += [("PY", f"{parts[0]}"), ("DA", "/".join(f"{part:02d}" for part in parts) + "/" * (3 - len(parts)))]
        if address := web_address(row.uri):
            found.append(("UR", address))
        found += [("AN", row.id), ("LA", row.language or "en"), ("ER", "")]
        lines += [f"{tag}  - {plain(value)}".rstrip() + (" " if tag == "ER" else "") for tag, value in found]
    out.write("".join(f"{line}\r\n" for line in lines).encode())


def write_csl(record: Record, selection: Selection, out: BinaryIO) -> None:
    """Write the reports of a selection as CSL-JSON.

    Raises:
        UsageError: a filter is off.
    """
    found: list[dict[str, Any]] = []
    for row in _reports(record, selection):
        item: dict[str, Any] = {"id": _key(row), "type": "article-newspaper", "title": plain(_title(row))}
        if authors := _authors(row):
            item["author"] = [{"literal": plain(author)} for author in authors]
        if row.outlet or row.agency:
            item["container-title"] = plain(row.outlet or row.agency or "")
        if parts := _parts(row.published):
            item["issued"] = {"date-parts": [parts]}
        if address := web_address(row.uri):
            item["URL"] = address
        found.append(item | {"language": row.language or "en", "note": row.id})
    text = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    json.dump(found, text, ensure_ascii=False, indent=1)
    text.detach()


def _reports(record: Record, selection: Selection) -> Iterable[SourceRow]:
    """Those that were read: what could not be read is nothing to cite."""
    return [row for row in record.sources(**selection.asked) if row.status == "read"]


def _title(row: SourceRow) -> str:
    return row.headline or row.uri.rsplit("/", 1)[-1] or row.id


def _authors(row: SourceRow) -> list[str]:
    """The names of a byline, as it gives them."""
    line = _BY.sub("", plain(row.byline or ""))
    return [name for name in _AND.split(line) if name and any(letter.isalpha() for letter in name)]


def _parts(when: DateInterval) -> list[int]:
    """Year, month and day as far as they are known; nothing where the year is not."""
    if is_rough(when) or when.start is None or when.end is None or when.start.year != when.end.year:
        return []
    parts = [when.start.year]
    if when.start.month == when.end.month:
        parts.append(when.start.month)
        if when.start == when.end:
            parts.append(when.start.day)
    return parts


def _key(row: SourceRow) -> str:
    """A key that stays: outlet, date, and enough of the id to be the only one."""
    outlet = unicodedata.normalize("NFKD", (row.outlet or row.agency or "report").casefold())
    bare = _KEY.sub("", outlet)[:20] or "report"
    return f"{bare}{''.join(f'{part:02d}' for part in _parts(row.published))}-{row.id.removeprefix('src-')[:8]}"

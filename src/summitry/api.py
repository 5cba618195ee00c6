"""The Python twin of the command line: read one report, code one relation. Records are opened by ``open_record``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from summitry.errors import UnreadableSource, UsageError
from summitry.vocabulary import DateInterval, Reading, Rejected, RelationCode, Source

if TYPE_CHECKING:
    from summitry.reader.pipeline import Reader
    from summitry.reader.relation import RelationCoder


@lru_cache(maxsize=4)
def _reader(cases: tuple[str, ...] | None, light: bool) -> Reader:
    # Loading takes seconds and the loaded reader never changes, so a process keeps it.
    from summitry.reader.pipeline import Reader

    return Reader(cases, light=light)


@lru_cache(maxsize=1)
def _relation_coder() -> RelationCoder:
    from summitry.reader.relation import RelationCoder

    return RelationCoder.load()


def read(
    report: str | bytes | Path | Source,
    *,
    published: date | DateInterval | None = None,
    cases: Sequence[str] | None = None,
    light: bool = False,
) -> Reading:
    """Read one report.

    Args:
        report: the text (str), the bytes of a text or HTML file, a path, or a Source.
        published: the publication day or interval; None: stated in the report, inferred from its own anchors, or
            unknown.
        cases: names or paths of cases; None: chosen by the parties the report names; empty: no case.
        light: read without the encoder: faster and less exact.

    Returns:
        The reading. Offsets are code points, half-open, in ``reading.article.text``.

    Raises:
        UnreadableSource: the report cannot be read (empty, binary, not English).
        CaseError: a case is not known or off.
        UsageError: an argument is of a type that is not allowed.
    """
    import dataclasses

    from summitry.clean import clean

    match report:
        case str():
            source = Source(uri="text", content=report.encode("utf-8", "surrogatepass"))
        case bytes():
            source = Source(uri="bytes", content=report)
        case Path():
            source = _source_of(report)
        case Source():
            source = report
        case _:
            raise UsageError(f"report is a {type(report).__name__}; allowed: str, bytes, Path, Source")
    article = clean(source)
    if article.language != "en":
        raise UnreadableSource("language", f"not English ({article.language}); summitry reads English reports")
    if published is not None:
        if isinstance(published, date):
            published = DateInterval(published, published, "day", "given")
        article = dataclasses.replace(article, published=published)
    return _reader(None if cases is None else tuple(cases), light).read(article)


def _source_of(path: Path) -> Source:
    """The one report in a file."""
    from summitry.intake import iter_sources

    found = list(islice(iter_sources([str(path)]), 2))
    if len(found) == 1 and isinstance(found[0], Rejected):
        raise UnreadableSource(found[0].stage, found[0].reason)
    if len(found) != 1 or not isinstance(found[0], Source):
        held = "several reports" if found else "no report"
        raise UsageError(f"{path} holds {held}; give a file of one, or use summitry.ingest")
    return found[0]


def code_relation(sentence: str, source: tuple[int, int], target: tuple[int, int]) -> RelationCode:
    """The PLOVER code of what ``source`` does to ``target`` in ``sentence``.

    Args:
        sentence: one sentence.
        source: code points of the source's words in the sentence, half-open.
        target: code points of the target's words, half-open.

    Returns:
        The likeliest of the 15 PLV roots, its quad (1-4) and a probability for each root.

    Raises:
        UsageError: a span does not lie in the sentence.
    """
    from summitry.reader.relation import code_relation as code

    return code(sentence, source, target, model=_relation_coder())

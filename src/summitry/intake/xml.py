"""XML files of reports, one element at a time: NewsML-G2, RSS, Atom.

Each setting of the parser stops one attack: ``resolve_entities=False`` leaves entities as they stand (a document that
swells, ``billion laughs``, or reads a file, ``file:///etc/passwd``); ``load_dtd=False`` and ``no_network=True`` fetch
no definition from anywhere (requests into a network); ``huge_tree=False`` keeps the parser's own bounds on depth (256)
and on one text (10 MB). A file that declares entities at all is refused: no feed or newsroom needs to. The bytes
and elements between the ends of two reports are bounded, so that neither one report nor a swarm of small
elements fills the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Final

from summitry.encoding import scalars
from summitry.errors import UnreadableSource
from summitry.intake.feeds import entry_of_feed
from summitry.intake.newsml import item_of_newsml
from summitry.intake.options import MAX_DOCUMENT_BYTES, refused
from summitry.intake.rows import first_line, source_of_row
from summitry.intake.unpack import too_large
from summitry.vocabulary import Rejected, Source

_CHUNK = 1 << 16
# Elements up to the end of a report: real ones have hundreds. Each costs five microseconds and some memory.
MAX_ELEMENTS = 200_000
_FIRST: Final = {
    "rss": "feed", "rdf": "feed", "feed": "feed", "channel": "feed",
    "newsmessage": "newsml", "newsitem": "newsml", "packageitem": "newsml",
}  # fmt: skip
_REPORTS: Final = {"feed": ("item", "entry"), "newsml": ("newsitem",)}
_READ: Final[dict[str, Callable[[Any, dict[str, str]], dict[str, object]]]] = {
    "feed": entry_of_feed, "newsml": item_of_newsml,
}  # fmt: skip


class _Bounded:
    """A stream that gives only so many bytes before it is told that a report has ended."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.held = 0

    def read(self, size: int = _CHUNK) -> bytes:
        """Up to ``size`` bytes.

        Raises:
            UnreadableSource: more than a report may have were read since one ended, or the packing is damaged.
        """
        data = self._stream.read(min(size, _CHUNK) if size > 0 else _CHUNK)
        self.held += len(data)
        if self.held > MAX_DOCUMENT_BYTES:
            raise UnreadableSource("parse", too_large(self.held, MAX_DOCUMENT_BYTES, "an element with more than "))
        return data


def reports_of_xml(uri: str, stream: BinaryIO) -> Iterator[Source | Rejected]:
    """The reports of an XML file, ``uri#N`` by their number; what follows a fault in the XML is lost, and said so."""
    from lxml import etree  # type: ignore[import-untyped]

    bounded = _Bounded(stream)
    events = etree.iterparse(
        bounded, events=("start", "end"), resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    number = depth = elements = 0
    form = ""
    inside: Any = None
    around: dict[str, str] = {}
    try:
        for event, element in events:
            name = local(element)
            if event == "start":
                if depth == 0:
                    form = _form(element, name)
                depth += 1
                elements += 1
                if elements > MAX_ELEMENTS:
                    raise UnreadableSource(
                        "parse", f"it has a report with more than {MAX_ELEMENTS:,} elements, as no text does"
                    )
                if inside is None and name in _REPORTS[form]:
                    inside = element
                continue
            depth -= 1
            if inside is None:
                # What stands beside the reports: the feed's own title. All else is let go at once.
                if name == "title" and depth <= 2:
                    around.setdefault("title", scalars(element.text or "").strip())
                _let_go(element)
            elif element is inside:
                number += 1
                yield source_of_row(f"{uri}#{number}", _READ[form](element, around), ())
                inside = None
                bounded.held = elements = 0
                _let_go(element)
    except UnreadableSource as error:
        yield refused(uri if number == 0 else f"{uri}#{number + 1}", error.stage, error.reason)
        return
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        where = f"after its report {number}, " if number else ""
        yield refused(
            uri if number == 0 else f"{uri}#{number + 1}",
            "parse",
            f"{where}it is not valid XML ({first_line(error)}); mend it or fetch it again",
        )
        return
    if not number:
        yield refused(uri, "parse", "it holds no report (no item, entry or newsItem); give a file that does")


def local(element: Any) -> str:  # noqa: ANN401 - lxml has no types
    """An element's name in lower case, without its namespace; nothing for what is no element."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _form(root: Any, name: str) -> str:  # noqa: ANN401
    """Feed or NewsML, by the first element.

    Raises:
        UnreadableSource: it is neither, or entities are declared.
    """
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise UnreadableSource("parse", "it declares entities of its own, which no report needs; save it without them")
    if name not in _FIRST:
        raise UnreadableSource(
            "parse",
            f"it is XML that begins with <{scalars(name)[:40]}>; summitry reads NewsML-G2 (newsMessage, newsItem), RSS "
            "and Atom; save others as text, HTML or JSONL",
        )
    return _FIRST[name]


def _let_go(element: Any) -> None:  # noqa: ANN401
    """Free an element, and those before it that are done."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]

"""Pages drawn: Jinja2 with everything escaped, and the words that templates use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from summitry.report.rows import source_line
from summitry.report.words import chained, codes, edtf, full_name, in_marks, is_rough, names, one_line, quoted, shorten
from summitry.vocabulary import DateInterval
from summitry.web.isolating import Isolating, exact, flow, seen, worded

if TYPE_CHECKING:
    from summitry.web.links import Links
    from summitry.web.page import Page, PageKind

SHORT_ID: Final = 12
"""Characters of an id that a page shows; its link has the whole."""


def _day(when: DateInterval | None) -> str:
    """A date for a person; nothing where nothing is known."""
    return "" if when is None or is_rough(when) else edtf(when)


def _web_address(uri: str) -> str | None:
    """An address that a link may be made of: http(s) only, for reports are not trusted."""
    return uri if uri.startswith(("https://", "http://")) else None


def _per_cent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def environment() -> Environment:
    """Templates of the package: every value is escaped, an unknown name is an error."""
    made = Environment(
        loader=PackageLoader("summitry.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=seen,
        extensions=[Isolating],
    )
    made.filters |= {
        "chained": chained,
        "codes": codes,
        "day": _day,
        "edtf": edtf,
        "exact": exact,
        "flow": flow,
        "full_name": full_name,
        "in_marks": in_marks,
        "names": names,
        "one_line": one_line,
        "per_cent": _per_cent,
        "quoted": quoted,
        "shorten": shorten,
        "short_id": lambda row_id: row_id[:SHORT_ID],
        "source_line": source_line,
        "web_address": _web_address,
        "worded": worded,
    }
    return made


def draw(templates: Environment, kind: PageKind, page: Page, links: Links, about: Mapping[str, Any]) -> str:
    """A page as HTML. ``about`` tells templates of the desk besides: ``question``, ``desk``, ``pages``, ``token``."""
    return templates.get_template(kind.template).render(page=page, kind=kind, links=links, **about)

"""Words of reports on a page: what cannot be seen is shown, and no word turns the direction of what stands around it.

Templates say nothing of it, but for pieces of one text (``| flow``). Every other value that stands between tags goes
through :func:`worded`; in attributes, and in elements that hold no others (titles, options, drawings), through
``finalize``, which is :func:`seen`; fields of forms and addresses of links are :func:`exact`.
"""

from __future__ import annotations

import re
from typing import Final

from jinja2.ext import Extension
from markupsafe import Markup, escape

from summitry.signs import MIXED, mixed
from summitry.web.marking import visible

# Letters written from right to left; what turns direction besides is shown as a sign already.
_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_TOKEN: Final = re.compile(
    r"(?P<value>\{\{-?(?P<what>.*?)(?P<end>-?\}\}))|(?P<code>\{%.*?%\}|\{#.*?#\})|(?P<open></?[A-Za-z!][A-Za-z0-9]*)"
    r"|(?P<close>/?>)|(?P<quote>[\"'])",
    re.DOTALL,
)
_CLOSED: Final = frozenset("title script style textarea option svg".split())
"""Elements in which no markup of HTML may stand."""

_KEPT: Final = ('value="', 'href="')


def seen(value: object) -> object:
    """A text with everything in it to be seen; anything else as it is, markup too."""
    return visible(value) if type(value) is str else value


def flow(value: str) -> Markup:
    """A piece of a longer text, with the words marked that mix two scripts: it flows with the text around it."""
    text = visible(value)
    if not mixed(text):
        return escape(text)
    made: list[Markup] = []
    at = 0
    for found in MIXED.finditer(text):
        made += (escape(text[at : found.start()]), Markup('<span class="mixed" title="Letters of two scripts">'))
        made += (escape(found[0]), Markup("</span>"))
        at = found.end()
    return Markup("").join([*made, escape(text[at:])])


def worded(value: object) -> object:
    """What stands between tags: a text as :func:`flow` makes it, apart from what is around it."""
    if type(value) is not str or (value.isascii() and value.isprintable()):
        return value
    return Markup("<bdi>{}</bdi>").format(flow(value)) if _RIGHT_TO_LEFT.search(value) else flow(value)


def exact(value: object) -> object:
    """A value that comes back as it is: of a field of a form, or where a link leads."""
    return escape(value) if type(value) is str else value


class Isolating(Extension):
    """Puts ``| worded`` behind every value of a template that stands between tags."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template with the filters."""
        made: list[str] = []
        at = 0
        tag = quote = inside = ""
        for token in _TOKEN.finditer(source):
            made.append(source[at : token.start()])
            at = token.end()
            text = token[0]
            if token["value"]:
                kept = inside == "textarea" or (tag and source.endswith(_KEPT, 0, token.start()))
                if kept or not (tag or inside):
                    opened = text[: token.start("what") - token.start()]
                    text = f"{opened} ({token['what']}) | {'exact' if kept else 'worded'} {token['end']}"
            elif token["open"] and not tag and (not inside or text.lower() == f"</{inside}"):
                tag, inside = text.lower(), ""
            elif token["quote"] and tag:
                quote = "" if quote == text else quote or text
            elif token["close"] and tag and not quote:
                inside = tag[1:] if tag[1:] in _CLOSED and text == ">" else ""
                tag = ""
            made.append(text)
        made.append(source[at:])
        return "".join(made)

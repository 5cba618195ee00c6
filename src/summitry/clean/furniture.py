"""What a line of web furniture looks like by itself, whatever stands around it.

Each rule asks for the whole line or for an opening no sentence has, so that a sentence about newsletters or captions
is not taken for one. The phrases stand in :mod:`summitry.clean.phrases`.
"""

from __future__ import annotations

import hashlib
import re

from summitry.clean.lines import is_closed
from summitry.clean.names import CREDITOR, SIGNER
from summitry.clean.phrases import GLUE_WORDS, MENU_WORDS, OPENINGS, OPENINGS_AS_WRITTEN, SHARE_WORDS, WHOLE_LINES
from summitry.vocabulary import FurnitureKind

_TOKEN = re.compile(r"[^\s|,/•·»«›‹()\[\]:;–—]+")
_WIDGET_WORDS_AT_MOST = 10  # the longest widget lines seen are share bars of eight or nine words

_WIDGET_CHARS = 120  # those lines with an address for a picture; a longer line is text
_NUMBER = re.compile(r"[+-]?[\d:.,]+%?|\d+[km]|#\d+|[ivx]{1,4}", re.IGNORECASE)
_IMAGE_MARK = re.compile(
    rf"!\[[^\]]{{0,{_WIDGET_CHARS}}}\]\([^)]{{0,{_WIDGET_CHARS}}}\)|\[(?:img|image|photo|video|caption)[^\]]{{0,{_WIDGET_CHARS}}}\]",
    re.IGNORECASE,
)


def _compiled(
    phrases: tuple[tuple[FurnitureKind, tuple[str, ...]], ...], flags: re.RegexFlag = re.NOFLAG
) -> tuple[tuple[FurnitureKind, re.Pattern[str]], ...]:
    # Anchored, so that a phrase is looked for at one place, whoever asks.
    return tuple((kind, re.compile(rf"\A(?:{'|'.join(alternatives)})", flags)) for kind, alternatives in phrases)


_OPENINGS = _compiled(OPENINGS_AS_WRITTEN) + _compiled(OPENINGS, re.IGNORECASE)
_WHOLE_LINES = _compiled(WHOLE_LINES)
_PROMO_CHARS = 420  # the longest cookie notices run to about this; a longer line is prose
_CAPTION_CHARS = 900  # agencies write captions of three sentences
_CREDIT_TAIL = re.compile(
    rf"""(?:
      /\s*{CREDITOR}(?:\s*[-/,]\s*{CREDITOR})*(?:\s[Pp]hotos?)?
    | \((?:[^()]{{0,60}}[/,]\s?)?(?:AP\s?Photo|{CREDITOR})(?:\s?[-/,|]\s?[^()]{{0,60}})?\)
    | \[(?:[^\[\]]{{0,60}}[/,]\s?)?(?:{CREDITOR}|[Pp]hoto\s[^\]]{{3,60}})(?:\s?[-/,]\s?[^\[\]]{{0,60}})?\]
    | \(?(?:Photo(?:graph|s)?(?:er)?|Picture|Image|Video|Credit)
      (?:\s(?:[Cc]redit|[Cc]ourtesy|[Bb]y|[Vv]ia|[Pp]rovided))*(?:\s[Bb]y)?\s*[:/]\s?[^():.]{{2,90}}\)?
    | Source:\s{CREDITOR}
    | REUTERS\s?/\s?[^.]{{3,60}}
    | (?:via|for)\s(?:REUTERS|AP|Getty\sImages) | Getty\sImages | AP\sPhoto(?:/[^.]{{3,50}})?
    | (?<=[.!?"”’])\s(?:{CREDITOR})(?:\s?[/-]\s?{CREDITOR})?
    | \(?(?:[Ff]ile\s(?:[Pp]hoto|[Pp]icture|[Ii]mage)|[Ff]ile|[Hh]andout|Courtesy\s(?:of|photo)[^.]{{0,60}})\)?
    | \|\s?(?:{CREDITOR}|(?:[A-Z][\w.'’-]+\s){{1,3}}?[A-Z][\w.'’-]+/[^.|]{{2,40}})
    )\s*+(?:[.|]\s*+)?+$""",
    re.VERBOSE,
)  # fmt: skip
# Captions tell what a picture shows: in the present, with places in the frame.
_PICTURED = re.compile(
    r"\b(?:speaks?|delivers?|attends?|answers?|listens?|shakes? hands|walks?|arrives?|poses?|looks? (?:on"
    r"|at|over|through)|meets?|greets?|stands?|sits?|waves?|gestures?|leaves?|holds?|takes?|"
    r"chats?|addresses|departs?|talks? (?:to|with|during)|watch(?:es)?|inspects?|reacts?|smiles?|hugs?"
    r"|embraces?|reads?|steps?|embarks?|boards?|participates?|toasts?|signs?|makes?|peers?|points?|"
    r"is (?:seen|pictured|shown)|are (?:seen|pictured|shown)|as (?:he|she|they) (?:waits?|walks?|arrives?|leaves?))\b"
)
_FRAME = re.compile(
    r"\((?:L|R|C|[23](?:nd|rd)? ?[LR]|left|right|center|centre|front|back)\)|, (?:second from )?(?:left"
    r"|right|center|centre),|\b(?:in|of) this (?:\w+ )?(?:photo|picture|image)|\bfile photo\b"
    r"|\bundated (?:photo|picture)|\(from left\)|\bfrom left\b|\(pictured",
    re.IGNORECASE,
)
_PAST_SAYING = re.compile(r"\b(?:said|told|added|announced|reported|according to|noted|warned|insisted)\b")

_SKIP = re.compile(r"[^\w%]+")


def line_hash(line: str) -> str:
    """The key of a line for counting it across reports: case, digits and marks do not matter (16 hex digits)."""
    folded = re.sub(r"\d+", "0", _SKIP.sub(" ", line.casefold()).strip())
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_widget(line: str) -> FurnitureKind | None:
    """``share`` or ``menu`` if the line is made of the words of buttons and menus only; else None."""
    if len(line) > _WIDGET_CHARS:
        return None
    line = _IMAGE_MARK.sub(" ", line)
    closed = line.rstrip().endswith((".", "%")) and any(map(str.isdigit, line))  # "17." may be a cut-off sentence
    tokens = [token.strip("‘’“”\"'.!?*…").lower() for token in _TOKEN.findall(line)]
    tokens = [token for token in tokens if token]
    if not tokens:
        return "menu"
    if len(tokens) > _WIDGET_WORDS_AT_MOST:
        return None
    share = sum(token in SHARE_WORDS for token in tokens)
    menu = sum(token in MENU_WORDS for token in tokens)
    glue = sum(token in GLUE_WORDS or _NUMBER.fullmatch(token) is not None for token in tokens)
    if share + menu + glue < len(tokens):
        return None
    if share:
        return "share"
    # Lone marks and numbers: "X", "-2", "1 / 3". A lone word may be a drop cap or a crosshead.
    bare = not closed and all(token == "x" or not token.isalpha() for token in tokens)
    return "menu" if menu or bare else None


_NOTE_WORDS = 6  # a line in square brackets with so many words is a note about the text; shorter ones are cuts in it


def kind_of(line: str) -> FurnitureKind | None:
    """The kind of furniture a line is by its own words; None for everything that may be the report."""
    if (widget := is_widget(line)) is not None:
        return widget
    bare = line.lstrip("•‣⦁·*►»>–—- ")
    if len(bare) <= _CAPTION_CHARS:
        for kind, pattern in _OPENINGS:
            if (kind == "caption" or len(bare) <= _PROMO_CHARS) and pattern.match(bare) is not None:
                return kind
    if len(bare) <= _PROMO_CHARS:
        for kind, pattern in _WHOLE_LINES:
            if pattern.fullmatch(bare) is not None:
                return kind
    if is_caption(line, firm=True):
        return "caption"
    if bare.startswith("[") and bare.endswith("]") and bare.count("[") == 1 and len(bare.split()) >= _NOTE_WORDS:
        return "notice"
    if bare.isupper() and len(bare.split()) >= 6 and not is_closed(bare) and len(bare) < 160:
        return "related"  # links set in capitals between paragraphs; crossheads are shorter
    return None


def has_credit(line: str) -> bool:
    """Whether the line ends in a picture or agency credit."""
    return _CREDIT_TAIL.search(line[-140:]) is not None


def is_caption(line: str, *, firm: bool) -> bool:
    """Whether the line reads as the words under a picture.

    ``firm`` asks for marks that no body line bears (a photographer, places in the frame with a credit); otherwise a
    credit and the present tense of captions, or no full stop before the credit, are enough.
    """
    if len(line) > _CAPTION_CHARS:
        return False
    tail = _CREDIT_TAIL.search(line[-140:])
    if tail is None:
        return False
    before = line[: len(line) - len(line[-140:]) + tail.start()].rstrip()
    told = _PAST_SAYING.search(before) is not None
    if re.search(
        r"REUTERS ?/|AP Photo|Photo(?:graph|grapher)?s?:|Getty Images|[Ff]ile [Pp]hoto|/ ?File|Photo by"
        r"|Handout|Courtesy",
        tail.group(),
    ):
        return not told or len(before) < 200
    framed = _FRAME.search(before) is not None
    if firm:
        slash = "/" in tail.group() or "|" in tail.group()
        return (framed or slash) and not told and before.count(". ") <= 1
    return framed or _PICTURED.search(before[:160]) is not None or not is_closed(before)


def signs_agency(line: str) -> bool:
    """Whether the line is nothing but the name of an agency or outlet."""
    return re.fullmatch(rf"[\W_]*{SIGNER}[\W_]*", line) is not None

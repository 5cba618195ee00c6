"""Every line of a plain text gets its label: body, a kind of furniture, or metadata.

    1 lines and paragraphs           lines.units
    2 glued parts come apart         split.pieces
    3 labels by a line's own words   furniture.kind_of, byline, dates
    4 labels by its neighbours       doubled lines, repeated lines, lists of links
    5 the body's stretch             the run of lines with the greatest weight of prose
    6 headline                       the line before the body whose words the body uses

Labels are spans, nothing is removed. What is doubtful stays body: a lost sentence costs more than a line too many.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from summitry.clean import byline as signing
from summitry.clean import dates
from summitry.clean.furniture import has_credit, is_caption, kind_of, line_hash
from summitry.clean.language import COMMON_ENGLISH
from summitry.clean.lines import is_closed, units
from summitry.clean.split import Piece, pieces

# Weights of step 5, in words of prose; chosen on a corpus of 181 whole pages (see benchmarks/quality/furniture.py).
_PROSE_AT_MOST = 40.0  # one endless line must not outweigh the page
_SHORT_LINE = -3.0  # an unlabelled line of a few words, without a full stop
_LIST_LINE = -5.0  # the same behind a list mark
_FURNITURE_LINE = -3.0  # menus, share bars, notices: they stand around the body more than in it
_INLINE_FURNITURE = -0.5  # captions, links and players stand between paragraphs
_LONE_SENTENCE = 0.2  # a paragraph between two lines that are no prose is a teaser as often as text
_SHORT_SENTENCE_WORDS = 5  # shorter closed lines ("Enough is enough.") count for little either way
_LONG_OPEN_WORDS = 25  # an unclosed line as long as this is prose that lost its full stop
_KEPT_WORDS = 10  # a closed line of this length not far outside the stretch stays body
_NEAR = 4  # how many lines are not far
_HEADLINE_WORDS = (3, 20)  # longer lines above the body are its standfirst
_STANDFIRST_WORDS = 18
_OPENING_WORDS = 5  # a first line of so many words is the headline even if the body uses other words
_TITLE_SHARE = 0.34  # share of a headline's long words that the body must use
_BIOGRAPHY_WITHIN = 3  # lines from the end in which an author is presented
_BIOGRAPHY_WORDS = 90
_BIOGRAPHY = re.compile(
    r"(?:[A-Z][\w.'’-]+ ){2,4}?(?:is|was|are)\b[^.]{0,160}\b(?:columnist|correspondent|contributor"
    r"|contributing (?:editor|writer)|opinion writer"
    r"|staff writer|author of|editor of|reporter (?:for|at)|fellow at|professor (?:of|at"
    r"|emeritus))\b(?!.*\b(?:said|told|added)\b)"
    r"|[A-Z][^“”\"]{10,500}\b(?:[Ff]ollow|[Cc]ontact|[Rr]each) (?:him|her|them|me) (?:on|at|via)\b.{0,80}$"
)
_BYLINE_WITHIN = 4  # a lone name is a byline at the top only
_INLINE = ("caption", "related", "player", "promo", "credit")


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known besides the text: title and authors given with it, lines known to repeat across an outlet."""

    title: str | None = None
    authors: str | None = None
    known_furniture: frozenset[str] = frozenset()


def label(text: str, hints: Hints) -> list[Piece]:
    """The labelled pieces of ``text`` in order."""
    lines = units(text)
    parts: list[Piece] = []
    prose_seen = False
    for unit in lines:
        cut = pieces(unit, first=not prose_seen)
        prose_seen = prose_seen or any(_is_prose(piece) for piece in cut)
        parts += cut
    parts = [_by_own_words(piece, hints) for piece in parts]
    parts = _by_neighbours(parts)
    parts = _biographies(parts)
    begin, end = _stretch(parts)
    parts = _outside(parts, begin, end)
    parts = _headline(parts, hints, begin)
    return _merged(text, _rescued(parts))


def is_body(piece: Piece) -> bool:
    """Whether the piece has neither a furniture nor a metadata label."""
    return piece.furniture is None and piece.metadata is None


def _is_prose(piece: Piece) -> bool:
    return is_body(piece) and is_closed(piece.text) and len(piece.text.split()) > _SHORT_SENTENCE_WORDS


def _by_own_words(piece: Piece, hints: Hints) -> Piece:
    if not is_body(piece):
        return piece
    line = piece.text
    if hints.known_furniture and line_hash(line) in hints.known_furniture and len(line.split()) < 40:
        return replace(piece, furniture="other")
    bare = line.lstrip("•‣⦁·*► \t")
    if signing.byline(bare) is not None:
        return replace(piece, metadata="byline")
    if dates.date_line(bare) is not None or re.fullmatch(r"[\W_]*Updated?\b(?: at)? \d{1,2}:\d\d.{0,25}", bare):
        return replace(piece, metadata="date")
    if signing.contact(line) is not None:
        return replace(piece, metadata="contact")
    kind = kind_of(line)
    return piece if kind is None else replace(piece, furniture=kind)


def _by_neighbours(parts: list[Piece]) -> list[Piece]:
    """Doubled lines are captions, other repeated lines furniture, and a name under a name's house is a byline."""
    out = list(parts)
    seen = Counter(piece.text for piece in parts)
    speakers = _speaker_lines(parts)
    for i, piece in enumerate(out):
        if not is_body(piece):
            continue
        twin = next((j for j in (i - 1, i + 1) if 0 <= j < len(out) and out[j].text == piece.text), None)
        words = len(piece.text.split())
        if twin is not None and words >= 3:
            caption = has_credit(piece.text) or words > 8
            out[i] = replace(piece, furniture="caption" if caption else "repeat")
            if is_body(out[twin]):
                out[twin] = replace(out[twin], furniture="caption" if caption else "repeat")
        elif seen[piece.text] >= 3 and words <= 8 and not is_closed(piece.text) and piece.text not in speakers:
            out[i] = replace(piece, furniture="repeat")
        elif i <= _BYLINE_WITHIN and i + 1 < len(out) and _are_people(piece.text) and signing.is_house(out[i + 1].text):
            out[i] = replace(piece, metadata="byline")
            out[i + 1] = replace(out[i + 1], furniture=None, metadata="byline")
    last = max((i for i, piece in enumerate(out) if is_body(piece)), default=-1)
    for i, piece in enumerate(out):
        # In the last line of the body a credit is the agency's signature; before it, it signs a picture.
        if is_body(piece) and i < last and is_caption(piece.text, firm=False):
            out[i] = replace(piece, furniture="caption")
        elif piece.metadata == "agency" and i > 0 and out[i - 1].unit is piece.unit and _signs_picture(out, i, last):
            whole = out[i - 1]
            out[i - 1] = replace(whole, furniture="caption")
            out[i] = replace(piece, metadata=None, furniture="caption")
    return out


def _signs_picture(parts: list[Piece], i: int, last: int) -> bool:
    """Whether the agency signature at ``i`` ends a caption: prose goes on behind it, and the line tells a picture."""
    unit = parts[i].unit
    doubled = any(
        0 <= j < len(parts) and parts[j].unit is not unit and parts[j].unit.text == unit.text
        for j in (i - 3, i - 2, i + 1, i + 2)
    )
    return doubled or (i - 1 < last and is_caption(unit.text, firm=False))


def _biographies(parts: list[Piece]) -> list[Piece]:
    """Who the author is, in the last lines: "X, a professor at Y, is the author of Z. Follow him on Twitter"."""
    out = list(parts)
    last = [i for i, piece in enumerate(out) if is_body(piece)][-_BIOGRAPHY_WITHIN:]
    for i in last:
        text = out[i].text.lstrip("•‣⦁·*►–—-_ ")
        if len(text.split()) <= _BIOGRAPHY_WORDS and _BIOGRAPHY.match(text) is not None and len(parts) > 4:
            out[i] = replace(out[i], furniture="credit")
    return out


def _are_people(line: str) -> bool:
    """Whether a line is one name or several, and nothing else; names in capitals alone may be anything."""
    names = [name for name in re.split(r",? and |, |; ", line) if name]
    return 0 < len(names) <= 6 and not line.isupper() and all(map(signing.is_person, names))


def _speaker_lines(parts: list[Piece]) -> frozenset[str]:
    """Names that stand alone before what each of two or more speakers says, as interviews are printed."""
    names = Counter(piece.text for piece in parts if len(piece.text) < 50 and signing.is_person(piece.text))
    often = frozenset(name for name, count in names.items() if count >= 2)
    return often if len(often) >= 2 else frozenset()


def _weight(piece: Piece) -> float:
    words = len(piece.text.split())
    if piece.metadata is not None:
        return 0.0
    if piece.furniture is not None:
        return _INLINE_FURNITURE if piece.furniture in _INLINE else _FURNITURE_LINE
    if is_closed(piece.text) or piece.text.endswith((":", ";")):
        if words < _SHORT_SENTENCE_WORDS:
            return 0.0
        return min(words, _PROSE_AT_MOST)
    if words >= _LONG_OPEN_WORDS:
        return min(words / 2, _PROSE_AT_MOST)
    return _LIST_LINE if piece.unit.bullet else _SHORT_LINE


def _stretch(parts: list[Piece]) -> tuple[int, int]:
    """The run of pieces with the greatest sum of weights: half-open indices, (0, n) when nothing weighs anything.

    Method: maximum subsequence optimisation over lines, after Pasternack and Roth (2009), with weights by hand.
    """
    best, best_at = 0.0, (0, len(parts))
    total, start = 0.0, 0
    weights = [_weight(piece) for piece in parts]
    for i, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, i
        alone = weight > 0 and max(weights[max(0, i - 1) : i] + weights[i + 1 : i + 2], default=0.0) <= 0
        total += weight * _LONE_SENTENCE if alone else weight
        if total > best:
            best, best_at = total, (start, i + 1)
    return best_at


def _outside(parts: list[Piece], begin: int, end: int) -> list[Piece]:
    """Lines around the body become furniture, but for sentences that stand close to it."""
    out = list(parts)
    if not any(_weight(piece) > 0 for piece in parts):
        return out
    for i, piece in enumerate(out):
        if begin <= i < end or not is_body(piece):
            continue
        words = len(piece.text.split())
        closed = is_closed(piece.text)
        distance = begin - i if i < begin else i - end + 1
        least = 2 if distance <= _NEAR // 2 else _KEPT_WORDS
        standfirst = i < begin and words >= _STANDFIRST_WORDS
        if (closed or standfirst) and distance <= _NEAR and words >= least and not piece.unit.bullet:
            continue
        out[i] = replace(piece, furniture="related" if i >= end and words >= 4 else "menu")
    return out


def _headline(parts: list[Piece], hints: Hints, begin: int) -> list[Piece]:
    """The headline and further lines of it; later copies of it are repeats."""
    out = list(parts)
    wanted = _folded(hints.title or "")
    if wanted:
        found = [i for i, piece in enumerate(out) if _same_title(_folded(piece.text), wanted)]
        for number, i in enumerate(found):
            out[i] = (
                replace(out[i], metadata="headline", furniture=None)
                if number == 0
                else replace(out[i], furniture="repeat", metadata=None)
            )
        if found:
            return out
    for i in _highlights(out, begin):
        out[i] = replace(out[i], furniture=None)
    body = Counter(word for piece in out[begin:] if is_body(piece) for word in _folded(piece.text).split())
    candidates: list[tuple[float, int]] = []
    for i in range(begin):
        piece = out[i]
        words = len(piece.text.split())
        plain = (
            piece.furniture in ("menu", "related")
            and kind_of(piece.text) in (None, "related")
            and not piece.unit.bullet
        )
        if plain and (_HEADLINE_WORDS[0] <= words <= _HEADLINE_WORDS[1]) and piece.metadata is None:
            candidates.append((_used(piece.text, body), i))
    good = [(share, i) for share, i in candidates if share >= _TITLE_SHARE]
    if not good and candidates and candidates[0][1] == 0 and len(out[0].text.split()) >= _OPENING_WORDS:
        good = candidates[:1]
    if not good:
        return out
    # The last unbroken group of such lines before the body; in it the first is the headline, the rest stand under it.
    nearest = good[-1][1]
    group = [i for _, i in good if nearest - i <= 12]
    first = group[0]
    out[first] = replace(out[first], furniture=None, metadata="headline")
    for i in group[1:]:
        repeated = _same_title(_folded(out[i].text), _folded(out[first].text))
        out[i] = (
            replace(out[i], furniture="repeat") if repeated else replace(out[i], furniture=None, metadata="headline")
        )
    for i in range(begin, len(out)):
        if is_body(out[i]) and not is_closed(out[i].text) and _folded(out[i].text) == _folded(out[first].text):
            out[i] = replace(out[i], furniture="repeat")
    return out


def _highlights(parts: list[Piece], begin: int) -> list[int]:
    """The lines under "Story highlights" before the body: a summary by the outlet, which is text and no menu."""
    mark = next((i for i in range(begin) if parts[i].text.lower().startswith("story highlights")), None)
    if mark is None:
        return []
    return [
        i
        for i in range(mark + 1, begin)
        if len(parts[i].text.split()) >= 4 and parts[i].furniture and not kind_of(parts[i].text)
    ]


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _same_title(line: str, wanted: str) -> bool:
    """Equal after folding, or one begins the other and has two thirds of it (cut titles, added outlets)."""
    if not line or not wanted:
        return False
    short, long = sorted((line, wanted), key=len)
    return long.startswith(short) and len(short) >= 0.67 * len(long) and len(short) > 8


def _used(line: str, body: Counter[str]) -> float:
    """Share of the longer words of ``line`` that the body uses."""
    words = [word for word in _folded(line).split() if len(word) > 3 and word not in COMMON_ENGLISH]
    return sum(body[word] > 0 for word in words) / len(words) if words else 0.0


def _merged(text: str, parts: list[Piece]) -> list[Piece]:
    """Neighbouring pieces of one line that are furniture of one kind, as one piece."""
    out: list[Piece] = []
    for piece in parts:
        above = out[-1] if out else None
        if above and piece.furniture and above.unit is piece.unit and above.furniture == piece.furniture:
            out[-1] = replace(above, end=piece.end, text=text[above.start : piece.end])
        else:
            out.append(piece)
    return out


def _rescued(parts: list[Piece]) -> list[Piece]:
    """A text whose every line looks like furniture has a body all the same: what no rule named by its words."""
    if any(is_body(piece) for piece in parts):
        return parts
    return [
        replace(piece, furniture=None, metadata=None)
        if piece.metadata in (None, "headline") and kind_of(piece.text) is None
        else piece
        for piece in parts
    ]

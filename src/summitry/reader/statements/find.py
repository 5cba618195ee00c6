"""Finding attributions: the models' labels, made spans; quotations that stand alone, given to whom they continue."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from summitry.reader.document import Document
from summitry.reader.statements.attribution import Attribution
from summitry.reader.statements.blend import Learned
from summitry.reader.statements.embedded import find_embedded
from summitry.reader.statements.kinds import kind_of
from summitry.reader.statements.model import AttributionModel, Labelled, label
from summitry.reader.statements.nested import find_nested
from summitry.reader.statements.parallel import cut_at_next_cue
from summitry.reader.statements.view import View, view_of
from summitry.vocabulary import QuoteType, Span

THRESHOLD: Final = 0.3
"""Of the cue model, on held-out training documents: content F is .58 at 0.2 and .60 at 0.3 and 0.35; source and
sentence F are higher at 0.3 (.72, .87) than at 0.35 (.72, .86)."""
ENCODED: Final = "encoder"
"""Route of what the encoder's heads decided together with the linear model; the rest is the linear model's alone."""
LEARNED_THRESHOLD: Final = 0.3
"""The same with the encoder's heads."""


# What the parser's lemmatiser leaves off or halves.
_LEMMAS: Final = {
    "hop": "hope",
    "announcce": "announce",
    "accord": "according to",
    "retweete": "retweet",
    "lambast": "lambaste",
}


NESTED: Final = 0.15
"""As above for verbs of saying inside another's content: PolNeAR marks only some of them, the record has all."""
SPEAKING: Final = frozenset("say tell announce claim argue warn deny declare insist promise vow pledge assert".split())


SHORTEST_ALONE: Final = 6
"""Tokens, marks included, of a quotation that stands alone and is yet somebody's words."""
ALONE: Final = 0.5
"""Confidence in such a one: that it is an utterance is plain, whose is not."""


def _runs(labels: NDArray[np.int8], kinds: tuple[int, ...], begin: int) -> list[tuple[int, int]]:
    """Stretches of the labels ``kinds``, each opened anew by ``begin``; half-open."""
    runs: list[tuple[int, int]] = []
    start = -1
    for position, value in enumerate([*labels.tolist(), 0]):
        if start >= 0 and (value not in kinds or value == begin):
            runs.append((start, position))
            start = -1
        if value in kinds and start < 0:
            start = position
    return runs


def _quote_type(view: View, runs: list[tuple[int, int]], head: int) -> QuoteType:
    """Direct when all but a few function words stand in quotation marks, mixed when some do.

    Marks around the cue as well are those of somebody who quotes this speaker, and do not count.
    """
    around = view.quote[head]
    total = quoted = 0
    for low, high in runs:
        for token in range(low, high):
            if view.words[token][0].isalnum():
                total += 1
                quoted += view.quote[token] >= 0 and view.quote[token] != around
    if not quoted:
        return "indirect"
    first = runs[0][0]
    marked = [token for token in (first, first + 1) if view.quote[token] >= 0 and view.quote[token] != around]
    opens = marked[:1] == [first] or (bool(marked) and view.words[first].lower() in ("that", ":"))
    return "direct" if opens and quoted >= 0.85 * total else "mixed"


def _span(view: View, low: int, high: int) -> Span:
    return Span(int(view.starts[low]), int(view.ends[high - 1]))


class _Draft:
    """An attribution in token positions, while it is made."""

    def __init__(self, cue: int, probability: float, *, encoded: bool) -> None:
        self.head = cue
        self.probability = probability
        self.encoded = encoded
        self.cue: tuple[int, int] = (cue, cue + 1)
        self.source: tuple[int, int] | None = None
        self.contents: list[tuple[int, int]] = []


def _drafts(view: View, labelled: Labelled) -> list[_Draft]:
    drafts: list[_Draft] = []
    for k, cue in enumerate(labelled.cues.tolist()):
        labels = labelled.labels[k]
        first = int(view.bounds[view.segment[cue]])
        draft = _Draft(cue, float(labelled.probabilities[k]), encoded=bool(labelled.encoded[k]))
        for low, high in _runs(labels, (1,), -1):
            if low + first <= cue < high + first:
                draft.cue = (low + first, high + first)
        sources = [(low + first, high + first) for low, high in _runs(labels, (2, 3), 2)]
        if sources:
            draft.source = min(sources, key=lambda run: min(abs(run[0] - cue), abs(run[1] - 1 - cue)))
        draft.contents = [(low + first, high + first) for low, high in _runs(labels, (4, 5), 4)]
        drafts.append(draft)
    return drafts


def _without_guesses(view: View, drafts: list[_Draft], threshold: float) -> list[_Draft]:
    """The drafts without the unlikely ones, but for plain verbs of saying inside what another is said to have said."""
    sure = [draft for draft in drafts if draft.probability >= threshold]
    inside = np.zeros(len(view.words) + 1, dtype=bool)
    for draft in sure:
        for low, high in draft.contents:
            inside[low:high] = True
    return [
        draft
        for draft in drafts
        if draft.probability >= threshold or (inside[draft.head] and draft.source is not None and draft.contents)
    ]


def _attach(view: View, drafts: list[_Draft]) -> list[tuple[int, int]]:
    """Give the segments that are one quotation and nobody's content to the attribution they go on from.

    Quotations that nobody introduces and nothing goes on from are handed back: an exchange printed without names.
    """
    orphans: list[tuple[int, int]] = []
    taken = np.zeros(len(view.words) + 1, dtype=bool)
    by_segment: dict[int, list[_Draft]] = {}
    for draft in drafts:
        by_segment.setdefault(int(view.segment[draft.head]), []).append(draft)
        for low, high in draft.contents:
            taken[low:high] = True
    last: _Draft | None = None
    last_segment = -2
    for segment in range(len(view.bounds) - 1):
        low, high = int(view.bounds[segment]), int(view.bounds[segment + 1])
        here = by_segment.get(segment)
        if here:
            quoted = [d for d in here if any((view.quote[a:b] >= 0).any() for a, b in d.contents)]
            colon = [d for d in here if not d.contents or view.words[high - 1] == ":"]
            last = (colon or quoted or here)[-1]
            last_segment = segment
            continue
        alone = (view.quote[low:high] >= 0).mean() > 0.9 and not taken[low:high].any()
        if alone and _is_heading(view, low, high):
            continue
        if alone and last is not None and segment - last_segment == 1:
            last.contents.append((low, high))
            last_segment = segment
        elif alone:
            orphans += _whole_quotations(view, low, high)
    return orphans


def _signed(view: View, drafts: list[_Draft]) -> list[Attribution]:
    """Quotations with nothing but a name behind them: '"..." NAME, a lawyer in Cairo.'"""
    taken = {int(view.segment[draft.head]) for draft in drafts if draft.contents}
    out: list[Attribution] = []
    for segment in range(len(view.bounds) - 1):
        low, high = int(view.bounds[segment]), int(view.bounds[segment + 1])
        if segment in taken or low >= high or view.quote[low] < 0:
            continue
        end = next((token for token in range(low, high) if view.quote[token] != view.quote[low]), high)
        verbs = [token for token in range(low, end) if view.tags[token].startswith("VB")]
        first = end + 1 if end < high and view.words[end] in ",-–—" else end
        if end - low < SHORTEST_ALONE or not verbs or first >= high or view.tags[first] != "NNP":
            continue
        if any(view.tags[token][0] == "V" or view.tags[token] == "MD" for token in range(first, high)):
            continue
        last = next((token for token in range(first, high) if view.words[token] in (",", ".", "(")), high)
        source, content = _span(view, first, last), _span(view, low, end)
        out.append(Attribution(source, None, (content,), "direct", None, "utterance", "quotation signed", ALONE))
    return out


def _is_heading(view: View, low: int, high: int) -> bool:
    """Whether a quotation is a heading between paragraphs: a few words and no stop ("'Room for progress'")."""
    words = [word for word in view.words[low:high] if word[0].isalnum()]
    return len(words) < SHORTEST_ALONE and not any(word[-1] in ".!?," for word in view.words[low:high])


def _whole_quotations(view: View, low: int, high: int) -> list[tuple[int, int]]:
    """The quotations in a segment, those of a few words left out: titles and single terms."""
    runs: list[tuple[int, int]] = []
    start = low
    for token in range(low + 1, high + 1):
        if token == high or view.quote[token] != view.quote[start]:
            if view.quote[start] >= 0 and token - start >= SHORTEST_ALONE:
                runs.append((start, token))
            start = token
    return runs


def find_attributions(
    document: Document, model: AttributionModel | None = None, learned: Learned | None = None
) -> tuple[Attribution, ...]:
    """Every attribution of the article, in the order of its first span.

    A pure function of the document and the models: ``model`` is the linear one (the shipped by default), ``learned``
    the encoder's heads over this document; without them the linear model decides alone.
    """
    view = view_of(document) if learned is None else learned.view
    threshold = THRESHOLD if learned is None else LEARNED_THRESHOLD
    thresholds = np.array([NESTED if lemma in SPEAKING else threshold for lemma in view.lemmas])
    labelled = label(view, model or AttributionModel.load(), thresholds, learned)
    drafts = _without_guesses(view, _drafts(view, labelled), threshold)
    heads = [draft.head for draft in drafts if draft.contents and draft.probability >= threshold]
    for draft in drafts:
        draft.contents = cut_at_next_cue(view, draft.head, draft.contents, heads)
    orphans = _attach(view, drafts)
    found: list[Attribution] = []
    for draft in drafts:
        if not draft.contents:
            continue
        quote_type = _quote_type(view, draft.contents, draft.head)
        found.append(
            Attribution(
                source_span=_span(view, *draft.source) if draft.source else None,
                cue_span=_span(view, *draft.cue),
                content_spans=tuple(_span(view, low, high) for low, high in draft.contents),
                quote_type=quote_type,
                cue=_LEMMAS.get(view.lemmas[draft.head], view.lemmas[draft.head]),
                kind=kind_of(view, draft.head, draft.cue, draft.contents, quote_type),
                route=ENCODED if draft.encoded else "linear model",
                confidence=round(draft.probability, 3),
                head=int(view.index[draft.head]),
            )
        )
    found += [
        Attribution(None, None, (_span(view, low, high),), "direct", None, "utterance", "quotation alone", ALONE)
        for low, high in orphans
    ]
    found += _signed(view, drafts)
    found += find_nested(document, found)
    found += find_embedded(document, found)
    return tuple(sorted(found, key=lambda a: a.content_spans[0].start))

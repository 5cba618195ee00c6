"""Attribution on PolNeAR's development half: spans as the published figures count them."""

from __future__ import annotations

from pathlib import Path

from benchmarks.quality.task import Result, corpus_hash
from summitry.evaluate.attribution import AttributionScore, Tally, load_polnear, score_attributions
from summitry.reader.encoder import Encoder, Heads
from summitry.reader.parse import article_of, load_parser, parse
from summitry.reader.statements import AttributionModel, Learned, find_attributions, stated
from summitry.vocabulary import Span

# A conditional random field trained on 300 documents reaches .588, .696, .579 and .869 in the first four figures.


def _share(tally: Tally) -> float | None:
    return None if tally.f is None else 100 * tally.f


def _percent(value: float | None) -> float | None:
    return None if value is None else 100 * value


def run(shared: Path) -> Result | None:
    """Score all attributions, those that become statement rows, and all without the encoder; None without the data."""
    path = shared / "data" / "attribution" / "polnear_dev.jsonl"
    if not path.exists():
        return None
    gold = load_polnear(path)
    every, rows, light = AttributionScore(), AttributionScore(), AttributionScore()
    encoder, heads, model = Encoder.load(), Heads.load(), AttributionModel.load()
    documents = parse(load_parser(), (article_of(text) for _, text, _ in gold))
    for document, (_, text, expected) in zip(documents, gold, strict=True):
        sentences = [Span(s.start_char, s.end_char) for s in document.doc.sents]
        found = find_attributions(document, model, Learned.of(document, encoder, heads))
        every += score_attributions(text, sentences, found, expected)
        rows += score_attributions(text, sentences, stated(found), expected)
        light += score_attributions(text, sentences, find_attributions(document, model), expected)
    figures: list[tuple[str, float | None]] = []
    for prefix, score in (("", every), ("rows: ", rows), ("light: ", light)):
        figures += [
            (f"{prefix}content span F, exact", _share(score.content)),
            (f"{prefix}source span F, exact", _share(score.source)),
            (f"{prefix}cue token F", _share(score.cue)),
            (f"{prefix}sentence F", _share(score.sentence)),
            (f"{prefix}content overlap >= .3 F", _share(score.overlap)),
            (f"{prefix}indirect recall, overlap >= .3", _percent(score.indirect.recall)),
        ]
    return Result("attribution", tuple(figures), corpus_hash([path]), f"{len(gold)} documents")

"""Event factuality on the development files of UW and MEANTIME: the rules with their fitted correction.

The training files are not scored: the correction saw them. Sentences come tokenised and are parsed as they come.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spacy.tokens import Doc

from benchmarks.quality.task import Result, corpus_hash
from summitry.evaluate.factuality import GoldFactuality, read_factuality, score_factuality
from summitry.reader.modality import modality_of
from summitry.reader.parse import load_parser

if TYPE_CHECKING:
    from spacy.language import Language

CORPORA: Final = (("UW", "uw_dev.jsonl"), ("MEANTIME", "meantime_dev.jsonl"))


def parsed(path: Path, nlp: Language | None = None) -> Iterator[tuple[GoldFactuality, Doc]]:
    """The sentences of a file with their parses, each one sentence, tokens as given."""
    nlp = nlp or load_parser()
    gold = read_factuality(path)
    vocab = nlp.vocab

    def prepared() -> Iterator[Doc]:
        for each in gold:
            starts: list[bool | int | None] = [at == 0 for at in range(len(each.words))]
            yield Doc(vocab, words=list(each.words), sent_starts=starts)

    yield from zip(gold, nlp.pipe(prepared(), batch_size=64), strict=True)


def run(shared: Path) -> Result | None:
    """Score; None where the data are absent."""
    folder = shared / "data" / "factuality"
    paths = [folder / name for _, name in CORPORA]
    if not all(path.exists() for path in paths):
        return None
    nlp = load_parser()
    figures: list[tuple[str, float | None]] = []
    for (corpus, _), path in zip(CORPORA, paths, strict=True):
        truth: list[float] = []
        made: list[float] = []
        for gold, doc in parsed(path, nlp):
            truth += [value for _, value in gold.targets]
            made += [modality_of(doc[at]).factuality for at, _ in gold.targets]
        result = score_factuality(truth, made)
        constant = score_factuality(truth, [3.0] * len(truth))
        figures += [
            (f"{corpus} mean absolute error (lower)", result.error if result else None),
            (f"{corpus} Pearson r", result.correlation if result else None),
            (f"{corpus} constant +3, mean absolute error (reference)", constant.error if constant else None),
        ]
    return Result("factuality", tuple(figures), corpus_hash(paths), "development files; errors on the scale -3 to +3")

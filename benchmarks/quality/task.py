"""What a quality task hands back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Result:
    """Figures of one task on one corpus.

    ``figures`` are (name, value) pairs: shares 0-100 unless the name says otherwise; an undefined figure is None.
    ``corpus`` is the SHA-256 of the corpus files, so that a floor is never compared across corpora.
    """

    task: str
    figures: tuple[tuple[str, float | None], ...]
    corpus: str
    note: str = ""


def corpus_hash(paths: Iterable[Path]) -> str:
    """First 16 hexadecimal digits of the SHA-256 of the files' bytes, in the order of their folders' and own names.

    Not of whole paths: the same corpus has the same hash wherever it and the project stand.
    """
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: (path.parent.name, path.name)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]

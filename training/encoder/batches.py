"""Windows as padded tensors of subword ids, with the matrix that averages the subwords of each word."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

LONGEST = 192
"""Subwords of one pass; what is longer is cut (a few windows in ten thousand)."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Subword ids with the two marks at the ends, and the word each stands in (-1 for the marks)."""

    ids: np.ndarray
    words: np.ndarray


def tokenizer_at(model: Path) -> Tokenizer:
    """The tokenizer of an upstream model folder, without its own padding and cutting."""
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encode(tokenizer: Tokenizer, windows: Sequence[Sequence[str]]) -> list[Encoded]:
    """Subwords of windows of words."""
    found = tokenizer.encode_batch([list(words) for words in windows], is_pretokenized=True)
    out = []
    for each in found:
        words = np.array([-1 if w is None else w for w in each.word_ids], dtype=np.int64)
        ids = np.array(each.ids, dtype=np.int64)
        if len(ids) > LONGEST:
            ids = np.append(ids[: LONGEST - 1], ids[-1])
            words = np.append(words[: LONGEST - 1], -1)
        out.append(Encoded(ids, words))
    return out


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded ids (B, S), mask (B, S), averaging matrix (B, W, S)."""

    ids: torch.Tensor
    mask: torch.Tensor
    pool: torch.Tensor


def collate(rows: Sequence[Encoded]) -> Batch:
    """One batch."""
    longest = max(len(row.ids) for row in rows)
    words = max(int(row.words.max(initial=0)) + 1 for row in rows)
    ids = torch.zeros((len(rows), longest), dtype=torch.long)
    mask = torch.zeros((len(rows), longest), dtype=torch.long)
    pool = torch.zeros((len(rows), words, longest))
    for b, row in enumerate(rows):
        n = len(row.ids)
        ids[b, :n] = torch.from_numpy(row.ids)
        mask[b, :n] = 1
        at = np.flatnonzero(row.words >= 0)
        pool[b, torch.from_numpy(row.words[at]), torch.from_numpy(at)] = 1.0
    pool = pool / pool.sum(dim=2, keepdim=True).clamp(min=1.0)
    return Batch(ids, mask, pool)


def by_length(lengths: Sequence[int], budget: int, draw: random.Random) -> Iterator[list[int]]:
    """Indexes in batches of like length, each of about ``budget`` subwords with padding; in random order."""
    order = sorted(range(len(lengths)), key=lambda k: (lengths[k] + draw.random() * 6, k))
    batches: list[list[int]] = []
    current: list[int] = []
    for k in order:
        if current and (len(current) + 1) * lengths[k] > budget:
            batches.append(current)
            current = []
        current.append(k)
    if current:
        batches.append(current)
    draw.shuffle(batches)
    return iter(batches)

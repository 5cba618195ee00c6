"""Phase two: the relation branch on PLV, over the lower layers as phase one left them and as they are shipped.

The lower layers stay as they are, so their states are computed once; what is trained is the branch alone. The folds are
those of ``benchmarks/quality/relation.py``.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from summitry.reader.encoder import Encoder
from summitry.reader.plover import PLV_ROOTS
from training.encoder.examples import RelationWindow
from training.encoder.network import RelationBranch, Trunk


@dataclass(frozen=True, slots=True)
class Recipe:
    """How phase two runs."""

    passes: int = 8
    batch: int = 16
    layers: int = 3
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    smoothing: float = 0.1
    balance: float = 0.3
    seed: int = 8


@dataclass(frozen=True, slots=True)
class Prepared:
    """Lower hidden states (S, H), roles of the subwords (S,), and the root."""

    lower: torch.Tensor
    roles: torch.Tensor
    root: int


def prepare(encoder: Encoder, windows: Sequence[RelationWindow]) -> list[Prepared]:
    """Run the shipped encoder once over each sentence: the branch is trained on the states it will be given."""
    out = []
    for window in windows:
        passes = encoder.encode(window.words).passes
        inner = [each.lower[1:-1] for each in passes]
        lower = np.concatenate([passes[0].lower[:1], *inner, passes[-1].lower[-1:]])
        word = np.concatenate([[-1], *(each.word[1:-1] for each in passes), [-1]])
        roles = np.zeros(len(word), dtype=np.int64)
        for value, (low, high) in ((2, window.target), (1, window.source)):
            roles[(word >= low) & (word < high)] = value
        out.append(Prepared(torch.from_numpy(lower), torch.from_numpy(roles), window.root))
    return out


def _padded(rows: Sequence[Prepared]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    longest = max(len(row.roles) for row in rows)
    hidden = torch.zeros((len(rows), longest, rows[0].lower.shape[1]))
    mask = torch.zeros((len(rows), longest))
    roles = torch.zeros((len(rows), longest), dtype=torch.long)
    for b, row in enumerate(rows):
        n = len(row.roles)
        hidden[b, :n] = row.lower
        mask[b, :n] = 1.0
        roles[b, :n] = row.roles
    return hidden, mask, roles


def fit(trunk: Trunk, rows: Sequence[Prepared], recipe: Recipe) -> RelationBranch:
    """A branch trained on the rows."""
    torch.manual_seed(recipe.seed)
    draw = random.Random(recipe.seed)
    branch = RelationBranch(trunk, layers=recipe.layers)
    share = np.bincount([row.root for row in rows], minlength=len(PLV_ROOTS)) / len(rows)
    weight = torch.tensor(np.maximum(share, 0.01) ** -recipe.balance, dtype=torch.float32)
    weight = weight / float((weight * torch.tensor(share, dtype=torch.float32)).sum())
    criterion = nn.CrossEntropyLoss(weight=weight, label_smoothing=recipe.smoothing)
    sizes = [len(row.roles) for row in rows]
    plan = [b for _ in range(recipe.passes) for b in _batches(sizes, recipe.batch, draw)]
    body = list(branch.layers.parameters()) + list(branch.roles.parameters())
    head = list(branch.mix.parameters()) + list(branch.out.parameters())
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": recipe.rate}, {"params": head, "lr": recipe.head_rate}], weight_decay=0.01
    )
    warm = max(1, len(plan) // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: (s + 1) / warm if s < warm else max(0.0, (len(plan) - s) / (len(plan) - warm))
    )
    branch.train()
    for chosen in plan:
        hidden, mask, roles = _padded([rows[k] for k in chosen])
        loss = criterion(branch(hidden, mask, roles), torch.tensor([rows[k].root for k in chosen]))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*body, *head], 1.0)
        optimiser.step()
        schedule.step()
    return branch.eval()


def _batches(sizes: Sequence[int], batch: int, draw: random.Random) -> list[list[int]]:
    order = sorted(range(len(sizes)), key=lambda k: (sizes[k] + draw.random() * 8, k))
    batches = [order[k : k + batch] for k in range(0, len(order), batch)]
    draw.shuffle(batches)
    return batches


def scores(branch: RelationBranch, rows: Sequence[Prepared]) -> np.ndarray:
    """Scores (n, 15)."""
    with torch.no_grad():
        return np.concatenate([branch(*_padded(rows[k : k + 32])).numpy() for k in range(0, len(rows), 32)])

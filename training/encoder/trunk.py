"""Phase one: the encoder with its cue, span and factuality heads, trained together."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from training.encoder.batches import Batch, Encoded, by_length, collate
from training.encoder.examples import AttributionWindow, FactualityWindow
from training.encoder.network import Trunk, crf_loss


@dataclass(frozen=True, slots=True)
class Recipe:
    """How phase one runs. Rates are peaks of a linear warm-up and decay."""

    passes: int = 2
    fact_passes: int = 2
    frozen: int = 2
    budget: int = 1200
    rate: float = 2e-4
    head_rate: float = 1.5e-3
    warm: float = 0.06
    seed: int = 20261122


def attribution_loss(
    trunk: Trunk, batch: Batch, windows: Sequence[AttributionWindow], positive: torch.Tensor
) -> torch.Tensor:
    """Cue cross-entropy and the random field's loss, summed over the batch and divided by its windows."""
    words = trunk.words(batch)
    sizes = torch.tensor([min(len(w.words), words.shape[1]) for w in windows])
    live = torch.arange(words.shape[1])[None, :] < sizes[:, None]
    gold = torch.zeros(words.shape[:2])
    pairs = [
        (b, cue, w.labels[k]) for b, w in enumerate(windows) for k, cue in enumerate(w.cues) if cue < int(sizes[b])
    ]
    for b, cue, _ in pairs:
        gold[b, cue] = 1.0
    score = trunk.cue(trunk.drop(words)).squeeze(-1)
    loss = nn.functional.binary_cross_entropy_with_logits(score, gold, weight=live.float(), reduction="sum")
    if pairs:
        window = torch.tensor([b for b, _, _ in pairs])
        cue = torch.tensor([c for _, c, _ in pairs])
        labels = torch.zeros((len(pairs), words.shape[1]), dtype=torch.long)
        for k, (b, _, row) in enumerate(pairs):
            size = int(sizes[b])
            labels[k, :size] = torch.tensor(row[:size])
        emissions = trunk.emissions(words, window, cue)
        loss = loss + positive * crf_loss(emissions, labels, sizes[window], trunk.transitions, trunk.starts).sum()
    return loss / len(windows)


def factuality_loss(trunk: Trunk, batch: Batch, windows: Sequence[FactualityWindow]) -> torch.Tensor:
    """Absolute error of the judged words, on their corpus's scale."""
    words = trunk.words(batch)
    rows = [(b, at, value, w.scale) for b, w in enumerate(windows) for at, value in w.targets if at < words.shape[1]]
    where = torch.tensor([b for b, *_ in rows])
    at = torch.tensor([a for _, a, *_ in rows])
    scale = torch.tensor([s for *_, s in rows])
    found = trunk.fact(trunk.drop(words[where, at])).gather(1, scale[:, None]).squeeze(1)
    gold = torch.tensor([v for *_, v, _ in rows])
    return (found - gold).abs().mean()


def train(
    trunk: Trunk,
    attributions: tuple[Sequence[AttributionWindow], Sequence[Encoded]],
    facts: tuple[Sequence[FactualityWindow], Sequence[Encoded]],
    recipe: Recipe,
    checkpoint: Path | None = None,
) -> None:
    """Train in place; the weights are kept at ``checkpoint`` every two hundred steps."""
    torch.manual_seed(recipe.seed)
    draw = random.Random(recipe.seed)
    plan: list[tuple[str, list[int]]] = []
    sizes = [len(e.ids) for e in attributions[1]]
    small = [len(e.ids) for e in facts[1]]
    for _ in range(recipe.passes):
        rows = [("attribution", chosen) for chosen in by_length(sizes, recipe.budget, draw)]
        for _ in range(max(1, recipe.fact_passes // recipe.passes)):
            rows += [("fact", chosen) for chosen in by_length(small, recipe.budget, draw)]
        draw.shuffle(rows)
        plan += rows
    trunk.freeze(recipe.frozen)
    body = [p for n, p in trunk.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    heads = [p for n, p in trunk.named_parameters() if not n.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}], weight_decay=0.01
    )
    warm = int(len(plan) * recipe.warm)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: (s + 1) / warm if s < warm else max(0.0, (len(plan) - s) / (len(plan) - warm))
    )
    trunk.train()
    began, seen, sums = time.time(), 0, {"attribution": [0.0, 0], "fact": [0.0, 0]}
    share = torch.tensor(0.5)
    for step, (task, chosen) in enumerate(plan):
        if task == "attribution":
            batch = collate([attributions[1][k] for k in chosen])
            loss = attribution_loss(trunk, batch, [attributions[0][k] for k in chosen], share)
        else:
            batch = collate([facts[1][k] for k in chosen])
            loss = factuality_loss(trunk, batch, [facts[0][k] for k in chosen])
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*body, *heads], 5.0)
        optimiser.step()
        schedule.step()
        seen += batch.ids.numel()
        sums[task][0] += float(loss.detach())
        sums[task][1] += 1
        if step % 50 == 49:
            shown = {k: round(a / max(1, n), 3) for k, (a, n) in sums.items()}
            print(f"{step + 1}/{len(plan)} {shown} {seen / (time.time() - began):.0f} subwords/s", flush=True)
            sums = {"attribution": [0.0, 0], "fact": [0.0, 0]}
        if checkpoint is not None and step % 200 == 199:
            torch.save(trunk.state_dict(), checkpoint)
    trunk.eval()

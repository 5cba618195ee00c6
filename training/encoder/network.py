"""The network: a small shared encoder, and heads for cues, spans of a cue, factuality and relations."""

from __future__ import annotations

import copy
from pathlib import Path

import torch
from torch import nn
from transformers import AutoModel

from summitry.reader.plover import PLV_ROOTS
from training.encoder.batches import Batch

SPAN_WIDTH = 128
"""Units between the encoder and the labels of a cue's segment."""
REACH = 24
"""Words to either side of the cue that have a place of their own; farther ones share one a side."""
LABELS = 6
"""Outside, cue, begin and inside of source and of content."""


class Trunk(nn.Module):
    """The encoder with the heads that read every window: cue, span, factuality."""

    def __init__(self, model: Path, *, layers: int | None = None) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(model, add_pooling_layer=False)
        if layers is not None:
            self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.cue = nn.Linear(width, 1)
        self.span_word = nn.Linear(width, SPAN_WIDTH)
        self.span_cue = nn.Linear(width, SPAN_WIDTH)
        self.span_place = nn.Embedding(2 * REACH + 3, SPAN_WIDTH)
        self.span_out = nn.Linear(SPAN_WIDTH, LABELS)
        self.transitions = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.starts = nn.Parameter(torch.zeros(LABELS))
        self.fact = nn.Sequential(nn.Linear(width, SPAN_WIDTH), nn.GELU(), nn.Linear(SPAN_WIDTH, 2))

    def freeze(self, layers: int) -> None:
        """Leave the vocabulary's vectors and the lowest ``layers`` as they are: they cost most and change least."""
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:layers]):
            for parameter in part.parameters():
                parameter.requires_grad = False

    def words(self, batch: Batch) -> torch.Tensor:
        """The last hidden state averaged over the subwords of each word: (B, W, H)."""
        hidden = self.encoder(input_ids=batch.ids, attention_mask=batch.mask).last_hidden_state
        return torch.bmm(batch.pool, hidden)

    def emissions(self, words: torch.Tensor, window: torch.Tensor, cue: torch.Tensor) -> torch.Tensor:
        """Label scores of every word for each cue (K, W, 6): window (K,) and word (K,) of each cue."""
        near = self.drop(words)
        hidden = self.span_word(near)[window]
        centre = self.span_cue(near)[window, cue][:, None, :]
        distance = torch.arange(words.shape[1])[None, :] - cue[:, None]
        place = self.span_place(distance.clamp(-REACH - 1, REACH + 1) + REACH + 1)
        return self.span_out(nn.functional.gelu(hidden + centre + place))


def crf_loss(
    emissions: torch.Tensor, labels: torch.Tensor, lengths: torch.Tensor, between: torch.Tensor, first: torch.Tensor
) -> torch.Tensor:
    """Negative log-likelihood of the label sequences of a linear-chain conditional random field, one each."""
    count, longest, _ = emissions.shape
    forward = emissions[:, 0] + first
    gold = emissions[:, 0].gather(1, labels[:, :1]).squeeze(1) + first[labels[:, 0]]
    for t in range(1, longest):
        live = t < lengths
        fresh = torch.logsumexp(forward[:, :, None] + between, dim=1) + emissions[:, t]
        forward = torch.where(live[:, None], fresh, forward)
        step = emissions[:, t].gather(1, labels[:, t : t + 1]).squeeze(1) + between[labels[:, t - 1], labels[:, t]]
        gold = gold + torch.where(live, step, torch.zeros(count))
    return torch.logsumexp(forward, dim=1) - gold


class RelationBranch(nn.Module):
    """Upper layers of its own over a lower hidden state, told which words are source and target: a score a root."""

    def __init__(self, trunk: Trunk, *, layers: int) -> None:
        super().__init__()
        width = trunk.encoder.config.hidden_size
        self.roles = nn.Embedding(3, width)
        nn.init.normal_(self.roles.weight, std=0.02)
        with torch.no_grad():
            self.roles.weight[0] = 0.0
        self.layers = nn.ModuleList(copy.deepcopy(trunk.encoder.encoder.layer[-layers:]))
        self.drop = nn.Dropout(0.1)
        self.mix = nn.Linear(3 * width, width)
        self.out = nn.Linear(width, len(PLV_ROOTS))

    def forward(self, hidden: torch.Tensor, mask: torch.Tensor, roles: torch.Tensor) -> torch.Tensor:
        """Scores (B, 15) of lower hidden states (B, S, H) with roles (B, S): 0 none, 1 source, 2 target."""
        state = hidden + self.roles(roles)
        wide = (1.0 - mask[:, None, None, :].to(state.dtype)) * torch.finfo(state.dtype).min
        for layer in self.layers:
            state = layer(state, wide)
            state = state[0] if isinstance(state, tuple) else state
        parts = [
            (state * chosen[:, :, None]).sum(1) / chosen.sum(1, keepdim=True).clamp(min=1.0)
            for chosen in (mask.float(), (roles == 1).float(), (roles == 2).float())
        ]
        return self.out(self.drop(torch.tanh(self.mix(self.drop(torch.cat(parts, dim=1))))))

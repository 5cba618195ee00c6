"""Trained parts as what the reader loads: two networks (ONNX) and the small heads (npz).

Matrices are stored and multiplied as whole numbers of one byte; the heads stay in single precision.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.preprocess import quant_pre_process
from torch import nn

from training.encoder.network import RelationBranch, Trunk


class _Encoder(nn.Module):
    """What is exported of the trunk: last hidden state and the one the relation branch starts from."""

    def __init__(self, trunk: Trunk, layers: int) -> None:
        super().__init__()
        self.encoder = trunk.encoder
        self.layers = layers

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        found = self.encoder(input_ids=ids, attention_mask=mask, output_hidden_states=True)
        return found.last_hidden_state, found.hidden_states[-1 - self.layers]


def export_encoder(trunk: Trunk, path: Path, *, layers: int) -> None:
    """Write the encoder; ``layers`` is how many upper layers the relation branch has of its own."""
    trunk.eval()
    ids = torch.ones((1, 9), dtype=torch.long)
    torch.onnx.export(
        _Encoder(trunk, layers).eval(),
        (ids, torch.ones_like(ids)),
        str(path),
        input_names=["ids", "mask"],
        output_names=["hidden", "lower"],
        dynamic_axes={name: {0: "batch", 1: "length"} for name in ("ids", "mask", "hidden", "lower")},
        opset_version=17,
        dynamo=False,
    )


def export_branch(branch: RelationBranch, path: Path) -> None:
    """Write the relation branch."""
    width = branch.roles.embedding_dim
    torch.onnx.export(
        branch.eval(),
        (torch.zeros((1, 9, width)), torch.ones((1, 9)), torch.ones((1, 9), dtype=torch.long)),
        str(path),
        input_names=["hidden", "mask", "roles"],
        output_names=["scores"],
        dynamic_axes={name: {0: "batch", 1: "length"} for name in ("hidden", "mask", "roles")}
        | {"scores": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )


def quantised(source: Path, target: Path) -> None:
    """The same network with its matrices in one byte a number, a scale a column; sums stay in single precision.

    ``reduce_range``: seven bits, since processors without VNNI add pairs of products in sixteen bits, which eight would
    overflow.
    """
    ready = target.with_suffix(".ready.onnx")
    quant_pre_process(str(source), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(str(ready), str(target), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    ready.unlink()


def export_heads(trunk: Trunk, path: Path, *, version: str, extra: dict[str, np.ndarray]) -> None:
    """Write the heads over word vectors; ``extra`` are fitted numbers (blending weights)."""
    names = ("cue.", "span_", "transitions", "starts")  # not the factuality head: it helped train, nobody asks it
    weights = {
        name: value.detach().numpy().astype(np.float32)
        for name, value in trunk.state_dict().items()
        if name.startswith(names)
    }
    np.savez_compressed(path, version=np.array(version), **weights, **extra)

"""Trained parts as what the reader loads: two networks (ONNX) and the small heads (npz).

The word vectors of the vocabulary are most of the file: they are stored as one byte a number with a scale a row. The
other weights are stored in half precision, and computed with in single precision.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from training.encoder.network import RelationBranch, Trunk

SMALL = 1024
"""Tensors of fewer numbers are kept as they are."""


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
        dynamic_axes={name: {0: "batch", 1: "length"} for name in ("hidden", "mask", "roles")} | {"scores": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )


def halved(source: Path, target: Path) -> None:
    """The same network with its weights stored in half precision; they are widened when it is loaded."""
    model = onnx.load(str(source))
    graph = model.graph
    casts = []
    for tensor in list(graph.initializer):
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < SMALL:
            continue
        name = tensor.name
        small = numpy_helper.from_array(values.astype(np.float16), name + "_half")
        graph.initializer.remove(tensor)
        graph.initializer.append(small)
        casts.append(onnx.helper.make_node("Cast", [name + "_half"], [name], to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.save(model, str(target))


def export_heads(trunk: Trunk, path: Path, *, version: str, extra: dict[str, np.ndarray]) -> None:
    """Write the heads over word vectors; ``extra`` are fitted numbers (blending weights)."""
    names = ("cue.", "span_", "transitions", "starts", "fact.")
    weights = {
        name: value.detach().numpy().astype(np.float32)
        for name, value in trunk.state_dict().items()
        if name.startswith(names)
    }
    np.savez_compressed(path, version=np.array(version), **weights, **extra)

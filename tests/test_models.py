"""The weights of parser and encoder are those we measured with."""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
from importlib import resources
from pathlib import Path

import pytest

from summitry.reader.parse import PARSER

# SHA-256 of the weight files of en_core_web_sm 3.8.0.
WEIGHTS = {
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
}


def test_the_version_is_pinned() -> None:
    assert importlib.metadata.version(PARSER) == "3.8.0"


@pytest.mark.parametrize("name", sorted(WEIGHTS))
def test_the_weights_are_those_we_measured(name: str) -> None:
    package = Path(str(importlib.import_module(PARSER).__file__)).parent
    data = (package / f"{PARSER}-3.8.0" / name).read_bytes()
    assert hashlib.sha256(data).hexdigest() == WEIGHTS[name]


# As docs/models.md describes them.
ENCODER = {
    "encoder.onnx": "6d3efc7cb8dd14137d8c984fe04ab2294007400643533b8d0bb0a5c5b12ae9f0",
    "heads.npz": "8e6ace67398162c562e4bd9ec5579d31973e41b26e0ce935957f56a903f182a1",
    "relation.onnx": "7068dc8f2cb1aa0c25c157937bc198b1ce5f72410494235d911932638da88d41",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


@pytest.mark.parametrize("name", sorted(ENCODER))
def test_the_encoder_is_the_one_we_measured(name: str) -> None:
    data = resources.files("summitry.reader.encoder").joinpath("weights", name).read_bytes()
    assert hashlib.sha256(data).hexdigest() == ENCODER[name]

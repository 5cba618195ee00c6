"""The parser's weights are those we measured with."""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
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

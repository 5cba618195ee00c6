"""Factuality on a scale: a linear correction of the rules, fitted on judged tokens.

The rules say what kind of case an act is; how sure readers were of such cases is learnt (Lee et al., EMNLP 2015: -3 to
+3, the mean of five judges; MEANTIME, mapped to the scale by Stanovsky et al., ACL 2017). ``training/factuality.py``
makes the weights; least absolute error, since the scale is skewed towards +3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from spacy.tokens import Token

    from summitry.reader.modality.local import Verdict

_SHOWN: Final = frozenset(("aux", "auxpass", "neg", "mark", "advmod", "det", "prep", "cc"))

CERTAIN: Final = 2.8
"""From here a score counts as +3: judges who differ on "happened" differ by slips, and the median is +3."""


def _names(token: Token, verdict: Verdict) -> Iterator[str]:
    rule = f"{verdict.rule}/{verdict.modality}"
    yield "r:" + rule
    yield "m:" + verdict.modality
    yield f"rd:{verdict.rule}/{token.dep_}"
    yield f"rt:{verdict.rule}/{token.tag_}"
    for place, step in enumerate(verdict.steps[:5]):
        yield "s:" + step
        yield f"s{place}:{step}"
        yield "sc:" + step.split(":")[0]
    yield "l:" + token.lemma_.lower()
    yield "t:" + token.tag_
    yield "d:" + token.dep_
    yield "p:" + token.pos_
    head = token.head
    yield f"h:{head.lemma_.lower()}/{token.dep_}"
    yield f"h2:{head.head.lemma_.lower()}/{head.dep_}"
    for child in token.children:
        if child.dep_ in _SHOWN:
            yield f"c:{child.dep_}:{child.lower_}"


def factuality_features(token: Token, verdict: Verdict) -> frozenset[int]:
    """Features of a judged token, hashed (CRC-32 of their names)."""
    return frozenset(crc32(name.encode("utf-8", "surrogatepass")) for name in _names(token, verdict))


def score(features: Iterable[int], weights: Mapping[int, float]) -> float:
    """The score of a token's features, -3 to +3; feature 0 is the bias."""
    raw = weights[0] + sum(weights.get(key, 0.0) for key in features)
    return 3.0 if raw >= CERTAIN else max(raw, -3.0)


@cache
def shipped() -> Mapping[int, float]:
    """The weights beside this module, by feature."""
    with np.load(BytesIO(files("summitry.reader.modality").joinpath("weights.npz").read_bytes())) as arrays:
        keys = (int(key) for key in arrays["keys"])
        return MappingProxyType(dict(zip(keys, (float(weight) for weight in arrays["weights"]), strict=True)))


def factuality_of(token: Token, verdict: Verdict) -> float:
    """How sure a reader is that the act took place: -3 (certainly not) to +3 (certainly)."""
    return score(factuality_features(token, verdict), shipped())

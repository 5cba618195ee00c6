"""PLOVER tables: laws that the codebook states."""

from __future__ import annotations

import pytest

from summitry.errors import UsageError
from summitry.reader.plover import (
    PLV_ROOTS,
    QUADS,
    TYPES,
    cameo_of,
    intensity_of,
    joint_root,
    modes_of,
    quad_name,
    quad_of,
    split_yield,
)
from summitry.reader.triggers import TRIGGERS
from summitry.vocabulary import PLOVER_TYPES


def test_types_are_the_vocabulary_s() -> None:
    assert set(TYPES) == set(PLOVER_TYPES)
    assert {joint_root(each) for each in PLOVER_TYPES} == set(PLV_ROOTS)


@pytest.mark.parametrize("plover", PLOVER_TYPES)
def test_conflict_is_negative_and_cooperation_positive(plover: str) -> None:
    for mode in (None, *modes_of(plover)):
        intensity = intensity_of(plover, mode)
        assert -10 <= intensity <= 10
        if plover != "REQUEST":  # the codebook scores asking for help as faintly cooperative
            assert (intensity > 0) == (quad_of(plover) < 3)
        assert cameo_of(plover, mode).isdigit()
    assert quad_name(plover) == QUADS[quad_of(plover)]


def test_accuse_is_minus_three() -> None:
    assert intensity_of("ACCUSE") == -3


def test_errors_name_what_is_allowed() -> None:
    with pytest.raises(UsageError, match=r"YIELDS.*AGREE"):
        quad_of("YIELDS")
    with pytest.raises(UsageError, match=r"'fax'.*phone"):
        cameo_of("CONSULT", "fax")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("freed two detained fishermen", "RETREAT"),
        ("lifted most of the remaining economic sanctions", "RETREAT"),
        ("pulled its troops out of the valley", "RETREAT"),
        ("let inspectors visit", "RETREAT"),
        ("apologised for the delay", "CONCEDE"),
        ("pardoned the released editor", "CONCEDE"),
        ("dropped its demand for a withdrawal", "CONCEDE"),
        ("gave in to the union", "CONCEDE"),
    ],
)
def test_split_yield(words: str, expected: str) -> None:
    assert split_yield(words) == expected


def test_every_trigger_has_a_code() -> None:
    for lemma, entries in TRIGGERS.items():
        weights = [entry.weight for entry in entries]
        assert weights == sorted(weights, reverse=True)
        for entry in entries:
            assert entry.lemma == lemma
            assert cameo_of(entry.type, entry.mode)

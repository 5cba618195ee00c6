"""What the gate lets pass and passes over, and what it says."""

from __future__ import annotations

import pickle

import pytest

from summitry.errors import CaseError
from summitry.gate import Gate
from summitry.vocabulary import Source

KOREA = (
    "Envoys of the United States and North Korea met in the capital on Tuesday for talks on the reactor, "
    "the ministry said. It was the first meeting in a year, and both sides said that they would meet again."
)
GARDEN = (
    "The garden was full of roses in June, and the gardener said that it had been the best summer for years. "
    "He has lived by the river for most of his life, and is known to all of the people of the village."
)


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate.of(None)


def source(text: str | bytes, **more: object) -> Source:
    return Source("page", text.encode() if isinstance(text, str) else text, **more)  # type: ignore[arg-type]


def test_a_report_of_a_case_passes(gate: Gate) -> None:
    assert gate.look(source(KOREA)) is None
    assert Gate.of(["korea"]).look(source(KOREA)) is None


def test_a_page_of_nothing_asked_about_is_passed_over(gate: Gate) -> None:
    over = gate.look(source(GARDEN))
    assert over is not None
    assert over.why == "topic"
    assert over.reason == (
        "holds none of the words that tell of brexit, iran or trade; does not name North Korea, which korea is about"
    )


def test_one_party_is_not_enough() -> None:
    over = Gate.of(["korea"]).look(source(KOREA.replace("the United States", "a neighbour")))
    assert over is not None
    assert (over.why, over.reason) == ("parties", "names one party of korea (North Korea): two are needed")


def test_unknown_case() -> None:
    with pytest.raises(CaseError):
        Gate.of(["atlantis"])


def test_pickled(gate: Gate) -> None:
    again = pickle.loads(pickle.dumps(gate))
    assert again == gate
    assert again.look(source(KOREA)) is None

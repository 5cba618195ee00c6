"""What came of a meeting, told in the sentences behind it. All sentences are our own."""

from __future__ import annotations

from datetime import date

import pytest

import summitry
from summitry.vocabulary import Event

DAY = date(2021, 3, 9)
MET = "Negotiators from Norway and Ghana held working-level talks in Lisbon on Monday."


def meeting(text: str) -> Event:
    found = [
        event
        for event in summitry.read(text, published=DAY).events
        if event.meeting is not None and event.modality == "happened"
    ]
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("behind", "outcome"),
    [
        ("But the two sides failed to make any progress in their latest meeting.", "no agreement"),
        ("The talks ended without an agreement.", "no agreement"),
        ("They agreed to meet again in Accra.", "agreement"),
        ("Both countries said the discussions were constructive.", "progress"),
    ],
)
def test_outcome_is_told_behind_the_meeting(behind: str, outcome: str) -> None:
    event = meeting(f"{MET}\n\n{behind}")
    assert event.meeting is not None
    assert event.meeting.outcome == outcome
    assert event.evidence[-1].exact == behind


@pytest.mark.parametrize(
    "behind",
    [
        "If the two sides failed to make progress, the talks would end.",
        "In 2015 the two sides failed to reach an agreement.",
        "France said the talks had failed to reach a result in Paris.",
        "A ferry broke down in the harbour.",
    ],
)
def test_words_of_another_thing_are_no_outcome(behind: str) -> None:
    event = meeting(f"{MET}\n\n{behind}")
    assert event.meeting is not None
    assert event.meeting.outcome is None
    assert all(behind not in each.exact for each in event.evidence)

"""What changed: new rows, another state, answers to what was known; nothing where nothing was told."""

from __future__ import annotations

from dataclasses import replace

from ledger_rows import ARD, BEL, RIVER, event, holdings, move
from summitry.ledger.changes import changes
from summitry.ledger.holdings import Holdings
from summitry.vocabulary import Meeting

MET = event(
    "CONSULT", ARD, BEL, "2021-05-01", "they met in Lund", meeting=Meeting(level="summit", venue="Lund", outcome=None)
)
OFFER = move("offer", ARD, BEL, "2021-05-02", give="the opening of the upper gates")
QUIT = event("REJECT", BEL, ARD, "2021-06-01", "Belmark called off the talks")
REFUSAL = move("refusal", BEL, ARD, "2021-06-03", give="the opening of the upper gates")


def before() -> Holdings:
    return holdings(MET, OFFER, cases=[RIVER], as_of="2021-05-10")


def test_nothing_told_nothing_changed() -> None:
    brief = changes(before(), replace(before(), as_of=before().today))
    assert brief.lines == ()
    assert brief.since == before().today


def test_another_state_names_the_one_before() -> None:
    brief = changes(before(), holdings(MET, OFFER, QUIT, cases=[RIVER], as_of="2021-06-10"))
    first = brief.lines[0]
    assert first.section == "state"
    assert "are suspended" in first.text
    assert first.text.endswith("On 10 May 2021 they were active.")
    assert brief.title.startswith("What changed since 10 May 2021 as of 10 June 2021: The river talks")
    assert brief.title.endswith("1 new report")


def test_an_answer_to_what_was_known_is_told_and_old_rows_are_not() -> None:
    brief = changes(before(), holdings(MET, OFFER, REFUSAL, cases=[RIVER], as_of="2021-06-10"))
    changed = [line for line in brief.lines if line.section == "changed"]
    assert len(changed) == 1
    assert "offered “the opening of the upper gates”" in changed[0].text
    assert "refused" in changed[0].text
    assert not any(line.rows[:1] == (MET.id,) for line in brief.lines)
    assert all(line.evidence for line in brief.lines)

"""The brief: every sentence from rows, with passages; what is chosen, how it reads, and what is never said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_rows import ARD, BEL, COR, RIVER, event, holdings, move, on, passage, position, statement
from summitry.casebook import PartyEntry
from summitry.errors import EvidenceError
from summitry.ledger.brief import MOST, compose
from summitry.ledger.clauses import form_of, move_clause, position_clause
from summitry.ledger.holdings import Holdings
from summitry.ledger.phrasing import around, on_day, quoted, shortened, span_of
from summitry.ledger.rows import Brief, BriefLine
from summitry.vocabulary import Actor, Commitment, DateInterval, Meeting, Prediction

ENVOY = Actor("ARDGOV", "Anna Berg", "envoy", kind="person")
UNNAMED = Actor("BELGOV", "senior official", anonymous=True, kind="person")


def told(found: Holdings, section: str) -> list[str]:
    return [line.text for line in compose(found).lines if line.section == section]


def summit(day: str, outcome: str | None = None) -> Holdings:
    meeting = Meeting(level="summit", venue="Lund", outcome=outcome)
    return holdings(event("CONSULT", ARD, BEL, day, "The leaders met in Lund", meeting=meeting), cases=[RIVER])


@pytest.mark.parametrize(
    ("kind", "more", "clause"),
    [
        ("demand", {"get": "that Belmark open the gates"}, "demanded “that Belmark open the gates”"),
        ("demand", {"get": "Belmark to open the gates"}, "called on “Belmark to open the gates”"),
        (
            "demand",
            {"get": "the opening of the gates", "text": "wants the opening of the gates"},
            "sought “the opening of the gates”",
        ),
        ("demand", {"get": "for more water"}, "asked “for more water”"),
        ("demand", {"get": "to see the river", "text": "asks to see the river"}, "asked “to see the river”"),
        ("demand", {"get": "the dam must come down"}, "demanded: “the dam must come down”"),
        (
            "demand",
            {"get": "full access", "give": "the opening of the gates"},
            "demanded “full access” in return for “the opening of the gates”",
        ),
        ("offer", {"give": "to open the gates"}, "offered “to open the gates”"),
        ("offer", {"give": "open the gates", "text": "it would open the gates"}, "offered to “open the gates”"),
        ("refusal", {"give": "opening the gates"}, "ruled out “opening the gates”"),
        (
            "refusal",
            {"give": "open the gates", "text": "it will not open the gates"},
            "said it would not “open the gates”",
        ),
        ("threat", {"give": "to shut the gates"}, "threatened “to shut the gates”"),
        (
            "threat",
            {"give": "to shut the gates", "condition": "if it rains", "text": "to shut the gates if it rains"},
            "threatened “to shut the gates if it rains”",
        ),
        ("promise", {"give": "him in Lund that it would open the gates"}, "promised “that it would open the gates”"),
        (
            "concession",
            {"give": "opened the gates", "text": "Ardania opened the gates"},
            "gave way: it “opened the gates”",
        ),
        (
            "precondition",
            {"get": "x", "text": "no gate opens unless it rains"},
            "set a condition: “no gate opens unless it rains”",
        ),
        (
            "demand",
            {"get": "him to do so", "text": "she had asked him to do so"},
            "made a demand: “she had asked him to do so”",
        ),
        (
            "offer",
            {"give": "in the talks", "text": "showed itself open in the talks"},
            "made an offer: “showed itself open in the talks”",
        ),
    ],
)
def test_the_verb_fits_the_form_of_the_words(kind: str, more: dict[str, str], clause: str) -> None:
    assert move_clause(move(kind, ARD, BEL, "2021-05-10", **more)) == clause  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stance", "summary", "clause"),
    [
        ("demand", "a phased plan", "wants “a phased plan”"),
        ("reject", "further talks", "rejects “further talks”"),
        ("oppose", "to open the gates", "does not want “to open the gates”"),
        ("accept", "to resume talks", "has agreed “to resume talks”"),
        ("support", "the plan", "supports “the plan”"),
    ],
)
def test_positions_are_clauses(stance: str, summary: str, clause: str) -> None:
    assert position_clause(position(ARD, stance, summary, "2021-05-10")) == clause  # type: ignore[arg-type]


def test_forms() -> None:
    assert form_of("spring floods") == "what"
    assert form_of("to providing water") is None
    assert form_of("freed from jail", "had been freed from jail") is None


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (on("2021-03-15"), "on 15 March 2021"),
        (DateInterval(date(2021, 2, 27), date(2021, 2, 28), "interval"), "on 27–28 February 2021"),
        (DateInterval(date(2021, 6, 1), date(2021, 6, 30), "month"), "in June 2021"),
        (DateInterval(date(2021, 1, 1), date(2021, 12, 31), "year"), "in 2021"),
        (DateInterval(date(2021, 6, 28), date(2021, 7, 2), "interval"), "between 28 June 2021 and 2 July 2021"),
        (on(None), ""),
    ],
)
def test_dates_in_words(when: DateInterval, words: str) -> None:
    assert on_day(when) == words


def test_words_are_cut_at_a_word_and_marks_are_whole() -> None:
    assert quoted("the “big” plan") == "“the ‘big’ plan”"
    assert quoted("“We agree,” he said") == "“‘We agree,’ he said”"
    assert quoted('their "military threats') == "“their military threats”"
    long = "water " * 60
    assert len(shortened(long)) <= 152
    assert shortened(long).endswith("water …")
    assert around("a" * 80 + ", the two agreed to share the water" + " x" * 60, 90).startswith("… the two agreed")


def test_the_state_comes_first_with_its_reason() -> None:
    brief = compose(summit("2021-05-10", "no agreement"))
    assert brief.lines[0].section == "state"
    assert brief.lines[0].text == (
        "The talks between Ardania and Belmark are stalled: a summit in Lund on 10 May 2021 ended without agreement or "
        "progress."
    )
    assert brief.title == "Where the talks stand as of 10 May 2021: The river talks (1 report)"


def test_a_move_says_what_it_answers_and_who_said_it() -> None:
    offer = move("offer", ARD, BEL, "2021-05-01", give="the opening of the upper gates")
    words = "Belmark refuses the opening of the upper gates"
    refusal = move("refusal", BEL, ARD, "2021-05-09", give="the opening of the upper gates", text=words)
    said = statement(ENVOY, f"Ardania offer {offer.give} None", "2021-05-01")
    said = replace(said, evidence=(passage("src-2021-05-01", 0, offer.evidence[0].exact),))
    (alone,) = told(holdings(offer, said, cases=[RIVER]), "moves")
    assert alone == "On 1 May 2021 Ardania (Anna Berg, envoy) offered “the opening of the upper gates”."
    (answered,) = told(holdings(offer, refusal, said, cases=[RIVER]), "moves")
    assert answered.startswith("On 9 May 2021 Belmark refused “the opening of the upper gates”")
    assert answered.endswith("this answers Ardania's offer “the opening of the upper gates”.")
    other = replace(said, speaker=COR, party=COR)
    (distant,) = told(holdings(offer, other, cases=[RIVER]), "moves")
    assert distant.endswith("“the opening of the upper gates”, according to Corvia.")


def test_one_party_does_not_fill_a_section_and_what_is_left_is_counted() -> None:
    rows = [
        move("demand", ARD, BEL, f"2021-05-{day:02}", get=f"the closing of the {name} quarry")
        for day, name in enumerate(["north", "south", "east", "west", "upper", "lower"], 1)
    ]
    brief = compose(holdings(*rows, cases=[RIVER]))
    assert len([line for line in brief.lines if line.section == "moves"]) == 2
    assert dict(brief.left_out)["moves"] == 4


def test_positions_stand_side_by_side_under_the_title_of_the_issue() -> None:
    found = holdings(
        position(ARD, "demand", "dams first", "2021-05-01", issue="sequence"),
        position(BEL, "demand", "all steps together", "2021-05-03", issue="sequence"),
        position(COR, "demand", "a share", "2021-05-03", issue="sequence"),
        cases=[RIVER],
    )
    (line,) = told(found, "positions")
    assert line == (
        "Who moves first: Ardania wants “dams first” (1 May 2021); Belmark wants “all steps together” (3 May 2021)."
    )


def test_a_meeting_announced_and_one_overdue() -> None:
    meeting = Meeting(level="other", venue=None)
    ahead = event("CONSULT", ARD, BEL, "2021-06-20", "will meet on 20 June", source="src-2021-06-01", meeting=meeting)
    late = event("CONSULT", BEL, ARD, "2021-05-20", "were to meet on 20 May", source="src-2021-05-01", meeting=meeting)
    off = event("REJECT", ARD, BEL, "2021-06-04", "Ardania called off the talks")
    rows = [*(replace(one, modality="planned") for one in (ahead, late)), off]
    lines = told(holdings(*rows, cases=[RIVER], as_of="2021-06-05"), "ahead")
    assert lines[0].startswith("A meeting of Ardania and Belmark is announced for 20 June 2021")
    assert "no report tells that it took place" in lines[1]
    held = replace(late, id="h", evidence=(passage("src-2021-05-21", 3, "they met"),))
    assert len(told(holdings(*rows, held, cases=[RIVER], as_of="2021-06-05"), "ahead")) == 1


def test_what_others_expect_is_not_announced() -> None:
    meeting = Meeting(level="other", venue=None)
    plan = event("CONSULT", ARD, BEL, "2021-06-20", "will meet", source="src-2021-06-01", meeting=meeting)
    plan = replace(plan, modality="planned", attributed_to=COR)
    assert told(holdings(plan, cases=[RIVER], as_of="2021-06-05"), "ahead") == []


def test_predictions_say_by_when_and_what_came_of_them() -> None:
    row = Prediction(
        id="pre-1",
        evidence=(passage("src-2021-05-01", 0, "the talks will restart soon"),),
        coder="hand/1",
        confidence=0.8,
        forecaster=UNNAMED,
        claim="the talks will restart soon",
        made=on("2021-05-01"),
        horizon=DateInterval(date(2021, 5, 1), date(2021, 7, 30), "interval", "soon = 90 days"),
        horizon_rule="soon = 90 days",
        hedge=None,
        condition=None,
    )
    (line,) = told(holdings(cases=[RIVER], predictions=(row,), as_of="2021-05-20"), "predictions")
    assert line.startswith(
        "An unnamed source (senior official) foretold on 1 May 2021: “the talks will restart soon”, by 30 July 2021"
    )


def test_doubt_names_unnamed_sources_and_single_reports() -> None:
    demand = move("demand", BEL, ARD, "2021-05-10", get="the closing of the quarry")
    said = replace(statement(UNNAMED, "x", "2021-05-10"), on_record="anonymous", evidence=demand.evidence)
    other = move("demand", ARD, BEL, "2021-05-11", get="the opening of the gates")
    text = " ".join(told(holdings(demand, said, other, cases=[RIVER]), "doubt"))
    assert "unnamed sources: senior official" in text
    assert "rest on a single report" in text


def test_without_a_case_everything_still_works() -> None:
    found = replace(summit("2021-05-10", "no agreement"), cases=())
    assert "stalled" in compose(found).lines[0].text
    assert compose(holdings()) == Brief("Where the talks stand (0 reports)", None, ())


def test_a_sentence_without_evidence_cannot_be_made() -> None:
    with pytest.raises(EvidenceError, match="every sentence has a footnote"):
        BriefLine("state", "All is well.", ())


KINDS = st.sampled_from(["demand", "offer", "refusal", "threat", "promise", "precondition", "concession"])
WORDS = st.text(alphabet=st.sampled_from("abc to that if “”\"'<>&[]()*_\n\t\u202e,.;-"), min_size=1, max_size=60)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(KINDS, st.sampled_from([ARD, BEL, COR]), WORDS, WORDS), min_size=1, max_size=12))
def test_any_words_make_sentences_of_one_line_with_passages_of_the_rows(
    told: list[tuple[str, Actor, str, str]],
) -> None:
    rows = [
        move(kind, who, None, "2021-05-10", give=f"the {words}", get=more, text=f"{words}{more}x", start=100 * number)  # type: ignore[arg-type]
        for number, (kind, who, words, more) in enumerate(told)
    ]
    brief = compose(holdings(*rows, cases=[RIVER]))
    passages = {each for row in rows for each in row.evidence}
    for line in brief.lines:
        assert set(line.evidence) <= passages
        assert not re.search(r"[\x00-\x1f\u202e]", line.text)
        assert line.text.count("“") == line.text.count("”")
    for section, most in MOST.items():
        assert sum(line.section == section for line in brief.lines) <= most
    assert brief == compose(holdings(*reversed(rows), cases=[RIVER]))


def test_span_of_an_open_interval_is_none() -> None:
    assert span_of(DateInterval(None, date(2021, 5, 1), "interval")) is None


@pytest.mark.parametrize(
    ("stance", "summary", "clause"),
    [
        ("demand", "to a third round of talks", "wants “a third round of talks”"),
        ("support", "to disarmament of the lake", "supports “disarmament of the lake”"),
        ("demand", "to mention the lake", "wants “to mention the lake”"),
        ("support", "forward with the drills", "takes this view: “Ardania supports forward with the drills”"),
    ],
)
def test_what_stands_behind_to_may_be_a_thing(stance: str, summary: str, clause: str) -> None:
    assert position_clause(position(ARD, stance, summary, "2021-05-10")) == clause  # type: ignore[arg-type]


def test_what_is_said_to_be_so_is_not_demanded() -> None:
    row = move("demand", ARD, BEL, "2021-05-10", get="that Belmark was committed to peace", text="sure that it was")
    assert move_clause(row) == "made a demand: “sure that it was”"


def test_a_quotation_left_open_is_closed_and_a_loose_end_taken_off() -> None:
    assert quoted("some of the sanctions “on people’s food and not on arms") == (
        "“some of the sanctions ‘on people’s food and not on arms’”"
    )
    assert quoted("‘war games’ in the south") == "“‘war games’ in the south”"
    assert quoted("it would be good for the lake but also") == "“it would be good for the lake”"


def test_old_moves_are_not_the_latest() -> None:
    old = move("demand", ARD, BEL, "2021-01-10", get="the opening of the gates", text="wants the opening of the gates")
    new = move("offer", BEL, ARD, "2021-06-01", give="to repair the old dam", source="src-2021-06-01")
    assert told(holdings(old, new, cases=[RIVER]), "moves") == [
        "On 1 June 2021 Belmark offered “to repair the old dam”."
    ]
    late = told(holdings(old, new, cases=[RIVER], as_of="2022-01-01"), "moves")
    assert late == ["On 1 June 2021 Belmark offered “to repair the old dam”; no move is reported since."]


def test_a_position_that_nobody_can_date_or_that_is_years_old_is_left_out() -> None:
    found = holdings(
        position(ARD, "demand", "the opening of the gates", "2018-05-01", issue="toll"),
        position(BEL, "demand", "a lower toll for all", "2021-05-01", issue="toll"),
        cases=[RIVER],
    )
    assert told(found, "positions") == ["The toll: Belmark wants “a lower toll for all” (1 May 2021)."]


def test_a_date_that_is_only_that_of_the_news_is_told_as_reported() -> None:
    day = replace(on("2021-05-10"), basis="day of the news: Monday")
    row = replace(move("offer", ARD, BEL, "2021-05-10", give="to open the gates"), date=day)
    assert told(holdings(row, cases=[RIVER]), "moves") == [
        "As reported on 10 May 2021, Ardania offered “to open the gates”."
    ]


def test_nobody_is_bound_to_meet_himself() -> None:
    row = Commitment(
        id="com-1", evidence=(passage("src-2021-05-10", 0, "agreed to meet Belmark"),), coder="hand/1", confidence=0.8,
        instrument="agreement of ARD and BEL", obligor=BEL, beneficiary=ARD, text="meet Belmark", status=None,
        as_of=None, made=on("2021-05-10"),
    )  # fmt: skip
    talks = event("CONSULT", ARD, BEL, "2021-05-10", "They met")
    assert told(holdings(talks, cases=[NAMED], commitments=(row,)), "commitments") == []
    other = replace(row, obligor=ARD, beneficiary=BEL)
    assert len(told(holdings(talks, cases=[NAMED], commitments=(other,)), "commitments")) == 1


NAMED = replace(RIVER, parties=(PartyEntry("ARD", "Ardania", kind="state"), PartyEntry("BEL", "Belmark", kind="state")))

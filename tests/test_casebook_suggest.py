"""A case proposed from rows: parties counted, issues grouped, poles from opposed stances; always a case that checks."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.casebook import Case, IssueEntry, PartyEntry, Seen, load_world, parse_case, skeleton, suggest_case
from summitry.casebook.keys import TABLES
from summitry.vocabulary import UNKNOWN_DATE, Actor, Evidence, Move, Position, Stance, Statement

WORLD = load_world()
ISL, NOR = Actor("ISL", "Iceland"), Actor("NOR", "Norway")


def evidence(words: str, start: int) -> tuple[Evidence, ...]:
    return (Evidence("src-1", start, start + len(words), words),)


def position(party: Actor, issue: str, stance: Stance, words: str, start: int) -> Position:
    return Position(
        id=f"pos-{start}",
        evidence=evidence(words, start),
        coder="test",
        confidence=1.0,
        party=party,
        issue=issue,
        stance=stance,
        summary=words,
        condition=None,
        attributed_by="self",
        held=UNKNOWN_DATE,
    )


def move(party: Actor, issue: str | None, words: str, start: int) -> Move:
    return Move(
        id=f"mov-{start}",
        evidence=evidence(words, start),
        coder="test",
        confidence=1.0,
        kind="demand",
        proposer=party,
        addressee=None,
        issue=issue,
        give=None,
        get=words,
        condition=None,
        sequence=None,
        status=None,
        responds_to=None,
        date=UNKNOWN_DATE,
    )


def statement(speaker: Actor, start: int) -> Statement:
    return Statement(
        id=f"sta-{start}",
        evidence=evidence("words", start),
        coder="test",
        confidence=1.0,
        speaker=speaker,
        party=None,
        addressee=None,
        said=UNKNOWN_DATE,
        quote_type="indirect",
        words="words",
        cue="said",
        on_record="on",
        vehicle=None,
        speech_act="state",
        authority="other",
        source_span=None,
        cue_span=None,
        content_spans=(),
    )


def test_parties_are_counted_by_state_and_those_of_known_cases_left_out() -> None:
    seen = Seen([("ISLGOV", "Directorate", 5), ("ISL", "Iceland", 4), ("NOR", "Norway", 8), ("RUS", "Russia", 7)])
    known = Case("other", "Other", ("RUS", "USA"))
    case = parse_case(suggest_case(seen, [known], WORLD), "proposed")
    assert case.principals == ("ISL", "NOR")


def test_two_parties_are_kept_where_no_new_ones_are() -> None:
    known = Case("other", "Other", ("ISL", "NOR"))
    case = parse_case(suggest_case(Seen([("ISL", "Iceland", 5), ("NOR", "Norway", 4)]), [known], WORLD), "proposed")
    assert case.principals == ("ISL", "NOR")


def test_speakers_without_a_code_become_parties() -> None:
    anglers = Actor(None, "Union of Anglers", kind="organisation")
    someone = Actor(None, "Anna Example", kind="person")
    rows = [statement(who, at) for at, who in enumerate((anglers, anglers, someone, someone))]
    seen = Seen([("ISL", "Iceland", 5), ("NOR", "Norway", 4)], rows)
    case = parse_case(suggest_case(seen, [], WORLD), "proposed")
    assert [(party.code, party.name) for party in case.parties] == [("NGOUNI", "Union of Anglers")]


def test_issues_are_head_nouns_and_poles_the_words_of_opposed_sides() -> None:
    positions = [
        position(ISL, "cod quota", "demand", "historical catch of the fleet", 1),
        position(ISL, "herring quota", "demand", "historical catch again", 30),
        position(NOR, "quota", "reject", "catch counted by the fleet", 60),
        position(NOR, "move", "support", "the move", 90),
        position(NOR, "access", "support", "access to ports", 120),
    ]
    # The move that a position is made by is no second passage; what has no issue is left out.
    moves = [move(ISL, "cod quota", "historical catch of the fleet", 1), move(ISL, None, "more", 150)]
    known = Case("other", "Other", ("USA", "RUS"), issues=(IssueEntry("access", "Access"),))
    seen = Seen([("ISL", "Iceland", 5), ("NOR", "Norway", 4)], (), positions, moves)
    text = suggest_case(seen, [known], WORLD, "fish talks")
    case = parse_case(text, "proposed")
    assert case.name == "fish talks"
    (issue,) = case.issues
    assert issue.name == "quota"
    assert set(issue.words) == {"quota", "cod quota", "herring quota"}
    assert [(pole.name, pole.words) for pole in issue.poles] == [
        ("for", ("historical", "again")),
        ("against", ("counted",)),
    ]
    assert "# passages: 3" in text
    assert "#   ISL, demand: historical catch again" in text


odd = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)


@given(st.lists(st.tuples(odd, odd, st.sampled_from(["demand", "reject", "condition"])), max_size=8))
@settings(deadline=None, max_examples=50)
def test_any_words_make_a_case_that_checks(rows: list[tuple[str, str, Stance]]) -> None:
    who = [ISL, NOR]
    positions = [position(who[n % 2], label, stance, words, n) for n, (label, words, stance) in enumerate(rows)]
    seen = Seen([("ISL", "Iceland", 5), ("NOR", rows[0][0] if rows else "Norway", 4)], (), positions)
    text = suggest_case(seen, [], [PartyEntry("ISL", "Iceland", "state")])
    assert parse_case(text, "proposed").principals == ("ISL", "NOR")


def test_a_skeleton_is_fine_once_it_is_filled_in_and_has_every_key() -> None:
    blank = skeleton("cod")
    lines = [
        line.removeprefix("# ").rstrip("#") if line.startswith("#") and line[:2] != "##" else line
        for line in blank.splitlines()
    ]
    text = "\n".join(lines).replace("principals = []", 'principals = ["ISL", "NOR"]')
    case = parse_case(text, "cod")
    assert (
        case.issues and case.instruments[0].articles and case.vehicles and case.events and case.offices and case.parties
    )
    for table in TABLES:
        for key in table.keys:
            assert f"{key.name} = " in text or f"{table.name}.{key.name}".lstrip(".") in text

"""The pure rules of reviewing: fields, dates, what reviews come to, finding rows again, agreement."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from record_factory import PRK, USA, make_reading
from summitry.errors import UsageError
from summitry.reader import plover as reader_plover
from summitry.review import (
    FIELDS,
    Anchor,
    Review,
    agreement_of,
    conflicts_of,
    decide,
    doubt_of,
    edited,
    in_force,
    plain_of,
)
from summitry.review.dates import parse_date
from summitry.review.lines import review_json, review_of
from summitry.review.match import Candidate, find_again
from summitry.review.names import parse_fields, parse_pairs
from summitry.review.plover import TYPES
from summitry.review.rows import coder_of, reviewed
from summitry.review.types import Action, Kind, reviewer
from summitry.vocabulary import Actor, DateInterval, Event

PARTIES = {"prk": PRK, "north korea": PRK, "usa": USA, "united states": USA}


def find(name: str) -> Actor | None:
    return PARTIES.get(name.casefold())


def review(action: Action, row: str, by: str, at: int, kind: Kind = "move", **fields: object) -> Review:
    stamp = f"2030-05-04T12:00:{at:02}.000000+00:00"
    return Review(
        action, kind, by, stamp, (Anchor(row, "src-1", 0, 4, "word", {"kind": "demand", "give": "x"}),), fields
    )


def here(reviews: list[Review]) -> dict[tuple[str, int], str]:
    return {(one.id, i): row.row for one in reviews for i, row in enumerate(one.rows)}


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2019-03-15", date(2019, 3, 15), date(2019, 3, 15), "day"),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28), "month"),
        ("2019", date(2019, 1, 1), date(2019, 12, 31), "year"),
        ("2019-03-15/2019-03-17", date(2019, 3, 15), date(2019, 3, 17), "interval"),
        ("2019-03/2019-04", date(2019, 3, 1), date(2019, 4, 30), "interval"),
        ("2019-03-15/..", date(2019, 3, 15), None, "interval"),
        ("../2019-03", None, date(2019, 3, 31), "interval"),
        ("unknown", None, None, "unknown"),
    ],
)
def test_dates_as_people_write_them(text: str, start: date | None, end: date | None, precision: str) -> None:
    assert parse_date(text) == DateInterval(start, end, precision, "review")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["2019-13", "2019-02-30", "15 March", "2019-03-17/2019-03-15", "2019/03/15", "19"])
def test_what_is_no_date_is_named(text: str) -> None:
    with pytest.raises(UsageError, match=r"said is .*; allowed: 2019-03-15"):
        parse_date(text, "said")


def test_the_types_of_events_are_those_of_the_reader() -> None:
    assert {
        name: (reader_plover.quad_name(name), reader_plover.intensity_of(name), reader_plover.cameo_of(name))
        for name in TYPES
    } == dict(TYPES)


def test_fields_are_typed() -> None:
    said = parse_fields("move", parse_pairs(["kind=Offer", "proposer=north korea", "give=", "date=2019-03"]), find)
    move = edited("move", make_reading()[0].moves[0], said)
    assert (move.kind, move.proposer, move.give, move.date.precision) == ("offer", PRK, None, "month")


@pytest.mark.parametrize(
    ("kind", "pair", "message"),
    [
        ("move", "kind=wish", "kind of a move is 'wish'; allowed: demand, offer"),
        ("move", "proposer=", "proposer of a move is empty"),
        ("move", "proposer=Narnia", "no party of this record nor of the world"),
        ("move", "colour=red", "a move has no field 'colour' to review; allowed: kind, proposer"),
        ("commitment", "status=4", "allowed: 0 .not begun."),
        ("position", "strength=2", "allowed: 0 to 1"),
        ("prediction", "negated=perhaps", "allowed: true, false"),
        ("event", "type=MEET", "allowed: AGREE, CONSULT"),
    ],
)
def test_what_a_field_cannot_hold_is_named(kind: Kind, pair: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parse_fields(kind, parse_pairs([pair]), find)


def test_every_field_of_every_kind_goes_to_json_and_back() -> None:
    reading, _ = make_reading()
    rows = (("statement", reading.statements[0]), ("event", reading.events[0]), ("move", reading.moves[0]))
    for kind, row in (*rows, ("position", reading.positions[0])):
        assert edited(kind, row, plain_of(kind, row)) == row  # type: ignore[arg-type]
    assert set(FIELDS["event"]) == set(plain_of("event", reading.events[0]))


def test_a_type_brings_its_quad_with_it_and_a_level_makes_a_meeting() -> None:
    event = make_reading()[0].events[0]
    threat = edited("event", event, {"type": "THREATEN", "level": None})
    assert (threat.quad, threat.cameo, threat.mode, threat.meeting) == ("verbal conflict", "130", None, None)
    again = edited("event", threat, {"venue": "Oslo"})
    assert again.meeting is not None
    assert (again.meeting.level, again.meeting.venue) == ("other", "Oslo")


def test_the_coder_names_the_last_reviewer_over_the_reader() -> None:
    assert coder_of("anna", "hand/1, rule 3") == "review:anna, on hand/1, rule 3"
    assert coder_of("bert", coder_of("anna", "hand/1, rule 3")) == "review:bert, on hand/1, rule 3"
    assert coder_of("bert", coder_of("anna")) == "review:bert"


def test_laying_an_edit_over_twice_is_once() -> None:
    move = make_reading()[0].moves[0]
    once = reviewed("move", move, {"give": "inspections"}, "anna")
    assert reviewed("move", once, {"give": "inspections"}, "anna") == once
    assert once.confidence == 1.0


ACTIONS = st.sampled_from(["accept", "reject", "edit-give", "edit-get"])


@given(st.lists(st.tuples(ACTIONS, st.sampled_from("ab"), st.sampled_from(["anna", "bert"])), max_size=8))
@settings(deadline=None, max_examples=60)
def test_the_order_in_which_reviews_come_does_not_matter(told: list[tuple[str, str, str]]) -> None:
    reviews = []
    for at, (what, row, by) in enumerate(told):
        action, _, name = what.partition("-")
        reviews.append(review(action, row, by, at, **({name: str(at)} if name else {})))  # type: ignore[arg-type]
    expected = decide(reviews, here(reviews))
    for other in (reviews[::-1], reviews[1::2] + reviews[::2], reviews + reviews[:1]):
        assert decide(other, here(reviews)) == expected
        assert conflicts_of("move", other, here(reviews)) == conflicts_of("move", reviews, here(reviews))
        ours, theirs = agreement_of("move", other, here(reviews)), agreement_of("move", reviews, here(reviews))
        assert (ours.judged, ours.accepted, ours.fields) == (theirs.judged, theirs.accepted, theirs.fields)


def test_the_latest_decision_applies_and_edits_of_different_fields_stand_together() -> None:
    reviews = [
        review("edit", "a", "anna", 1, give="ships"),
        review("edit", "a", "bert", 2, get="grain"),
        review("reject", "b", "anna", 3),
        review("accept", "b", "bert", 4),
        review("edit", "c", "anna", 5, give="ships"),
        review("accept", "c", "bert", 6),  # who had not seen the edit holds the row to be right as it was
    ]
    rows = decide(reviews, here(reviews)).rows
    assert dict(rows["a"].fields) == {"give": "ships", "get": "grain"}
    assert (rows["b"].rejected, rows["b"].by) == (False, "bert")
    assert dict(rows["c"].fields) == {}
    told = conflicts_of("move", reviews, here(reviews))
    assert [(one.row, one.applies) for one in told] == [("b", "bert"), ("c", "bert")]
    assert told[1].sides == (("anna", "says give ships"), ("bert", "says give x"))


def test_an_undone_review_is_as_if_it_had_not_been() -> None:
    first, second = review("reject", "a", "anna", 1), review("accept", "a", "anna", 2)
    undo = Review("undo", "move", "anna", "2030-05-04T12:00:03.000000+00:00", (), undoes=second.id)
    assert in_force([undo, second, first]) == [first]
    assert decide([first, second, undo], here([first, second])).rows["a"].rejected


def test_merging_and_splitting_in_any_order_of_ids() -> None:
    def both(action: Action, at: int, *rows: str) -> Review:
        stamp = f"2030-05-04T12:00:{at:02}.000000+00:00"
        return Review(action, "event", "anna", stamp, tuple(Anchor(one) for one in rows))

    merges = [both("merge", 1, "a", "b"), both("merge", 2, "c", "a")]
    assert {one: root for one, (root, _) in decide(merges, here(merges)).into.items()} == {"a": "c", "b": "c"}
    merges.append(both("split", 3, "b"))
    assert {one: root for one, (root, _) in decide(merges, here(merges)).into.items()} == {"a": "c"}
    # A telling of an entry; after it was taken out, the entry's reviews are no longer its own.
    apart = [both("split", 1, "t"), both("reject", 2, "t")]
    found = decide(apart, here(apart), {"t": "e", "e": "e"})
    assert set(found.apart) == {"t"}
    assert found.rows["t"].rejected
    assert "e" not in found.rows


def told(row: str, start: int, end: int, kind: str = "demand", party: str = "PRK", **rest: object) -> Candidate:
    return Candidate(row, ((start, end),), {"kind": kind, "proposer": {"code": party, "name": "x"}, **rest})


def test_a_row_read_anew_is_found_by_words_and_key() -> None:
    was = {"kind": "demand", "proposer": {"code": "PRKGOV", "name": "x"}, "give": "ships"}
    anchor = Anchor("old", "src-1", 10, 50, "x" * 40, was, ("beside",))
    rows = [told("a", 12, 50), told("b", 40, 90), told("c", 60, 90), told("d", 12, 50, "offer"), told("beside", 10, 50)]
    assert find_again("move", anchor, {}, rows) == "a"
    assert find_again("move", anchor, {}, rows[1:]) == "b"
    assert find_again("move", anchor, {}, rows[2:]) is None
    assert find_again("move", anchor, {"kind": "offer"}, rows[2:]) == "d"  # the newer reader says what the edit said
    twins = [told("a", 10, 50), told("b", 10, 50, give="ships")]
    assert find_again("move", anchor, {}, twins) == "b"
    assert find_again("move", anchor, {}, [told("a", 10, 50), told("b", 10, 50)]) is None
    for order in itertools.permutations(rows):
        assert find_again("move", anchor, {}, list(order)) == "a"


def test_statements_are_found_by_most_of_their_words_alone() -> None:
    anchor = Anchor("old", "src-1", 0, 100, "x" * 100)
    assert find_again("statement", anchor, {}, [Candidate("a", ((20, 100),), {})]) == "a"
    assert find_again("statement", anchor, {}, [Candidate("a", ((60, 100),), {})]) is None


def test_agreement_counts_rows_and_fields() -> None:
    reviews = [
        review("accept", "a", "anna", 1),
        review("reject", "b", "anna", 2),
        review("edit", "c", "anna", 3, give="y"),
        review("edit", "d", "anna", 4, give="x"),  # changes nothing
        review("accept", "a", "bert", 5),
        review("reject", "b", "bert", 6),
        review("accept", "c", "bert", 7),
    ]
    found = agreement_of("move", reviews, here(reviews))
    assert (found.accepted, found.edited, found.rejected, found.judged) == (3, 0, 1, 4)
    assert found.right == 0.75
    verdict, give = found.between
    assert (verdict.of, verdict.rows, verdict.alike) == ("verdict", 3, 2)
    # Krippendorff by hand: values A A, R R, E A over three units.
    assert verdict.alpha == pytest.approx(1 - 5 * 2 / (36 - 9 - 4 - 1))
    assert (give.of, give.rows, give.alike) == ("give", 2, 1)


@given(
    st.sampled_from(["accept", "reject", "edit"]),
    st.text(min_size=1, max_size=20).filter(str.strip),
    st.dictionaries(st.sampled_from(["give", "get", "condition"]), st.text(max_size=20) | st.none(), max_size=3),
)
@settings(deadline=None, max_examples=40)
def test_a_review_goes_to_a_line_and_back(action: Action, note: str, fields: dict[str, str | None]) -> None:
    import json

    one = replace(review(action, "mov-1", "anna", 1, **fields), note=note, id="")  # type: ignore[arg-type]
    assert review_of(json.dumps(review_json(one))) == one


@pytest.mark.parametrize("name", ["", " ", "Holm, Anna", "a:b", "a\nb", "x" * 81])
def test_names_that_cannot_stand_in_a_coder(name: str) -> None:
    with pytest.raises(UsageError, match="reviewer is"):
        reviewer(name)


def test_doubt_says_why() -> None:
    reading, _ = make_reading()
    first, anonymous = reading.statements
    assert doubt_of(first).reasons == ("second hand",)
    assert doubt_of(anonymous, {anonymous.id}).reasons == ("disputed", "anonymous")
    assert doubt_of(replace(anonymous, confidence=0.2)).weight > doubt_of(anonymous).weight
    event: Event = replace(reading.events[0], modality="alleged")
    assert doubt_of(event).reasons == ("disputed", "single source")

"""Actor, predicate, point: one difficulty a sentence, sentences written for the purpose."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import summitry


def triples(text: str) -> set[tuple[str, str, str]]:
    """Actor, predicate and the parts of the point of what is not nested."""
    return {
        (row.actor.name, row.predicate, " § ".join(text[span.start : span.end] for span in row.point))
        for row in summitry.propositions(text)
        if not row.nested
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kuwait opposed the levy.", {("Kuwait", "opposed", "the levy")}),
        (
            "Norway, supported by Chile and many others, called for a review of the rules.",
            {("Norway", "called", "for a review of the rules"), ("Chile", "called", "for a review of the rules")},
        ),
        (
            "Pakistan, opposed by the EU, and supported by Iran, proposed deleting the reference.",
            {
                ("Pakistan", "proposed", "deleting the reference"),
                ("European Union", "not proposed", "deleting the reference"),
                ("Iran", "proposed", "deleting the reference"),
            },
        ),
        (
            "Ecuador, for the African Group, did not support the text and proposed a new draft.",
            {
                ("Ecuador", "not support", "the text"),
                ("African Group", "not support", "the text"),
                ("Ecuador", "proposed", "a new draft"),
                ("African Group", "proposed", "a new draft"),
            },
        ),
        (
            "Supported by Egypt and Sudan, Jordan requested clarification.",
            {(name, "requested", "clarification") for name in ("Jordan", "Egypt", "Sudan")},
        ),
        (
            "The amendment was supported by Iceland and Japan, and opposed by Russia.",
            {
                ("Iceland", "supported", "The amendment"),
                ("Japan", "supported", "The amendment"),
                ("Russia", "opposed", "The amendment"),
            },
        ),
        (
            "Brazil proposed a fund, while Peru and Cuba opposed.",
            {
                ("Brazil", "proposed", "a fund"),
                ("Peru", "not proposed", "a fund"),
                ("Cuba", "not proposed", "a fund"),
            },
        ),
        (
            "Many parties, including the US and Japan, supported the proposal.",
            {("United States", "supported", "the proposal"), ("Japan", "supported", "the proposal")},
        ),
        (
            "On the budget, Spain said it could not pay, and stated that no one would.",
            {
                ("Spain", "said", "it could not pay § On the budget"),
                ("Spain", "stated", "that no one would § On the budget"),
            },
        ),
        ("NEW ZEALAND rejected the text.", {("New Zealand", "rejected", "the text")}),
        (
            "Ghana urged developed countries to honor their pledges.",
            {("Ghana", "urged", "developed countries § to honor their pledges")},
        ),
        (
            "The US did not agree with the text, noting that it contained new duties.",
            {
                ("United States", "not agree", "with the text"),
                ("United States", "noting", "that it contained new duties"),
            },
        ),
        ("Kenya announced that it has withdrawn its offer.", {("Kenya", "withdrawn", "its offer")}),
        ("The committee met on Monday in Geneva.", set()),
    ],
)
def test_triples(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert triples(text) == expected


def test_what_stands_in_anothers_words_is_nested() -> None:
    rows = summitry.propositions("France said Turkey had rejected the plan.")
    assert [(row.actor.name, row.predicate, row.nested) for row in rows] == [
        ("France", "said", False),
        ("Turkey", "rejected", True),
    ]


_NAMES = st.lists(st.sampled_from(["Norway", "Chile", "Japan", "Kenya", "Peru"]), min_size=1, max_size=4, unique=True)


@settings(deadline=None, max_examples=15)
@given(_NAMES, st.sampled_from(["supported", "opposed"]))
def test_each_of_a_list_has_the_predicate_or_its_denial(names: list[str], how: str) -> None:
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    found = triples(f"Canada, {how} by {listed}, proposed a new fund.")
    denied = "not proposed" if how == "opposed" else "proposed"
    expected = {(name, denied, "a new fund") for name in names}
    assert found == expected | {("Canada", "proposed", "a new fund")}


@settings(deadline=None, max_examples=15)
@given(st.text(max_size=120))
def test_any_text_is_read_and_every_span_lies_in_it(text: str) -> None:
    for row in summitry.propositions(text):
        for span in (row.actor_span, row.predicate_span, row.clause, *row.point):
            assert 0 <= span.start < span.end <= len(text)

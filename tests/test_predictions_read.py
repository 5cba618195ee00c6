"""Predictions of whole sentences, one difficulty each; sentences written for the purpose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.reader.parse import article_of
from summitry.reader.pipeline import Reader
from summitry.vocabulary import ArticleKind, DateInterval, Prediction, Reading

DAY = date(2021, 3, 1)


@cache
def reader() -> Reader:
    return Reader((), light=True)


def read(text: str, day: date | None = DAY, kind: ArticleKind = "report") -> Reading:
    article = replace(article_of(text), kind=kind, outlet="The Courier")
    if day is not None:
        article = replace(article, published=DateInterval(day, day, "day", "given"))
    return reader().read(article)


def foretold(text: str, kind: ArticleKind = "report") -> list[Prediction]:
    return list(read(text, kind=kind).predictions)


def one(text: str, kind: ArticleKind = "report") -> Prediction:
    (found,) = foretold(text, kind)
    return found


def test_one_checkable_clause_a_row() -> None:
    talks = "Kenya and Uganda will reopen their peace talks soon and it will go very well"
    text = f"Norway's foreign minister said that {talks}."
    first, second = foretold(text)
    assert (first.claim, second.claim) == (
        "Kenya and Uganda will reopen their peace talks soon",
        "it will go very well",
    )
    assert {actor.code for actor in first.actors} == {actor.code for actor in second.actors} == {"KEN", "UGA"}
    assert (first.type, second.type) == ("CONSULT", "CONSULT")
    assert (first.quality, second.quality) == (None, "very well")
    assert first.horizon is not None and first.horizon.end == date(2021, 5, 30)
    assert first.horizon_rule == second.horizon_rule == "soon: within 90 days"
    assert first.forecaster.code == "NORGOV"


@pytest.mark.parametrize(
    ("text", "claim", "hedge"),
    [
        ("Analysts expect Sudan to sign the treaty.", "Sudan to sign the treaty", None),
        (
            "Ghana's president said he expected Togo to withdraw from the accord.",
            "Togo to withdraw from the accord",
            None,
        ),
        (
            "Some experts believe the talks of Togo and Benin will collapse.",
            "the talks of Togo and Benin will collapse",
            "believe",
        ),
        ("Ghana's president said Togo may withdraw from the accord.", "Togo may withdraw from the accord", "may"),
        (
            "Peru's president said Chile is likely to reject the deal.",
            "Chile is likely to reject the deal",
            "likely",
        ),
        (
            '"I think the talks with Togo will fail," said Ghana\'s president.',
            "the talks with Togo will fail",
            "I think",
        ),
    ],
)
def test_cues_and_hedges(text: str, claim: str, hedge: str | None) -> None:
    found = one(text)
    assert found.claim == claim
    assert found.hedge == hedge


def test_who_is_described_foretells_under_that_description() -> None:
    found = one("Some experts believe the talks of Togo and Benin will collapse.")
    assert (found.forecaster.name, found.forecaster.anonymous) == ("experts", True)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Ghana's president said Togo will not sign the treaty.", True),
        ("Ghana's president said Togo is unlikely to sign the treaty.", True),
        ("Ghana's president said he does not believe Togo will sign the treaty.", True),
        ("Ghana's president said that under no circumstances will Togo sign the treaty.", True),
        ("Ghana's president said Togo and Benin have come too far to return to war.", True),
        ("Analysts say it's unlikely Togo would sign the treaty with Benin.", True),
        ("Ghana's president said Togo will sign the treaty.", False),
    ],
)
def test_what_is_foretold_not_to_happen(text: str, negated: bool) -> None:
    assert one(text).negated is negated


@pytest.mark.parametrize(
    "text",
    [
        "Togo's president said Togo will sign the treaty.",  # its own intention
        '"We will retaliate," said Togo\'s president.',  # a threat
        "Togo pledged that it will sign the treaty.",
        "Togo demanded that Benin sign the treaty.",
        "Ghana's president asked whether Togo will sign the treaty.",
        "Will Togo sign the treaty?",
        "Togo will sign the treaty on Friday.",  # the reporter's
        "Ghana's president said it would be a mistake.",
        "Under the accord, sanctions on Togo would be lifted, Ghana's president said.",
        "Ghana's president said Togo may have signed the treaty.",
        "Ghana's president said Benin will have to disarm.",
        "We expect Benin to honour its commitments, Togo's president said.",
        "Ghana's president did not say when Togo will sign the treaty.",
        '"He will sign the treaty with Benin," said Kofi Mensah, a spokesman for the Togolese government.',
        "A spokesman for the Togolese navy spoke on Monday. Kofi Mensah said Togo will block the ports of Benin.",
        "Togolese and Beninese officials said Benin will not accept any inspections.",
        "Ghana's president said the summit of Togo and Benin would be good for world peace.",
        "Leaders think they might get a better deal with Togo.",
        "Ghana's president refused, not because Togo will leave the accord but because of the cost.",
    ],
)
def test_what_is_no_prediction(text: str) -> None:
    assert foretold(text) == []


def test_a_condition_is_kept_in_its_own_words() -> None:
    found = one("If the two sides refuse to yield, the peace talks between Togo and Benin will collapse.", "editorial")
    assert found.condition == "If the two sides refuse to yield"
    assert (found.forecaster.name, found.forecaster.kind) == ("The Courier", "media")
    assert found.claim.startswith("If the two sides")


def test_a_manner_is_no_condition() -> None:
    assert one("Ghana's president said Togo may close the base without dismantling it.").condition is None


def test_who_is_passed_on_foretells() -> None:
    found = one('"The World Bank says that the economy of Togo will shrink this year," said Ghana\'s president.')
    assert found.forecaster.name == "World Bank"


def test_a_subject_outside_the_quotation_is_in_the_claim() -> None:
    found = one('Togo, Ghana\'s president said, "will withdraw from the accord."')
    assert found.claim == "Togo will withdraw from the accord"


@pytest.mark.parametrize(
    ("byline", "name", "anonymous"),
    [
        (None, "The Courier", False),
        ("By Ann Berg", "Ann Berg", False),
        ("Ann Berg, Kofi Mensah, Special to The Courier", "Ann Berg and Kofi Mensah", False),
        ("Ann Berg, Kofi Mensah, Lu Wei, Eva Lind", "a writer in The Courier", True),
        ("The Editorial Board", "The Courier", False),
    ],
)
def test_who_signs_an_opinion_foretells_in_it(byline: str | None, name: str, anonymous: bool) -> None:
    text = "If the two sides refuse to yield, the peace talks between Togo and Benin will collapse."
    article = replace(article_of(text), kind="editorial", outlet="The Courier", byline=byline)
    (found,) = reader().read(article).predictions
    assert (found.forecaster.name, found.forecaster.anonymous) == (name, anonymous)


@pytest.mark.parametrize(
    ("words", "type_"),
    [
        ("the accord will ease the sanctions on Togo", "CONCEDE"),
        ("the talks between Togo and Benin will falter", "SANCTION"),
    ],
)
def test_the_type_is_that_of_what_comes(words: str, type_: str) -> None:
    assert one(f"Some analysts believe {words}.").type == type_


@pytest.mark.parametrize(
    ("words", "end", "rule"),
    [
        ("shortly", date(2021, 5, 30), "shortly: within 90 days"),
        ("in the coming weeks", date(2021, 4, 30), "coming weeks: within 60 days"),
        ("by June", date(2021, 6, 30), "stated: June"),
        ("this year", date(2021, 12, 31), "stated: this year"),
        ("eventually", None, "none stated"),
        ("that stands today", None, "none stated"),
    ],
)
def test_horizons(words: str, end: date | None, rule: str) -> None:
    found = one(f"Ghana's president said Togo will sign the treaty {words}.")
    assert (found.horizon.end if found.horizon is not None else None) == end
    assert found.horizon_rule is not None and found.horizon_rule.startswith(rule)


def test_it_is_foretold_when_it_is_said() -> None:
    assert one("Ghana's president said on 22 February that Togo will sign the treaty.").made.start == date(2021, 2, 22)
    assert one("Ghana's president said Togo will sign the treaty.").made.start == DAY


def test_without_a_date_nothing_is_lost() -> None:
    (found,) = read("Ghana's president said Togo will sign the treaty soon.", day=None).predictions
    assert found.made.precision == "unknown"
    assert (found.horizon, found.horizon_rule) == (None, "soon: within 90 days")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Some experts believe the talks will collapse.",
                '"The talks will fail," said Ghana\'s president.',
                "Togo will sign, and may withdraw, unless",
                "Kenya expects Uganda to,",
                "“It will go well",
                "too far to return and will not or",
            ]
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([" ", "\n\n", " — "]),
)
def test_laws(parts: list[str], joint: str) -> None:
    first, second = read(joint.join(parts)), read(joint.join(parts))
    assert first.predictions == second.predictions
    assert len({row.id for row in first.predictions}) == len(first.predictions)
    for row in first.predictions:
        row.evidence[0].check(first.article)
        assert row.claim
        assert row.resolution == "pending"

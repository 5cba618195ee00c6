"""What the gate lets pass and passes over, and what it says."""

from __future__ import annotations

import pickle
import time
from pathlib import Path

import pytest

from summitry.errors import CaseError
from summitry.gate import Gate
from summitry.vocabulary import Source

EXAMPLES = Path(__file__).parents[1] / "examples"
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


@pytest.mark.parametrize(
    "broken",
    [
        "North&nbsp;Korea",
        "North&#160;Korea",
        "North\nKorea",
        "North\r\nKorea",
        "North \nKorea",
        "North     Korea",
        "North\n      Korea",
        "North\n  Korea",
        "North -\n Korea",
        "North\u00a0Korea",
        "North <b>Korea</b>",
        "<span class='cap'>N</span>orth Korea",
        "<a href='/x'>North</a> <a href='/y'>Korea</a>",
        "North<br/>Korea",
        "North Ko<wbr>rea",
        "North Ko&shy;rea",
        "North Ko\u00adrea",
        "NORTH KOREA",
        "&#78;orth &#x4b;orea",
        "Workers&#39; Party of Korea",
        "Workers\u2019 Party of Korea",
        "Workers&rsquo; Party of Korea",
    ],
)
def test_a_name_is_found_however_it_is_broken(gate: Gate, broken: str) -> None:
    page = f"<html><body><p>{KOREA.replace('North Korea', broken)}</p></body></html>"
    assert gate.look(source(page, media_type="text/html")) is None
    assert gate.look(source(KOREA.replace("North Korea", broken))) is None


def test_short_names_are_taken_as_they_are_written() -> None:
    gate = Gate.of(["korea"])
    with_pronoun = KOREA.replace("the United States", "one of us")
    assert gate.look(source(with_pronoun)) is not None
    assert gate.look(source(with_pronoun.replace("one of us", "the US"))) is None
    assert gate.look(source(with_pronoun.replace("one of us", "the U.S."))) is None


def test_words_are_asked_for_where_a_case_lists_them() -> None:
    page = "China and the United States held a joint exhibition of paintings, and " + GARDEN
    over = Gate.of(["trade"]).look(source(page))
    assert over is not None
    assert (over.why, over.reason) == ("topic", "holds none of the words that tell of trade")
    assert Gate.of(["trade"]).look(source(page.replace("paintings", "tariffs"))) is None


def test_length() -> None:
    gate = Gate.of(["korea"])
    over = gate.look(source("North Korea met the United States."))
    assert over is not None
    assert (over.why, over.reason) == ("length", "holds 34 bytes; a report has at least 60")
    over = gate.look(source(KOREA * 30_000))
    assert over is not None
    assert over.why == "length"
    assert over.reason.endswith("split it into single reports")


def test_what_is_no_text_is_left_to_cleaning(gate: Gate) -> None:
    assert gate.look(source(b"%PDF-1.7 " + b"\x01\x02" * 500)) is None
    assert gate.look(source(b"\x89PNG\r\n")) is None


def test_the_title_is_looked_at_too() -> None:
    page = source(KOREA.replace("North Korea", "a neighbour"), metadata=(("title", "Talks with North Korea"),))
    assert Gate.of(["korea"]).look(page) is None


def test_no_case_asks_for_two_states_and_talk_of_negotiating() -> None:
    gate = Gate.of(())
    assert gate.look(source(KOREA)) is None
    assert gate.look(source("Delegations of Peru and Chile met for talks, and " + GARDEN)) is None
    over = gate.look(source(GARDEN))
    assert over is not None
    assert over.reason == "holds none of the words that tell of any negotiation"
    over = gate.look(source("A delegation of Peru came for talks, and " + GARDEN))
    assert over is not None
    assert over.reason == "names one party of any negotiation (Peru): two are needed"


def test_names_at_the_ends_of_the_page_and_of_the_parts_looked_at(gate: Gate) -> None:
    for pad in (*range(1_990, 2_110), 10_200, 10_240):
        page = "North Korea\n" + GARDEN * 60
        assert gate.look(source(page[:pad] + " United States " + page[pad:] + " for talks")) is None
    assert gate.look(source(f"North Korea {GARDEN} Washington")) is None


def test_a_short_text_is_not_judged_by_its_language(gate: Gate) -> None:
    caption = "North Korea, U.S. envoys arrive: Kim Myong Gil, Stephen Biegun, Stockholm airport. (Photo: Ola Nordmann)"
    assert gate.look(source(caption)) is None


def test_a_report_within_a_page_of_another_language_passes(gate: Gate) -> None:
    menu = "Startseite Nachrichten Politik Wirtschaft Wissenschaft Kultur Gesellschaft Impressum Datenschutz\n" * 60
    assert gate.look(source(f"{menu}{KOREA}{KOREA.replace('Tuesday', 'Friday')}\n{menu}")) is None
    over = gate.look(source(menu))
    assert over is not None
    assert over.why == "language"


def test_a_page_of_nothing_but_names_and_marks_takes_no_time() -> None:
    gate = Gate.of(["iran"])
    for page in ("Iran " * 100_000, "<a " * 100_000, "&" * 300_000, "< " * 150_000, " " * 300_000, "the " * 80_000):
        started = time.process_time()
        gate.look(source(page))
        gate.look(source(page, media_type="text/html"))
        assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("folder", "cases"),
    [
        ("korea-2019", None),
        ("korea-2019", ["korea"]),
        ("no-case", ()),
        ("no-case", [str(EXAMPLES / "no-case" / "mackerel.toml")]),
    ],
)
def test_the_shipped_examples_pass(folder: str, cases: list[str] | None) -> None:
    gate = Gate.of(cases)
    pages = [page for page in sorted((EXAMPLES / folder).iterdir()) if page.suffix in (".txt", ".html")]
    assert pages
    for page in pages:
        assert gate.look(source(page.read_bytes())) is None, page.name

"""Laws of the gate: never stricter than what comes after it, and blind to what stands around a report."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.casebook import Case, available_cases, choose_cases, load_case, load_world
from summitry.clean.language import language_of
from summitry.gate import Gate
from summitry.vocabulary import Source

CASES = tuple(load_case(name) for name in available_cases())
GATE = Gate.of(None)
ALONE = {case.name: Gate.of([case.name]) for case in CASES}
FILLER = (
    "The ministry said on Tuesday that the meeting would be held in the spring, and that it was for both sides to say "
    "what they had agreed to at the end of the last one."
)
# Lines of running text, written for these tests.
TONGUES = (
    FILLER,
    "Die Minister haben in der Nacht lange geredet, und am Morgen war noch nichts unterschrieben.",
    "Le ministre a dit que les deux pays se sont parlé pendant la nuit et que rien n'est encore signé.",
    "El ministro dijo que los dos países hablaron durante la noche y que todavía no se ha firmado nada.",
    "De minister zei dat de twee landen van de nacht tot de morgen met elkaar hebben gesproken.",
    "Министр сказал, что обе стороны говорили всю ночь, но ничего ещё не подписано.",
    "장관은 양국이 밤새 이야기했지만 아직 아무것도 서명되지 않았다고 말했다.",
    "部长说，两国谈了一整夜，但还没有签署任何文件。",
)


def source(text: str | bytes) -> Source:
    return Source("page", text.encode("utf-8") if isinstance(text, str) else text)


def names_by_party() -> dict[str, re.Pattern[str]]:
    """The names by which a reader counts parties: the oracle of these laws."""
    codes = {code for case in CASES for code in case.principals}
    names: dict[str, set[str]] = {code: set() for code in codes}
    for entry in load_world():
        if entry.parent is None and entry.code in codes:
            names[entry.code] |= {entry.name, *entry.names, *entry.demonyms, *entry.metonyms}
    for case in CASES:
        for body in case.parties:
            names.get(body.parent or body.code, set()).update((body.name, *body.names))
        for office in case.offices:
            names.get(office.party, set()).update((office.person, *office.aliases))
    return {
        code: re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(own, key=len, reverse=True))) + r")(?!\w)")
        for code, own in names.items()
    }


PATTERNS = names_by_party()
NAMES = sorted(
    {name for case in CASES for party in case.parties for name in (party.name, *party.names)}
    | {name for case in CASES for office in case.offices for name in (office.person, *office.aliases)}
    | {n for e in load_world() if e.code in PATTERNS for n in (e.name, *e.names, *e.demonyms, *e.metonyms)}
)
WORDS = sorted({word for case in CASES for word in case.words})


def chosen(text: str) -> tuple[Case, ...]:
    return choose_cases(Counter({code: len(p.findall(text)) for code, p in PATTERNS.items()}), CASES, text)


piece = st.one_of(st.sampled_from(NAMES), st.sampled_from(WORDS), st.just("and"), st.just("who said"))
joint = st.sampled_from((" ", ", ", "\n", ". ", " (", ") ", "\u2019s ", "'s ", "-led ", " \n", "\r\n", "/", "\u201d "))
pages = st.lists(st.tuples(piece, joint), min_size=2, max_size=12).map(lambda p: "".join(a + b for a, b in p) + FILLER)


@given(pages)
@settings(max_examples=300, deadline=None)
def test_a_page_the_reader_reads_with_a_case_passes(page: str) -> None:
    cases = chosen(page)
    if cases:
        assert GATE.look(source(page)) is None
    for case in cases:
        assert ALONE[case.name].look(source(page)) is None


@given(pages, st.text(max_size=3000), st.text(max_size=300), st.integers(0, 3))
@settings(max_examples=100, deadline=None)
def test_padding_hides_nothing(page: str, before: str, after: str, times: int) -> None:
    def encoded(text: str) -> bytes:
        return text.encode("utf-8", "replace")

    if GATE.look(source(page)) is None:
        padded = encoded(before) * times + b"\n" + encoded(page) + b"\n" + encoded(after)
        assert GATE.look(source(padded)) is None


@given(pages, st.sampled_from(("utf-16", "utf-32", "utf-8-sig", "utf-16-le", "utf-16-be")))
@settings(max_examples=100, deadline=None)
def test_every_encoding_gives_the_same_answer(page: str, encoding: str) -> None:
    def answer(content: bytes) -> str | None:
        over = GATE.look(source(content))
        return over.why if over else None

    told = answer(page.encode("utf-8"))
    assert answer(page.encode(encoding)) == told
    western = page.encode("cp1252", "ignore")
    assert answer(western) == answer(western.decode("cp1252").encode("utf-8"))


@given(st.lists(st.sampled_from(TONGUES), min_size=1, max_size=40))
@settings(max_examples=200, deadline=None)
def test_what_cleaning_takes_for_english_is_not_passed_over_for_its_language(lines: list[str]) -> None:
    text = "\n".join(lines)
    over = GATE.look(source(text))
    if language_of(text) == "en":
        assert over is None or over.why not in ("language", "length")


@pytest.mark.parametrize("line", TONGUES[1:])
def test_other_languages_are_passed_over(line: str) -> None:
    over = GATE.look(source(f"{line} Iran. Washington. China.\n" * 30))
    assert over is not None
    assert over.why == "language"


def test_reading_gives_no_rows_for_parties_it_does_not_name() -> None:
    """The oracle is not empty: names and words bring every shipped case about."""
    for case in CASES:
        names = [next(e.name for e in load_world() if e.code == code) for code in case.principals]
        text = f"{' and '.join(names)} spoke of {', '.join(case.words)}. {FILLER}"
        assert case in chosen(text)
        assert ALONE[case.name].look(source(text)) is None

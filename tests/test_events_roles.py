"""Who acts on whom: own sentences, a tiny gazetteer as mentions, the shipped parser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from spacy.language import Language

from summitry.reader.events.arguments import clause
from summitry.reader.events.roles import Cast, cast_of
from summitry.reader.events.stance import match_stance
from summitry.reader.parse import load_parser
from summitry.reader.triggers import match_trigger
from summitry.vocabulary import Actor, Mention

STATES = {
    "Iran": "IRN",
    "Iranian": "IRN",
    "Tehran": "IRN",
    "Washington": "USA",
    "American": "USA",
    "United States": "USA",
    "U.S.": "USA",
    "US": "USA",
    "North Korea": "PRK",
    "North Korean": "PRK",
    "Pyongyang": "PRK",
    "South Korea": "KOR",
    "South Korean": "KOR",
    "Seoul": "KOR",
    "Japan": "JPN",
    "China": "CHN",
    "Britain": "GBR",
    "Brussels": "IGOEUREEC",
}
NAMES = re.compile(r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, STATES), key=len, reverse=True)) + r")(?!\w)")


@dataclass
class Names:
    """Mentions of the states above, and "the two sides" as the two first named."""

    found: list[Mention]

    @classmethod
    def of(cls, text: str) -> Names:
        found = [
            Mention(m.start(), m.end(), m[0], "name", Actor(STATES[m[0]], m[0]), "test") for m in NAMES.finditer(text)
        ]
        members = tuple({m.actor.code: m.actor for m in found if m.actor}.values())[:2]
        found += [
            Mention(m.start(), m.end(), m[0], "collective", None, "test", members)
            for m in re.finditer(r"[Tt]he two sides|They", text)
        ]
        return cls(found)

    def at(self, offset: int) -> Mention | None:
        return next((m for m in self.found if m.start <= offset < m.end), None)

    def within(self, start: int, end: int) -> Sequence[Mention]:
        return [m for m in self.found if start <= m.start and m.end <= end]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_parser()


def cast_in(nlp: Language, text: str, word: str) -> tuple[Cast, str]:
    doc = nlp(text)
    token = next(t for t in doc if t.text == word)
    match = match_stance(token) or match_trigger(token)
    assert match is not None, f"{word} is no trigger in: {text}"
    return cast_of(match, Names.of(text)), match.entry.type


def codes(actors: Sequence[Actor]) -> set[str]:
    return {actor.code or "" for actor in actors}


DIRECTED = [
    ("Iran accused Washington of breaking its word.", "accused", {"IRN"}, {"USA"}, "ACCUSE"),
    ("Washington was accused by Tehran of breaking its word.", "accused", {"IRN"}, {"USA"}, "ACCUSE"),
    ("Pyongyang blamed Seoul's purchase of fighter jets.", "blamed", {"PRK"}, {"KOR"}, "ACCUSE"),
    ("North Korea threatened to quit talks with Washington.", "threatened", {"PRK"}, {"USA"}, "THREATEN"),
    ("Washington demanded that Iran halt enrichment.", "demanded", {"USA"}, {"IRN"}, "REQUEST"),
    ("South Korean officials urged Japan to lift the curbs.", "urged", {"KOR"}, {"JPN"}, "REQUEST"),
    ("The United States imposed sanctions on Iranian banks.", "imposed", {"USA"}, {"IRN"}, "SANCTION"),
    ("Iran, which was sanctioned by Washington, rejected the offer.", "sanctioned", {"USA"}, {"IRN"}, "SANCTION"),
    ("Iran rejected an offer by Washington.", "rejected", {"IRN"}, {"USA"}, "REJECT"),
    ("Britain withdrew from the treaty with Brussels.", "withdrew", {"GBR"}, {"IGOEUREEC"}, "SANCTION"),
    ("China praised Iran and criticized Washington.", "criticized", {"CHN"}, {"USA"}, "ACCUSE"),
    ("Pyongyang is not interested in talks with Washington.", "interested", {"PRK"}, {"USA"}, "REJECT"),
    ("Tehran said it was ready to negotiate with Brussels.", "ready", {"IRN"}, {"IGOEUREEC"}, "AGREE"),
    ("Tehran called off the summit with Japan.", "called", {"IRN"}, {"JPN"}, "REJECT"),
    ("There was no answer to Seoul's requests to Pyongyang to cooperate.", "requests", {"KOR"}, {"PRK"}, "REQUEST"),
    ("Officials were angered by the U.S. refusal to lift sanctions on Iran.", "refusal", {"USA"}, {"IRN"}, "REJECT"),
]


@pytest.mark.parametrize(("text", "word", "actors", "recipients", "type_"), DIRECTED)
def test_directed_acts(nlp: Language, text: str, word: str, actors: set[str], recipients: set[str], type_: str) -> None:
    cast, found = cast_in(nlp, text, word)
    assert (codes(cast.actors), codes(cast.recipients), found) == (actors, recipients, type_)


MUTUAL = [
    ("Iranian and American negotiators met in Vienna.", "met", {"IRN", "USA"}),
    ("The Iranian minister met with his Japanese hosts in Tehran after talks with China.", "met", {"IRN"}),
    ("Seoul and Washington held talks on the alliance.", "held", {"KOR", "USA"}),
    ("The second summit between Iran and Japan collapsed.", "summit", {"IRN", "JPN"}),
    ("Iran and Britain quarrelled before the two sides agreed to meet again.", "agreed", {"IRN", "GBR"}),
    ("US and North Korean officials held talks in Stockholm.", "held", {"USA", "PRK"}),
    ("Talks between Iran and Britain resumed on Monday.", "Talks", {"IRN", "GBR"}),
]


@pytest.mark.parametrize(("text", "word", "parties"), MUTUAL)
def test_mutual_acts_have_all_sides(nlp: Language, text: str, word: str, parties: set[str]) -> None:
    cast, _ = cast_in(nlp, text, word)
    assert codes(cast.actors) | codes(cast.recipients) == parties
    assert not codes(cast.actors) & codes(cast.recipients)


OWN = [
    ("North Korea test-fired two missiles on Friday.", "fired", {"PRK"}),
    ("Japan condemned the Iranian missile test.", "test", {"IRN"}),
    ("The missile that Iran launched fell into the sea.", "launched", {"IRN"}),
]


@pytest.mark.parametrize(("text", "word", "actors"), OWN)
def test_own_acts(nlp: Language, text: str, word: str, actors: set[str]) -> None:
    cast, type_ = cast_in(nlp, text, word)
    assert codes(cast.actors) == actors
    assert type_ == "MOBILIZE"


def test_clause_is_the_shortest_that_holds_the_verb(nlp: Language) -> None:
    text = "Analysts were surprised when Iran expelled the envoy, and markets fell."
    doc = nlp(text)
    start, end = clause(next(t for t in doc if t.text == "expelled"))
    assert text[start:end] == "when Iran expelled the envoy"

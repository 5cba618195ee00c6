"""Whether a city stands for the government that sits in it or for the place it is."""

from __future__ import annotations

from typing import Final

from summitry.reader.mentions.cover import TokenHit
from summitry.reader.mentions.lexicon import CITY_PLACE_VERB, EVENT_HEAD, PLACE_HEAD, PLACE_PREPOSITION
from summitry.reader.mentions.scene import Scene

_AREA: Final = frozenset(
    "downtown central north south east west northeast northwest southeast southwest northern southern "
    "eastern western greater capital city suburb suburbs mayor streets outskirts university airport hotel "
    "embassy neighborhood neighbourhood resident residents".split()
)
# What a government sends or gets: "a message from Pyongyang", "pressure on Tehran" are about the government.
_TRAVEL: Final = frozenset(
    "fly travel go return come head depart arrive trip visit flight journey move drive train route road back way drove "
    "bring take send evacuate transfer transport tour walk miles kilometers kilometres hours km mile".split()
)
_EVENT: Final = EVENT_HEAD | frozenset(
    "meeting meetings summit talks negotiations negotiation round visit trip encounter airport hotel studio "
    "suburb street based bureau correspondent office time area region metro post declaration consensus".split()
)


def is_place(scene: Scene, hit: TokenHit) -> bool:
    """True where the city is a place: "in Seoul", "Stockholm, Sweden", "Washington-based", "the Hanoi summit"."""
    first, last = hit.first, hit.last
    size = len(scene)
    after = scene.text[last + 1] if last + 1 < size else ""
    before = scene.low[first - 1] if first > 0 else ""
    if (
        scene.text[first].isupper()
        and len(scene.text[first]) > 3
        and (first == 0 or scene.sentence[first - 1] != scene.sentence[first] or scene.text[first - 1].isspace())
    ):
        return True
    if after == "-" and last + 2 < size and scene.low[last + 2] in ("based", "born", "area"):
        return True
    if (
        after == ","
        and last + 2 < size
        and scene.pos[last + 2] == "PROPN"
        and (
            last + 3 >= size
            or scene.text[last + 3] in (",", ".", "(", ";")
            or scene.pos[last + 3] in ("ADP", "NUM", "PROPN")
        )
        and scene.dep[last + 2] in ("appos", "npadvmod", "dobj", "conj", "pobj")
        and scene.dep[last] == "pobj"
    ):
        return True
    if last + 1 < size and scene.tag[last + 1] == "POS":
        # "in Tehran's Grand Bazaar" is a place, "over Tehran's programme" is about a government.
        return before in PLACE_PREPOSITION and scene.low[scene.head[last]] in PLACE_HEAD
    if after == "(" or (before in ("(",) and after == ")"):
        return before not in ("and",) and scene.dep[last] not in ("nsubj", "nsubjpass")
    if before in PLACE_PREPOSITION:
        return True
    if before in _AREA and before not in ("capital",):
        return True
    dep = scene.dep[last]
    governor = scene.head[last]
    if dep in ("compound", "nmod", "amod") and scene.low[governor] in _EVENT and governor > last:
        return True
    if dep == "pobj":
        preposition = scene.low[governor]
        if preposition in PLACE_PREPOSITION:
            return True
        ruler = scene.head[governor]
        if preposition in ("to", "from", "for", "towards", "toward", "back"):
            return scene.lemma[ruler] in _TRAVEL or (
                preposition == "from" and scene.lemma[ruler] in ("report", "broadcast", "speak")
            )
        if preposition == "of":
            return scene.low[ruler] in _AREA
    if dep == "dobj":
        return scene.lemma[governor] in CITY_PLACE_VERB
    return dep in ("npadvmod",)


def stands_in_place(scene: Scene, hit: TokenHit) -> bool:
    """Whether a state's name only tells where: "troops in South Korea", "Stockholm, Sweden"."""
    last = hit.last
    if scene.dep[last] == "pobj":
        # "aimed at South Korea" is about a party.
        return scene.low[scene.head[last]] in PLACE_PREPOSITION - {"at", "into", "via"}
    return scene.dep[last] in ("appos", "npadvmod") and scene.text[hit.first - 1 if hit.first else 0] == ","

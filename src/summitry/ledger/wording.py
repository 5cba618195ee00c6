"""Comparing the words of two rows: what a demand, an offer or an accusation is about, without a parse.

Words are cut to stems, names of one thing put under one key (:data:`FAMILIES`), words that only point or measure left
out. What is left are the keys of a row's matter, its direction (more or less of it) and its scale (all or part).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from summitry.vocabulary import Actor

MOST_KEYS: Final = 8
"""Keys of a row that are compared: its matter stands in front; what trails behind is circumstance."""
LEAST_SHARED: Final = 0.6
"""Share of the keys of the shorter row that the other must have. Of the rows of two negotiations read by hand, pairs
at a half were mostly of different things ("nuclear test", "nuclear weapon"), pairs at two thirds mostly of one."""
BEYOND: Final = 2
"""Keys by which the compared part of the longer row is longer than the shorter."""
SURE_KEYS: Final = 4
SURE_SHARE: Final = 0.75
"""As many keys, and as large a share, make two rows of one matter whatever each begins with."""

PHRASES: Final[tuple[tuple[str, str], ...]] = (
    ("abandon", r"g[ia]ve[ns]?\s+up|giving\s+up|get(?:ting|s)?\s+rid\s+of|ridding|walk(?:ed|ing|s)?\s+away\s+from"),
    (
        "leave",
        r"leav(?:e|es|ing)(?=\s+(?:the|an?|its?)\b)|g[eo]t(?:ting)?\s+out\s+of|pull(?:ed|ing|s)?\s+(?:out|back)|walk(?:ed|ing|s)?\s+out|dr[ao]w(?:n|s|ing)?\s+down",
    ),
    ("cancel", r"call(?:ed|ing|s)?\s+off"),
    ("dismantle", r"shut(?:ting|s)?\s+down|tear(?:ing|s)?\s+down"),
    ("reduce", r"scal(?:e|ed|ing|es)\s+(?:back|down)|roll(?:ed|ing|s)?\s+back|cut(?:ting|s)?\s+(?:back|down)"),
)
"""Verbs of several words that are one key, each as a pattern."""
FAMILIES: Final[tuple[tuple[str, str], ...]] = (
    ("talks", "talk dialogue dialog negotiation negotiate discussion discuss conversation engagement"),
    ("meeting", "meeting meet summit"),
    ("deal", "deal agreement accord pact"),
    ("lift", "lift ease relief relieve waive loosen alleviate"),
    ("end", "end stop halt cease discontinue terminate quit cessation"),
    ("leave", "withdraw withdrawal exit pullout"),
    ("freeze", "freeze suspend suspension pause moratorium"),
    ("resume", "resume resumption restart revive reopen"),
    ("dismantle", "dismantle demolish destroy abolish shut shutdown close closure raze"),
    ("disarm", "denuclearize denuclearise denuclearization denuclearisation disarm disarmament"),
    ("abandon", "abandon scrap relinquish surrender renounce forgo"),
    ("drill", "drill exercise manoeuvre maneuver wargame"),
    ("weapon", "weapon weaponry arsenal nuke warhead"),
    ("programme", "program programme"),
    ("inspect", "inspect inspection inspector verify verification monitoring"),
    ("tariff", "tariff duty levy"),
    ("ceasefire", "ceasefire truce armistice"),
    ("hostage", "hostage captive detainee prisoner"),
    ("test", "test testing launch"),
)
"""Words that name one thing in a negotiation: the key, and the words under it."""

NO_MORE: Final = "end leave dismantle abandon lift remove drop cancel refrain avoid without reverse prevent block ban"
HELD_BACK: Final = "freeze cut reduce scale delay postpone slow curb limit restrict restriction cap"
"""Keys that turn a matter round: none of it, or less. An even number of them is more of it again. To freeze a thing is
not to give it up: rows that begin with one of each are of two matters."""
SCALES: Final[dict[str, int]] = {
    **dict.fromkeys("all every entire entirety complete completely full fully total totally comprehensive".split(), 1),
    **dict.fromkeys("partial partially partly part some limited interim gradual gradually phased".split(), -1),
}
"""Words that say how much: the whole (1) or a part (-1)."""

_LEAST: Final = 3
"""Letters of a word that is a key."""
_PARTIES: Final = frozenset("usa dprk rok prc uae uk eu un ussr".split())
"""Abbreviations that are parties."""
_NEGATIONS: Final = frozenset("no not never".split())
"""Words that turn a matter round where they stand before its first key: "not to test" is no testing, "not to lift" is
keeping. Behind it they are of something else ("talks, not war")."""
_NO_TURN: Final = re.compile(
    r"\b(?:not (?:only|just|merely)|no (?:doubt|matter)|(?:at|by|until|till|before|towards?) the end of)\b",
    re.IGNORECASE,
)
"""What turns nothing round for all its words: "not only talks", "by the end of May"."""
_ANY_PHRASE: Final = re.compile(rf"\b(?:{'|'.join(pattern for _, pattern in PHRASES)})\b", re.IGNORECASE)
_PHRASES: Final = tuple((key, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for key, pattern in PHRASES)
_KIND_WORDS: Final = (
    "nuclear economic military ballistic international political humanitarian diplomatic peaceful financial joint "
    "foreign bilateral multilateral chemical biological strategic regional national global new main key major"
)
"""Adjectives of kind: alone in common with a verb they make no matter one ("stop nuclear tests", "nuclear plants")."""
_APOSTROPHE: Final = re.compile("['’]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SUFFIXES: Final = tuple(
    "izations isations ization isation ements ations ation ement ments ment ators ating ated ators ates ate ings ing "
    "izes ises ized ised ize ise ions ion ness ies ied ers er ed es s e y".split()
)
_SHORTEST: Final = 4
"""Letters that a stem keeps: shorter ones are the stems of too many words."""
# The shortest stem that leaves a suffix leaves the longest suffix.
_SUFFIX: Final = re.compile(rf"(.{{{_SHORTEST},}}?)(?:{'|'.join(_SUFFIXES)})$")
_STOP: Final = frozenset(
    """a about above after again against ahead all also am an and any anything are as at away back be because been
    before behind being between both but by can cannot come could countries country day days deeply did do does
    doing done down during each early either else even ever far few first following for forward from further get
    give given go going good great had has have having he her here him himself his how however i if in into is it
    its itself just last late later latest least less let like long longer made make makes making many may me
    might more most much must my near need never new next no nor not nothing now of off on once one only onto or
    other others our out over own place put quickly quite rather ready really s said same say second see seem
    several shall she should since so something soon still such sure t take taken taking than that the their them
    themselves then there these they thing things third this those though through time to today together too
    toward towards two under until up upon us use very via want was way we week weeks well were what when where
    whether which while who whom whose why will with within would year years yes yet you your month months
    saturday sunday monday tuesday wednesday thursday friday january february march april june july august
    september october november december efforts effort step steps negotiated allow allows allowed allowing permit
    seek seeks seeking sought work works worked working ensure provide provides provided agree agreed agreeing
    agrees commit committed committing issue issues matter party parties side sides leader leaders president
    minister government administration regime official officials state states world international part process
    approach move moves continue continues continued continuing keep keeps remain remains tangible concrete
    significant serious real immediate immediately meaningful substantial quick""".split()
)
"""Words that name no matter: function words, times, holders of office, and nouns that only stand for another."""


def _cut(word: str) -> str:
    """A stem: suffixes off, twice at most, as long as enough letters stay (after Lovins 1968, longest first)."""
    for _ in range(2):
        if not word.endswith(_SUFFIXES):
            return word
        match = _SUFFIX.match(word)
        if match is None:
            return word
        word = match[1]
    return word


_KEYS: Final = {_cut(word): key for key, words in FAMILIES for word in words.split()}
_NONE: Final = frozenset(_KEYS.get(_cut(word), _cut(word)) for word in NO_MORE.split())
_PART: Final = frozenset(_KEYS.get(_cut(word), _cut(word)) for word in HELD_BACK.split())
_LESS: Final = _NONE | _PART
_OF_A_KIND: Final = frozenset(_cut(word) for word in _KIND_WORDS.split())


@dataclass(frozen=True, slots=True)
class Words:
    """The matter of a row: its ``keys`` in order of the text, whether it is about ``less`` of it, its ``scale``, and
    the ``names`` in it."""

    keys: tuple[str, ...]
    less: bool = False
    scale: int = 0
    names: frozenset[str] = frozenset()

    @property
    def thing(self) -> frozenset[str]:
        """What it is about: the keys without those in front that turn it round."""
        front = next((n for n, key in enumerate(self.keys) if key not in _LESS), len(self.keys))
        return frozenset(self.keys[front:])

    def share(self, other: Words) -> float:
        """The share of the keys of the shorter that both have; 0 where one has none.

        Of the longer only as many keys count as the shorter has, and :data:`BEYOND`: what stands far behind in it is no
        more what it is about.
        """
        short, long = sorted((self.keys, other.keys), key=len)
        return len(set(short) & set(long[: len(short) + BEYOND])) / len(short) if short else 0.0

    def same_matter(self, other: Words) -> bool:
        """Whether both are about one matter: enough keys in common, two at least unless both have one only.

        What each begins with, mostly its verb or its noun, the other must have too, unless nearly all is common. Talks
        about a thing are not the thing. A single key with other names ("talks" with one and with another) is another
        matter.
        """
        if not self.keys or not other.keys or (self.keys[0] == "talks") != (other.keys[0] == "talks"):
            return False
        heads = {self.keys[0], other.keys[0]}
        if heads & _NONE and heads & _PART:
            return False
        common, share = set(self.keys) & set(other.keys), self.share(other)
        if len(self.keys) == len(other.keys) == 1:
            return bool(common) and (not self.names or not other.names or bool(self.names & other.names))
        if len(common) >= SURE_KEYS and share >= SURE_SHARE:
            return True
        if len(common) < 2 or share < LEAST_SHARED:
            return False
        if share < SURE_SHARE and not common - heads - _OF_A_KIND:
            return False
        return self.keys[0] in other.keys and other.keys[0] in self.keys


# The same few words are compared on every day that is asked about, and with one another: half of a brief's time.
@lru_cache(maxsize=65_536)
def words_of(text: str) -> Words:
    """The keys of a text, and its direction with its negations composed.

    Capitalised words are who and where, not what ("Pyongyang", "Mr. Kim"), and are keys only where nothing else is;
    abbreviations of three letters and more are names of treaties and weapons as often, and are keys.
    """
    keys: dict[str, None] = {}
    names: dict[str, None] = {}
    turns, scale = 0, 0
    if _ANY_PHRASE.search(text):
        for key, phrase in _PHRASES:
            text = phrase.sub(key, text)
    for match in _WORD.finditer(_NO_TURN.sub("", text)):
        bare = _APOSTROPHE.split(match.group())[0]
        word = bare.lower()
        turns += word in _NEGATIONS and not keys
        scale = scale or SCALES.get(word, 0)
        if word in _STOP or word in SCALES or len(word) < _LEAST:
            continue
        stem = _cut(word)
        key = _KEYS.get(stem, stem)
        if bare[0].isupper() and not (bare.isupper() and word not in _PARTIES):
            names[key] = None
        elif key not in keys:
            turns += key in _LESS
            if len(keys) < MOST_KEYS:
                keys[key] = None
    return Words(tuple(keys or names), turns % 2 == 1, scale, frozenset(names))


def party_of(actor: Actor | None) -> str | None:
    """Whose word or act it counts as: the state, or the organisation; None where nobody is known."""
    if actor is None:
        return None
    return actor.state or actor.code

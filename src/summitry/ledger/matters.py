"""What a step is about, and when two steps of a party are about the same.

The rule, as published in ``docs/deadlocks.md``. Two steps of one party are the same when they have the same matter:

1. going on with the talks (talks, dialogue, meet, negotiate, engage);
2. an agreement that is named no further (sign a deal, return to compliance);
3. giving way in words that say no more (concessions, corresponding steps, compromise, budge);
4. an issue of a case that both parties belong to, by its words: the longest phrase found, then the order of the case;
5. else the same words: the stems of the one are all among the stems of the other, the words of doing aside, so that
   "sanctions relief", "lift the sanctions" and "ease economic sanctions" meet.

Only the words up to where the matter is named are looked at: "lift sanctions that hurt the program" is about sanctions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from summitry.casebook import Case, phrase_pattern

Matter = tuple[str, ...]
"""A key: ("talks",), ("agreement",), ("issue", case, name), ("giving way",) or ("words", stem, ...)."""

TALKS: Final[Matter] = ("talks",)
GIVING_WAY: Final[Matter] = ("giving way",)
AGREEMENT: Final[Matter] = ("agreement",)

_WORD: Final = re.compile(r"[^\W\d_](?:[\w]|[-'’](?=\w))*")
_SUFFIXES: Final = (
    "izations", "isations", "ization", "isation", "izing", "ising", "ized", "ised", "izes", "ises", "ize", "ise",
    "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ors", "or", "ers", "er", "als", "al", "ies",
    "ed", "es", "s", "e", "y",
)  # fmt: skip
_LEAST: Final = 4
"""Letters that a stem keeps: "test" of "testing", but "arms" stays."""


# Words come again and again; the stem of a word is the same at every call.
@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """A word without its endings, in lower case: "denuclearisation" and "denuclearize" are "denuclear"."""
    word = word.lower().replace("programme", "program")
    for _ in range(4):
        cut = next((word[: -len(s)] for s in _SUFFIXES if word.endswith(s) and len(word) - len(s) >= _LEAST), None)
        if cut is None:
            return word
        word = cut
    return word


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


_TALKING: Final = _stems(
    "talk talks talking dialogue dialog negotiate negotiation negotiating meet meeting summit engage engagement "
    "discuss discussion conversation consultation bargaining diplomacy"
)
_TO_TALK: Final = frozenset("talk negotiate meet engage discuss".split())
_WAY: Final = _stems(
    "budge inch compromise concede concession concessions yield relent reciprocate reciprocal corresponding halfway "
    "flexibility reward rewards incentive incentives"
)
_PACTS: Final = frozenset(
    "deal deals agreement agreements accord accords pact pacts compliance comply complies".split()
)
_PACT: Final = "agreement"
"""Their common stem: that of "agreement" would be that of "agree"."""
_OF_PACTS: Final = _stems("sign comprehensive interim framework text nuclear draft") | {_PACT}
# Doing, degree and time: they say that something is done, not what.
_LIGHT: Final = _stems(
    "lift ease remove removal relief relieve relax waive waiver drop end ending stop halt freeze suspend suspension "
    "give giving grant offer provide supply deliver hand take taking make making move moves start begin get getting "
    "gain receive return returning restore resume resumption continue keep maintain remain stay hold put place "
    "firmly carry conduct stage abandon abandonment dismantle dismantlement dismantling shut shutter close closing "
    "closure scrap surrender relinquish eliminate elimination destroy destruction roll scale reduce reduction cut "
    "curb limit restrict restriction cap withdraw withdrawal pull release freeing free change alter shift adopt "
    "accept agree allow permit let commit commitment promise pledge guarantee ensure honor honour respect implement "
    "implementation comply compliance abide stick adhere fulfil fulfill show prove demonstrate do does done doing "
    "step steps measure measures action actions act effort efforts plan plans process issue issues thing things "
    "matter part way form kind sort list full complete completely total totally partial partially entire entirely "
    "whole some all any most more much major minor serious seriously concrete real realistic specific significant "
    "substantial substantive further additional initial first final finally verified verifiable verifiably "
    "verification irreversible irreversibly permanent permanently immediate immediately quickly soon early new old "
    "former own other such same so-called modest economic international unilateral multilateral bilateral united "
    "nations un current present existing direct directly indirect crippling vicious basically least only also even "
    "still again never not no longer ever yet unspecified certain various several many few one two three four five "
    "six firm large small big good bad right toward towards exchange detailed submit call join enter undertake "
    "proceed came push work working look see seeing sees seek try want need ready willing prepared intend intention "
    "consider use using set open opening sit go going come coming back down away off out up over forward ahead "
    "progress headway"
)
_STOP: Final = frozenset(
    "the a an this that these those its it his her their theirs our ours my your they them he she we us you i to "
    "of in on at by for from with into onto over under against about as is are was were be been being will would "
    "shall should can could may might must has have had having and or but nor if unless until till before after "
    "once when while than then there here who whom which what how both each every not no mr ms mrs president n't "
    "country countries nation nations world power powers state states government governments regime "
    "administration side sides party parties community".split()
)
_BREAK: Final = frozenset(
    "that which who whom whose except including against on over from with by as at when while because so but under in "
    "into after before for".split()
)
"""Words at which what follows a named matter no longer says what it is."""
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_JOINED: Final = re.compile(r"\b(\w+) (?:and|or) [\w-]+ (\w+)")
# When a step comes is no part of what it is about.
_ORDER: Final = re.compile(
    r"\b(?:first|phased|simultaneous(?:ly)?|step[- ]by[- ]step|stage[- ]by[- ]stage|gradual(?:ly)?|"
    r"in (?:stages|phases))\s*",
    re.IGNORECASE,
)
_MARK: Final = re.compile(r"[,;:—–(]")


@dataclass(frozen=True, slots=True)
class Core:
    """What the words of a step are about: their telling stems, and the words up to where all of it is named."""

    stems: tuple[str, ...]
    words: str
    opens: str = ""
    """The first telling word as it stands: a verb ("negotiate"), or not ("negotiation strategy")."""

    @property
    def key(self) -> frozenset[str]:
        """The stems in no order."""
        return frozenset(self.stems)


def core_of(words: str, parties: Iterable[tuple[int, int]] = ()) -> Core:
    """The core of a step's words; stems are empty where the words only say that something is done.

    ``parties`` are where parties' names stand in ``words`` (code points): they say who, not what.
    """
    named = tuple(parties)
    found: list[str] = []
    opens = ""
    last, joined = 0, False
    for match in _WORD.finditer(words):
        start = match.start()
        if any(low <= start < high for low, high in named):
            last = match.end()
            continue
        word = _POSSESSIVE.sub("", match.group().lower())
        further = word.endswith("ing") and stem(word) not in _TALKING  # "a deal restricting enrichment"
        if found and (word in _BREAK or further or _MARK.search(words, last, start)):
            words = words[:start]
            break
        if word in ("and", "or"):
            joined = bool(found)
            continue
        last = match.end()
        if joined and stem(word) in _LIGHT:
            words = words[:start].rstrip().rsplit(" ", 1)[0]
            break  # a further deed: "hand over the list and begin to disarm"
        joined = joined and word in _STOP
        if word in _PACTS:
            found.append(_PACT)
        elif word not in _STOP and (root := stem(word)) not in _LIGHT:
            found.append(root)
        if found and not opens:
            opens = word
    return Core(tuple(dict.fromkeys(found)), words, opens)


@dataclass(frozen=True, slots=True)
class Issues:
    """The issues of the cases of a record, for finding the one that words are about."""

    cases: tuple[Case, ...]

    def of(self, core: Core, parties: Collection[str]) -> Matter | None:
        """The issue that a step is about, in a case that all ``parties`` belong to; None for none."""
        # "nuclear and missile programs" are nuclear programs too.
        bare = _ORDER.sub("", core.words)
        words = bare + " ; " + _JOINED.sub(r"\1 \2", bare)
        best: tuple[int, Matter] | None = None
        for case in self.cases:
            if not set(parties) <= _belonging(case):
                continue
            for issue in case.issues:
                longest = max((len(m.group()) for m in phrase_pattern(issue.words).finditer(words)), default=0)
                if longest and (best is None or longest > best[0]):
                    best = (longest, ("issue", case.name, issue.name))
        return best[1] if best is not None else None


def _belonging(case: Case) -> frozenset[str]:
    roles = {code for code, role in case.roles if role != "observer"}
    return frozenset({*case.principals, *roles})


def plain_matter(core: Core) -> Matter | None:
    """Talks or giving way, where that is what words come to; None where they name a matter of their own.

    "the nuclear dialogue" is talks: a noun for talking says what its adjectives are about.
    """
    if core.stems and (core.stems[-1] in _TALKING or core.opens in _TO_TALK):
        return TALKS
    if _PACT in core.stems and _OF_PACTS.issuperset(core.stems):
        return AGREEMENT
    rest = [root for root in core.stems if root not in _WAY]
    return GIVING_WAY if core.stems and not rest else None


def clustered(cores: Mapping[frozenset[str], int]) -> dict[frozenset[str], Matter]:
    """Which sets of stems are one matter: those of which one holds the other, the most frequent first.

    ``cores`` are the sets with how often each is met. A set that fits several matters goes to the most frequent.
    """
    leaders: list[frozenset[str]] = []
    by_stem: dict[str, list[int]] = {}
    found: dict[frozenset[str], Matter] = {}
    for core in sorted(cores, key=lambda c: (-cores[c], len(c), sorted(c))):
        shared = Counter(number for root in core for number in by_stem.get(root, ()))
        fits = [n for n, count in shared.items() if count == min(len(core), len(leaders[n]))]
        if fits:
            leader = leaders[min(fits)]
        else:
            leader = core
            for root in core:
                by_stem.setdefault(root, []).append(len(leaders))
            leaders.append(core)
        found[core] = ("words", *sorted(leader))
    return found

"""Words that decide whether an act they govern took place.

Each governing word has a class: what follows for its complement when the word itself is asserted. The classes are
those of the work on implicatives and factives (Karttunen 1971; Nairn, Condoravdi and Karttunen 2006) and of
FactBank, filled for the English of political news.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_GOVERNORS: Final = {
    # The complement shares the word's own fate: it began, was held, was managed.
    "implies": (
        "act aftermath aid appear assist begin beginning bother breakdown bring campaign carry cause collapse "
        "compel complete conclude conclusion conduct continuation continue course cut dare day deign deliver do "
        "effect enable end endure engage execution expand extend face failure finish force gain get give go "
        "happen hasten have help hold holding host hosting impact implementation impose imposition issuance issue "
        "keep launch lead let lift lose make manage midst mount occur open outcome part pay perform play proceed "
        "process prove pursue reach receive release renew reopen restart result resume resumption round rush seem "
        "send series serve session set sign spate spend stage start step strike string succeed suffer take "
        "undergo use wage wake wave win work"
    ),
    # The complement did not take place when the word is asserted.
    "excludes": (
        "abandon abort absence avert avoid avoidance ban bar block boycott cancel cancellation decline defer "
        "delay deter disallow dissuade fail foil forbid forego forestall forgo hesitate hesitation inability lack "
        "miss neglect postpone postponement preclude prevent prevention prohibit rebuff rebuffed refrain refusal "
        "refuse reject rejection reluctance reluctant scrap shun skip spurn thwart unable unwilling unwillingness "
        "veto withhold"
    ),
    # The complement is there to be joined: planned with the word, but not denied with it.
    "joins": (
        "address arrive attend enter gather host join participate return travel visit watch"
    ),
    # The complement is taken as true either way.
    "presupposes": (
        "acknowledge admit angry apologise apologize applaud aware blast breach cease celebrate cite commend "
        "concerned condemn confirm criticise criticize decry defy denounce deplore derail describe disappointed "
        "disclose discover dismiss disrupt end fact find forget glad hail halt happy honor honour implement "
        "interrupt know lament learn mark mourn note notice observe pleased praise protest proud react reaction "
        "realise realize recall recognise recognize regret remember resent respond response retaliate retaliation "
        "reveal see show slam sorry stop surprised survive suspend thank violate welcome witness"
    ),
    # Told by somebody, taken as told.
    "reports": (
        "add announce announcement broadcast comment conclude declare emphasise emphasize explain indicate inform "
        "mention message news notify point post publish quote read reiterate remark repeat report say state "
        "statement stress tell testify tweet underline underscore word write"
    ),
    # Told as one side's word, or as a guess.
    "alleges": (
        "accusation accuse accused allegation allege alleged argue assert assume assumption belief believe blame "
        "charge claim contend estimate figure guess imply impression indication indictment insist maintain "
        "portray purport reckon reported rumor rumored rumour rumoured sign speculate speculation suggest "
        "suggestion suppose suspect suspected suspicion theory think thought view"
    ),
    # To come, as announced or agreed.
    "plans": (
        "about accept accord agree agreement ahead aim anticipate approval approve arrange arrangement assure "
        "authorise authorize await bind bound choose commit commitment committed deal decide decision design "
        "determination determined due elect envisage expect expected forecast foresee going guarantee intend "
        "intent intention likely mean move oblige opt order pact pave permission plan pledge poised predict "
        "preparation prepare prepared project promise readiness ready resolve schedule scheduled set slate slated "
        "swear timetable undertake volunteer vow willing willingness"
    ),
    # A threat: the threatened act is no fact yet.
    "threatens": (
        "caution menace threat threaten ultimatum warn warning"
    ),
    # Wished, asked for, tried, possible.
    "supposes": (
        "ability able advise advocate afraid allow ambition appeal ask aspire attempt attractive authority basis "
        "beg best better bid call capability capacity chance compete condition consider contemplate convince "
        "crave crucial danger dangerous date deadline debate demand desirable desire difficult discuss dislike "
        "doubt draft dream duty eager easy effort encourage entice envision essential expectation explore eye "
        "favor favour fear fight framework free goal good ground hard hate helpful hope hopeful idea imagine "
        "important impossible incentive induce instruct interested invitation invite keen like likelihood lobby "
        "long look love lure mandate means motivate mull necessary need negotiate objective obligation offer oppose "
        "opportunity optimistic option permit persuade ponder possibility possible potential power precondition "
        "prefer premature press pressure pretend price probability proposal propose prospect purpose push "
        "problem trouble difficulty objection qualm interest "
        "question race reasonable recommend recommendation request require requirement responsibility review "
        "right risk safe scenario search seek strategy strive struggle study suggestion suppose target tempt try "
        "unclear unlikely urge useful venue vie vital wait want way weigh wish wonder worry yearn"
    ),
    # Said not to be so.
    "denies": (
        "denial deny disavow disprove dispute rebut refute"
    ),
}  # fmt: skip


def _by_word() -> Mapping[str, str]:
    """Word -> class; a word that stands in two classes belongs to the first."""
    found: dict[str, str] = {}
    for name, words in _GOVERNORS.items():
        for word in words.split():
            found.setdefault(word, name)
    return MappingProxyType(found)


GOVERNORS: Final[Mapping[str, str]] = _by_word()
"""Lemma of a governing verb, noun or adjective -> its class."""

PHRASES: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("call", "off"): "excludes", ("put", "off"): "excludes", ("rule", "out"): "excludes",
        ("turn", "down"): "excludes", ("back", "out"): "excludes", ("hold", "off"): "excludes",
        ("carry", "out"): "implies", ("go", "ahead"): "implies", ("brush", "off"): "excludes",
        ("shoot", "down"): "excludes", ("wrap", "up"): "implies", ("set", "up"): "plans",
        ("make", "sure"): "supposes", ("look", "forward"): "supposes", ("break", "off"): "presupposes",
    }
)  # fmt: skip
"""Verb and particle -> class, where it is not the verb's own."""

FROM_VERBS: Final = frozenset("prevent stop keep block bar ban halt deter discourage prohibit refrain dissuade".split())
"""Verbs whose "from doing" did not take place."""

MODALS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "will": "planned", "shall": "planned", "'ll": "planned", "wo": "planned", "gon": "planned",
        "would": "hypothetical", "'d": "hypothetical", "could": "hypothetical", "may": "hypothetical",
        "might": "hypothetical", "can": "hypothetical", "ca": "hypothetical", "should": "hypothetical",
        "must": "hypothetical", "ought": "hypothetical", "need": "hypothetical",
    }
)  # fmt: skip
"""Auxiliary, as it is written, -> what it makes of its verb. "would" under a report in the past is read as "will"."""

NEGATORS: Final = frozenset(
    "not n't never no nor neither hardly barely scarcely rarely seldom nobody none nothing".split()
)
ALMOST: Final = frozenset("almost nearly".split())
HEARSAY: Final = frozenset("reportedly allegedly supposedly purportedly apparently ostensibly seemingly".split())
PERHAPS: Final = frozenset("possibly perhaps maybe probably likely potentially presumably hopefully ideally".split())

CONDITIONS: Final = frozenset("if unless whether lest provided providing until till once".split())
"""Subordinators whose clause is no fact; "as long as" and "in case" are found by their words."""

NOUN_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(
            "possible potential eventual hypothetical proposed prospective would-be conceivable desired suggested "
            "requested tentative offered any".split(),
            "hypothetical",
        ),
        **dict.fromkeys(
            "planned future upcoming scheduled expected forthcoming impending imminent pending coming promised pledged "
            "intended anticipated projected".split(),
            "planned",
        ),
        **dict.fromkeys("alleged reported suspected supposed purported rumored rumoured claimed".split(), "alleged"),
        **dict.fromkeys("threatened".split(), "threatened"),
        **dict.fromkeys("cancelled canceled aborted abandoned averted no zero".split(), "negated"),
    }
)
"""Adjective or determiner of a noun -> what it makes of the act the noun names."""

UNDOING: Final = frozenset("lift remove end ease drop overturn relax reverse scrap repeal rescind withdraw".split())
"""Verbs that undo a ban: what was banned is possible again."""

PREPOSITIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "without": "negated", "instead": "negated", "than": "negated", "short": "negated", "absent": "negated",
        "until": "hypothetical", "till": "hypothetical", "against": "hypothetical", "pending": "planned",
        "before": "planned", "ahead": "planned", "despite": "happened", "after": "happened", "following": "happened",
        "since": "happened", "over": "happened", "amid": "happened", "during": "happened", "because": "happened",
    }
)  # fmt: skip
"""Preposition -> what it makes of the act it brings in. "against" holds under "warn"; "before" and "ahead of"
look forward from what they hang on."""

OPEN_CLAUSES: Final = frozenset("when once before whenever till until if unless where".split())
"""Subordinators whose finite clause may still be to come, as its main clause is."""

TIME_AHEAD: Final = frozenset("tomorrow soon shortly upcoming tonight".split())

INSTRUMENTS: Final = frozenset(
    "agreement deal accord treaty pact declaration memorandum communique communiqué truce ceasefire armistice protocol "
    "settlement arrangement jcpoa npt armistice statement resolution sanction moratorium".split()
)
"""Nouns of acts that leave a thing behind: "the treaty" is the thing, there whatever is planned for it."""

NEVER_PHRASES: Final = frozenset("circumstance way account condition case sense time point".split())
"""What "under no ...", "in no ..." deny the verb with."""

UNNAMED: Final = frozenset("source sources insider rumor rumour rumors rumours intelligence defector observer".split())
"""Heads of report subjects whose word alone is hearsay."""

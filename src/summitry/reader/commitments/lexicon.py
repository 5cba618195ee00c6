"""Words of commitments: how one binds oneself, what instruments are called, what binds nobody."""

from __future__ import annotations

from typing import Final

AGREEING: Final = frozenset("agree consent accept".split())
"""Verbs by which two bind themselves, or one to the other."""
PLEDGING: Final = frozenset("pledge promise vow commit undertake guarantee".split())
"""Verbs by which one binds oneself."""
BINDING: Final = AGREEING | PLEDGING

MAKING: Final = frozenset("reach sign strike conclude clinch ink seal announce make".split())
"""What is done with an agreement by those whom it then binds: "reached a deal to exchange prisoners"."""

PROMISES: Final = frozenset(
    "promise pledge commitment vow undertaking obligation assurance guarantee agreement".split()
)
"""Nouns of an obligation, which stands behind them: "a pledge to halt tests", "an agreement to meet"."""
OF_WHAT: Final = frozenset({"promise", "pledge", "vow", "assurance", "guarantee", "offer"})
"""Of these, what is promised of: "a promise of aid"."""

INSTRUMENTS: Final = frozenset(
    "deal agreement accord pact treaty statement declaration resolution framework truce ceasefire cease-fire armistice "
    "memorandum protocol convention communique communiqué charter jcpoa compromise settlement arrangement roadmap "
    "backstop bargain jpoa npt moratorium contract covenant compact document".split()
)
"""What two sign or adopt, and what then binds them."""
NOT_YET: Final = frozenset(
    "potential possible future new proposed draft final prospective eventual any another no better different "
    "hypothetical would-be broader emerging acceptable such good bad comprehensive".split()
)
"""Beside an instrument's noun: it does not stand yet, or it may never."""
STANDING: Final = frozenset("include contain comprise cover list feature spell set".split())
"""What an instrument does with promises that are in it."""

REQUIRING: Final = frozenset("require oblige obligate commit bind compel mandate".split())
"""What an instrument does to whom it binds to do something."""
BARRING: Final = frozenset("bar ban prohibit forbid".split())
"""What an instrument does to whom it binds to leave something."""
LIMITING: Final = frozenset("limit cap restrict curb freeze".split())
"""What an instrument does to what it keeps small: "the deal limits Iran's stockpile"."""
BOUND: Final = frozenset(
    "require oblige obligate commit bind supposed compel mandate bar ban prohibit forbid limit cap restrict".split()
)
"""Participles of whom an instrument binds: "is required to", "is barred from"."""
ALLOWING: Final = frozenset("allow permit".split())
"""With "not" or "only": "was not allowed to", "is only permitted to"."""
MUST: Final = frozenset({"must", "shall", "will", "would", "should"})

GIVING: Final = frozenset(
    "make give renew reaffirm reiterate repeat restate offer issue receive undertake express underline stress "
    "underscore confirm extend honor honour keep fulfill fulfil uphold break violate abandon breach ignore renege "
    "deliver betray drop affirm".split()
)
"""What is done with a promise by whose it is: "made a commitment to", "broke a promise to"."""
WANTING: Final = frozenset(
    "want demand seek need ask expect require await get win extract secure insist press push hope urge call lack "
    "request doubt question refuse reject obtain".split()
)
"""What is done with a promise that was not made."""

VAIN: Final = frozenset(
    "allegiance consequence retaliation revenge retribution response blow war attack strike victory reprisal term "
    "demand request invitation offer proposal idea principle apology resignation plan view point fact blame word "
    "responsibility result reality outcome crime suicide murder act killing thing everything something anything "
    "nothing lot more that this it need crime goal truth decision role schedule encounter ally friend partner people "
    "transparency accountability democracy visit nomination invitation".split()
)
"""What one may agree to, accept or vow without binding oneself to a deed."""
MENTAL: Final = frozenset(
    "disagree agree think believe understand know see note say differ hope expect be have".split()
)
"""Verbs that are no deed to be bound to, where they stand bare."""
EMPTY: Final = frozenset("do it so that this go get make take alter act deliver prevent".split())
"""Deeds that say nothing by themselves: "agreed to do so"."""
OWN_STRENGTH: Final = frozenset(
    "bolster strengthen boost expand build develop increase accelerate modernize modernise advance complete perfect "
    "deploy preserve enhance upgrade".split()
)
"""Done to one's own means of force, these are pledged to nobody else."""
MEANS: Final = frozenset(
    "arsenal weapon missile deterrent deterrence force military capability defense defence enrichment wall warhead "
    "army navy program programme economy pressure stockpile bomb rocket mine launcher facility".split()
)
HELPING: Final = frozenset(
    "lift ease release return give provide supply send help defend protect support safeguard compensate pay meet visit "
    "talk negotiate resume reopen open share cooperate work normalize normalise recognize recognise allow let remove "
    "withdraw sell transfer free repatriate hand deliver grant assist reimburse build restore welcome consult invite "
    "join suspend halt stop end refrain attack hold conduct begin start discuss host".split()
)
"""What is done for the party that is named with it."""

OTHERS: Final = frozenset("with to toward towards for".split())
"""Prepositions of whom one binds oneself to."""
OCCASIONS: Final = frozenset(
    "summit meeting encounter talk talks visit call session conference round letter speech".split()
)
"""Where an agreement that has no name was made."""

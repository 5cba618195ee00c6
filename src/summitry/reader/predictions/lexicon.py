"""Words that tell what is to come, how sure of it somebody is, and what no one foretells by them."""

from __future__ import annotations

from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


WILL: Final = _set("will 'll ’ll wo shall")
WOULD: Final = _set("would 'd ’d")
MAYBE: Final = _set("may might")
"""Modals; "would" tells of the future behind a report in the past and under a condition, else what a plan contains."""
COULD: Final = "could"
"""Ability or possibility; read as the latter only where something else tells so."""

LIKELY: Final = _set("likely unlikely set bound sure certain poised destined doomed due about")
"""Adjectives whose infinitive is to come."""
EXPECTED: Final = _set("expect predict forecast foresee anticipate project tip envisage envision")
"""Verbs whose object or infinitive is to come."""
NEGATIVE: Final = _set("unlikely doubt doubtful skeptical sceptical unsure")

BELIEVING: Final = _set(
    "think believe expect predict forecast foresee anticipate project hope doubt fear suspect guess reckon bet "
    "assume feel worry imagine calculate conclude estimate gamble speculate trust prophesy suppose envision "
    "envisage warn caution"
)
"""Verbs under which a clause is what somebody foretells."""
SAYING: Final = _set(
    "say tell add note state declare argue insist contend assert maintain claim write report suggest comment remark "
    "explain announce indicate quote tweet observe acknowledge concede admit reiterate repeat stress emphasize "
    "emphasise signal hint conclude testify reply respond continue assess judge agree point mention confirm"
)
"""Verbs under which a clause is what somebody says."""
SURE: Final = _set(
    "confident optimistic hopeful sure certain convinced pessimistic skeptical sceptical doubtful afraid fearful "
    "worried concerned positive bullish"
)
"""Adjectives of a person whose clause is foretold."""
BELIEFS: Final = _set(
    "belief hope expectation prediction forecast fear confidence doubt chance possibility likelihood impression "
    "feeling view concern worry optimism sense probability conviction suspicion assessment risk danger guess "
    "warning opinion odd odds"
)
"""Nouns whose clause is foretold."""
WEAK: Final = _set(
    "think believe hope suspect guess reckon assume feel imagine suppose fear worry doubt bet speculate trust "
    "hopeful optimistic pessimistic doubtful skeptical sceptical afraid fearful worried concerned chance "
    "possibility impression feeling sense risk suspicion danger belief optimism"
)
"""Of these, the ones that hedge: who says so does not vouch for it."""
HEDGES: Final = _set("likely probably perhaps possibly maybe presumably conceivably apparently potentially unlikely")
"""Adverbs and adjectives that hedge."""

UNCHECKABLE: Final = _set(
    "depend matter mean need like want require see say know understand remember appreciate prefer wish ask let "
    "thank note suggest argue tell add explain deserve care look seem appear hear talk speak discuss consider hope "
    "try judge guess imagine leave welcome support oppose recall emphasize emphasise stress think believe feel call "
    "urge comment mention represent constitute include involve entail apply regard refer love hate cost entitle "
    "allow enable permit"
)
"""Verbs whose future is a manner of speaking, a wish, a view, or what a plan contains."""

STATES: Final = _set(
    "have be mean reflect want contain exist hold think believe know understand possess own consist belong "
    "represent signal suggest show indicate feel harbor harbour like resemble sound serve stand explain account "
    "stem"
)
"""Verbs of what is so rather than what comes: behind "may" they guess at the present."""
TURNS: Final = _set(
    "sink scuttle torpedo doom drive work succeed fail win lose survive collapse crumble resume restart continue "
    "end stop halt break violate cheat breach abandon dismantle denuclearize denuclearise disarm surrender yield "
    "capitulate concede cave comply rejoin join return withdraw leave quit exit pull walk retaliate respond "
    "escalate ramp attack strike invade launch test fire detonate build develop obtain acquire produce enrich "
    "stockpile deploy resort expand accelerate cut reduce rise fall grow shrink contract drop increase lift ease "
    "remove waive impose tighten isolate agree accept reject sign ratify approve pass vote veto override block back "
    "defect visit meet attend happen occur prevail recognize recognise restore sell buy export import unravel "
    "backfire spread cross reopen close free release refuse resist insist demand hold stall freeze intervene "
    "overthrow topple flee starve erupt spiral transpire materialize materialise give come go lead trigger cause "
    "result prevent push press step seek try attempt find reach get achieve make have be become remain stay keep "
    "turn exceed revive extend expire bind derail risk prompt force"
)
"""Verbs of turns that can be seen to come or not; of others only what names an act of the negotiation is kept."""
ENDS_IN: Final = _set(
    "nuclear dismantle denuclearize leave resume war conflict peace deal agreement accord tension clash crisis "
    "collapse breakdown breakthrough progress talk negotiation confrontation escalation violence attack strike "
    "sanction test launch withdrawal reconciliation unification easing standoff stalemate deadlock race "
    "proliferation bomb weapon change arsenal denuclearization settlement summit meeting path end isolation crash "
    "recession"
)
"""What verbs of causing and trying must have to be a turn."""
LIGHT: Final = _set(
    "drive work give come go lead trigger cause result prevent push press step seek try attempt find reach get "
    "achieve make have keep turn force prompt risk pull play extend hold demand back produce pass pay"
)
"""Verbs of causing, trying and getting."""
HARMING: Final = _set("regret destroy suffer pay face meet perish annihilate obliterate burn bear learn reap see die")
"""What befalls an adversary of whoever says so: a threat."""

OUTCOMES: Final = _set(
    "succeed fail win lose suffer collapse survive prevail regret isolate face end break happen become remain pay "
    "starve fall rise grow drop crumble resolve solve"
)
"""Verbs of what befalls somebody rather than what one sets out to do."""
REACHING: Final = _set("reach get have achieve find see make conclude strike finish complete sign come secure obtain")
REACHED: Final = _set(
    "deal agreement accord progress success solution result breakthrough peace settlement outcome compromise war "
    "conflict treaty resolution understanding crisis conclusion end"
)
"""Both together are an outcome that no side has in its own hands: "we will get a deal"."""

PROCESS: Final = _set(
    "talk negotiation dialogue deal agreement accord summit meeting process diplomacy treaty truce ceasefire round "
    "pact effort initiative mediation conference peace discussion détente detente rapprochement contact"
)
"""What a negotiation itself is called by."""
MATTERS: Final = PROCESS | _set(
    "sanction war conflict tension crisis program programme missile weapon bomb test regime economy embargo attack "
    "strike confrontation relation tie standoff arsenal enrichment uranium inspection denuclearization "
    "denuclearisation resolution blockade tariff border election reactor plant facility arm proliferation "
    "escalation relief troop withdrawal alliance government administration side party country leader threat "
    "pressure situation issue problem market price oil export launch breakthrough compromise congress parliament "
    "senate vote bill impasse deadlock"
)
"""What may be the subject of something foretold about a negotiation, besides its parties."""

SCHEDULED: Final = _set(
    "resume begin start reopen continue hold meet visit travel attend arrive convene reconvene take open restart "
    "send host sign announce release go participate publish address return leave brief receive accompany join head "
    "proceed happen occur vote carry invite plan present deliver conduct stage lead fly"
)
"""Verbs that announce what is arranged, when those who arrange it say so."""

ENDING: Final = _set("collapse fail falter break fall stall unravel founder flounder crumble derail")
"""What befalls talks that come to nothing."""

COMPLYING: Final = _set(
    "comply abide fulfil fulfill honour honor respect implement keep take live show act do ensure cooperate uphold "
    "adhere meet follow respond refrain stop"
)
"""What a party that "expects" another to do it demands."""

TURNING: Final = _set("return go turn walk abandon reverse quit collapse fail revert slide back stop give break")
"""Behind "too far to ...", what is foretold not to happen."""

NOBODY: Final = _set("nobody none noone no")
ASKING: Final = _set("WRB WP WDT WP$")
"""Tags of words that ask or relate."""

CONDITIONS: Final = _set("if unless once provided providing assuming should until without")
AGAINST: Final = _set("unless until")

WELL: Final = _set(
    "well smoothly successfully successful success productive fruitful constructive great good fine positive "
    "positively terrific fantastic tremendous excellent"
)
BADLY: Final = _set(
    "badly poorly failure disaster unsuccessful fruitless disastrous futile catastrophe fiasco flop bad inconclusive"
)
"""Words of how it goes."""
WENT: Final = _set(
    "success failure result outcome summit meeting talk negotiation deal conversation disaster fiasco flop progress "
    "dialogue visit"
)
"""Nouns that are called good or bad where it is told how something goes."""
GOING: Final = _set("go be turn prove end work proceed")
"""Verbs with them."""

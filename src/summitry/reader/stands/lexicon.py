"""Words of moves and positions: which predicates take a stand on a matter of negotiation, and on what terms."""

from __future__ import annotations

from typing import Final

from summitry.reader.propositions.proposition import Act
from summitry.vocabulary import MoveKind, Stance, StepOrder

STANCE: Final[dict[Act, tuple[Stance | None, MoveKind | None]]] = {
    "demand": ("demand", "demand"),
    "want": ("demand", "demand"),
    "propose": ("offer", "offer"),
    "offer": ("offer", "offer"),
    "support": ("support", None),
    "oppose": ("oppose", None),
    "reject": ("reject", "refusal"),
    "refuse": ("reject", "refusal"),
    "accept": ("accept", None),
    "promise": ("offer", "promise"),
    "threaten": (None, "threat"),
}
"""What an act is as a position and as a move; a threat by itself tells no stance."""

DENIED: Final[dict[Act, tuple[Stance | None, MoveKind | None]]] = {
    "support": ("oppose", None),
    "accept": ("reject", "refusal"),
    "offer": ("reject", "refusal"),
    "promise": ("reject", "refusal"),
    "want": ("oppose", None),
}
"""The same where it is denied; what is not here says nothing when denied."""

# Verbs of the propositions' lexicon that praise, blame or suggest rather than take a stand on a matter.
NO_STAND: Final = frozenset(
    "thank congratulate cheer celebrate appreciate credit compliment extol accuse allege deride chide rebuke assail "
    "fault castigate censure mock ridicule rail scold berate disparage upbraid reproach reprimand excoriate scoff "
    "grumble impugn complain dispute contest challenge question query wonder inquire enquire move table recommend "
    "suggest advise prefer invite volunteer instruct require submit encourage appeal adopt concur wish interrogate "
    "project suggestion recommendation comment view concern remark statement support_that order dismiss attack "
    "threat charge champion undertake guarantee".split()
)

# Praise and blame, which take a stand only where a deed or a deal is praised or blamed.
JUDGING: Final = frozenset(
    "praise applaud commend salute laud hail defend criticize criticise slam blast decry regret deplore protest "
    "champion bash lambast lambaste welcome blame condemn denounce second echo appreciate".split()
)
JUDGED: Final = frozenset(
    "decision announcement move news remark comment offer launch test visit meeting gesture release declaration "
    "speech result approach stance withdrawal exit pullout strike attack raid action provocation crackdown firing "
    "killing imposition reimposition lifting breach violation threat behavior behaviour conduct aggression "
    "annexation invasion designation restriction embargo sale purchase deployment drill exercise breakthrough "
    "progress outcome goal lawsuit accusation allegation claim report provision rule law idea proposal term demand "
    "policy sanction coup war fighting violence offensive bombing shelling siege blockade".split()
)

# Nouns that name a matter of negotiation between states, by lemma: what makes a stand one on the talks at all.
MATTERS: Final = frozenset(
    "deal agreement accord pact treaty talk talks negotiation dialogue summit meeting diplomacy engagement roadmap "
    "framework resolution protocol convention ceasefire truce armistice peace war conflict hostility sanction "
    "embargo blockade tariff trade relief waiver export import oil energy fund aid assistance payment compensation "
    "reparation nuclear weapon missile arsenal warhead bomb test launch enrichment uranium plutonium centrifuge "
    "reactor inspection inspector verification denuclearization denuclearisation disarmament program programme "
    "facility site stockpile enrich denuclearize disarm dismantle dismantlement exercise drill troop force "
    "withdrawal deployment base border territory settlement sovereignty independence recognition backstop referendum "
    "autonomy prisoner hostage detainee refugee guarantee assurance concession compromise commitment obligation "
    "compliance provocation escalation tension normalization liaison ties relation security stability army "
    "occupation annexation airspace strait shipping tanker vessel arms hostilities intervention proposal demand "
    "offer condition precondition solution process transition government coalition power-sharing constitution "
    "reunification denuclearise quota subsidy currency market access fishery customs union fisheries emission "
    "emissions climate finance target text draft decision amendment mechanism instrument freeze verify behavior "
    "behaviour shutdown moratorium alliance cooperation military check removal visa citizen right water dam river "
    "minority language police amnesty exchange corridor evacuation monitor observer peacekeeper demilitarization "
    "federation partition crossing port standard regulation checkpoint settler return land resource ban option".split()
)

# Of these, what is itself supported or opposed: the process and its means rather than weapons and wars.
PROCESS: Final = frozenset(
    "change relation tie friendship alliance deal agreement accord pact treaty talk talks negotiation dialogue "
    "summit meeting diplomacy engagement roadmap framework resolution protocol convention ceasefire truce armistice "
    "peace sanction embargo blockade tariff relief waiver denuclearization denuclearisation disarmament exercise "
    "drill withdrawal deployment independence recognition backstop referendum autonomy normalization reunification "
    "proposal plan process transition solution compromise amendment mechanism text draft decision instrument "
    "inspection verification pressure war action strike extension statement move approach initiative bid effort step "
    "measure policy unification settlement intervention test launch enrichment program programme border quota target "
    "levy cut aid assistance membership bill legislation law discussion mediation appeal consultation "
    "arbitration".split()
)

DROPPING: Final = frozenset("drop abandon withdraw retract relinquish renounce soften waive".split())
"""What is done to a demand by whoever concedes it."""
SAVING: Final = frozenset("salvage save preserve keep protect rescue revive restore uphold maintain".split())
"""Trying to do these to a deal is for it."""
TRYING: Final = frozenset("try attempt work strive fight struggle seek plan move".split())
SOUGHT: Final = frozenset(
    "dialogue talk talks progress solution peace cooperation engagement negotiation resolution settlement meeting "
    "summit reconciliation diplomacy rapprochement breakthrough compromise".split()
)
"""Whoever seeks these supports them, and demands nothing of anybody."""
CONCERN: Final = frozenset(
    "concern alarm regret dismay outrage anger opposition disappointment displeasure skepticism scepticism".split()
)
APPROVAL: Final = frozenset("support hope willingness readiness appreciation satisfaction solidarity desire".split())
"""What is expressed about a matter by whoever is against it, and for it."""
RELATIVE: Final = frozenset({"WDT", "WP", "WP$", "WRB"})
"""Tags of words that bring in a relative clause."""

WILLING: Final = frozenset("ready willing prepared open eager".split())
UNWILLING: Final = frozenset("unwilling reluctant uninterested".split())
AGAINST: Final = frozenset("opposed averse critical skeptical sceptical".split())
FOR: Final = frozenset("committed hopeful supportive keen optimistic determined".split())

# What a party does or refuses to do at a table, by lemma; a denial of any other verb is no refusal.
STEPS: Final = frozenset(
    "accept negotiate renegotiate talk give abandon lift ease remove stop halt suspend freeze allow permit agree "
    "sign return rejoin recognize recognise tolerate surrender dismantle back yield compromise concede bow retreat "
    "limit discuss meet participate attend resume disarm withdraw leave relinquish trade bargain cede reopen close "
    "release free hand ship export import enrich test launch fire deploy sell buy pay provide supply transfer open "
    "reduce cut scale roll end cease reimpose impose restore normalize normalise engage relent budge submit ratify "
    "comply abide honor honour keep respect implement denuclearize denuclearise pull quit exit scrap tear offer "
    "extend choose stick live show prove change grant waive unfreeze invade attack strike retaliate hold enter make "
    "take join support consider".split()
)
# Of these, what is done between states whatever its object.
AT_THE_TABLE: Final = frozenset(
    "negotiate renegotiate compromise concede recognize recognise ratify denuclearize denuclearise disarm normalize "
    "normalise supply reimpose waive unfreeze rejoin meet retaliate".split()
)
# Of these, what harms: vowing it threatens.
HARM: Final = frozenset(
    "penalize penalise shred pursue rip bar ban override retaliate attack strike destroy invade punish respond "
    "impose reimpose veto quit withdraw abandon exit leave scrap tear restart resume close blockade shut sue "
    "sanction bomb crush wipe annihilate expel cut halt suspend walk pull target hit block kill breach escalate "
    "terminate cancel tighten institute slap levy".split()
)

HELP: Final = frozenset("support effort cooperation backing help assistance solidarity".split())
"""What is promised by whoever supports."""
# Wanting to do these to an approach or a deal is a demand on the other side.
CHANGING: Final = frozenset("change alter revise renegotiate amend get obtain secure gain win convert have see".split())
HARMFUL: Final = frozenset(
    "launch test strike attack retaliation revenge sanction tariff response consequence escalation blow war "
    "retribution reprisal countermeasure".split()
)
"""Nouns of what threatens where it is vowed or promised."""

# Doing these to a deal or to talks is against them.
UNDOING: Final = frozenset(
    "thwart block kill prevent stop avoid derail scrap end undo leave quit exit abandon sabotage undermine delay "
    "cancel get resist".split()
)

HELPING: Final = frozenset("protect defend support help assist guarantee safeguard".split())
GOING_ON: Final = frozenset(
    "continue resume re-engage reengage engage cooperate work pursue seek strive uphold".split()
)
"""Saying one will do these is support: of whom one helps, and of what one goes on with."""

# What a party gives by doing it: ending, opening or handing over what it held against the other.
YIELDS: Final = frozenset(
    "suspend halt stop freeze abolish dismantle shut close release free lift ease waive end cease scale allow permit "
    "abandon give destroy discontinue curb limit reduce cut pull withdraw return hand grant unfreeze readmit reopen "
    "restore remove cancel postpone delay drop relax disarm denuclearize denuclearise surrender relinquish implement "
    "honor honour abide comply stick".split()
)
COERCIVE: Final = frozenset(
    "test testing launch drill exercise ban sanction embargo blockade tariff prisoner hostage detainee captive "
    "broadcast program programme enrichment demand levy restriction siege strike attack offensive moratorium "
    "airstrike bombing shelling settlement curb".split()
)
"""What one holds against the other: ending, lifting or freeing it is a concession."""
BUILT: Final = frozenset("site facility reactor complex center centre plant arsenal stockpile tunnel weapon".split())
"""What one takes down or hands over is a concession too."""
PACTS: Final = frozenset(
    "deal agreement accord pact treaty talk talks negotiation dialogue summit meeting framework armistice truce "
    "ceasefire convention protocol conference".split()
)
"""What one leaves, calls off or tears up."""
# Of these, what harms the other where a pact or talks are its object: "suspend the talks", "end the deal".
OF_PACTS: Final = frozenset(
    "deal agreement accord pact treaty talk talks negotiation dialogue summit meeting cooperation compliance "
    "commitment participation export aid assistance inspection".split()
)

GOOD: Final = frozenset(
    "good great positive historic excellent welcome encouraging constructive productive important significant fair "
    "necessary best fantastic wonderful".split()
)
BAD: Final = frozenset(
    "bad worst worse terrible horrible disastrous regrettable unacceptable illegal unlawful hostile absurd baseless "
    "irresponsible negative dangerous provocative reckless unfair unjust outrageous ridiculous wrong mistake "
    "mistaken disaster disgrace unwise counterproductive useless meaningless illegitimate catastrophic unfortunate "
    "sucker insufficient inadequate".split()
)
PUT: Final = frozenset("proposal offer demand plan draft idea initiative deal concession condition overture".split())
TOO_LITTLE: Final = frozenset("insufficient inadequate unacceptable unreasonable unrealistic".split())
"""What is put on the table, and words by which it is refused."""
"""Words by which a party that calls something so supports or opposes it."""

CONDITIONS: Final[tuple[tuple[tuple[str, ...], StepOrder | None], ...]] = (
    (("on", "the", "condition", "that"), "after"),
    (("on", "condition", "that"), "after"),
    (("under", "the", "precondition", "that"), "after"),
    (("under", "the", "condition", "that"), "after"),
    (("on", "the", "precondition", "that"), "after"),
    (("as", "long", "as"), None),
    (("so", "long", "as"), None),
    (("not", "before"), "after"),
    (("only", "if"), "after"),
    (("only", "after"), "after"),
    (("only", "when"), "after"),
    (("only", "once"), "after"),
    (("even", "if"), None),
    (("provided", "that"), "after"),
    (("provided",), None),
    (("contingent", "on"), "after"),
    (("conditional", "on"), "after"),
    (("unless",), "after"),
    (("until",), "after"),
    (("once",), "after"),
    (("if",), None),
    (("before",), "before"),
    (("prior", "to"), "before"),
    (("after",), "after"),
    (("without",), None),
)
"""Words that bring in a condition, and when the party's own step then comes; longer ones first."""
UNCONDITIONAL: Final = frozenset({"even"})
# Conditions that a party itself sets on what it would do; "if" alone as often only tells when.
SETTING: Final = frozenset(
    {"unless", "until", "only", "as", "so", "on", "under", "provided", "contingent", "conditional", "once"}
)

EXCHANGE: Final[tuple[tuple[str, ...], ...]] = (
    ("in", "exchange", "for"),
    ("in", "return", "for"),
    ("in", "return"),
    ("in", "exchange"),
)
TOGETHER: Final[tuple[str, ...]] = (
    "simultaneous",
    "at the same time",
    "action for action",
    "action-for-action",
    "step by step",
    "step-by-step",
    "phased",
    "in parallel",
    "in tandem",
    "synchroni",
    "reciprocal",
    "in stages",
    "incremental",
)

# Roles within a state whose stand is not the state's: legislators, parties, courts, the press, businesses, the public.
NOT_THE_STATE: Final = frozenset("LEG PTY OPP JUD MED EDU BUS CVL ELI MNC NGO LAB".split())
NOT_OFFICIAL: Final = frozenset(
    "critic critics hardliner hardliners hard-liner hard-liners opponent opponents supporter supporters analyst "
    "analysts expert experts former activist activists lawmaker lawmakers senator senators congressman conservative "
    "conservatives reformist reformists moderate moderates dissident dissidents exile exiles citizen citizens people "
    "public protesters republicans democrats hawks doves voters residents families scholars media newspaper daily "
    "ex-president candidate candidates committee committees caucus congressional legislators legislator legislature "
    "parliament".split()
)

# Nouns too empty to be the matter of a stand: the matter stands behind "of", "for" or "on".
LIGHT: Final = frozenset(
    "need importance end halt return resumption use idea plan call right part number kind sort set series lot list "
    "way effort attempt possibility prospect push move step lifting removal easing exclusion inclusion "
    "implementation reduction increase establishment development adoption review extension continuation start "
    "beginning completion suspension resolution issue question matter concern role level support opposition sign "
    "signs commitment readiness willingness chance bid ban change changes all some many any one both more most it "
    "this that them something anything nothing what release restart circumstance time day month year week discussion "
    "proposal demand offer".split()
)

"""Cue words: which attribute something said or written, and which act is done by saying it.

Lemmas as the parser gives them. Written by hand; the cues of the training documents were looked through for gaps.
"""

from __future__ import annotations

from typing import Final

from summitry.vocabulary import SpeechAct

_ACTS: Final[dict[SpeechAct, str]] = {
    "state": (
        "say tell add note write report announce state explain describe declare tweet post reveal disclose "
        "acknowledge confirm admit concede conclude continue recall remark mention observe comment respond reply "
        "answer retort counter reiterate repeat stress emphasize emphasise underline underscore highlight insist "
        "maintain assert affirm reaffirm claim contend argue suggest point testify inform notify brief remind advise "
        "elaborate clarify explain discuss speak talk recount relate narrate quip joke muse boast brag intone "
        "proclaim "
        "pronounce read publish issue release outline detail cite quote refer address deliver echo voice "
        "convey express "
        "communicate signal hint indicate imply allude opine reason tout portray characterize characterise label dub "
        "call name list lay recite utter whisper shout yell chant cry exclaim scream bellow thunder boom interject "
        "email text wire cable broadcast air reference document summarize summarise sum estimate assess "
        "accord assure "
        "reassure inform swear vouch attest certify interrupt begin conclude go put apologize apologise lament mourn "
        "regret caution"
    ),
    "demand": "demand urge call_for call_on press insist_on order instruct exhort implore request appeal require plead "
    "beg entreat lobby petition admonish",
    "offer": "offer propose invite volunteer suggest_that proffer float table",
    "refuse": "refuse reject decline rebuff dismiss oppose resist rule_out spurn balk veto",
    "threaten": "threaten warn caution_that menace",
    "promise": "promise pledge vow commit guarantee undertake swear agree assure",
    "accuse": (
        "accuse blame criticize criticise denounce condemn slam blast decry charge allege deride chide rebuke assail "
        "attack lambast lambaste fault castigate censure protest complain deplore mock ridicule rail scold "
        "berate bash "
        "rip disparage upbraid reproach reprimand excoriate scoff object grumble lash hammer impugn"
    ),
    "praise": (
        "praise thank welcome hail applaud laud commend congratulate salute credit extol compliment endorse "
        "celebrate "
        "appreciate cheer champion"
    ),
    "predict": "predict forecast foresee project prophesy anticipate speculate",
    "ask": "ask inquire enquire wonder question query interrogate",
    "deny": "deny refute dispute rebut contradict disavow disclaim repudiate gainsay",
}

_NOUNS: Final[dict[SpeechAct, str]] = {
    "state": (
        "statement comment remark announcement report claim assertion argument message speech declaration "
        "word post tweet "
        "letter account explanation description admission acknowledgement acknowledgment acknowledgment disclosure "
        "assurance insistence contention suggestion hint response reply answer testimony estimate assessment "
        "conclusion "
        "confirmation reference note notice interview commentary editorial story article dispatch communique release "
        "apology regret expression advice chant cry recollection rumor rumour"
    ),
    "demand": "demand call appeal request order plea ultimatum instruction exhortation urging",
    "offer": "offer proposal invitation",
    "refuse": "refusal rejection dismissal",
    "threaten": "threat warning",
    "promise": "promise pledge vow commitment guarantee",
    "accuse": "accusation allegation criticism complaint charge condemnation denunciation attack blame rebuke protest",
    "praise": "praise endorsement congratulation thanks welcome",
    "predict": "prediction forecast projection",
    "ask": "question query",
    "deny": "denial rebuttal",
}


def _table(acts: dict[SpeechAct, str]) -> dict[str, SpeechAct]:
    """Lemma to act; the first act that lists a lemma keeps it."""
    table: dict[str, SpeechAct] = {}
    for act, words in acts.items():
        for word in words.split():
            table.setdefault(word, act)
    return table


VERB_ACTS: Final = _table(_ACTS)
NOUN_ACTS: Final = _table(_NOUNS)

# Said of a body or a paper as well as of a mind; with quoted words or a that-clause they report an utterance.
EITHER: Final = frozenset("find show learn agree see make give hold offer use have be hear".split())

# What the mind does, or a party as a whole is said to be about: never an utterance without quoted words.
ATTITUDES: Final = frozenset(
    "want think believe hope hop know plan seek support expect feel fear worry prefer like consider doubt "
    "suspect decide "
    "intend aim view regard understand seem appear try look need love hate favor favour wish realize realise "
    "recognize "
    "recognise guess assume imagine learn see remember forget dream desire care concern deem judge envision expect "
    "struggle tend mean become remain enjoy trust aspire".split()
)

# Vehicles whose owner speaks through them, by the preposition that brings them in: "in a statement", "on Twitter".
VEHICLES: Final = frozenset(
    "statement interview letter speech address tweet post message briefing conference commentary editorial report "
    "testimony memo email e-mail communique release dispatch op-ed article column broadcast telecast video "
    "call phone telephone text declaration note cable document paper book blog bulletin readout "
    "appearance hearing transcript telegram editorials advisory announcement notice filing".split()
)
PLATFORMS: Final = frozenset("twitter facebook instagram telegram television tv radio x weibo youtube".split())

# Opinions that reports give as clauses: "believes that", "fear", "was convinced".
OPINIONS: Final = frozenset("think believe hope expect fear doubt feel worry suspect consider see assume view".split())

# With a topic instead of words these tell that somebody spoke, not what was said.
TOPICS: Final = frozenset(
    "refer reference mention discuss talk speak address name list cite quote answer respond raise recall go read "
    "continue conclude sum put publish issue deliver release present begin spell".split()
)
# Acts that news tells as acts: the event has them, nobody's words are given.
DONE: Final = frozenset("agree refuse decline reject accept back oppose endorse".split())

# How something looks to the reporter, and deeds that are no words.
APPEARANCES: Final = frozenset("seem appear show sound sign quote be look expect attempt try use".split())

# Nouns for persons: unnamed, they are anonymous speakers.
PERSONS: Final = frozenset(
    "official officer source diplomat aide adviser advisor spokesperson spokesman spokeswoman analyst expert "
    "negotiator "
    "envoy representative delegate minister lawmaker legislator senator congressman congresswoman politician scholar "
    "researcher professor scientist activist critic observer insider man woman person people resident witness "
    "employee "
    "worker soldier commander general veteran defector refugee student voter supporter opponent leader member "
    "reporter "
    "journalist correspondent author writer economist trader businessman executive lawyer attorney prosecutor judge "
    "participant protester demonstrator organizer organiser colleague ally friend relative father mother son "
    "daughter "
    "wife husband brother sister staffer staff counselor counsellor secretary ambassador chief head director deputy "
    "president chairman chairwoman premier inspector investigator historian commentator columnist pundit watcher "
    "specialist strategist pollster figure someone somebody anyone everyone one other others many some few most "
    "conservative liberal democrat republican hawk hard-liner hardliner moderate islamist rebel militant "
    "fighter doctor "
    "nurse pilot driver farmer teacher guest visitor neighbor neighbour citizen civilian American european "
    "local".split()
)

# Nouns for words on paper or air: what they say, their issuer says.
WORKS: Final = frozenset(
    "statement report commentary editorial article story letter dispatch communique document study survey poll paper "
    "declaration transcript memo email tweet post message text resolution agreement treaty accord deal declaration "
    "release readout note book column headline analysis review assessment data figure record file cable order ruling "
    "decision law bill filing lawsuit complaint indictment announcement broadcast program programme video footage "
    "comment remark speech address interview testimony".split()
)

# Nouns for those who speak together, besides persons.
COLLECTIVES: Final = frozenset(
    "side team group camp party office government ministry department agency council committee commission bureau court "
    "company firm bank outlet station network newspaper paper daily magazine broadcaster media press delegation "
    "coalition alliance union bloc administration regime leadership command military army police embassy mission "
    "organization organisation institute center centre think-tank university voice chorus public street west east "
    "north south state country nation neighbor neighbour power capital world house board panel family channel "
    "website account movement faction majority minority opposition community".split()
)

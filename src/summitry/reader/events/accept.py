"""Which words that could name an act do tell one: the guard against events where none is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from summitry.reader.events.arguments import OCCUR, governed, objects
from summitry.reader.events.parties import AGENT_NOUNS, VEHICLES, merge_parties, party_code
from summitry.reader.events.roles import REALIS_PREPOSITIONS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from summitry.reader.events.roles import Cast
    from summitry.reader.triggers import TriggerEntry, TriggerMatch
    from summitry.vocabulary import Modality

# One party is enough for what a party does by itself: tests, deployments, protests, halting and dismantling.
_ALONE: Final = frozenset({"MOBILIZE", "PROTEST"})
# Nouns of these name a standing threat, hope or stance far more often than an act.
_STANDING: Final = frozenset({"THREATEN", "SUPPORT", "ASSAULT", "AID", "COERCE", "PROTEST", "CONCEDE", "COOPERATE"})
_RECENT: Final = frozenset(
    "recent latest last first second third fourth fifth sixth previous earlier past new yesterday today monday tuesday "
    "wednesday thursday friday saturday sunday historic landmark abortive failed ill-fated surprise".split()
)
_AGAIN: Final = frozenset({"repeated", "renewed", "fresh", "dramatic", "blistering", "bellicose", "veiled", "explicit"})
# A stance held, not an act, unless a date says that it was taken then.
_STATIVE: Final = frozenset("oppose support back favor favour appreciate defend recognize recognise resist".split())
# These accuse somebody only as their object; "claimed that" reports.
_BY_OBJECT: Final = frozenset({"claim"})
# What is not accused, asked or threatened is no event; what is not signed or held may be one.
_SAID: Final = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT", "PROTEST", "ASSAULT", "COERCE"})
_SAYING_TOO: Final = frozenset({"insist", "suggest", "tell", "advise"})
# "declined to comment" turns down reporters, not a party.
_TO_REPORTERS: Final = frozenset(
    "comment say share reveal explain detail elaborate give discuss answer respond identify confirm speculate specify "
    "name provide disclose".split()
)
# What is offered to whoever asks.
_WORDS: Final = frozenset(
    "detail evidence explanation comment answer indication reason view assessment proof clue word "
    "glimpse insight".split()
)
# What is released by being let go, besides people who act for somebody.
_HELD: Final = frozenset(
    "prisoner detainee hostage captive inmate citizen national journalist sailor crew body remains asset fund money "
    "ship tanker vessel man woman pastor missionary student american iranian worker abductee dissident activist".split()
)
_HABIT: Final = frozenset(
    "regularly often routinely frequently usually always sometimes typically periodically".split()
)
# With the press, one's own government, party or voters.
_AMONG_OWN: Final = frozenset(
    "press news conference cabinet staff board committee campaign fundraising party team donor town classified "
    "congressional video-news weekly plenary politburo shareholder".split()
)
# These carry a meeting or a deal ("end talks", "face a vote"); a threat that is faced or ended is none that is made.
_CARRY_NO_THREAT: Final = frozenset(
    "end face finish complete include contain begin start open continue have see place pursue show take".split()
)
# What "if", "could" and "would" tell often enough to be an event that may come, when both parties are named.
_SUPPOSED: Final = frozenset("CONSULT AGREE SANCTION REJECT MOBILIZE COOPERATE".split())
# Under these an infinitive tells what may come of itself; under others what it is done for.
_OPEN_ENDED: Final = frozenset(
    "want wish hope try attempt decide consider weigh seek threaten offer urge ask refuse able likely expect".split()
)
# Measures that a report takes as in force by naming them with who took them: "the UN's sanctions on the North".
_IN_FORCE: Final = frozenset({"sanction", "tariff", "embargo"})
_YET: Final = frozenset("new more further additional fresh upcoming possible potential any future tougher".split())
_UNDOING: Final = frozenset(
    "lift ease remove waive relieve relax suspend drop end scrap lifting easing removal relief waiver evade circumvent "
    "violate defy violation defiance exception exemption threat threaten consider mull oppose bill legislation "
    "talk possibility prospect".split()
)
_DUTY: Final = frozenset({"should", "must", "to", "ought"})
# Verbs whose object is taken as a fact.
_JUDGING: Final = frozenset(
    "blame condemn criticize criticise denounce praise welcome hail slam protest deplore applaud follow view see mark "
    "call describe".split()
)
_FACTIVE: Final = frozenset({"by", "after", "since", "before", "while", "when", "for", "with", "as"})
_OCCASIONS: Final = frozenset({"summit", "meeting", "encounter", "handshake"})
# "several missile launches", "a flurry of tests": acts that are counted have been seen.
_COUNTED: Final = frozenset("several two three four five six multiple numerous dozens many".split())
_FLURRIES: Final = frozenset("flurry series string spate wave round number barrage volley dozen pair".split())
_GENERIC_DETERMINERS: Final = frozenset({"any", "no", "every", "each", "such", "some", "more", "further"})


def alone(entry: TriggerEntry) -> bool:
    """Whether one party is enough for an act; sanctions are lifted and prisoners freed for the sake of somebody."""
    return entry.type in _ALONE or (entry.type == "RETREAT" and entry.mode is not None)


def enough_parties(match: TriggerMatch, cast: Cast) -> bool:
    """Two different parties, or one for acts that need no other."""
    if not cast.actors:
        return False
    if len(merge_parties(cast.actors, cast.recipients)) >= 2 and (cast.recipients or match.entry.roles != "directed"):
        return True
    if match.entry.weak:
        return False
    return alone(match.entry) and bool(party_code(cast.actors[0]))


def _has_object(token: Token) -> bool:
    return any(c.dep_ in {"dobj", "dative", "nsubjpass"} for c in token.children)


def verb_tells(match: TriggerMatch, cast: Cast, *, dated: bool) -> bool:
    """Whether a verb stands in a clause that tells something, not in a purpose, a habit or a general truth."""
    token = match.token
    if token.dep_ in {"compound", "amod"} and not (token.i and token.nbor(-1).text == "-"):
        # "test-fired two missiles" is often parsed as a modifier; "planned talks" is one.
        return False
    stative = token.lemma_.lower() in _STATIVE and match.entry.type in {"SUPPORT", "REJECT", "REQUEST"}
    if stative and not (token.tag_ in {"VBD", "VBN"} and dated):
        return False
    if token.lemma_.lower() == "call" and match.entry.type == "REQUEST" and _has_object(token):
        # "called him a liar for ...", "called it off": nobody is called upon.
        return False
    if token.lemma_.lower() == "meet" and _has_object(token) and not cast.recipients:
        # "met a miserable fate", "met the deadline"
        return False
    if token.lemma_.lower() == "meet" and any(c.dep_ == "auxpass" for c in token.children):
        return False  # "was met with protests"
    if token.dep_ == "acl" and token.tag_ == "VBG" and token.head.lemma_.lower() in VEHICLES:
        return False
    if token.lemma_.lower() in _BY_OBJECT and not _has_object(token):
        return False
    if token.lemma_.lower() in {"offer", "provide"} and any(head.lemma_.lower() in _WORDS for head in objects(token)):
        return False
    if token.lemma_.lower() == "concede" and any(c.dep_ == "ccomp" for c in token.children):
        return False  # admits a fact
    if token.lemma_.lower() in {"decline", "refuse"} and any(
        c.dep_ == "xcomp" and c.lemma_.lower() in _TO_REPORTERS for c in token.children
    ):
        return False
    if match.entry.type == "REQUEST" and match.entry.clause and not _asks(token):
        return False
    if token.lemma_.lower() == "release" and not match.parts and not any(map(_let_go, objects(token))):
        return False
    if (
        token.lemma_.lower() == "call"
        and match.entry.type == "CONSULT"
        and any(c.dep_ in {"oprd", "ccomp", "attr", "acomp"} for c in token.children)
    ):
        # "called him a fool"
        return False
    if token.lemma_.lower() == "assure" and not _has_object(token):
        return False
    if (
        match.entry.type != "THREATEN"
        and token.tag_ in {"VBZ", "VBP"}
        and any(c.dep_ == "advmod" and c.lower_ in _HABIT for c in token.children)
    ):
        return False
    if token.lemma_.lower() in {"station", "base", "deploy"} and token.dep_ == "acl" and not dated:
        # "the troops stationed in the South": where they are, not that they were sent
        return False
    if match.entry.type == "CONSULT" and any(map(_own_people, (*match.parts, *objects(token)))):
        return False
    return not _aimed_at(token)


def _let_go(thing: Token) -> bool:
    """Whether what is released is somebody or something held, not a statement made known."""
    return thing.pos_ in {"PROPN", "PRON"} or thing.lemma_.lower() in AGENT_NOUNS or thing.lemma_.lower() in _HELD


def _own_people(occasion: Token) -> bool:
    """Whether a meeting is with the press or one's own government: "a news conference", "his cabinet meeting"."""
    return any(c.dep_ in {"compound", "amod", "poss", "nmod"} and c.lower_ in _AMONG_OWN for c in occasion.children)


def _aimed_at(verb: Token) -> bool:
    """ "in pressuring Pyongyang", "aimed at sealing a deal": what is aimed at or judged, not told."""
    return verb.dep_ == "pcomp" and verb.head.lower_ not in _FACTIVE


def _asks(token: Token) -> bool:
    """Whether the clause behind "tell", "insist", "suggest" is asked for: an infinitive, a subjunctive, a duty."""
    clauses = [c for c in token.children if c.dep_ in {"xcomp", "ccomp", "acl", "pcomp"}]
    if not clauses or any(c.dep_ != "ccomp" for c in clauses):
        return bool(clauses) or token.lemma_.lower() != "tell"
    # The parser takes "demanded that Iran halt" for a present tense; with "insist" it more often is one.
    moods = {"VB"} if token.lemma_.lower() in _SAYING_TOO else {"VB", "VBP"}
    for verb in clauses:
        if token.lemma_.lower() == "tell" and verb.tag_ != "VB":
            continue
        auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
        if auxiliaries & _DUTY:
            return True
        if (
            verb.tag_ in moods
            and not auxiliaries - {"be"}
            and not any(c.dep_ == "advmod" and c.tag_ in {"WRB", "WP"} for c in verb.children)
        ):
            return True
    return False


def standing_fact(match: TriggerMatch) -> bool:
    """Whether a noun's act is taken as done whatever its sentence says of other acts: "failed to agree at the summit",
    "condemned Monday's launch"."""
    noun = match.token
    if match.entry.pos != "N":
        return False
    settled = any(
        c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in {"the", "this", "that"}) or c.lower_ in _RECENT
        for c in noun.children
    )
    if noun.dep_ == "pobj" and noun.head.lower_ in {"in", "at", "during", "after", "following", "since"}:
        return settled
    head = noun.head if noun.dep_ != "conj" else noun.head.head
    return settled and head.lemma_.lower() in _JUDGING


def worth_a_row(match: TriggerMatch, modality: Modality, *, dated: bool, named: bool) -> bool:
    """Whether an act that did not simply happen is told as an event of its own: not in every "if" and "could"."""
    if modality == "hypothetical":
        if match.entry.weak or not _may_come(match.token):
            return False
        return (dated and match.entry.pos == "V") or (named and match.entry.type in _SUPPOSED)
    if modality == "planned" and match.entry.type in {"REQUEST", "ACCUSE"}:
        return dated
    if modality == "negated":
        return match.entry.pos == "V" and not match.entry.weak and match.entry.type not in _SAID
    return True


def _quantity(noun: Token) -> bool:
    """Whether a noun is what is counted: "a flurry of tests"."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_.lower() in _FLURRIES


def in_force(noun: Token) -> bool:
    """Whether a noun names measures that are there already: not "new", "more", "upcoming" ones."""
    return noun.lemma_.lower() in _IN_FORCE and noun.pos_ != "VERB" and not any(c.lower_ in _YET for c in noun.children)


def _undone(noun: Token) -> bool:
    """Whether sanctions are talked of as to be undone, evaded or weighed: no report that they are in force."""
    head = noun.head if noun.dep_ in {"dobj", "nsubjpass"} else noun.head.head if noun.dep_ == "pobj" else None
    return head is not None and head.lemma_.lower() in _UNDOING


def _may_come(token: Token) -> bool:
    """Whether a clause tells that an act may come: not asked, not commanded, not only what something else is for."""
    if token.sent.text.rstrip().endswith("?"):
        return False
    if token.pos_ in {"NOUN", "PROPN"}:
        return False  # "what it wants to get out of the talks"
    auxiliaries = {c.lower_ for c in token.children if c.dep_ in {"aux", "auxpass"}}
    if auxiliaries & (_DUTY - {"to"}):
        return False
    if "to" in auxiliaries:
        return token.dep_ in {"xcomp", "ccomp"} and token.head.lemma_.lower() in _OPEN_ENDED
    return token.dep_ not in {"acl", "pcomp"}


def noun_tells(match: TriggerMatch, cast: Cast, *, dated: bool, known: bool, standing: bool = False) -> bool:
    """Whether a noun names one act that takes place: carried by a verb, dated, known, or pointed at as a fact."""
    noun, entry = match.token, match.entry
    modifiers = {c.lower_ for c in noun.children if c.dep_ in {"amod", "det", "nummod", "compound", "poss", "nmod"}}
    if modifiers & _GENERIC_DETERMINERS and cast.carrier is None:
        return False
    if noun.dep_ in {"compound", "amod", "nmod"}:
        return False
    if known or standing:
        return True
    if entry.type == "CONSULT" and _own_people(noun):
        return False
    if noun.lemma_.lower() in _IN_FORCE and noun.pos_ != "VERB":
        return not _undone(noun)
    if cast.carrier is not None and not (
        entry.type == "THREATEN" and cast.carrier.lemma_.lower() in _CARRY_NO_THREAT and noun.dep_ == "dobj"
    ):
        return not _aimed_at(cast.carrier)
    if entry.type == "THREATEN" and any(c.dep_ in {"acl", "ccomp"} for c in noun.children):
        # "its threat to leave": a threat made, not one that is there
        return noun.dep_ != "attr"
    recent = bool(modifiers & _RECENT)
    if (
        entry.type in _STANDING
        and entry.type not in {"COOPERATE", "CONCEDE"}
        and not dated
        and not (entry.type == "ASSAULT" and cast.actors and cast.recipients)
        and not (entry.type == "THREATEN" and (recent or modifiers & _AGAIN))
    ):
        return False
    if dated:
        return True
    if noun.dep_ in {"nsubj", "nsubjpass"} and noun.head.lemma_.lower() in OCCUR:
        return noun.head.pos_ == "VERB"
    plural = noun.tag_ == "NNS"
    possessed = any(c.dep_ == "poss" for c in noun.children) or bool(governed(noun, frozenset({"by", "from"})))
    complemented = bool(governed(noun, frozenset(entry.recipient))) or any(
        c.dep_ in {"acl", "ccomp"} for c in noun.children
    )
    if entry.type in {"REQUEST", "ACCUSE", "ASSAULT"} and cast.actors and cast.recipients:
        return possessed or complemented
    if entry.type == "THREATEN" and cast.recipients and (recent or modifiers & _AGAIN):
        return possessed
    if entry.roles == "mutual":
        if entry.type == "AGREE" and len(cast.actors) >= 2 and not plural:
            return True  # "the North-South agreement"
        if noun.dep_ == "pobj" and noun.head.lower_ in REALIS_PREPOSITIONS:
            return len(cast.actors) + len(cast.recipients) >= 2 and (not plural or recent or complemented)
        if noun.lemma_.lower() in _OCCASIONS and not plural:
            # "his meeting with Iran's minister", "the planned US-Iran summit": one occasion with its parties.
            return len(merge_parties(cast.actors, cast.recipients)) >= 2
        return recent and (possessed or complemented)
    if entry.roles == "own":
        return recent or possessed or bool(modifiers & _COUNTED) or _quantity(noun)
    return possessed and complemented

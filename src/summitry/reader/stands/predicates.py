"""Stands told by a verb or noun that names them: "Iran rejected the offer", "a call by Seoul for a roadmap"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from summitry.reader.document import Document
from summitry.reader.mentions import MentionIndex
from summitry.reader.propositions import Proposition
from summitry.reader.stands.asked import addressees_of, at_home
from summitry.reader.stands.controlled import ADDED, aimed
from summitry.reader.stands.draft import Draft
from summitry.reader.stands.harm import harms, undoes
from summitry.reader.stands.idle import ARMS, DEALS, a_claim, by_none, ended, thing_wanted
from summitry.reader.stands.lexicon import (
    APPROVAL,
    CHANGING,
    CONCERN,
    DENIED,
    DROPPING,
    HARMFUL,
    HELP,
    JUDGED,
    JUDGING,
    MATTERS,
    NO_STAND,
    PROCESS,
    PUT,
    RELATIVE,
    SOUGHT,
    STANCE,
    STEPS,
    YIELDS,
)
from summitry.reader.stands.parties import givers_of, parties_within, side_of, subject_sides
from summitry.reader.stands.points import bare
from summitry.reader.stands.reach import clause_of, doubted, reach, said_so
from summitry.reader.stands.terms import Range, Terms, terms_of
from summitry.vocabulary import Actor, MoveKind, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Modals under which a predicate is supposed, not told; "will" tells a plan, which is a stand only when denied.
_SUPPOSED: Final = frozenset("may might could should must can shall would 'd".split())
_OPEN: Final = frozenset("if whether unless should would could may might in".split())
# Refusing to speak to reporters is no stand.
_SPEAKING: Final = frozenset(
    "say comment discuss talk answer elaborate confirm name identify speculate detail reveal disclose provide give "
    "tell respond thank emphasize emphasise stress note hear know ask see make deny apologize apologise speak "
    "specify acknowledge admit signal indicate predict guess describe characterize explain set".split()
)
_GIVING: Final = frozenset({"give", "provide", "make", "see"})
"""Of these, what is refused where it is refused: "refused to give up", "refused to make concessions"."""
_ASKED: Final = frozenset("request invitation call appeal ultimatum".split())
_ABOUT: Final = MATTERS | PROCESS
_LIKELY: Final = frozenset({"likely", "probably", "perhaps", "presumably", "surely"})
_NORM: Final = frozenset({"must", "should"})
_PREFIX: Final = 2
"""Letters of what is no noun but the first half of one: "re-imposition"."""
_AIMED: Final = 0.6
"""Of what somebody only aims at."""
_WEIGHT: Final = {"demand": 0.75, "reject": 0.8, "refuse": 0.8, "accept": 0.65, "want": 0.65, "oppose": 0.75}


def by_predicates(document: Document, rows: tuple[Proposition, ...], mentions: MentionIndex) -> Iterator[Draft]:
    """Drafts of the propositions that take a stand on a matter of negotiation."""
    doc = document.doc
    for row in rows:
        side = side_of(row.actor, document.plain[row.actor_span.start : row.actor_span.end])
        if side is None or not row.point or row.lemma in NO_STAND:
            continue
        word = doc.char_span(row.predicate_span.start, row.predicate_span.end)
        if word is None:
            continue
        token = word.root
        stop = _token_end(doc, row.clause.end, token.i)
        draft = _draft(row, token, stop, side, mentions)
        if draft is not None:
            yield draft


def _token_end(doc: Doc, offset: int, at: int) -> int:
    while at < len(doc) and doc[at].idx < offset:
        at += 1
    return at


def _draft(row: Proposition, token: Token, stop: int, side: Actor, mentions: MentionIndex) -> Draft | None:
    doc = token.doc
    how = _how(row, token)
    if how is None or _supposed(row, token):
        return None
    # The cue of a statement that was found stands, whatever clause the parser hung it in.
    if doubted(token) and not (row.actor_span == row.predicate_span and token.tag_ == "VBD"):
        return None
    stance, move = how
    end = reach(token, stop) if row.point[0].start > token.idx else stop
    if row.point[0].start < token.idx:  # a passive: the point stands before
        start = next(i for i in range(token.sent.start, token.i + 1) if doc[i].idx >= row.point[0].start)
        point: Range = (start, _token_end(doc, row.point[0].end, start))
        clause: Range = (start, max(stop, _token_end(doc, row.actor_span.end, token.i)))
        terms = Terms()
    else:
        subject = _token_at(doc, row.actor_span.start, row.actor_span.end, token) if row.role == "subject" else None
        clause = clause_of(token, subject, end)
        terms = terms_of(doc, token.i + 1, end)
        start = token.i + 1 if token.pos_ == "VERB" else _token_end(doc, row.point[0].start, token.i + 1)
        if row.act == "want" and (wish := _own_wish(token)) is not None and wish.lemma_.lower() in _HAVING:
            start = wish.i + 1  # "wants to see the ban lifted": the ban lifted
        point = bare(doc, start, min(end, terms.marked if terms.marked is not None else end))
        if point[1] - point[0] == 1 and doc[point[0]].lower_ == "that":
            # "vowed that if the others strike, it will strike back"
            point = bare(doc, start, end)
    if point[1] <= point[0]:
        return None
    if row.lemma == "agree" and move is None and terms.exchange is not None:
        move = "concession"
    if move == "concession" and (deed := next((c for c in token.children if c.dep_ == "xcomp"), None)) is not None:
        givers = givers_of(deed, subject_sides(token, mentions)[0], mentions)
        move = move if not givers or side.code in {giver.code for giver in givers} else None
    if move == "demand" and token.pos_ == "NOUN" and token.dep_ == "dobj" and token.head.lemma_.lower() in DROPPING:
        stance, move = None, "concession"
        point = (min(token.head.i, int(token.left_edge.i)), point[1])  # what is given is the demand
    content = next((child for child in token.children if child.dep_ == "ccomp"), None)
    if move == "promise" and (_harms(doc, point) or (content is not None and harms(content))):
        imposed = any(doc[i].lemma_.lower() in {"sanction", "tariff", "pressure"} for i in range(*point))
        stance, move = ("support" if imposed else None), "threat"
    if move != "threat" and not _concerns(row, clause, token, side, mentions):
        return None
    if row.act in ("support", "oppose") and not _on_the_talks(
        doc, point, row.lemma in JUDGING or row.lemma == "express"
    ):
        return None
    addressees = addressees_of(token, stance, point, side, mentions)
    if stance == "demand" and (side.code in {one.code for one in addressees} or at_home(token, point, addressees)):
        # What a government asks of its own parliament is no move at the table.
        return None
    return Draft(
        party=side,
        predicate=token,
        stance=stance,
        move=move,
        clause=clause,
        point=point,
        terms=terms,
        addressees=addressees,
        rule=f"stands-predicate-1 ({row.lemma})",
        weight=_AIMED
        if row.lemma in ADDED or (row.lemma, stance) == ("seek", "support")
        else _WEIGHT.get(row.act, 0.7),
    )


def _how(row: Proposition, token: Token) -> tuple[Stance | None, MoveKind | None] | None:
    """The stance and the move that a predicate is, by what stands with it; None for neither."""
    if row.lemma in _WITHOUT and not _WITHOUT[row.lemma](token):
        return None
    if row.act in ("refuse", "want") and _to_speak(token):
        return None
    if row.act in ("reject", "refuse") and a_claim(token):
        return None  # what is only said of one is denied rather than refused
    if row.act in ("want", "support", "accept", "offer", "promise", "demand") and by_none(token):
        return None
    if (row.act == "promise" and said_so(token)) or ended(token):
        return None
    if row.act == "want" and (thing := thing_wanted(token)) is not None:
        if thing.lemma_.lower() in ARMS:
            return None
        if thing.lemma_.lower() in SOUGHT | DEALS and not any(c.dep_ == "amod" for c in thing.children):
            return ("oppose", None) if row.negated else ("support", None)
    if any(c.dep_ == "dobj" and any(g.lower_ == "no" for g in c.children) for c in token.children):
        return None  # "offered no alternative"
    if row.act == "want" and (wish := _own_wish(token)) is not None:
        if wish.lemma_.lower() in CHANGING and not row.negated:
            return ("demand", "demand")
        against = row.negated != undoes(wish)
        return ("oppose", None) if against else ("support", None)
    if row.lemma == "seek" and any(c.dep_ == "dobj" and c.lemma_.lower() in SOUGHT for c in token.children):
        return ("oppose", None) if row.negated else ("support", None)
    if row.lemma == "warn":
        return ("oppose", None) if _warned_against(token) else (None, "threat")
    if row.lemma == "advocate" and not row.negated and not any(c.dep_ in {"dobj", "ccomp"} for c in token.children):
        return ("support", None)
    if row.lemma == "express":
        return None if row.negated else _expressed(token)
    if row.lemma == "agree" and not row.negated and _yields(token):
        return ("accept", "concession")  # of several who agree see below
    if row.act == "promise" and any(c.dep_ == "dobj" and c.lemma_.lower() in HELP for c in token.children):
        return ("support", "promise")
    if row.lemma == "agree" and row.negated and row.modal is None:
        return None  # "have not yet agreed on": no deal so far, and nobody's refusal
    return DENIED.get(row.act) if row.negated else STANCE.get(row.act)


_HAVING: Final = frozenset({"get", "see", "have"})


def _yields(token: Token) -> bool:
    """Whether what is agreed to is a step of one's own that gives: "agreed to halt its tests"."""
    deed = next((child for child in token.children if child.dep_ == "xcomp"), None)
    return deed is not None and deed.lemma_.lower() in YIELDS and not harms(deed)


def _expressed(token: Token) -> tuple[Stance | None, MoveKind | None] | None:
    """The stance in "expressed concern about", "expressed support for"."""
    nouns = {child.lemma_.lower() for child in token.children if child.dep_ == "dobj"}
    if nouns & CONCERN:
        return ("oppose", None)
    return ("support", None) if nouns & APPROVAL else None


def _norm(token: Token) -> bool:
    """Whether what is agreed or insisted on is to be done rather than said to be so: "insists that talks resume"."""
    content = next((child for child in token.children if child.dep_ == "ccomp"), None)
    if content is None:
        return any(child.dep_ == "xcomp" or child.lower_ in {"to", "on", "upon", "with"} for child in token.children)
    modals = {child.lower_ for child in content.children if child.dep_ == "aux" and child.tag_ == "MD"}
    if modals:
        return bool(modals & _NORM)
    return content.tag_ == "VB" or any(c.tag_ == "VB" and c.dep_ == "auxpass" for c in content.children)


def _governs(token: Token) -> bool:
    """Whether something is wanted or one is committed to something: not "any time it wants", "committing a crime"."""
    if token.lemma_.lower() == "commit":
        return any(child.dep_ == "xcomp" or child.lower_ == "to" for child in token.children)
    return any(child.dep_ in {"dobj", "xcomp", "ccomp"} for child in token.children)


def _pressed(token: Token) -> bool:
    """Whether somebody is pressed to do something, or something is pressed for: not "pressed ahead"."""
    return any(
        child.dep_ == "xcomp" or (child.dep_ == "prep" and child.lower_ == "for") for child in token.children
    ) and not any(child.lower_ in {"ahead", "forward"} for child in token.children)


def _own_wish(token: Token) -> Token | None:
    """The verb of what is wanted, where it is one's own doing: "wants to talk", not "wants the pact changed"."""
    wish = next((child for child in token.children if child.dep_ == "xcomp" and child.tag_ == "VB"), None)
    return wish if wish is not None and not any(child.dep_ == "nsubj" for child in wish.children) else None


def _sought(token: Token) -> bool:
    return any(child.dep_ == "dobj" for child in token.children)


def _asked(token: Token) -> bool:
    """Whether one is asked to do something or for something: not asked about it."""
    return any(child.dep_ == "xcomp" or child.lower_ == "for" for child in token.children) or any(
        child.dep_ == "ccomp"
        and child.tag_ == "VB"
        and not any(c.lower_ in {"whether", "if"} or c.tag_ == "MD" for c in child.children)
        for child in token.children
    )


def _backed(token: Token) -> bool:
    """Whether something is backed: not "backed out", "backed away"."""
    return not any(child.lower_ in {"out", "away", "off", "down", "up"} for child in token.children)


def _warned(token: Token) -> bool:
    """Whether one is warned against something, or of harm: not of what may come."""
    return _warned_against(token) or any(
        child.lower_ == "of" and any(c.dep_ == "pobj" and c.lemma_.lower() in HARMFUL for c in child.children)
        for child in token.children
    )


def _warned_against(token: Token) -> bool:
    return any(child.dep_ == "prep" and child.lower_ == "against" for child in token.children)


def _no(token: Token) -> bool:
    return False


_WITHOUT: Final[Mapping[str, Callable[[Token], bool]]] = {
    "agree": _norm,
    "insist": _norm,
    "press": _pressed,
    "push": _pressed,
    "pressure": _pressed,
    "warn": _warned,
    "back": _backed,
    "ask": _asked,
    "seek": _sought,
    "want": _governs,
    "commit": _governs,
    "commitment": _no,
    "caution": _no,
}
"""What must stand with a predicate that has other senses."""


def _to_speak(token: Token) -> bool:
    verb = next((child for child in token.children if child.dep_ in {"xcomp", "acl"}), None)
    if verb is None or verb.lemma_.lower() not in _SPEAKING:
        return False
    if token.lemma_.lower() == "want" and verb.lemma_.lower() in {"talk", "speak"}:
        return any(child.lower_ == "about" for child in verb.children)
    if verb.lemma_.lower() in _GIVING:
        return token.lemma_.lower() == "want" and verb.lemma_.lower() == "make"
    return not any(child.dep_ == "prep" and child.lower_ in {"with", "to"} for child in verb.children)


def _supposed(row: Proposition, token: Token) -> bool:
    """Whether the predicate is only supposed, asked or lies ahead."""
    if row.modal in _SUPPOSED and not (row.modal in {"would", "can", "could"} and row.negated):
        return True
    if row.modal in {"will", "'ll", "wo"} and not row.negated:
        if any(child.lower_ in _LIKELY for child in token.children):
            return True
        # What a party says it will support it supports; a demand it will make it has not made.
        return row.act not in ("support", "oppose", "reject")
    first = token
    while first.dep_ == "conj" and first.head.pos_ in {"VERB", "AUX"}:
        first = first.head
    if any(child.dep_ == "mark" and child.lower_ in _OPEN for verb in (token, first) for child in verb.children):
        return True
    bare_form = token.tag_ in {"VB", "VBP"} and first is not token and first.tag_ == "VB"
    if bare_form and not _finite(first) and not aimed(first):
        return True  # "to reach a deal and then seek progress", of which the second is as little done as the first
    return token.tag_ == "VB" and not _finite(token) and not aimed(token)


def _finite(token: Token) -> bool:
    """Whether a bare verb stands in a finite clause: with "do", "will" or the like beside it or its first conjunct."""
    at = token
    while True:
        if any(child.dep_ == "aux" and child.tag_ in {"MD", "VBD", "VBP", "VBZ"} for child in at.children):
            return True
        if at.dep_ == "ccomp" and at.head.lemma_.lower() in {"see", "watch"} and at.head.tag_ == "VBD":
            return True  # "a summit which saw Chad offer guarantees"
        if at.dep_ != "conj" or at.head.tag_ != "VB":
            return at.dep_ == "ROOT" and not any(child.tag_ == "TO" for child in at.children)
        at = at.head


def _token_at(doc: Doc, start: int, end: int, verb: Token) -> Token | None:
    for token in verb.sent:
        if start <= token.idx < end and token.i < verb.i and not start <= token.head.idx < end:
            return token
    return None


def matters(doc: Doc, words: Range, but: int) -> bool:
    """Whether a clause is about a matter of negotiation: the predicate and relative clauses aside."""
    for i in range(*words):
        token = doc[i]
        if token.tag_ in RELATIVE and i > but:
            return False
        if i != but and token.lemma_.lower() in _ABOUT:
            return True
    return False


def _concerns(row: Proposition, clause: Range, token: Token, side: Actor, mentions: MentionIndex) -> bool:
    """Whether a stand is on the talks: it names a matter of theirs, or is addressed to another party."""
    if row.lemma in JUDGING or matters(token.doc, clause, token.i):
        return True
    if row.act not in ("demand", "reject", "refuse"):
        return False
    if row.act != "demand" and any(c.dep_ == "dobj" and c.lemma_.lower() in PUT | _ASKED for c in token.children):
        return True  # what is asked of a party it may refuse, whatever it is
    others = parties_within(token.doc, token.i + 1, clause[1], mentions)
    sentence = token.sent
    return any(other.code != side.code for other in others) or matters(
        token.doc, (sentence.start, sentence.end), token.i
    )


def _on_the_talks(doc: Doc, point: Range, judged: bool) -> bool:
    """Whether what is supported or opposed is a matter itself, not only told with words of one; no person, no party."""
    if doc[point[0]].lower_ in {"those", "anyone", "critics", "opponents", "supporters"}:
        return False
    for i in range(*point):
        token = doc[i]
        if len(token) <= _PREFIX or token.lemma_.lower() in CONCERN | APPROVAL:
            continue
        if token.pos_ in {"NOUN", "PROPN"} and token.dep_ in {"dobj", "pobj", "nsubjpass", "nsubj", "conj", "ROOT"}:
            lemma = token.lemma_.lower()
            return lemma in PROCESS or (judged and lemma in JUDGED)
        if token.pos_ == "VERB" and token.lemma_.lower() in STEPS:
            return True
    return False


def _harms(doc: Doc, point: Range) -> bool:
    first = next((doc[i] for i in range(*point) if doc[i].pos_ in {"VERB", "NOUN"}), None)
    if first is None:
        return False
    if first.pos_ == "VERB":
        return harms(first)
    # "vowed more launches", "promised new sanctions"
    return next((doc[i] for i in range(*point) if doc[i].dep_ == "dobj"), first).lemma_.lower() in HARMFUL

"""Who does it and to whom, as the dependency parse tells it: heads of noun phrases, no parties yet.

The labels are those of ClearNLP that the parser writes (``nsubj``, ``dobj``, ``pobj``, ``relcl`` ...). Everything here
is a look at a token's neighbours; nothing knows what a party or an event type is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

RELATIVE: Final = frozenset({"who", "which", "that", "whom", "whose"})

# Verbs whose object, not subject, does what the infinitive says: "urged Iran to stop".
OBJECT_CONTROL: Final = frozenset(
    "urge ask tell order force press pressure push persuade convince allow permit enable invite encourage want expect "
    "require call help lead warn instruct direct command compel advise request let make get beg implore cause leave "
    "authorize authorise oblige prompt challenge".split()
)

# How far a missing subject is looked for along conjunctions, control and participles; deeper chains are parse errors.
_CLIMB: Final = 5


def prepositional(token: Token) -> Iterator[tuple[str, Token]]:
    """The prepositions that hang on a token, with the head of what they govern; "between A and B" gives A."""
    for child in token.children:
        if child.dep_ in {"prep", "agent", "dative"} and child.pos_ in {"ADP", "SCONJ", "ADV", "VERB"}:
            # "ahead of", "out of", "because of": a preposition under a preposition.
            inner = [c for c in child.children if c.dep_ == "prep"]
            for part in (child, *inner):
                for obj in part.children:
                    if obj.dep_ == "pobj":
                        yield part.lower_, obj
                for twin in part.children:
                    if twin.dep_ == "conj" and twin.pos_ == "ADP":
                        yield from ((twin.lower_, obj) for obj in twin.children if obj.dep_ == "pobj")


def governed(token: Token, words: frozenset[str]) -> list[Token]:
    """What the prepositions of ``words`` under ``token`` govern, in text order."""
    return [obj for word, obj in prepositional(token) if word in words]


def is_passive(verb: Token) -> bool:
    """Whether a verb form is passive: by its own auxiliary, as a participle behind a noun, or in a passive chain."""
    if any(child.dep_ in {"auxpass", "nsubjpass", "csubjpass"} for child in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    if any(child.dep_ in {"aux", "nsubj", "dobj"} for child in verb.children):
        return False
    return is_passive(verb.head) if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} else verb.dep_ != "ROOT"


def _antecedent(verb: Token) -> Token | None:
    """The noun that a relative clause's verb, or one conjoined with it, tells about."""
    at = verb
    for _ in range(_CLIMB):
        if at.dep_ in {"relcl", "acl"}:
            return at.head
        if at.dep_ not in {"conj", "xcomp", "ccomp"}:
            return None
        at = at.head
    return None


def _own_subjects(verb: Token, labels: frozenset[str]) -> list[Token]:
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ in labels:
            if child.lower_ in RELATIVE and child.pos_ in {"PRON", "DET", "SCONJ"}:
                antecedent = _antecedent(verb)
                if antecedent is not None:
                    found.append(antecedent)
            else:
                found.append(child)
    return found


_ACTIVE: Final = frozenset({"nsubj"})
_PASSIVE: Final = frozenset({"nsubjpass"})
_EITHER: Final = frozenset({"nsubj", "nsubjpass"})


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of what stands as (understood) subject of a verb, active or passive; empty where there is none."""
    own = _own_subjects(verb, _EITHER)
    if own or depth > _CLIMB:
        return own
    head = verb.head
    if head.i == verb.i:
        return []
    if verb.dep_ == "conj":
        return subjects(head, depth + 1) if head.pos_ in {"VERB", "AUX"} else holders(head) or [head]
    if verb.dep_ == "acomp":
        return subjects(head, depth + 1)
    if verb.dep_ == "xcomp":
        objects = [c for c in head.children if c.dep_ in {"dobj", "dative"}]
        if head.lemma_.lower() in OBJECT_CONTROL:
            called = objects or governed(head, frozenset({"on", "upon", "for"}))
            if called:
                return called
        return subjects(head, depth + 1)
    if verb.dep_ == "advcl":
        return subjects(head, depth + 1)
    if verb.dep_ == "pcomp":
        return _subjects_of_governor(head, depth)
    if verb.dep_ in {"acl", "relcl"}:
        if verb.tag_ == "VB":
            # "led efforts to slap sanctions", "has plans to visit"
            return holders(head) or (subjects(head.head, depth + 1) if head.dep_ == "dobj" else [])
        return [head]
    if verb.dep_ == "aux":
        return subjects(head, depth + 1)
    return []


def _subjects_of_governor(preposition: Token, depth: int) -> list[Token]:
    """Who does it in "by blaming", "accused Iran of violating", "after meeting": the verb or noun above decides."""
    above = preposition.head
    for _ in range(2):
        if above.dep_ == "prep":
            above = above.head
    if above.pos_ in {"VERB", "AUX"}:
        # "accused Iran of breaking", "blamed Seoul for buying", "stopped Iran from": the object does it.
        if preposition.lower_ in {"of", "for", "from"}:
            patients = objects(above)
            if patients:
                return patients
        return subjects(above, depth + 1)
    return holders(above)


def agents(verb: Token) -> list[Token]:
    """Heads of who acts: the subject, or what "by" governs in a passive."""
    if is_passive(verb):
        by = frozenset({"by"})
        # "was jailed and expelled by Iran"
        shared = [obj for c in verb.children if c.dep_ == "conj" and is_passive(c) for obj in governed(c, by)]
        return governed(verb, by) or shared
    return subjects(verb)


def objects(verb: Token) -> list[Token]:
    """Heads of who or what is acted on: direct and indirect objects, a passive's subject, a relative's antecedent."""
    if is_passive(verb):
        found = subjects(verb)
        found += [child for child in verb.children if child.dep_ in {"dobj", "oprd"}]
        return found
    found = []
    for child in verb.children:
        if child.dep_ in {"dobj", "dative", "oprd"} and child.pos_ != "ADP":
            if child.lower_ in RELATIVE:
                antecedent = _antecedent(verb)
                if antecedent is not None:
                    found.append(antecedent)
            else:
                found.append(child)
        elif child.dep_ == "prt":
            # "called off the summit": the parser may hang the object on the particle.
            found += [c for c in child.children if c.dep_ == "pobj"]
    if not found and verb.dep_ == "relcl":
        own = _own_subjects(verb, _ACTIVE)
        # "letters he received": a subject of its own, and the antecedent fills the object's place; not of "where".
        if not any(c.tag_ == "WRB" for c in verb.children) and own and own[0].i != verb.head.i:
            found.append(verb.head)
    return found


def complements(verb: Token) -> list[Token]:
    """Verbs of the clauses that complete a verb: infinitives, that-clauses, and "of/for/from" with a gerund."""
    found = [c for c in verb.children if c.dep_ in {"xcomp", "ccomp"}]
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "for", "from", "against", "on", "about", "to"}:
            found += [c for c in child.children if c.dep_ == "pcomp" and c.pos_ in {"VERB", "AUX"}]
    return found


def holders(noun: Token) -> list[Token]:
    """Heads of who an act named by a noun belongs to: possessor, "by", "from", "between"; else the verb it serves.

    "Seoul's request", "a pledge by Iran", and "Iran made a pledge", "Iran's refusal" alike.
    """
    found = [c for c in noun.children if c.dep_ == "poss"]
    found += governed(noun, frozenset({"by", "between", "among"}))
    return found


# What acts are counted in: "a torrent of threats", "a new round of talks".
QUANTITIES: Final = frozenset(
    "series round string torrent wave flurry spate barrage set number host array package raft bout volley session "
    "couple".split()
)

# Verbs that only carry a noun which names the act: "held talks", "imposed sanctions", "issued a threat".
LIGHT: Final = frozenset(
    "hold have make take give issue conduct stage carry launch perform do pay place send deliver express voice offer "
    "impose hit slap sign reach strike conclude seal enter join begin start open resume continue attend host undertake "
    "mount announce declare put lodge submit extend show provide receive renew repeat reiterate convene schedule plan "
    "unleash trade hurl exchange "
    "arrange finish end complete include contain face draw earn carry win wrap slap level lay cast pursue "
    "engage".split()
)

_INTO: Final = LIGHT | {"meet", "sit", "gather", "arrive", "return", "visit", "travel", "agree"}

# Verbs that say the act of their subject took place: "talks were held", "the summit collapsed".
OCCUR: Final = frozenset(
    "take happen occur begin start open resume continue end conclude collapse break fail follow come go proceed last "
    "stall produce yield remain".split()
)


def carrier(noun: Token) -> Token | None:
    """The light verb whose object (or whose "in", "into", "out" phrase) a noun of action is."""
    head = noun.head
    if noun.dep_ == "conj" and head.pos_ in {"NOUN", "PROPN"}:
        return carrier(head)
    if noun.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in QUANTITIES:
        return carrier(head.head)
    if noun.dep_ in {"dobj", "nsubjpass", "attr"} and head.lemma_.lower() in LIGHT:
        return head
    if noun.dep_ == "pobj" and head.lower_ in {"in", "into", "for", "out", "to", "on"} and head.head.pos_ == "VERB":
        # "engaged in talks", "met for talks", "sat down to talks".
        return head.head if head.head.lemma_.lower() in _INTO else None
    return None


def clause(token: Token) -> tuple[int, int]:
    """Character span of the shortest finite clause that a token stands in: its verb's subtree, trimmed.

    Relative and adverbial clauses end the climb, coordinated clauses with a subject of their own too.
    """
    return subtree_span(_clause_verb(token), skip_conjuncts=True)


def _clause_verb(token: Token) -> Token:
    verb = token
    while verb.head.i != verb.i:
        if verb.pos_ in {"VERB", "AUX"} and verb.dep_ in {"ROOT", "relcl", "advcl", "ccomp", "parataxis"}:
            break
        if verb.dep_ == "conj" and verb.pos_ in {"VERB", "AUX"} and _own_subjects(verb, _EITHER):
            break
        verb = verb.head
    return verb


_ASIDE: Final = frozenset({"advcl", "relcl", "parataxis", "conj", "appos"})


def core(token: Token) -> tuple[int, int]:
    """Character span of the clause around a token without what is added to it: other predicates, side clauses.

    What holds the token itself stays, and so does all that stands between.
    """
    verb = _clause_verb(token)
    holding = {token.i, *(ancestor.i for ancestor in token.ancestors)}
    left, right = min(verb.i, token.i), max(verb.i, token.i)
    stack = [verb]
    while stack:
        at = stack.pop()
        left, right = min(left, at.i), max(right, at.i)
        for child in at.children:
            if child.i in holding:
                stack.append(child)
            elif child.dep_ in _ASIDE and (child.dep_ != "conj" or child.pos_ in {"VERB", "AUX"}):
                continue
            elif not (child.dep_ in {"punct", "cc"} or (at.i == verb.i and child.lower_ in _OPENERS)):
                stack.append(child)
    return _within_marks(token, left, right)


# What opens a clause and says nothing of its own; "if" and "unless" do and stay.
_OPENERS: Final = frozenset({"that", "as", "after", "because", "while", "although", "though", "since"})


def subtree_span(token: Token, *, skip_conjuncts: bool = False) -> tuple[int, int]:
    """Character span of a token's subtree, without coordinated clauses, and without marks at its edges."""
    left, right = token.i, token.i
    stack = [token]
    while stack:
        at = stack.pop()
        left, right = min(left, at.i), max(right, at.i)
        for child in at.children:
            if skip_conjuncts and at.i == token.i and child.dep_ == "conj" and _own_subjects(child, _EITHER):
                continue
            if at.i == token.i and (child.dep_ in {"punct", "cc"} or child.lower_ in _OPENERS):
                continue
            stack.append(child)
    return _within_marks(token, left, right)


def _within_marks(token: Token, left: int, right: int) -> tuple[int, int]:
    """Character span of two tokens and what is between, without marks at the edges; quotes stay."""
    doc = token.doc
    while left < right and (doc[left].is_punct or doc[left].is_space) and not doc[left].is_quote:
        left += 1
    while right > left and (doc[right].is_punct or doc[right].is_space) and not doc[right].is_quote:
        right -= 1
    return doc[left].idx, doc[right].idx + len(doc[right].text)

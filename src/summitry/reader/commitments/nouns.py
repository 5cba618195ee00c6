"""Obligations by nouns: "its pledge to halt tests", "a promise of aid", "includes promises to open and to build"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from summitry.reader.commitments.binding import owners
from summitry.reader.commitments.extent import deeds, governed, infinitive, words_of
from summitry.reader.commitments.lexicon import GIVING, INSTRUMENTS, MAKING, OF_WHAT, OTHERS, STANDING, VAIN, WANTING
from summitry.reader.commitments.made import asked, empty, spares, threatens
from summitry.reader.commitments.obligation import Kind, Obligation, Range
from summitry.reader.commitments.pledging import at_home, concerns
from summitry.reader.mentions import MentionIndex
from summitry.reader.modality import modality_of
from summitry.reader.stands.parties import controller_of, sides_of, subject_sides
from summitry.vocabulary import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

_NONE: Final = frozenset({"no", "any", "without", "another", "possible", "future", "new", "potential", "what", "which"})
_TOLD: Final = frozenset({"happened", "alleged", "negated"})
_DEEDS: Final = frozenset({"acl", "xcomp", "relcl"})


def by_noun(token: Token, mentions: MentionIndex) -> Iterator[Obligation]:
    """The obligations behind a noun of promising whose giver is told, or that an instrument is said to hold."""
    lemma = token.lemma_.lower()
    if any(c.lower_ in _NONE for c in token.children if c.i < token.i) or asked(token):
        return
    giver = _giver(token, mentions)
    if giver is None:
        return
    obligors, source, start = giver
    for deed, words, form in _deeds(token, lemma):
        if threatens(deed, lemma) or empty(deed, words[1] - words[0]):
            continue
        if lemma not in INSTRUMENTS and at_home(deed):
            continue
        if source is None and not (spares(deed) or concerns(deed.doc, words, token, obligors, mentions)):
            continue
        bound = obligors
        if lemma in INSTRUMENTS and source is None:
            # "a deal to halt Iran's programme" binds Iran.
            bound = next((own for c in deed.children if c.dep_ == "dobj" and (own := owners(c, mentions))), obligors)
        others = tuple(
            side
            for head in governed(token, OTHERS)
            if (mention := mentions.of_head(head)) is not None
            for side in sides_of(mention)
        )
        kind: Kind = "instrument" if source is not None else "agreement" if lemma in INSTRUMENTS else "pledge"
        yield Obligation(
            kind=kind,
            cue=token,
            deed=deed,
            words=words,
            lead=(min(start, token.i), token.i + 1),
            obligors=bound,
            others=tuple({one.code: one for one in (*obligors, *others)}.values()),
            rule=f"commitments-noun-1 ({lemma} {form})",
            weight=0.75 if source is not None else 0.7 if form == "to" else 0.6,
            source=source,
        )


def _giver(token: Token, mentions: MentionIndex) -> tuple[tuple[Actor, ...], Token | None, int] | None:
    """Whose promise it is, or the instrument that holds it, and where the words that tell so start."""
    for child in token.children:
        if child.dep_ == "poss" and (mention := mentions.of_head(child)) is not None:
            sides = sides_of(mention)
            told = sides and not _wanted(token) and not _of_another(token, child, sides, mentions)
            return (sides, None, int(child.left_edge.i)) if told else None
    for head in governed(token, frozenset({"by", "from"})):
        if (mention := mentions.of_head(head)) is not None and (sides := sides_of(mention)) and not _wanted(token):
            return sides, None, int(token.left_edge.i)
    verb = token.head
    if token.dep_ in {"pobj", "conj"} and verb.dep_ in {"prep", "dobj"}:
        verb = verb.head
    if verb.pos_ != "VERB":
        return None
    act = verb.lemma_.lower()
    if act in STANDING and token.dep_ in {"dobj", "conj"}:
        holder = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if holder is not None and holder.lemma_.lower() in INSTRUMENTS and _stood(verb):
            return (), holder, int(holder.left_edge.i)
    if act in MAKING and token.lemma_.lower() in INSTRUMENTS and token.dep_ == "dobj" and _stood(verb):
        sides, subject = subject_sides(verb, mentions)
        if len(sides) > 1 and subject is not None:
            return sides, None, int(subject.left_edge.i)
    if act in GIVING and token.dep_ == "dobj" and _stood(verb):
        sides, subject = subject_sides(verb, mentions)
        if sides and subject is not None:
            return sides, None, int(subject.left_edge.i) if subject.i < token.i else verb.i
    return None


def _of_another(token: Token, owner: Token, sides: tuple[Actor, ...], mentions: MentionIndex) -> bool:
    """Whether "his promise" stands under a subject with a name that is none of the parties "his" was taken for."""
    if owner.tag_ != "PRP$" and not any(c.tag_ == "PRP$" for c in owner.children):
        return False
    at = token
    while at.pos_ not in {"VERB", "AUX"} and at.dep_ != "ROOT":
        at = at.head
    subject = controller_of(at)
    if subject is None or subject.pos_ != "PROPN":
        return False
    mention = mentions.of_head(subject)
    named = {side.code for side in (sides_of(mention) if mention is not None else ())}
    return not named & {side.code for side in sides}


def _stood(verb: Token) -> bool:
    return modality_of(verb).modality in {"happened", "alleged"} and not any(c.tag_ == "MD" for c in verb.children)


def _wanted(token: Token) -> bool:
    """Whether the promise is one that somebody wants, or that was never made."""
    head = token.head.head if token.dep_ == "pobj" else token.head
    if head.lemma_.lower() in WANTING and token.dep_ in {"dobj", "pobj"}:
        return True
    return modality_of(token).modality not in _TOLD


def _deeds(token: Token, lemma: str) -> Iterator[tuple[Token, Range, str]]:
    limit = token.sent.end
    first = infinitive(token, _DEEDS)
    if first is None and lemma in INSTRUMENTS and token.dep_ == "dobj":
        first = infinitive(token.head, frozenset({"advcl", "xcomp"}))
    if first is not None and lemma != "guarantee":
        yield from ((deed, words_of(deed, limit), "to") for deed in deeds(first, token, token.head))
        return
    for what in governed(token, frozenset({"of"}) if lemma in OF_WHAT else frozenset({"to"})):
        if what.tag_ == "VBG":
            yield from ((deed, words_of(deed, limit), "doing") for deed in deeds(what, token))
            return
        if what.pos_ == "NOUN" and what.lemma_.lower() not in VAIN | INSTRUMENTS and lemma not in INSTRUMENTS:
            start, end = words_of(what, limit)
            yield what, (min(start, int(what.left_edge.i)), end), "noun"
            return

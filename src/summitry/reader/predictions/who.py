"""Whose prediction it is: who says or thinks it, else the writer of an editorial or an analysis."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from summitry.reader.document import Document
from summitry.reader.events.sight import content_at
from summitry.reader.mentions import MentionIndex
from summitry.reader.predictions.clauses import Clause
from summitry.reader.predictions.standing import Standing
from summitry.reader.statements.quotes import find_quotations
from summitry.reader.statements.speaker import describe
from summitry.vocabulary import Actor, Article, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

_THINKERS: Final = frozenset(
    "expert analyst observer official diplomat critic economist scholar researcher source aide adviser advisor "
    "lawmaker politician pundit commentator specialist watcher trader strategist pollster historian forecaster "
    "insider author negotiator senator minister agency intelligence think-tank tank report poll study professor "
    "many some others few several most skeptic sceptic hawk opponent supporter hardliner conservative republican "
    "democrat activist businessman investor".split()
)
"""Who may think something in a report without being a party of it."""
_DOCUMENT: Final = re.compile(
    r"\b(?:fact ?sheet|text|document|draft|report|letter|memo|statement|bill|agreement|deal|resolution|treaty)$", re.I
)
"""Texts that tell what they provide for."""
_INDEFINITE: Final = frozenset("many some others few several most".split())
_WRITERS: Final = 3
"""Names in a byline; a longer list is of a paper's staff, and nobody can tell who of them wrote it."""
_BYLINE: Final = re.compile(r",|;|(?<!\s)\s++(?:and|&)\s+", re.IGNORECASE)  # blanks are tried at their start only
_LABEL: Final = re.compile(r"^(?:by|analysis|opinion|commentary|column)\b[:\s]*(?:by\b)?\s*", re.IGNORECASE)
_NO_NAME: Final = re.compile(
    r"\b(?:special|staff|board|editors?|contributor|correspondent|news|agency|desk)\b", re.IGNORECASE
)
_PRONOUNS: Final = frozenset("i we he she they it".split())


@dataclass(frozen=True, slots=True)
class Holder:
    """Who foretells, and in which statement (None: in no words that are reported as theirs)."""

    actor: Actor
    statement: Statement | None
    writer: bool = False


def holder_of(
    clause: Clause, standing: Standing, document: Document, statements: Sequence[Statement], mentions: MentionIndex
) -> Holder | None:
    """Who foretells a clause; None where nobody is named or described."""
    article = document.article
    statement = content_at(statements, clause.head.idx) or content_at(statements, clause.cue.idx)
    if statement is not None and statement.speaker is not None and _nobody(statement.speaker):
        return None
    thinker = _thinker(clause, standing)
    if thinker is not None and thinker.lower_ not in _PRONOUNS:
        actor = _actor(thinker, mentions)
        if actor is None or _nobody(actor):
            return None
        # "said that analysts expect": theirs, whoever tells it.
        same = statement if statement is not None and _is(statement.speaker, actor) else None
        return Holder(actor, same)
    teller = _teller(standing, statement, mentions)
    if teller is not None:
        return Holder(teller, None)
    if statement is not None:
        # A thought of "they" inside what another says is told of somebody else.
        if thinker is not None and thinker.lower_ in {"he", "she", "they"}:
            mention = mentions.of_head(thinker)
            if mention is not None and mention.actor is not None and not _is(statement.speaker, mention.actor):
                return Holder(mention.actor, None)
        if statement.speaker is not None and _signs(statement.speaker, article):
            return Holder(writer_of(article), statement, writer=True)
        return Holder(statement.speaker, statement) if statement.speaker is not None else None
    if thinker is not None:
        mention = mentions.of_head(thinker)
        if mention is not None and mention.actor is not None:
            if _signs(mention.actor, article):
                return Holder(writer_of(article), None, writer=True)
            return Holder(mention.actor, None)
        if thinker.lower_ not in {"i", "we"} or article.kind == "report":
            return None
    if thinker is None and standing.believing and standing.governor is not None and standing.governor.pos_ != "NOUN":
        return None  # "afraid that ...", of somebody told elsewhere in the sentence
    if article.kind in ("editorial", "analysis") and not _quoted(document, clause.head.idx):
        return Holder(writer_of(article), None, writer=True)
    return None


def _teller(standing: Standing, statement: Statement | None, mentions: MentionIndex) -> Actor | None:
    """Whose word a speaker passes on: "the central bank says that the economy will shrink", in the words of another."""
    verb = standing.governor
    if verb is None or standing.believing or statement is None or verb.pos_ != "VERB":
        return None
    if not any(span.start <= verb.idx < span.end for span in statement.content_spans):
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    mention = mentions.of_head(subject) if subject is not None and subject.pos_ != "PRON" else None
    actor = mention.actor if mention is not None else None
    return actor if actor is not None and not _is(statement.speaker, actor) and not _nobody(actor) else None


def _nobody(speaker: Actor) -> bool:
    """Whether no one foretells: a text tells what it provides for, a paper or agency what others said, a bare
    "leaders" or "people" are nobody that could be asked."""
    if _DOCUMENT.search(speaker.name) or (speaker.kind == "media" and speaker.state is None):
        return True
    words = speaker.name.lower().split()
    if speaker.kind == "group" and speaker.code is None and "and" in words:
        return True  # two states in one word: whose it is was not read
    single = speaker.code is None and speaker.anonymous and len(words) == 1
    return single and words[0] not in _THINKERS and words[0].removesuffix("s") not in _THINKERS


def _quoted(document: Document, offset: int) -> bool:
    """Whether an offset stands in quotation marks: whoever is quoted, it is not the writer."""
    return any(quote.start <= offset < quote.end for quote in find_quotations(document.article))


def writer_of(article: Article) -> Actor:
    """Whoever signs an article: an editorial that nobody signs is its paper's, what is signed its author's."""
    names = _signed(article.byline or "")
    if 0 < len(names) <= _WRITERS:
        return Actor(None, " and ".join(names), kind="person")
    if names:
        paper = article.outlet or "the paper"
        return Actor(None, f"a writer in {paper}", kind="person", anonymous=True)
    # Two articles that nobody signs are not one forecaster's.
    title = f' "{article.headline}"' if article.headline else ""
    name = article.outlet or article.byline or f"the {article.kind}{title}"
    return Actor(None, name, kind="media", anonymous=name.startswith("the "))


def _signs(actor: Actor, article: Article) -> bool:
    """Whether an actor is the whole byline of several: "I" in what they sign."""
    return article.byline is not None and "," in actor.name and actor.name in article.byline


def _signed(byline: str) -> list[str]:
    """The names of people in a byline, without what they are called there: two words or more with capitals."""
    parts = (_LABEL.sub("", part.strip()) for part in _BYLINE.split(byline))
    return [
        part
        for part in parts
        if len(part.split()) > 1 and part[0].isupper() and not _NO_NAME.search(part) and not part.isdigit()
    ]


def _thinker(clause: Clause, standing: Standing) -> Token | None:
    """The subject of the verb of believing that a clause stands under, or of the verb that foretells it."""
    if clause.route in ("expected", "noun"):
        subject = next((c for c in clause.cue.children if c.dep_ == "nsubj"), None)
        if subject is not None:
            return subject
        if any(c.dep_ in {"auxpass", "nsubjpass"} for c in clause.cue.children):
            agent = next((c for c in clause.cue.children if c.dep_ == "agent"), None)
            return next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
        return next((c for c in clause.cue.head.children if c.dep_ == "nsubj"), None)
    governor = standing.governor
    if governor is None or not standing.believing:
        return None
    if governor.pos_ == "NOUN":
        owner = next((c for c in governor.children if c.dep_ == "poss"), None)
        if owner is not None or governor.head.pos_ != "VERB":
            return owner
        return next((c for c in governor.head.children if c.dep_ == "nsubj" and c.i != governor.i), None)
    verb = governor.head if governor.pos_ == "ADJ" else governor
    return next((c for c in verb.children if c.dep_ == "nsubj"), None)


def _actor(thinker: Token, mentions: MentionIndex) -> Actor | None:
    mention = mentions.of_head(thinker)
    if mention is not None and mention.actor is not None:
        return mention.actor
    if thinker.lemma_.lower() not in _THINKERS or thinker.pos_ not in {"NOUN", "PROPN", "ADJ", "PRON"}:
        return None
    left, right = thinker.left_edge.i, thinker.right_edge.i + 1
    name = describe(thinker.doc[left:right].text)
    if thinker.lower_ in _INDEFINITE and len(name.split()) == 1:
        return None
    return Actor(None, name, anonymous=True, kind="person") if name else None


def _is(speaker: Actor | None, actor: Actor) -> bool:
    return speaker is not None and (
        speaker.name == actor.name or (speaker.code == actor.code and speaker.code is not None)
    )

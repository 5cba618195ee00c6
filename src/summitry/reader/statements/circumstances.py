"""How and to whom it was said: vehicle, addressee, chain of sources, authority."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from summitry.reader.statements.lexicon import PLATFORMS, VEHICLES
from summitry.reader.statements.speaker import Mentions, describe
from summitry.vocabulary import Actor, Authority

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from summitry.reader.statements.attribution import Attribution

_BY_VEHICLE: Final = frozenset({"in", "on", "through", "via", "at", "during", "by", "to", "over", "from", "with"})
_CARRIERS: Final = frozenset({"through", "via", "by", "on", "in"})
_TOLD: Final = frozenset("tell inform remind assure warn urge ask brief thank advise notify promise call press".split())
_TO: Final = frozenset(
    "say speak write tweet explain insist complain announce talk report suggest declare respond".split()
)
_TWEETS: Final = frozenset({"tweet", "retweet"})
_LEADER: Final = re.compile(
    r"^(?:(?:acting|interim|supreme|then|current|the|us|u\.s\.|[a-z]+(?:an|ese|ish|i|ic))\s+)*"
    r"(?:president(?:-elect)?|prime minister|premier|chancellor|(?:supreme )?leader|chairman|king|queen|emir|sultan|"
    r"crown prince|pope|taoiseach)\b"
)
_DEPUTY: Final = re.compile(r"\b(?:vice|deputy|assistant|under)\b")
_SPEAKS: Final = re.compile(r"\bspokes(?:man|woman|person|people)\b|\bpress secretary\b")
_MINISTRY: Final = re.compile(
    r"\bminist(?:er|ry)\b|\bsecretary\b|\bdepartment\b|\bforeign office\b|\bambassador\b|\benvoy\b|\bnegotiator\b|"
    r"\bspecial representative\b|\bcommissioner\b"
)
_COMMENTARY: Final = re.compile(r"\bcommentary\b|\beditorial\b|\bop-ed\b")
_STATE_MEDIA: Final = re.compile(r"\bstate(?:-run|-controlled)? (?:media|news agency|television|tv|newspaper)\b")


def _contents(attribution: Attribution, token: Token) -> bool:
    return any(span.start <= token.idx < span.end for span in attribution.content_spans)


def vehicle_of(attribution: Attribution, doc: Doc, mentions: Mentions) -> str | None:
    """What carried the words: "statement", "interview with CNN", "Twitter", "Korean Central News Agency"."""
    if attribution.head is None:
        return None
    cue = doc[attribution.head]
    if cue.lemma_.lower() in _TWEETS:
        return "Twitter"
    found: list[str] = []
    roots = [
        cue,
        *(child for child in cue.children if child.dep_ in ("advcl", "dobj") and not _contents(attribution, child)),
    ]
    if cue.dep_ in ("conj", "advcl", "xcomp", "acl"):
        roots.append(cue.head)
    if cue.dep_ == "pcomp":
        # "issued a statement through the agency, blaming ..." and "by blaming".
        roots += [cue.head.head, *(child for child in cue.head.head.children if child.dep_ == "dobj")]
    for root in roots:
        for preposition in root.children:
            if preposition.dep_ not in ("prep", "agent") or _contents(attribution, preposition):
                continue
            if preposition.lower_ not in _BY_VEHICLE:
                continue
            found += filter(None, (_carrier(preposition, noun, mentions) for noun in preposition.children))
        if root.dep_ == "dobj" and root.lemma_.lower() in VEHICLES:
            found.insert(0, _phrase(root))
    return ", ".join(dict.fromkeys(found)) or None


def _carrier(preposition: Token, noun: Token, mentions: Mentions) -> str | None:
    if noun.dep_ not in ("pobj", "dobj"):
        return None
    lemma = noun.lemma_.lower()
    if lemma in PLATFORMS:
        return noun.text
    if lemma in VEHICLES:
        return _phrase(noun)
    if preposition.lower_ in _CARRIERS:
        mention = mentions.of_head(noun)
        if mention is not None and mention.actor is not None and mention.actor.kind == "media":
            return mention.actor.name
    return None


def _phrase(noun: Token) -> str:
    """The noun with what stands before it and one "with ..." or "to ..." behind it."""
    first = min([noun.i, *(c.i for c in noun.children if c.dep_ in ("compound", "amod", "poss", "nmod"))])
    end = noun.i + 1
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("with", "to", "by", "on", "of") and child.i == end:
            objects = [c for c in child.children if c.dep_ == "pobj"]
            if objects and not any(t.pos_ == "VERB" for t in objects[0].subtree):
                end = objects[0].i + 1
    return describe(noun.doc[first:end].text)


def addressee_of(attribution: Attribution, doc: Doc, mentions: Mentions) -> Actor | None:
    """To whom it was said, where the text says so: "told reporters", "said to Trump"."""
    if attribution.head is None:
        return None
    cue = doc[attribution.head]
    lemma = cue.lemma_.lower()
    for child in cue.children:
        if _contents(attribution, child) or child.pos_ == "SPACE":
            continue
        if lemma in _TOLD and child.dep_ in ("dobj", "dative", "nsubjpass") and child.tag_ != "WDT":
            return _hearer(child, mentions)
        if lemma in _TO and child.dep_ in ("prep", "dative") and child.lower_ == "to":
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return _hearer(noun, mentions)
    return None


def passer_of(attribution: Attribution, doc: Doc, mentions: Mentions) -> str | None:
    """Who hands the words on: the agency in "was quoted by the agency as saying" and "the agency quoted him as"."""
    if attribution.head is None:
        return None
    verb = doc[attribution.head]
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as":
        verb = verb.head.head
    if verb.lemma_.lower() not in ("quote", "cite"):
        return None
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    for child in verb.children:
        nouns = [child] if child.dep_ == "nsubj" and not passive else []
        if child.lower_ == "by" and passive:
            nouns = [c for c in child.children if c.dep_ == "pobj"]
        for noun in nouns:
            inside = mentions.within(noun.left_edge.idx, noun.idx + len(noun))
            named = [mention.actor for mention in inside if mention.actor is not None]
            if named:
                return next((actor for actor in named if actor.kind == "media"), named[-1]).name
    return None


def _hearer(noun: Token, mentions: Mentions) -> Actor | None:
    mention = mentions.of_head(noun)
    if mention is not None and mention.actor is not None:
        return mention.actor
    if noun.pos_ == "PRON" or noun.lemma_.lower() in VEHICLES:
        return None
    if noun.pos_ == "PROPN":
        span = noun.doc[min([noun.i, *(c.i for c in noun.children if c.dep_ == "compound")]) : noun.i + 1]
        return Actor(None, span.text, kind="organisation" if noun.text.isupper() else "person")
    last = max([noun.i, *(c.i for c in noun.children if c.dep_ == "prep" and c.lower_ == "of")])
    phrase = noun.doc[noun.left_edge.i : (noun.doc[last].right_edge.i if last > noun.i else last) + 1]
    name = describe(phrase.text)
    return Actor(None, name, anonymous=True, kind="group" if noun.tag_ == "NNS" else "person") if name else None


def authority_of(speaker: Actor | None, vehicle: str | None, work: str | None) -> Authority:
    """How much weight the words carry: leader, ministry, spokesperson, agency commentary, other."""
    if speaker is None:
        return "other"
    words = " ".join(part for part in (speaker.office, speaker.name) if part).lower()
    if _COMMENTARY.search(f"{vehicle or ''} {work or ''}".lower()) or _STATE_MEDIA.search(words):
        return "agency commentary"
    if _SPEAKS.search(words):
        return "spokesperson"
    office = (speaker.office or "").lower()
    if office and _LEADER.search(office) and not _DEPUTY.search(office):
        return "leader"
    if _MINISTRY.search(words):
        return "ministry"
    return "other"

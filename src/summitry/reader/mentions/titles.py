"""Offices beside a name: before it ("North Korean Vice Foreign Minister Choe Son-hui") and after it ("Hong Gil-dong, an
analyst at a think tank, said")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from summitry.reader.mentions.cover import Cover
from summitry.reader.mentions.lexicon import BODY, CALENDAR, OFFICE, OFFICE_PART, PRIVATE, RANK
from summitry.reader.mentions.scene import Scene

# Whoever is named by such a word speaks for himself.
SELF: Final = frozenset({"EDU", "MED", "BUS", "CVL"})
FORMER: Final = frozenset("former ex retired late onetime erstwhile ousted deposed then-former".split())
_OF: Final = frozenset("of in from at within with inside".split())
_TO: Final = frozenset("for to on".split())
# The longest office before a name, in tokens ("Special Representative for Peninsula Peace and Security Affairs").
_REACH: Final = 14
_REACH_AFTER: Final = 22


@dataclass(frozen=True, slots=True)
class Title:
    """An office as the text gives it.

    ``first`` and ``last`` are tokens, both included. ``noun`` is its head ("minister"), ``role`` the CAMEO role,
    ``state`` the code of the state it is held in, None where the words do not tell. ``former``: held no more.
    ``private``: held at a think tank, a university, a firm or a newspaper. ``owner`` is the token of a possessive
    pronoun or name that leads it ("his foreign minister"), -1 for none. ``near`` is the state named last before an
    office of state whose own words tell none.
    """

    first: int
    last: int
    text: str
    noun: str
    role: str
    state: str | None
    former: bool = False
    private: bool = False
    owner: int = -1
    target: str | None = None
    near: str | None = None


def office_noun(scene: Scene, token: int) -> str | None:
    """The office a token names, singular and lower case; None if none."""
    low = scene.low[token].rstrip(".")
    if low in OFFICE:
        return low
    if scene.tag[token] in ("NNS", "NNPS") or low.endswith("s"):
        lemma = scene.lemma[token]
        if lemma in OFFICE:
            return lemma
        for single in (low[:-1], low[:-2], low[:-3] + "y", low[:-3] + "man" if low.endswith("men") else ""):
            if single in OFFICE:
                return single
    elif low.endswith("men") and low[:-3] + "man" in OFFICE:
        return low[:-3] + "man"
    return None


def title_before(scene: Scene, cover: Cover, name: int, given: frozenset[str] = frozenset()) -> Title | None:
    """The office that ends right before the name starting at token ``name``."""
    at = name - 1
    first = name
    noun: str | None = None
    state: str | None = None
    role = ""
    former = private = False
    owner = -1
    tail_state: tuple[int, str] | None = None
    parts: list[int] = []
    while at >= 0 and name - at <= _REACH and scene.sentence[at] == scene.sentence[name]:
        low = scene.low[at].rstrip(".")
        hit = cover.hit(at)
        if hit is not None:
            if hit.hit.entry.kind == "media":
                break
            if noun is None:
                tail_state = (hit.first, hit.state or hit.hit.entry.code)
                parts[:0] = range(hit.first, hit.last + 1)
            else:
                state = state or hit.state or hit.hit.entry.code
                if hit.hit.entry.kind == "body":
                    role = role or hit.hit.entry.code[3:6]
                    parts[:0] = range(hit.first, hit.last + 1)
                first = hit.first
                if owner >= 0:
                    # "and Egypt's foreign minister": nothing before the possessor belongs to it.
                    break
            at = hit.first - 1
            continue
        found = office_noun(scene, at)
        if low in FORMER:
            if noun is None:
                break
            former, first = True, at
        elif low in CALENDAR or (scene.pos[at] in ("PUNCT", "NUM", "SPACE") and scene.text[at] not in ("-", "–")):
            break
        elif found is not None or low in RANK:
            noun = noun or found or low
            first = at
            parts.insert(0, at)
            if tail_state is not None and low not in RANK and scene.low[at + 1] in _OF:
                state = state or tail_state[1]
        elif scene.text[at] in ("-", "–"):
            if noun is None or scene.space[at]:
                break
            parts.insert(0, at)
            first = at
        elif scene.tag[at] == "POS":
            if noun is None:
                break
            owner = at - 1
            first = at
        elif scene.tag[at] == "PRP$":
            if noun is not None:
                owner = first = at
            break
        elif noun is None:
            # The tail of "Secretary of State NAME", "envoy for Iran NAME": only up to an office noun.
            joins = low in ("of", "for", "on", "to", "the", "and") and at < name - 1
            if not (scene.text[at][:1].isupper() or joins or (low in ("for", "of") and tail_state is not None)):
                break
            if scene.text[at] in given:
                # Another name: "with envoy A at the B Complex" gives B no office.
                break
            if low in _TO:
                tail_state = None
            parts.insert(0, at)
        elif scene.tag[at] in ("JJR", "RBR") and at > 0 and scene.sentence[at - 1] != scene.sentence[at]:
            # "Earlier US envoy NAME said": an adverb of the sentence.
            break
        elif (
            owner >= 0
            or low in OFFICE_PART
            or (low == "under" and scene.low[at + 1].startswith("secretar"))
            or scene.pos[at] in ("ADJ", "NOUN", "PROPN")
        ):
            if owner < 0:
                parts.insert(0, at)
            private = private or BODY.get(low) in PRIVATE
            first = at
            if owner >= 0:
                break
        else:
            break
        at -= 1
    if noun is None or first >= name:
        return None
    begun = [part for part in parts if part >= first]
    text = _text(scene, begun)
    noun = _office_of(noun, text)
    return Title(first, name - 1, text, noun, role or OFFICE.get(noun, ""), state, former, private, owner)


def _office_of(noun: str, text: str) -> str:
    """ "director general", "attorney general": no general."""
    civil = noun == "general" and any(word in text.lower() for word in ("director", "attorney", "secretary", "consul"))
    return "director-general" if civil else noun


# "Earlier this month Vice Foreign Minister NAME": no part of the office.
_TIME_WORDS: Final = frozenset("day week weekend month year morning evening night".split())


def _text(scene: Scene, tokens: list[int]) -> str:
    """The words of an office without what leads up to it: determiners, possessives, times, verbs."""
    kept = list(tokens)
    while len(kept) > 1 and (
        scene.tag[kept[0]] in ("DT", "PRP$", "POS", "VB", "VBP", "VBZ", "VBD")
        or scene.low[kept[0]] in _TIME_WORDS
        or scene.low[kept[0]] in ("support", "supports")
    ):
        kept.pop(0)
    gaps = {t for t, after in pairwise(kept) if after != t + 1}
    words = "".join(scene.text[t] + (" " if scene.space[t] or t in gaps else "") for t in kept)
    return words.strip(" -–")


def title_after(scene: Scene, cover: Cover, name: int) -> Title | None:
    """The office in apposition after the name ending at token ``name``: ", Iran's foreign minister,"."""
    size = len(scene)
    at = name + 1
    if at + 2 < size and scene.low[at] == "of" and scene.text[at + 1][0].isupper():
        # "Hong of Ohio, chairman of ..."
        at += 2
        while at < size and scene.text[at][0].isupper():
            at += 1
    if at >= size or scene.text[at] not in (",", "(", "-", "--", "–", "—"):
        return None
    if scene.text[at] in ("-", "–") and not scene.space[at]:
        return None
    return phrase_title(scene, cover, at + 1, skip_who=True)


def phrase_title(scene: Scene, cover: Cover, start: int, *, skip_who: bool = False) -> Title | None:
    """The office that the noun phrase starting at token ``start`` names, with the institution or state it is of."""
    size = len(scene)
    at = start
    if skip_who and at + 1 < size and scene.low[at] == "who" and scene.lemma[at + 1] in ("be", "serve", "head", "lead"):
        at += 2
    first = at
    noun: str | None = None
    state = target = None
    role = ""
    former = private = False
    owner = -1
    behind = False
    preposition = ""
    last = at
    limit = min(size, at + _REACH_AFTER)
    while at < limit and scene.sentence[at] == scene.sentence[start]:
        low = scene.low[at].rstrip(".")
        pos = scene.pos[at]
        hit = cover.hit(at)
        if hit is not None:
            if hit.hit.entry.kind == "media":
                private, state = True, None
            elif noun is None or ((preposition == "of" or preposition == "") and not private):
                if state is None:
                    state, behind = hit.state or hit.hit.entry.code, noun is not None
                if hit.hit.entry.kind == "body":
                    role = role or hit.hit.entry.code[3:6]
            elif preposition in _TO:
                target = target or hit.state or hit.hit.entry.code
            last = hit.last
            at = hit.last + 1
            continue
        if low in FORMER:
            former = former or noun is None
        elif low in CALENDAR and noun is None:
            return None
        elif pos in ("ADP", "PART") and low in _OF | _TO | {"under"} and noun is not None:
            preposition = "of" if low in _OF else "to"
        elif scene.tag[at] == "POS":
            pass
        elif scene.tag[at] == "PRP$":
            owner = at
        elif (pos in ("VERB", "AUX", "PRON", "SCONJ") and scene.tag[at] not in ("VBN", "VBG")) or pos in (
            "PUNCT",
            "SPACE",
        ):
            if scene.text[at] not in ("-", "–") or scene.space[at]:
                break
        elif pos == "CCONJ" and noun is not None:
            # "president and chief executive of ..." goes on; "..., an analyst, and Iran" ended at the comma.
            if low != "and":
                break
        elif pos == "NUM" and noun is None and at > start:
            break
        elif noun is None and office_noun(scene, at) is not None:
            # The last noun of the compound is the head: "deputy adviser", "director general".
            noun = office_noun(scene, at)
            while at + 1 < limit and cover.at[at + 1] < 0 and office_noun(scene, at + 1) is not None:
                at += 1
                noun = office_noun(scene, at)
            last = at
        elif noun is None and low in ("who", "which", "that", "when", "while", "as", "if", "because", "but", "whose"):
            return None
        elif noun is not None and not preposition and pos == "PROPN" and low not in BODY and low not in OFFICE_PART:
            # "..., network correspondent NAME": the office is the next man's.
            return None
        elif noun is not None:
            if (BODY.get(low) in PRIVATE and preposition == "of") or low in ("tank", "think"):
                # "director at the US-Korea Institute": the name of a house, not a state served.
                private = True
                state = None if behind else state
            if pos in ("NOUN", "PROPN", "ADJ", "NUM"):
                last = at
        at += 1
    if noun is None or last < first:
        return None
    if OFFICE.get(noun) in SELF:
        private = True
    tokens = list(range(first, last + 1))
    while tokens and (scene.pos[tokens[0]] in ("DET", "PART", "CCONJ", "ADV") or scene.low[tokens[0]] in FORMER):
        tokens.pop(0)
    lead = cover.hit(tokens[0]) if tokens else None
    if lead is not None and lead.hit.entry.kind == "state":
        tokens = [t for t in tokens if t > lead.last and not (t == lead.last + 1 and scene.tag[t] == "POS")]
    words = _text(scene, tokens)
    noun = _office_of(noun, words)
    return Title(first, last, words, noun, role or OFFICE.get(noun, ""), state, former, private, owner, target)


# Offices of state: without a state beside them they are of the one that was named last.
_OF_STATE: Final = frozenset(
    "minister president premier chancellor ambassador spokesman spokeswoman spokesperson general gen director-general "
    "negotiator envoy diplomat commander admiral speaker adviser advisor aide official secretary".split()
)


_NEAR: Final = 600
"""Tokens looked back over: three long paragraphs."""


def near_state(scene: Scene, cover: Cover, title: Title) -> Title:
    """The title with the state its paragraph or the two before are about, where its own words tell none: the latest
    subject, else the latest named in its own paragraph. What stands in quotation marks is another's talk."""
    if title.state is not None or title.private or title.former or title.noun not in _OF_STATE:
        return title
    if title.owner >= 0 and scene.tag[title.owner] != "PRP$":
        return title  # "Lang's envoy": whose he is, his owner tells
    here = scene.paragraph[title.first]
    latest: str | None = None
    at = title.first - 1
    while at >= 0 and here - scene.paragraph[at] <= 2 and title.first - at <= _NEAR:
        hit = cover.hit(at)
        if hit is None or scene.quoted[at]:
            at -= 1
            continue
        at = hit.first - 1
        entry = hit.hit.entry
        code = entry.code if entry.kind == "state" and hit.hit.use != "city" else None
        if entry.kind == "body" and entry.parent:
            code = entry.parent
        if code is None:
            continue
        governor = scene.head[hit.last]
        beside = scene.dep[hit.last] in ("amod", "compound", "nmod", "poss") and scene.low[governor] in BODY
        if scene.dep[governor if beside else hit.last] in ("nsubj", "nsubjpass"):
            return replace(title, near=code)
        if scene.paragraph[hit.first] == here:
            latest = latest or code
    return replace(title, near=latest) if latest else title

"""Who is spoken of: parties, people and their offices, institutions, unnamed officials, and what takes them up.

In order: the parse as columns, the known parties (gazetteer), organisations by their head noun, people's names with the
offices beside them, noun phrases and pronouns, the article's roster of people, and one walk through the text that
decides every phrase from what stands before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from summitry.casebook import Casebook
from summitry.reader.document import Document
from summitry.reader.mentions.candidates import find_candidates
from summitry.reader.mentions.cover import cover
from summitry.reader.mentions.gazetteer import Gazetteer, compile_gazetteer
from summitry.reader.mentions.index import MentionIndex
from summitry.reader.mentions.namespans import find_names
from summitry.reader.mentions.organisations import find_organisations
from summitry.reader.mentions.phrases import Ground
from summitry.reader.mentions.resolve import resolve
from summitry.reader.mentions.roster import make_roster
from summitry.reader.mentions.scene import scene_of
from summitry.reader.mentions.walk import Material
from summitry.signs import mixed
from summitry.vocabulary import Actor, LabelledSpan, Mention, Person

__all__ = ["Gazetteer", "MentionIndex", "MentionResult", "compile_gazetteer", "find_mentions"]


@dataclass(frozen=True, slots=True)
class MentionResult:
    """The mentions of an article in text order, the people named in it, and the cities in it that are places
    (``label`` is the code of the state the city is the capital of)."""

    mentions: tuple[Mention, ...]
    people: tuple[Person, ...]
    places: tuple[LabelledSpan, ...] = ()


def find_mentions(document: Document, casebook: Casebook, gazetteer: Gazetteer | None = None) -> MentionResult:
    """Find and decide every phrase of an article that stands for a party or a person.

    ``gazetteer`` is the compiled casebook; hand it in when reading more than one article, it takes longer to build
    than an article takes to read.
    """
    gazetteer = gazetteer or compile_gazetteer(casebook)
    names = gazetteer.given_names
    scene = scene_of(document)
    parties = cover(scene, gazetteer)
    organisations = find_organisations(scene, parties)
    taken = [False] * len(scene)
    for organisation in organisations:
        taken[organisation.first : organisation.last + 1] = [True] * (organisation.last + 1 - organisation.first)
    spans = find_names(scene, parties, frozenset(i for i, used in enumerate(taken) if used), names)
    roster = make_roster(spans, gazetteer, document.article.published, names)
    for span, choice in zip(spans, roster.candidates, strict=True):
        if choice or not span.single:
            taken[span.begin : span.last + 1] = [True] * (span.last + 1 - span.begin)
            for title in span.apart:
                taken[title.first : title.last + 1] = [True] * (title.last + 1 - title.first)
    named = frozenset(hit.state for hit in parties.hits if hit.hit.use != "city" and hit.state)
    candidates = find_candidates(Ground(scene, parties, taken, named))
    mentions, places = resolve(Material(scene, parties, spans, organisations, candidates, roster, gazetteer))
    found = MentionResult(mentions, tuple(entity.person for entity in roster.people), places)
    return _without_forged(found) if mixed(scene.plain) else found


def _without_forged(found: MentionResult) -> MentionResult:
    """Names with letters of two scripts in a word are nobody's: no office or party near them makes them a party."""

    def own(actor: Actor | None) -> Actor | None:
        return replace(actor, code=None) if actor is not None and actor.code and mixed(actor.name) else actor

    mentions = tuple(
        replace(one, actor=own(one.actor), members=tuple(who for each in one.members if (who := own(each)) is not None))
        for one in found.mentions
    )
    people = tuple(replace(one, party=None) if mixed(one.name) else one for one in found.people)
    return replace(found, mentions=mentions, people=people)

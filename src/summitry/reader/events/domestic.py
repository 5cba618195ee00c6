"""Acts inside one state: a president and the congress, a government and its opposition.

They bear on a negotiation and are events of their own, with the state alone as party.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from summitry.reader.events.arguments import agents, complements, governed, objects
from summitry.reader.events.parties import parties, party_code
from summitry.reader.events.rivals import at_home
from summitry.reader.events.roles import Cast

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from summitry.reader.events.parties import Mentions
    from summitry.reader.triggers import TriggerMatch
    from summitry.vocabulary import Actor

# Who is of the same state as whoever acts, when no other state is named with them.
_HOME: Final = frozenset(
    "lawmaker legislator congress congressman congresswoman senator senate house representative parliament knesset "
    "duma majlis republican democrat tory backbencher mp opposition opponent critic voter public successor "
    "predecessor colleague conservative liberal hardliner hawk dove reformist party caucus cabinet court "
    "administration people citizen electorate".split()
)
_TYPES: Final = frozenset({"ACCUSE", "REQUEST", "THREATEN", "REJECT", "SUPPORT", "CONSULT"})
# What only a house of one's own state has to fear.
_VETO: Final = frozenset({"veto", "override", "filibuster", "impeach"})
_TOWARDS: Final = frozenset({"with", "to", "on", "for", "between", "by", "of", "against", "from", "before"})


def at_home_cast(match: TriggerMatch, cast: Cast, mentions: Mentions) -> Cast | None:
    """The cast of an act between two of one state, with the state as its only party; None where it is no such act."""
    if match.entry.type not in _TYPES:
        return None
    token = match.token
    others = [*objects(token), *governed(token, _TOWARDS)]
    if match.entry.type in {"ACCUSE", "REQUEST"} and match.entry.pos == "V":
        others += [c for verb in complements(token) for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    own = {party_code(actor) for actor in cast.actors}
    if len(own) == 1 and (_veto(token) or (not cast.recipients and all(map(at_home, cast.actors)))):
        return Cast(cast.actors, (), cast.carrier)
    if len(own) == 1 and any(_of_home(head, own, mentions) for head in others):
        return Cast(cast.actors, (), cast.carrier)
    doers = agents(token) if match.entry.pos == "V" else []
    done_to = {party_code(actor) for actor in cast.recipients}
    if not own and len(done_to) == 1 and any(_nobody_else(head, mentions) for head in doers):
        return Cast(cast.recipients, (), cast.carrier)
    return None


def _veto(token: Token) -> bool:
    return token.lemma_.lower() in _VETO or any(verb.lemma_.lower() in _VETO for verb in complements(token))


def _of_home(head: Token, own: set[str], mentions: Mentions) -> bool:
    """Whether a noun phrase is a body or people of the acting state: named as such, or told by a bare noun."""
    found: Iterable[Actor] = parties(head, mentions)
    codes = {party_code(actor) for actor in found}
    if codes:
        return codes == own and (head.lemma_.lower() in _HOME or any(at_home(actor) for actor in found))
    return head.lemma_.lower() in _HOME


def _nobody_else(head: Token, mentions: Mentions) -> bool:
    return head.lemma_.lower() in _HOME and not parties(head, mentions)

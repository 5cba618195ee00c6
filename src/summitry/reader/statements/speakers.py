"""From the words for a source to a speaker: a person with office and party, an institution, or somebody unnamed."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from summitry.reader.statements.again import Description, Heard
from summitry.reader.statements.domestic import Domestic
from summitry.reader.statements.lexicon import COLLECTIVES, PERSONS, WORKS
from summitry.reader.statements.places import Places, root_of
from summitry.reader.statements.speaker import (
    ADDED,
    HEARER,
    NOBODY,
    THING,
    Mentions,
    Speaker,
    demonyms,
    describe,
    party_of,
    without_article,
)
from summitry.reader.statements.together import for_nobody, last_of_list, partisans, some, together
from summitry.vocabulary import Actor, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

    from summitry.reader.document import Document
    from summitry.vocabulary import Mention

OWN_VOICE: Final = frozenset({"we", "i", "us", "our", "my"})
_PRONOUNS: Final = frozenset("he she it they him her them his its their who which that himself herself".split())
_BESIDE: Final = re.compile(r",\s(?:[A-Z][\w.]*\s)?")
_SPOKES: Final = re.compile(r"(?:\w+ )?(spokes(?:man|woman|person)) (?:for|of|at|from) (.+)", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_ASIDE: Final = re.compile(r"\s[-–—]{1,2}\s")
_BEHIND: Final = re.compile(r"\s[-–—]{1,2}\s|\s\(")
_CLAUSE: Final = re.compile(r"\b(?:who|which|that|and|with|like|such as|including|along)\b")
_AND: Final = re.compile(r"(?:[\w.'’-]+,? ){1,4}(?:and|or) ")
_FROM: Final = frozenset({"from", "by", "released", "issued", "published"})
_DEFINITE: Final = re.compile(r"(?:the|this|that|these|those|both)\s", re.IGNORECASE)

# Ends of nouns for persons, in the singular.
_DOERS: Final = tuple("er or ist ian ee ant ent man woman crat ese ite eur ive yst".split())


class Speakers:
    """Resolves the sources of one article, in text order; remembers who spoke last."""

    def __init__(self, document: Document, mentions: Mentions, places: Places) -> None:
        self._doc: Doc = document.doc
        self._text = document.article.text
        self._places = places
        self._article = document.article
        self._mentions = mentions
        self.heard = Heard()
        self._domestic = Domestic(document, mentions)
        self._decided: dict[Actor, Speaker] = {}

    def speaker(self, span: Span, *, quoted: bool, outer: Speaker | None) -> Speaker:
        """The speaker that the words of ``span`` stand for, remembered: "he" and "the official" later may be them.

        ``quoted``: the words stand inside somebody's direct quotation, so "I" is ``outer``.
        """
        found = self.resolve(span, quoted=quoted, outer=outer)
        if found.actor is None:
            return found
        if not found.key:
            # An unnamed speaker brought in anew is somebody new.
            fresh = found.actor.anonymous and not _DEFINITE.match(self._text[span.start : span.end])
            found = replace(found, key=f"{found.actor.name}{f' {span.start}' if fresh else ''}")
        self.heard.speakers.append((span.start, found))
        if found.work is not None:
            self.heard.note_work(span.start, found.work, found)
        return found

    def resolve(self, span: Span, *, quoted: bool, outer: Speaker | None) -> Speaker:
        """As :meth:`speaker`, without remembering."""
        tokens = self._places.tokens(span)
        if not len(tokens):
            return NOBODY
        root = last_of_list(tokens, root_of(tokens))
        words = self._text[span.start : span.end]
        low = root.lower_
        if low in OWN_VOICE and not (root.text.isupper() and len(low) > 1):  # "US" is no pronoun
            return self._own_voice(low, quoted, outer)
        if low in ("you", "your"):
            return Speaker(None, None, HEARER)
        if low in ("this", "that") and len(tokens) == 1:
            return NOBODY  # "this echoes": no speaker
        several = self._several(tokens, root) or self._side_by_side(span)
        if several is not None:
            return several
        joint = self._joint_antecedent(root) if low == "who" else None
        if joint is not None:
            return joint
        found = self._mentioned(span, root)
        if found is not None and len(found.members) > 1:
            return self._collective(found)
        if found is not None and found.actor is not None and partisans(found.actor, root):
            members = Actor(found.actor.code, describe(words), None, True, "group")
            return Speaker(members, party_of(members), "members of a party")
        if found is not None and found.actor is not None and found.actor.kind == "state" and some(root):
            return Speaker(Actor(None, describe(words), anonymous=True, kind="group"), None, "some of a people")
        if found is not None and found.actor is not None:
            unnamed = found.actor.kind == "person" and (found.actor.anonymous or found.actor.code is None)
            beside = self._named_beside(found, span, single=root.tag_ == "NN") if unnamed else None
            if beside is not None:
                return beside
            if found.kind in ("title", "description") and (unnamed or found.actor.kind == "body"):
                made = self._taken_up(span, root, words) or self._unnamed(found, found.actor, span, words)
                self._decided[found.actor] = made
                return made
            known = self._by_given_name(found) if found.rule == "name: nothing known" else None
            if known is not None:
                return Speaker(known, party_of(known, words), "given name")
            if found.actor in self._decided:
                # "he" for somebody whose description was taken up as a name since.
                return self._decided[found.actor]
            return self._named(found, found.actor, root, words, span)
        if low in _PRONOUNS:
            return self._recalled(span.start, low, root)
        return self._taken_up(span, root, words) or self._described(span, root, words)

    def _collective(self, found: Mention) -> Speaker:
        """The members of a collective as one speaker. Unnamed people of several states speak for the first named."""
        name = " and ".join(member.name for member in found.members)
        if all(member.anonymous for member in found.members):
            unnamed = Actor(found.members[0].code, name, None, True, "group")
            return Speaker(unnamed, party_of(unnamed), "mention: collective")
        return Speaker(Actor(None, name, kind="group"), None, "mention: collective")

    def _several(self, tokens: Tokens, root: Token) -> Speaker | None:
        """Two or more who speak together: "Abe and Moon said"."""
        heads = [root, *(child for child in root.conjuncts if tokens.start <= child.i < tokens.end)]
        if len(heads) < 2:
            return None
        actors = [mention.actor for mention in map(self._mentions.of_head, heads) if mention is not None]
        named = list(dict.fromkeys(actor for actor in actors if actor is not None and not actor.anonymous))
        if len(named) < 2 or len(named) != len(heads):
            return None
        return together(named)

    def _joint_antecedent(self, root: Token) -> Speaker | None:
        """The states that "who" stands for: a state alone would be "which" ("criticised by A and B, who feared")."""
        noun = root.head.head if root.head.dep_ == "relcl" else None
        if noun is None or not noun.conjuncts:
            return None
        heads = sorted([*noun.conjuncts, noun], key=lambda token: token.i)
        actors = [mention.actor for mention in map(self._mentions.of_head, heads) if mention is not None]
        states = list(dict.fromkeys(actor for actor in actors if actor is not None and actor.kind == "state"))
        return together(states) if len(states) == len(heads) and len(states) > 1 else None

    def _side_by_side(self, span: Span) -> Speaker | None:
        """Two people with "and" between their names, what stands in brackets aside: "A (R., Utah) and B (D., Ohio)"."""
        inside = self._mentions.within(span.start, span.end)
        people = [m for m in inside if m.kind == "name" and m.actor is not None and m.actor.kind == "person"]
        if len(people) != 2 or any(m.start < people[0].start for m in inside):
            return None
        between = _BRACKETS.sub("", self._text[people[0].end : people[1].start]).strip(" ,")
        actors = [m.actor for m in people if m.actor is not None]
        if between != "and" or actors[0] == actors[1]:
            return None
        return together(actors)

    def _named_beside(self, found: Mention, span: Span, *, single: bool) -> Speaker | None:
        """Who is named right behind a description: "the panel's chairman, Sen. NAME,"."""
        if found.kind not in ("title", "description"):
            return None
        for mention in self._mentions.within(found.end, span.end):
            person = mention.kind == "name" and mention.actor is not None and mention.actor.kind == "person"
            between = self._text[found.end : mention.start]
            # "one member of the delegation invited to the palace, NAME": nothing but what he was invited to between
            behind = between.endswith(", ") and between.count(",") == 1 and single and not _CLAUSE.search(between)
            if person and (behind or _BESIDE.fullmatch(between)):
                return Speaker(mention.actor, party_of(mention.actor), "named beside")
        return None

    def _by_given_name(self, found: Mention) -> Actor | None:
        """The one person named before whose given name this is: reporters on the air are called by it."""
        named = self._given_names.get(found.text, {})
        people = [actor for actor, end in named.items() if end <= found.start]
        return people[0] if len(people) == 1 else None

    @cached_property
    def _given_names(self) -> dict[str, dict[Actor, int]]:
        """The people by the first word of their names, each with where they are first named (the end)."""
        found: dict[str, dict[Actor, int]] = {}
        for mention in self._mentions.within(0, len(self._text)):
            actor = mention.actor
            if actor is not None and actor.kind == "person":
                ends = found.setdefault(actor.name.split()[0], {})
                ends[actor] = min(mention.end, ends.get(actor, mention.end))
        return found

    def _unnamed(self, found: Mention, actor: Actor, span: Span, words: str) -> Speaker:
        """Somebody without a name, with the institution their description gives."""
        if _AND.fullmatch(self._text[span.start : found.start]):
            # "U.S. and European officials" are both
            actor = replace(actor, name=describe(self._text[span.start : found.end]))
        role = _SPOKES.match(actor.name)
        if role is not None:
            actor = replace(actor, name=f"{self._institution_name(span, role.group(2))} {role.group(1)}")
        if actor.code is None:
            code = self._code(span, words) or self._of_those_before(span, actor)
            if code is not None:
                actor = Actor(code, actor.name, actor.office, actor.anonymous, actor.kind)
        return for_nobody(Speaker(actor, party_of(actor, words), "mention: description"))

    def _of_those_before(self, span: Span, actor: Actor) -> str | None:
        """For whom bare "officials" speak: the officials of the one state whose officials spoke before them."""
        if actor.name.lower() != "officials":
            return None
        before = (known for _, _, known in self.heard.back(span.start))
        codes = {known.code for known in before if known.anonymous and known.name.lower().endswith(" officials")}
        return codes.pop() if len(codes) == 1 else None

    def _institution_name(self, span: Span, words: str) -> str:
        """An institution's words with its state as an adjective: "the North's foreign ministry" is North Korean."""
        for mention in self._mentions.within(span.start, span.end):
            actor = mention.actor
            if actor is not None and actor.kind == "state" and words.startswith(mention.text) and actor.code:
                adjective = demonyms().get(actor.code, actor.name)
                rest = words[len(mention.text) :].removeprefix("'s").removeprefix("’s").strip()
                return f"{adjective} {rest}".strip()
        return without_article(words)

    def _institution(self, span: Span) -> Actor | None:
        """The institution in a description; what stands behind a comma or in a clause tells of something else."""
        added = ADDED.search(self._text, span.start + 1, span.end)
        inside = self._mentions.within(span.start, added.start() if added is not None else span.end)
        return next((m.actor for m in inside if m.actor is not None and m.actor.code), None)

    def _code(self, span: Span, words: str) -> str | None:
        """The code of whom somebody unnamed belongs to, by the institution or by a country's own words for it."""
        institution = self._institution(span)
        return institution.code if institution is not None else self._domestic.code(span.start, words)

    def _taken_up(self, span: Span, root: Token, words: str) -> Speaker | None:
        """The speaker before that a definite description ("the minister", "the officials") takes up."""
        if not _DEFINITE.match(words) or root.tag_ not in ("NN", "NNP", "NNS", "NNPS"):
            return None
        lemma = root.lemma_.lower()
        member = self._domestic.member(span.start, lemma)
        if member is not None:
            return Speaker(member, party_of(member, words), "member of a parliament")
        institution = self._institution(span)
        if institution is None:
            code = self._domestic.code(span.start, words)
            institution = Actor(code, words) if code is not None else None
        modifiers = {c.lower_ for c in root.children if c.dep_ in ("amod", "compound") and c.pos_ != "PROPN"}
        plural = root.tag_ in ("NNS", "NNPS")
        said = Description(span.start, words, lemma, plural, frozenset(modifiers), institution)
        return self.heard.taken_up(said)

    def _own_voice(self, low: str, quoted: bool, outer: Speaker | None) -> Speaker:
        if quoted and outer is not None:
            return outer
        if (
            not quoted
            and low in ("i", "my")
            and self._article.byline
            and self._article.kind in ("editorial", "analysis")
        ):
            return Speaker(Actor(None, self._article.byline, kind="person"), None, "own voice of the author")
        if not quoted and self._article.kind == "editorial" and low not in ("i", "my"):
            name = self._article.outlet or "the editorial board"
            return Speaker(Actor(None, name, kind="media"), None, "own voice of the outlet")
        return NOBODY

    def _mentioned(self, span: Span, root: Token) -> Mention | None:
        """The mention that heads the phrase; a person named in apposition, or behind their house ("the institute's
        Mr. Lang"), goes before a title."""
        inside = self._mentions.within(span.start, span.end)
        if inside and inside[0].start == span.start and inside[0].kind == "name":
            person = inside[0].actor is not None and inside[0].actor.kind == "person"
            if (_BEHIND if person else _ASIDE).match(self._text, inside[0].end):
                return inside[0]
        if inside and inside[-1].kind == "name" and inside[-1].end >= span.end - 2:  # a bracket or comma may follow
            last, before = inside[-1], self._text[span.start : inside[-1].start].rstrip()
            known = last.actor is not None and last.actor.kind == "person" and not last.actor.anonymous
            owned = before.endswith(("'s", "’s")) or "'s " in last.text.replace("’", "'")
            if known and (owned or self._titled(last, span, root)):
                return last
        names = [root, *(child for child in root.children if child.dep_ in ("appos", "compound", "flat"))]
        first: Mention | None = None
        for token in names:
            mention = self._mentions.of_head(token)
            if mention is None or mention.actor is None or mention.start >= span.end or mention.end <= span.start:
                continue
            if token is not root and token.dep_ == "compound" and mention.end <= root.idx:
                continue
            if mention.actor.kind == "person" and not mention.actor.anonymous:
                return mention
            first = first or mention
        return first or self._mentions.of_head(root)

    def _titled(self, last: Mention, span: Span, root: Token) -> bool:
        """Whether a name ends a description of one person: "senator and presidential hopeful NAME"."""
        token = self._places.token_at(last.start)
        single = root.tag_ in ("NN", "NNP") and token is not None and token.i > 0
        before = self._doc[token.i - 1] if token is not None and single else None
        return before is not None and before.idx >= span.start and before.pos_ == "NOUN"

    def _named(self, mention: Mention, actor: Actor, root: Token, words: str, span: Span) -> Speaker:
        if root.lemma_.lower() in WORKS and mention.start <= root.idx < mention.end and actor.kind != "person":
            return Speaker(actor, party_of(actor, words), "issuer of a text", root.lemma_.lower())
        covers = mention.start <= root.idx < mention.end
        if actor.kind == "state" or mention.rule.endswith("taken up again"):
            return Speaker(actor, party_of(actor, words), f"mention: {mention.kind}")
        if not covers or actor.kind == "person" or root.pos_ == "PROPN" or mention.kind != "description":
            route = f"mention: {mention.kind}"
            return Speaker(actor, party_of(actor, words), route)
        return self._described(span, root, words)

    def _described(self, span: Span, root: Token, words: str) -> Speaker:
        lemma = root.lemma_.lower()
        institution = self._institution(span)
        code = institution.code if institution is not None else None
        name = describe(words)
        if not name:
            return NOBODY
        if lemma in WORKS and (root.pos_ == "NOUN" or not name[:1].isupper()):
            return self._issued(span, root, words)
        if root.lower_ in ("media", "press"):
            return Speaker(Actor(code and f"{code[:3]}MED", name, kind="media"), None, "description")
        several = root.tag_ == "NNS" and lemma.endswith(_DOERS)
        person = lemma in PERSONS or several or root.tag_ in ("DT", "JJ", "CD") or root.pos_ in ("PRON", "NUM")
        if root.pos_ == "PROPN" and lemma not in PERSONS:
            kind = "organisation" if institution is not None or root.tag_ == "NNPS" else "person"
            actor = Actor(code, name, kind=kind)  # type: ignore[arg-type]
            return Speaker(actor, party_of(actor, words), "name without mention")
        if person:
            actor = Actor(code or self._domestic.code(span.start, words), name, anonymous=True, kind="person")
            return for_nobody(Speaker(actor, party_of(actor, words), "description"))
        actor = Actor(code, name, kind="organisation")
        return Speaker(actor, party_of(actor, words), "description" if lemma in COLLECTIVES else THING)

    def _issued(self, span: Span, root: Token, words: str) -> Speaker:
        """Who speaks through a text: whom its words name, or whose text of that kind was told of before."""
        lemma = root.lemma_.lower()
        owners = next((m.members for m in self._mentions.within(span.start, span.end) if len(m.members) > 1), ())
        if owners:
            joint = Actor(None, " and ".join(member.name for member in owners), kind="group")
            return Speaker(joint, None, "issuers of a text", lemma)
        institution = self._institution(span) or self._behind(root)
        definite = _DEFINITE.match(words) is not None
        if definite and (institution is None or institution.kind == "state"):
            before = self.heard.issuer(span.start, lemma, institution.state if institution is not None else None)
            if before is not None:
                return replace(before, route="issuer of a text named before", work=lemma)
        if institution is not None and (definite or root.tag_ == "NN" or institution.kind != "state"):
            owner = next((c for c in root.children if c.dep_ in ("poss", "nmod") and c.pos_ == "PROPN"), None)
            if owner is not None and institution.kind in ("state", "body", "organisation"):
                # "the U.N. Panel of Experts' report": all of its owner's name.
                whole = describe(self._doc[owner.left_edge.i : owner.right_edge.i + 1].text.removesuffix("'s"))
                if len(whole) > len(institution.name) and institution.name.split()[-1] in whole:
                    institution = replace(institution, name=whole)
            return Speaker(institution, party_of(institution, words), "issuer of a text", lemma)
        recalled = self.heard.recent(span.start, 600) if definite else None
        if recalled is not None and self._text[span.start] == "T":
            return Speaker(recalled.actor, recalled.party, "issuer of a text, recalled", lemma)
        return Speaker(Actor(None, describe(words), kind="organisation"), None, "text without issuer", lemma)

    def _behind(self, root: Token) -> Actor | None:
        """The institution a text is told to be from, behind a comma: "the report, from the panel,"."""
        start = root.i + 2
        if start + 1 >= len(self._doc) or self._doc[start - 1].text != "," or self._doc[start].lower_ not in _FROM:
            return None
        end = self._doc[start].right_edge
        inside = self._mentions.within(self._doc[start].idx, end.idx + len(end))
        for m in inside:
            if m.actor is not None and m.actor.kind in ("body", "organisation", "state"):
                # All of its name: "the council's Panel on Trade".
                whole = describe(m.text)
                return replace(m.actor, name=whole) if whole.endswith(m.actor.name) else m.actor
        return None

    def _recalled(self, offset: int, low: str, root: Token) -> Speaker:
        """A pronoun the mentions left open: the antecedent of a relative clause, else who spoke just before."""
        if low in ("who", "which", "that") and root.head.dep_ == "relcl":
            noun = root.head.head
            mention = self._mentions.of_head(noun)
            if mention is not None and mention.actor is not None:
                return Speaker(mention.actor, party_of(mention.actor), "relative clause")
            phrase = self._doc[noun.left_edge.i : noun.i + 1]
            return self._described(Span(phrase.start_char, phrase.end_char), noun, phrase.text)
        wanted = {"he": True, "she": True, "him": True, "her": True, "it": False, "its": False}.get(low)
        for at, speaker, actor in self.heard.back(offset + 1):
            if offset - at > 700:  # code points, some four sentences: farther back, somebody else may be meant
                break
            if wanted is not None and (actor.kind == "person") == wanted:
                return replace(speaker, route="pronoun after a statement", work=None)
        return NOBODY

"""The people of one article: names that are one person put together, with offices, party and sex."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from summitry.casebook import OfficeEntry
from summitry.reader.mentions.gazetteer import Gazetteer
from summitry.reader.mentions.lexicon import FEMALE, MALE, OFFICE, TOP, GivenNames
from summitry.reader.mentions.names import fold, given_name, same_name, short_forms
from summitry.reader.mentions.namespans import NameSpan
from summitry.reader.mentions.titles import SELF, Title
from summitry.vocabulary import Actor, DateInterval, Office, Person

Sex = Literal["male", "female"]

_LEGISLATIVE: Final = frozenset({"house", "senate", "majority", "minority", "congressional", "parliamentary"})
_OWNER: Final = re.compile(r"(?:\w+ ){0,2}?([A-Z]\w+)['’]s ")
_ADDRESS: Final = frozenset("mr mrs ms miss dr sir lord lady dame herr frau madame monsieur messrs".split())

# Offices that tell their state by themselves.
_OFFICE_STATE: Final = (
    ("secretary of state", "USA"),
    ("secretary of defense", "USA"),
    ("secretary of the treasury", "USA"),
    ("treasury secretary", "USA"),
    ("defense secretary", "USA"),
    ("commerce secretary", "USA"),
    ("energy secretary", "USA"),
    ("house speaker", "USA"),
    ("speaker of the house", "USA"),
    ("senate majority leader", "USA"),
    ("senate minority leader", "USA"),
    ("house majority leader", "USA"),
    ("house minority leader", "USA"),
    ("congressman", "USA"),
    ("congresswoman", "USA"),
    ("unification minister", "KOR"),
    ("foreign secretary", "GBR"),
    ("defence secretary", "GBR"),
    ("home secretary", "GBR"),
    ("taoiseach", "IRL"),
    ("tanaiste", "IRL"),
    ("ayatollah", "IRN"),
    ("sen", "USA"),
    ("rep", "USA"),
    ("sens", "USA"),
    ("reps", "USA"),
    ("senator", "USA"),
    ("gov", "USA"),
    ("national security adviser", "USA"),
    ("national security advisor", "USA"),
    ("press secretary", "USA"),
    ("director of national intelligence", "USA"),
    ("majority leader", "USA"),
    ("minority leader", "USA"),
    ("foreign relations committee", "USA"),
    ("special counsel", "USA"),
    ("assistant attorney general", "USA"),
    ("republican", "USA"),
    ("democrat", "USA"),
    ("pope", "VAT"),
)


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody of the article. ``state`` and ``code`` are None where no party is known or spoken for."""

    name: str
    spellings: tuple[str, ...]
    titles: tuple[Title, ...]
    actor: Actor
    sex: Sex | None
    top: bool
    first: int
    person: Person
    known_only: bool = False

    @property
    def state(self) -> str | None:
        """The party: a state's or an organisation's code."""
        return self.actor.state or self.actor.code


@dataclass(frozen=True, slots=True, eq=False)
class Roster:
    """Everybody named, and for each name span the indexes of those it may stand for (one: decided)."""

    people: tuple[Entity, ...]
    candidates: tuple[tuple[int, ...], ...]
    by_form: dict[tuple[str, ...], tuple[int, ...]]


def make_roster(spans: Sequence[NameSpan], gazetteer: Gazetteer, published: DateInterval, names: GivenNames) -> Roster:
    """Put the name spans of an article together to people; background offices only where their days fit."""
    groups = _same(spans)
    # Short full forms ("Suu Kyi", "Javad Zarif") join the one longer name they are part of.
    groups = _merge_parts(groups, spans)
    background = _Background(gazetteer, published)
    forms: dict[tuple[str, ...], list[int]] = {}
    for number, group in enumerate(groups):
        for name in dict.fromkeys(spans[i].name for i in group):
            for form in (fold(name), *short_forms(name)):
                if number not in forms.setdefault(form, []):
                    forms[form].append(number)
    attached: dict[int, tuple[int, ...]] = {i: (number,) for number, group in enumerate(groups) for i in group}
    singles: dict[tuple[str, ...], list[int]] = {}
    for index, span in enumerate(spans):
        if span.single:
            form = fold(span.name)
            if not form:
                continue
            bearers = [[spans[i] for i in groups[n]] for n in forms.get(form, ())]
            if any(_in_office(own) or background.of_name(own[0].name) for own in bearers):
                attached[index] = tuple(forms[form])
            else:
                singles.setdefault(form, []).append(index)
    known: list[tuple[OfficeEntry, ...]] = [() for _ in groups]
    for form, members in singles.items():
        entries = background.of_form(form, [spans[i] for i in members])
        titled = any(spans[i].before or spans[i].after for i in members)
        # Bearers of the name in the text without an office; those known for offices that ended are not meant.
        others = tuple(n for n in forms.get(form, ()) if not background.is_past(spans[groups[n][0]].name))
        if not entries and form in forms:
            for i in members:
                attached[i] = others or tuple(forms[form])
        elif entries or titled:
            groups.append(members)
            known.append(entries)
            for i in members:
                attached[i] = (*others, len(groups) - 1)
            forms.setdefault(form, []).append(len(groups) - 1)
    for i, numbers in list(attached.items()):
        if len(numbers) == 1 and spans[i].single and i not in groups[numbers[0]]:
            groups[numbers[0]].append(i)
    people = tuple(
        _entity([spans[i] for i in sorted(group)], known[number], background, names)
        for number, group in enumerate(groups)
    )
    people = tuple(_of_owner(entity, people, forms) for entity in people)
    return Roster(
        people,
        tuple(attached.get(i, ()) for i in range(len(spans))),
        {form: tuple(numbers) for form, numbers in forms.items()},
    )


def _of_owner(entity: Entity, people: Sequence[Entity], forms: dict[tuple[str, ...], list[int]]) -> Entity:
    """Somebody's aide or envoy speaks for that one's state, not for the one that was talked of last."""
    for title in entity.titles:
        owner = _OWNER.match(title.text)
        numbers = forms.get(fold(owner.group(1)), []) if owner is not None and not title.former else []
        codes = {people[n].actor.code for n in numbers if people[n].actor.code and people[n] is not entity}
        state = title.state is None and len(codes) == 1 and people[numbers[0]].actor.state
        if state and state != entity.state and not any(t.state for t in entity.titles):
            code = state + (title.role or "GOV")
            return replace(entity, actor=replace(entity.actor, code=code), person=replace(entity.person, party=code))
    return entity


def _in_office(spans: Sequence[NameSpan]) -> bool:
    """Whether the text gives somebody an office held now."""
    titles = (t for span in spans for t in (span.before, span.after) if t is not None)
    return any(not t.former and not t.private and t.noun not in _ADDRESS and OFFICE.get(t.noun) for t in titles)


def _merge_parts(groups: list[list[int]], spans: Sequence[NameSpan]) -> list[list[int]]:
    """Join a name to the one longer name that it is a part of."""
    owners: dict[tuple[str, ...], list[int]] = {}
    names = [list(dict.fromkeys(spans[i].name for i in group)) for group in groups]
    for number, own in enumerate(names):
        for form in {form for name in own for form in short_forms(name) if len(form) >= 2}:
            owners.setdefault(form, []).append(number)
    into: dict[int, int] = {}
    for small, own in enumerate(names):
        longer = {big for name in own for big in owners.get(fold(name), ()) if big != small}
        if len(longer) == 1 and (big := longer.pop()) not in into:
            into[small] = big
    for small, big in into.items():
        groups[big] = sorted(groups[big] + groups[small])
    return [group for number, group in enumerate(groups) if number not in into]


def _covers(office: OfficeEntry, published: DateInterval) -> bool:
    """Whether the office may have been held on the publication day; all may where the day is unknown."""
    if published.start is None and published.end is None:
        return True
    low, high = published.start or date.min, published.end or date.max
    return (office.start or date.min) <= high and low <= (office.end or date.max)


@dataclass(frozen=True, slots=True)
class _Background:
    """What the casebook knows of people, as far as their offices' days fit the publication day."""

    gazetteer: Gazetteer
    published: DateInterval

    def of_form(self, form: tuple[str, ...], spans: Sequence[NameSpan]) -> tuple[OfficeEntry, ...]:
        """The offices of the one known person whom a lone surname names; () when several could be meant."""
        fitting: dict[str, list[OfficeEntry]] = {}
        for office in self.gazetteer.offices_by_word.get(form[-1], ()):
            spellings = (office.person, *office.aliases)
            if _covers(office, self.published) and any(
                form == fold(s) or form in short_forms(s)[:1] for s in spellings
            ):
                fitting.setdefault(office.person, []).append(office)
        if len(fitting) > 1:
            titles = [t for span in spans for t in (span.before, span.after) if t]
            nouns = {t.noun for t in titles}
            states = {t.state for t in titles if t.state}
            fitting = {
                person: entries
                for person, entries in fitting.items()
                if any((not states or e.party[:3] in states) and nouns & set(e.title.lower().split()) for e in entries)
            }
        return tuple(next(iter(fitting.values()))) if len(fitting) == 1 else ()

    def is_past(self, name: str) -> bool:
        """Whether somebody named in full is known for offices that had ended by then ("Kim Jong Il")."""
        held = [o for w in fold(name)[-1:] for o in self._offices(w) if same_name(name, o.person)]
        day = self.published.start
        return bool(held) and day is not None and all(o.end is not None and o.end < day for o in held)

    def past_name(self, form: tuple[str, ...]) -> str | None:
        """The full name of the one known former office holder a lone surname may mean ("Bush")."""
        people = {o.person for o in self._offices(form[-1]) if form in short_forms(o.person)[:1]}
        return people.pop() if len(people) == 1 else None

    def _offices(self, word: str) -> tuple[OfficeEntry, ...]:
        return self.gazetteer.offices_by_word.get(word, ())

    def of_name(self, name: str) -> tuple[OfficeEntry, ...]:
        """The offices of somebody named in full."""
        words = fold(name)
        entries = dict.fromkeys(office for word in words for office in self.gazetteer.offices_by_word.get(word, ()))
        return tuple(
            office
            for office in entries
            if _covers(office, self.published) and any(same_name(name, s) for s in (office.person, *office.aliases))
        )


def _same(spans: Sequence[NameSpan]) -> list[list[int]]:
    """Full names put together that are spellings of one, as indexes into ``spans``."""
    by_name: dict[str, list[int]] = {}
    for index, span in enumerate(spans):
        if not span.single:
            by_name.setdefault(span.name, []).append(index)
    groups: list[list[str]] = []
    # Only names that share the beginning of a word are compared; spellings differ behind it.
    blocks: dict[str, list[int]] = {}
    for name in by_name:
        starts = {word[:3] for word in fold(name)}
        for number in dict.fromkeys(n for start in starts for n in blocks.get(start, ())):
            if any(same_name(other, name) for other in groups[number]):
                groups[number].append(name)
                break
        else:
            number = len(groups)
            groups.append([name])
        for start in starts:
            if number not in blocks.setdefault(start, []):
                blocks[start].append(number)
    return [sorted(index for name in group for index in by_name[name]) for group in groups]


def _entity(
    spans: Sequence[NameSpan], known: tuple[OfficeEntry, ...], background: _Background, names: GivenNames
) -> Entity:
    counted = Counter(span.name for span in spans)
    name = max(counted, key=lambda n: (len(fold(n)), counted[n], len(n)))
    titles = tuple(t for span in spans for t in (span.before, span.after) if t is not None)
    current = [t for t in titles if not t.former]
    if not known:
        known = background.of_name(name) if " " in name else ()
    elif " " not in name:
        name = _written(known[0], name)
    state, role = (None, "") if not known and background.is_past(name) else _party(current, known)
    code = None if state is None else (state + role if _state_like(state) else state)
    told = _office_told(current, state, known)
    office = told.text if told is not None else (known[0].title if known else None)
    person = Person(
        name=name,
        party=code,
        aliases=tuple(n for n in dict.fromkeys(span.name for span in spans) if n != name),
        offices=_offices(titles, known, state),
    )
    return Entity(
        name=name,
        spellings=tuple(dict.fromkeys(span.name for span in spans)),
        titles=titles,
        actor=Actor(code, name, office, False, "person"),
        sex=_sex(name, titles, names),
        top=any(_is_top(t.noun, t.text) for t in current) or any(_is_top("", o.title) for o in known),
        first=min(span.first for span in spans),
        person=person,
        known_only=bool(known) and all(span.single for span in spans),
    )


def _party(current: Sequence[Title], known: Sequence[OfficeEntry]) -> tuple[str | None, str]:
    """The party spoken for and the role in it. An office known to be held that day goes before what the words about the
    name seem to say; former office holders and analysts speak for no party."""
    if known:
        party = known[0].party
        return (party[:3] if _state_like(party) else party), _known_role(known)
    state = next((t.state for t in current if t.state), None)
    told = next((t for t in current if t.state), None) or next((t for t in current if t.role), None)
    if told is not None and told.private and OFFICE.get(told.noun) in SELF:
        return None, ""
    if state is None:
        # A congressman who chairs a committee or sits on a board is a congressman all the same.
        state = next((s for t in current if not t.private for words, s in _OFFICE_STATE if _says(t, words)), None)
    role = next((t.role for t in current if t.role), "")
    if any(_LEGISLATIVE & {*t.text.lower().replace("white house", "").split()} for t in current):
        role = "LEG"
    if state is None and not any(t.private for t in current):
        state = next((t.near for t in current if t.near), None)
    return state, role or ("GOV" if state is not None and current else "")


def _office_told(current: Sequence[Title], state: str | None, known: Sequence[OfficeEntry]) -> Title | None:
    """The office to show: as the text gives it, forms of address excepted, the one with the state first."""
    named = [t for t in current if t.text and t.noun not in _ADDRESS and t.text.lower().rstrip(".") not in _ADDRESS]
    if known:
        words = {word for office in known for word in office.title.lower().split()}
        named = [t for t in named if t.noun in words]
    return next((t for t in named if t.state == state), None) or next(iter(named), None)


def _written(office: OfficeEntry, surname: str) -> str:
    """The full name of a known person in the spelling of the surname met in the text."""
    form = fold(surname)
    return next((s for s in (office.person, *office.aliases) if form in short_forms(s)), office.person)


def _is_top(noun: str, title: str) -> bool:
    """Whether an office is that of a leader: a head of state, government or party."""
    low = title.lower()
    return noun in TOP or low in TOP or "prime minister" in low


def _says(title: Title, words: str) -> bool:
    low = f" {title.text.lower()} ".replace(".", "")
    return f" {words} " in low or title.noun == words


def _state_like(code: str) -> bool:
    return not code.startswith(("IGO", "NGO", "MNC", "IMG"))


def _known_role(known: Sequence[OfficeEntry]) -> str:
    for office in known:
        if len(office.party) > 3 and _state_like(office.party):
            return office.party[3:]
        for word in reversed(office.title.lower().split()):
            if OFFICE.get(word):
                return OFFICE[word]
    return "GOV"


def _offices(titles: Sequence[Title], known: Sequence[OfficeEntry], state: str | None) -> tuple[Office, ...]:
    told = {
        (t.text.lower(), t.former): Office(t.text, None if t.former else (t.state or state)) for t in titles if t.text
    }
    return tuple(told.values()) + tuple(Office(o.title, o.party, o.start, o.end) for o in known)


def _sex(name: str, titles: Sequence[Title], names: GivenNames) -> Sex | None:
    words = {word.strip(".").lower() for title in titles for word in (*title.text.split(), title.noun)}
    if words & FEMALE:
        return "female"
    if words & MALE:
        return "male"
    given = given_name(name)
    if given in names.female:
        return "female"
    return "male" if given in names.male else None

"""People's names in the text: runs of capitalised words that are somebody's name, each with the offices beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from summitry.reader.mentions.cover import Cover
from summitry.reader.mentions.lexicon import (
    BODY,
    CALENDAR,
    CHINESE_SURNAMES,
    EVENT_HEAD,
    KOREAN_SURNAMES,
    NO_NAME,
    OFFICE,
    OFFICE_PART,
    PARTICLE,
    PLACE_HEAD,
    RANK,
    SAYING,
    GivenNames,
)
from summitry.reader.mentions.names import family_first, fold
from summitry.reader.mentions.scene import Scene
from summitry.reader.mentions.titles import Title, near_state, office_noun, phrase_title, title_after, title_before

_MANY: Final = frozenset({"sens", "reps", "gens", "messrs"})
# What may stand between the names of a list: "A of Iowa, B (R-Ala.) and C".
_LIST: Final = re.compile(r"(?: of [A-Z][\w. ]{1,20})?(?: ?\([^)]{1,20}\)|, [RDI]-[A-Z][\w.]{1,8})?(?:,? and |, )")
# Months that are names of people too.
_MONTH_NAMES: Final = frozenset({"may", "april", "june", "august"})
_SEAT: Final = re.compile(r"[ ,(]{1,3}(?:R|D|I)[-–][A-Z]")
_TOWN_START: Final = frozenset(
    "new san los las camp fort port saint st santa el mount lake north south east west cape upper".split()
)
# Behind a hyphen these make an adjective, not a given name: "Seoul-based", "Trump-led".
_ADJECTIVE: Final = frozenset(
    "based led backed style era born educated made run owned brokered controlled sponsored related linked funded "
    "imposed ordered american like bashing appointed allied occupied held".split()
)


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name: tokens ``first`` to ``last``; with the office before it the mention starts at ``begin``.

    ``sure``: something beside the capitals says that it is a person.
    """

    begin: int
    first: int
    last: int
    name: str
    before: Title | None
    after: Title | None
    sure: bool

    @property
    def apart(self) -> tuple[Title, ...]:
        """The offices that stand beside the name behind a comma, as phrases of their own."""
        beside = (self.before, self.after)
        return tuple(
            t for t in beside if t is not None and (t.first > self.last or self.begin - 3 <= t.last < self.begin - 1)
        )

    @property
    def single(self) -> bool:
        """One word alone, particles aside ("Kim", "de la Calle")."""
        return " " not in self.name or len(fold(self.name)) < 2


def _name_word(scene: Scene, token: int, names: GivenNames) -> bool:
    text = scene.text[token]
    low = scene.low[token]
    if not text[:1].isupper() or low in NO_NAME or not text[0].isalpha():
        return False
    if low in CALENDAR:
        # "Theresa May", "Mrs May"
        before = scene.text[token - 1] if token else ""
        return (
            low in _MONTH_NAMES
            and scene.space[token - 1]
            and (
                before in names.every
                or before.rstrip(".").lower() in RANK
                or (before[:1].isupper() and before.lower() in OFFICE)
            )
        )
    if any(c.isdigit() for c in text):
        return False
    opens = (
        token == 0
        or scene.sentence[token - 1] != scene.sentence[token]
        or scene.text[token - 1] in ('"', "'", "(", ":")
    )
    if opens and scene.pos[token] != "PROPN":
        return text in names.every or (scene.pos[token] == "NOUN" and text in scene.proper)
    return scene.pos[token] in ("PROPN", "NOUN", "ADJ", "VERB", "X", "INTJ", "ADV")


def _run_end(scene: Scene, cover: Cover, start: int, names: GivenNames) -> int:
    """Last token of the run of name words that starts at ``start``."""
    last = start
    size = len(scene)
    while True:
        low = scene.low[last]
        at = last + 1
        # "Liu He": a name though it reads as a pronoun, and starts a sentence for the parser.
        syllable = at < size and scene.text[at] in ("He", "She", "You", "An") and low in CHINESE_SURNAMES
        if at >= size or (scene.sentence[at] != scene.sentence[start] and not syllable):
            return last
        if scene.space[last]:
            if cover.at[at] < 0 and (syllable or _name_word(scene, at, names)):
                last = at
                continue
            # "Bashar al-Assad", "Osama bin Laden", "Ursula von der Leyen"
            step = at
            while step < size and scene.low[step] in PARTICLE and cover.at[step] < 0:
                step += 1
                if step < size and scene.text[step] in ("-",) and not scene.space[step]:
                    step += 1
            if step > at and step < size and _name_word(scene, step, names) and cover.at[step] < 0:
                last = step
                continue
            return last
        if (
            scene.text[at] in ("-", "–")
            and not scene.space[at]
            and at + 1 < size
            and scene.text[at + 1].isalpha()
            and cover.at[at + 1] < 0
            and _joins(scene, start, last, at + 1, names)
        ):
            last = at + 1
            continue
        return last


def _joins(scene: Scene, start: int, before: int, after: int, names: GivenNames) -> bool:
    """Whether a hyphen makes one name of two tokens: "Jong-un", "Jean-Claude"; not "Trump-Kim", "Obama-era"."""
    if scene.low[after] in _ADJECTIVE or (scene.tag[after] in ("VBN", "VBG") and scene.text[after].islower()):
        return False
    low = scene.low[before]
    if low in ("al", "el", "ul", "abdul", "abdel", "abu", "ash", "as", "ad"):
        return True
    if scene.text[after][0].islower():
        if before > 0 and scene.low[before - 1] in KOREAN_SURNAMES and len(scene.text[after]) <= 6:
            return True
        return (len(scene.text[after]) <= 6 and start < before and scene.low[start] in KOREAN_SURNAMES) or (
            len(scene.text[after]) <= 6 and scene.tag[after] in ("NNP", "NNPS")
        )
    return start < before or (scene.text[before] in names.every and scene.text[after] in names.every)


def find_names(scene: Scene, cover: Cover, taken: frozenset[int], names: GivenNames) -> tuple[NameSpan, ...]:
    """All name spans in text order. ``taken`` are the tokens of organisations."""
    found: list[NameSpan] = []
    at = 0
    size = len(scene)
    while at < size:
        if at in taken or not _starts(scene, cover, at, names):
            at += 1
            continue
        last = _run_end(scene, cover, at, names)
        if any(token in taken for token in range(at, last + 1)):
            last = next(token for token in range(at, last + 1) if token in taken) - 1
            if last < at:
                at += 1
                continue
        last = _with_place_surname(scene, cover, (at, last), names)
        span = _name_in(scene, cover, (at, last), names)
        if span is not None:
            span = _shared_title(scene, found, span)
            before, after = (near_state(scene, cover, t) if t is not None else None for t in (span.before, span.after))
            found.append(replace(span, before=before, after=after))
        at = last + 1
    found += _office_surnames(scene, cover, found)
    return tuple(sorted(found, key=lambda span: span.first))


def _office_surnames(scene: Scene, cover: Cover, found: list[NameSpan]) -> list[NameSpan]:
    """Lone surnames that are office words too, of people whose full name the text has: "Bishop said"."""
    surnames = {scene.low[span.last] for span in found if span.sure} & (OFFICE.keys() | RANK | _MONTH_NAMES)
    used = {token for span in found for token in range(span.begin, span.last + 1)}
    return [
        NameSpan(at, at, at, scene.text[at], None, None, False)
        for at in range(len(scene) if surnames else 0)
        if scene.low[at] in surnames
        and at not in used
        and scene.tag[at] == "NNP"
        and cover.at[at] < 0
        and (at + 1 == len(scene) or scene.pos[at + 1] not in ("PROPN", "NUM"))
        and (at == 0 or scene.pos[at - 1] not in ("DET", "PROPN", "ADJ"))
        and (scene.low[at] not in _MONTH_NAMES or scene.low[at - 1] not in ("in", "since", "until", "by", "of", "last"))
    ]


def _shared_title(scene: Scene, found: list[NameSpan], span: NameSpan) -> NameSpan:
    """An office in the plural goes on to the next name: "Presidents A and B", "Sens. A, B and C"."""
    if span.before is not None or not found:
        return span
    title = found[-1].before
    if (
        title is None
        or found[-1].begin == span.begin
        or not (title.noun in _MANY or scene.low[title.last].endswith("s"))
    ):
        return span
    if office_noun(scene, title.last) is None or scene.low[title.last] in ("mrs.", "ms."):
        return span
    between = scene.plain[scene.end[found[-1].last] : scene.start[span.first]]
    if not _LIST.fullmatch(between):
        return span
    return replace(span, before=replace(title, last=title.last), sure=True)


def _starts(scene: Scene, cover: Cover, at: int, names: GivenNames) -> bool:
    hit = cover.hit(at)
    if at > 1 and scene.text[at - 1] == "-" and scene.text[at - 2] in ("R", "D", "I"):
        return False
    if hit is None:
        verb = scene.pos[at] in ("VERB", "ADV", "INTJ") and scene.text[at] not in names.every
        return not verb and _name_word(scene, at, names)
    # "Foreign Minister Israel Katz": a country's name as a given name, between an office and a surname.
    return (
        hit.first == hit.last == at
        and hit.hit.use == "name"
        and hit.hit.entry.kind == "state"
        and at > 0
        and at + 1 < len(scene)
        and scene.text[at].isalpha()
        and scene.low[at - 1] in OFFICE
        and scene.text[at - 1][0].isupper()
        and cover.at[at + 1] < 0
        and _name_word(scene, at + 1, names)
        and scene.low[at + 1].rstrip(".") not in OFFICE
        and scene.low[at + 1] not in OFFICE_PART
    )


def _with_place_surname(scene: Scene, cover: Cover, run: tuple[int, int], names: GivenNames) -> int:
    """The end of a run with a country's or city's name as surname: "Michael Jordan", "Susan Washington"."""
    first, last = run
    at = last + 1
    if at >= len(scene) or not scene.space[last] or scene.text[last] not in names.every or scene.low[last] in OFFICE:
        return last
    hit = cover.hit(at)
    if (
        hit is None
        or hit.first != at
        or hit.last != at
        or hit.hit.entry.kind != "state"
        or not scene.text[at].isalpha()
    ):
        return last
    if (hit.hit.use == "demonym" and scene.tag[at] not in ("NNP", "NNPS")) or len(scene.text[at]) < 4:
        return last
    return at if first == last or scene.text[first] in names.every else last


def _name_in(scene: Scene, cover: Cover, run: tuple[int, int], names: GivenNames) -> NameSpan | None:
    """The person's name in a run of capitalised words, without the office words before it; None if there is none."""
    first, last = run
    start = _after_office(scene, first, last, names)
    if start is None:
        return None
    inner = _tail_split(scene, start, last, names)
    if (
        last - inner >= 3
        and scene.low[inner + 1] in KOREAN_SURNAMES
        and not family_first(scene.words(inner, last))
        and family_first(scene.words(inner + 1, last))
        and scene.text[inner] not in names.every
    ):
        # A stray capital before a name that is whole without it.
        inner += 1
    before = title_before(scene, cover, inner, names.every)
    if inner > start and before is None:
        inner, before = start, title_before(scene, cover, start, names.every)
    name = scene.words(inner, last)
    low_last = scene.low[last]
    if low_last in EVENT_HEAD or low_last in PLACE_HEAD or low_last in BODY or scene.low[inner] in NO_NAME:
        if before is None and scene.text[inner] not in names.every:
            return None
        if low_last in EVENT_HEAD | {"peninsula", "sea", "administration", "government"}:
            return None
    after = title_after(scene, cover, last) or _seat(scene, last)
    if before is None:
        before = _in_front(scene, cover, inner, last)
    elif after is None and before.state is None and before.last == inner - 1:
        # "the supreme leader, Ayatollah NAME"
        after = _in_front(scene, cover, before.first, last)
    # A single surname takes an office after it only when it follows at once and is a name at all.
    sure = (
        before is not None
        or after is not None
        or (scene.text[inner] in names.every and inner < last)
        or family_first(name)
    )
    if inner == last and not _may_stand_alone(scene, inner, before, after):
        return None
    if name.isupper() and len(name) > 3 and scene.text[inner].capitalize() not in names.every:
        return None
    if any(scene.low[t] in ("war", "ii", "iii") for t in range(inner + 1, last + 1)):
        return None
    if not sure and inner < last and not _plausible(scene, inner, last):
        return None
    begin = before.first if before is not None and before.last == inner - 1 else inner
    return NameSpan(begin, inner, last, _tidy(name), before, after, sure)


def _may_stand_alone(scene: Scene, at: int, before: Title | None, after: Title | None) -> bool:
    """Whether one capitalised word may be a surname: no abbreviation, no word of office or institution."""
    text, low = scene.text[at], scene.low[at]
    if low in OFFICE_PART or low in BODY or low in EVENT_HEAD or low in PLACE_HEAD or low in ("videos", "photos"):
        return False
    if before is None and text.isupper() and len(text) > 1:
        return False
    if before is not None or after is None:
        return True
    # "in Guam, site of ...", "of Tennessee, chairman of ..."
    return scene.tag[at] == "NNP" and (at == 0 or scene.pos[at - 1] not in ("ADP", "PROPN"))


def _tidy(name: str) -> str:
    return name.rstrip(".") if not name.endswith(("Jr.", "Sr.")) else name


def _after_office(scene: Scene, first: int, last: int, names: GivenNames) -> int | None:
    """First token after the office words that a run starts with; None if nothing but offices stands there."""
    start = first
    for token in range(first, last + 1):
        low = scene.low[token].rstrip(".")
        if low in RANK or low in OFFICE or office_noun(scene, token) is not None:
            if token == last and token > first and scene.text[token - 1] in names.every:
                # "Angus King", "Billy Prince": an office word as a surname.
                break
            start = token + 1
    if start > last:
        return None
    if scene.text[start] in ("-", "–"):
        start += 1
    return start if start <= last else None


def _tail_split(scene: Scene, first: int, last: int, names: GivenNames) -> int:
    """Where the name begins in "State Mike Pompeo" (of "Secretary of State ...") and "Foreign Affairs Wang Yi"."""
    if first == 0 or scene.low[first - 1] not in ("of", "for", "the", "and", "on") or last - first < 2:
        return first
    for token in range(first, last + 1):
        if scene.text[token] in names.every:
            return token
    for token in range(first, last):
        if family_first(scene.words(token, last)):
            return token
    return last - 1


def _seat(scene: Scene, last: int) -> Title | None:
    """A seat in the US Congress behind a name: "(R-Tenn.)", ", D-N.J.,"."""
    match = _SEAT.match(scene.plain, scene.end[last])
    if match is None:
        return None
    return Title(last, last, "", "sen", "LEG", "USA")


def _in_front(scene: Scene, cover: Cover, first: int, last: int) -> Title | None:
    """The office in apposition before a name: "the Iranian foreign minister, NAME,"."""
    if first < 2 or scene.text[first - 1] != ",":
        return None
    noun = first - 2
    if office_noun(scene, noun) is None:
        head = scene.head[last] if scene.dep[last] == "appos" else -1
        if head < 0 or head >= first or first - head > 12 or office_noun(scene, head) is None:
            return None
        noun = head
    if scene.tag[noun] in ("NNS", "NNPS"):
        return None
    title = phrase_title(scene, cover, scene.left_edge(noun))
    return title if title is not None and title.last < first else None


def _plausible(scene: Scene, first: int, last: int) -> bool:
    """Whether a run of two to four capitalised words with nothing beside it is likely a person."""
    if last - first > 5 or scene.low[first] in _TOWN_START:
        return False
    words = [t for t in range(first, last + 1) if scene.text[t] not in ("-", "–")]
    if len(words) > 4 or any(scene.tag[t] != "NNP" and scene.low[t] not in PARTICLE for t in words):
        return False
    if any(scene.text[t].isupper() and len(scene.text[t]) > 2 for t in words):
        return False
    head = scene.head[last]
    if scene.dep[last] in ("nsubj", "nsubjpass"):
        return scene.lemma[head] in SAYING or scene.pos[head] == "VERB"
    if scene.dep[last] == "pobj":
        return scene.low[head] in ("by", "with", "to", "from")
    return scene.dep[last] in ("appos", "conj", "poss", "dobj") and scene.low[last] not in OFFICE_PART

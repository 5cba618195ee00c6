"""Whether two names stand for one speaker: known parties by any of their names, people by every word.

The gold names a speaker as the article does where it stands ("KCNA", "Beijing", "The EU", "Mr. Moon"); a reading gives
the name in full ("Korean Central News Agency", "China"). Both are brought to one form here before they are compared:
names of the shipped world and cases become one token each, forms of address in front of a name go.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final

from summitry.casebook import PartyEntry, available_cases, load_case, load_world
from summitry.vocabulary import Actor

_STEM: Final = 5
"""Letters that two words must share to be the same: "ministry" and "ministries"."""
_SMALL: Final = frozenset("the of s a an and for in at on by".split())
_APART: Final = re.compile(r"(.+) \((.+)\)")
_ADDRESS: Final = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gen|Gov|Sir|Senator|Representative|Vice|President|Prime|Minister|Secretary|Chancellor"
    r"|Ambassador|General)\b\.?\s+)+(?=[A-Z]\w+)"
)
_GOVERNMENT: Final = frozenset("government administration regime leadership authorities side".split())


@functools.cache
def _known() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all names of known parties, and the token of each."""
    tokens: dict[str, str] = {}
    entries: list[PartyEntry] = list(load_world())
    for name in available_cases():
        entries += load_case(name).parties
    for entry in entries:
        own = entry.code if entry.kind == "state" else f"{entry.code}:{entry.name}"
        for words in (entry.name, *entry.names, *entry.metonyms, *entry.demonyms):
            tokens.setdefault(words.replace("’", "'"), f"@{own}")
    longest = sorted(tokens, key=lambda words: (-len(words), words))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)"), tokens


def words_of(name: str) -> frozenset[str]:
    """The words of a name that tell it from others; a known party's name is one token, "@" and its code."""
    pattern, tokens = _known()
    plain = _ADDRESS.sub("", name.replace("’", "'"))
    found = {tokens[match.group()] for match in pattern.finditer(plain)}
    rest = unicodedata.normalize("NFKD", pattern.sub(" ", plain)).encode("ascii", "ignore").decode().lower()
    return frozenset(found | (set(re.findall(r"[a-z0-9]+", rest)) - _SMALL))


def same_name(wanted: str, found: Actor) -> bool:
    """Whether all words of the wanted name stand in the found one.

    An institution's state may stand in its code instead. A state alone is itself or its government: none of its
    ministries, media or officials, who are named as such where they speak.
    """
    apart = _APART.fullmatch(wanted)
    if apart is not None:  # "both sides (Peru and Chile)": either says who it is
        return any(same_name(words, found) for words in apart.groups())
    want, have = words_of(wanted), words_of(found.name)
    state = f"@{found.state}" if found.state and found.kind != "person" else None
    if want and all(word.startswith("@") and ":" not in word for word in want):
        rest = {word for word in have if not word.startswith("@")}
        parties = {word for word in have if word.startswith("@")} or ({state} if state else set())
        return want == parties and rest <= _GOVERNMENT and found.kind != "person"
    if state:
        have |= {state}
    return bool(want) and all(
        word in have
        if word.startswith("@")
        else any(word[:_STEM] == other[:_STEM] for other in have if not other.startswith("@"))
        for word in want
    )

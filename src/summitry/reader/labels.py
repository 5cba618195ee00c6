"""Word classes, features and lemmas of tagged and parsed words: spaCy's own rules, each looked up once a word.

The attribute ruler tries some two hundred patterns at every token, and together with the lemmatizer costs as much as
the parser's own decisions. But all that the patterns ask of a token is its words, tag and dependency label, so what
they and the lemmatizer make of one is kept in a table. Only the few rules over two tokens ("let 's") are tried anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from spacy.attrs import IDS  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    # spaCy's stubs know neither what these hold nor how tokens are written.
    AttributeRuler = Any
    Lemmatizer = Any
    Token = Any

NAME: Final = "summitry_labels"
"""Name of the component in the pipeline."""

KEPT: Final = 50_000
"""Words kept in the table: the vocabulary of some thousand reports, in about 15 MB. A full one is begun anew."""

_KEY: Final[list[int | str]] = ["ORTH", "TAG", "DEP"]
_SET: Final[list[int | str]] = ["TAG", "POS", "LEMMA", "DEP"]
_RULED: Final = tuple(IDS[name] for name in ("TAG", "POS", "MORPH", "LEMMA", "DEP"))
_ASKED: Final = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})

_Key = tuple[int, int, int]
_Row = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Rule:
    """One pattern of the attribute ruler: what it asks of each token, and what it sets on the one at ``index``."""

    order: int
    tag: str | None  # the one tag the first token must have, where it is one
    words: frozenset[str] | None  # the words the first token may be, where they are listed
    asks: tuple[tuple[tuple[str, Callable[[Any], bool]], ...], ...]
    index: int
    sets: dict[int, int]

    def fits(self, tokens: Sequence[Token]) -> bool:
        return all(
            ask(_value(token, name)) for token, asks in zip(tokens, self.asks, strict=True) for name, ask in asks
        )

    def may_end(self, token: Token) -> bool:
        """Whether the word can be the last of the pattern, whatever its tag and label here."""
        return all(ask(token.lower_) for name, ask in self.asks[-1] if name == "LOWER")


class Labels:
    """Pipeline component that sets tag, pos, lemma and dep as the attribute ruler and the lemmatizer would.

    Its table holds a pure function of the token, so that it changes nothing but the time. Morphological features
    decide lemmas and are not kept: nothing reads them, and setting them is dear.

    Args:
        ruler, lemmatizer: the components to stand for.

    Raises:
        ValueError: a pattern asks for more than words, tags and dependency labels, or spans more than two tokens.
    """

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        rules = tuple(_rules(ruler))
        self._lemmatizer = lemmatizer
        # The index of known words comes as lists, in which every look-up walks tens of thousands of words.
        index = lemmatizer.lookups.get_table("lemma_index")
        for word_class in list(index):
            index[word_class] = frozenset(index[word_class])
        single = [rule for rule in rules if len(rule.asks) == 1]
        # Most rules are of listed words or of one tag, which spares trying the others.
        self._of_word: dict[str, list[_Rule]] = {}
        self._of_tag: dict[str | None, list[_Rule]] = {None: []}
        for rule in single:
            for word in rule.words or ():
                self._of_word.setdefault(word, []).append(rule)
            if rule.words is None:
                self._of_tag.setdefault(rule.tag, []).append(rule)
        self._pairs = tuple(rule for rule in rules if len(rule.asks) == 2)
        self._ending: dict[int, tuple[_Rule, ...]] = {}
        self._table: dict[_Key, _Row] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the labels of all tokens of a tagged and parsed ``doc``, in place."""
        if not len(doc):
            return doc
        keys: list[_Key] = list(map(tuple, doc.to_array(_KEY).tolist()))
        if len(self._table) > KEPT:
            self._table.clear()
            self._ending.clear()
        pairs = self._paired(doc, keys)
        rows: list[_Row] = []
        for i, key in enumerate(keys):
            if i in pairs:
                row = self._row(doc[i], pairs[i])
            else:
                found = self._table.get(key)
                if found is None:
                    found = self._table[key] = self._row(doc[i], ())
                row = found
            rows.append(row)
        labels: Any = np.array(rows, dtype=np.uint64)
        doc.from_array(_SET, labels)
        return doc

    def _row(self, token: Token, pairs: Iterable[_Rule]) -> _Row:
        """The labels of one token, found by trying all rules that may fit; pos and morph are set on the way."""
        single = chain(self._of_word.get(token.lower_, ()), self._of_tag.get(token.tag_, ()), self._of_tag[None])
        fitting = [rule for rule in single if rule.fits((token,))]
        values = dict(zip(_RULED, (token.tag, token.pos, token.morph.key, 0, token.dep), strict=True))
        for rule in sorted([*fitting, *pairs], key=lambda rule: rule.order):
            values |= rule.sets
        tag, pos, morph, lemma, dep = values.values()
        token.pos = pos
        token.set_morph(morph)
        if not lemma:
            lemma = token.vocab.strings.add(self._lemmatizer.lemmatize(token)[0])
        return tag, pos, lemma, dep

    def _paired(self, doc: Doc, keys: Sequence[_Key]) -> dict[int, list[_Rule]]:
        """The rules over two tokens that fit somewhere, by the token they set something on."""
        ending = self._ending
        found: dict[int, list[_Rule]] = {}
        for i in range(1, len(keys)):
            orth = keys[i][0]
            rules = ending.get(orth)
            if rules is None:
                rules = ending[orth] = tuple(rule for rule in self._pairs if rule.may_end(doc[i]))
            for rule in rules:
                if rule.fits((doc[i - 1], doc[i])):
                    found.setdefault(i - 1 + rule.index, []).append(rule)
        return found


def replace_labels(nlp: Language) -> None:
    """Let :class:`Labels` stand for the attribute ruler and the lemmatizer of a loaded pipeline."""
    if not nlp.has_factory(NAME):
        nlp.factory(NAME, func=_labels)
    nlp.add_pipe(NAME, after="parser")
    nlp.remove_pipe("attribute_ruler")
    nlp.remove_pipe("lemmatizer")


def _labels(nlp: Language, name: str) -> Labels:
    return Labels(nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer"))


def _rules(ruler: AttributeRuler) -> Iterator[_Rule]:
    for order, (entry, sets) in enumerate(zip(ruler.patterns, ruler.attrs, strict=True)):
        for pattern in entry["patterns"]:
            asked = {name for token in pattern for name in token}
            if not asked <= _ASKED or not 1 <= len(pattern) <= 2:
                raise ValueError(
                    f"attribute ruler pattern {pattern} cannot be looked up: at most two tokens and only "
                    f"{sorted(_ASKED)} are; load the pipeline without replace_labels"
                )
            tag = pattern[0].get("TAG")
            asks = tuple(tuple((name, _ask(value)) for name, value in token.items()) for token in pattern)
            tag = tag if isinstance(tag, str) else None
            yield _Rule(order, tag, _words(pattern[0].get("LOWER")), asks, entry["index"], sets)


def _words(asked: object) -> frozenset[str] | None:
    if isinstance(asked, str):
        return frozenset((asked,))
    return frozenset(asked["IN"]) if isinstance(asked, Mapping) and "IN" in asked else None


def _ask(asked: object) -> Callable[[Any], bool]:
    """The test a pattern puts to one attribute: a value, or IN, NOT_IN or REGEX of values."""
    if not isinstance(asked, Mapping):
        return lambda value: bool(value == asked)
    ((operator, operand),) = asked.items()
    if operator == "REGEX":
        search = re.compile(operand).search
        return lambda value: search(value) is not None
    if operator not in ("IN", "NOT_IN"):
        raise ValueError(f"attribute ruler operator {operator!r} cannot be looked up: IN, NOT_IN and REGEX can")
    members = frozenset(operand)
    return (lambda value: value in members) if operator == "IN" else (lambda value: value not in members)


def _value(token: Token, name: str) -> str | bool:
    value: str | bool = token.is_space if name == "IS_SPACE" else getattr(token, name.lower() + "_")
    return value

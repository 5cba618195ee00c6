"""Features of the two linear models: which token is a cue, and what belongs to a cue.

A whole article's features are a handful of array operations; see :mod:`summitry.reader.statements.hashing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summitry.reader.statements.hashing import ABSENT, BITS, HALF, MIX, Features, Templates, code, shifted
from summitry.reader.statements.view import Codes, Ints, View

__all__ = ["BITS", "Features", "Surroundings", "cue_features", "pairs_of", "span_features", "surroundings"]

_OBJECTS: Final = frozenset(["dobj", "attr", "oprd"])
_CLAUSES: Final = frozenset(["ccomp", "xcomp", "advcl", "acl"])
_SUBJECTS: Final = frozenset(["nsubj", "nsubjpass", "csubj"])
# Distances in tokens; farther than the last they say the same.
_STEPS: Final = np.array([-40, -20, -12, -8, -5, -3, -2, -1, 0, 1, 2, 3, 4, 6, 9, 13, 21, 41])


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """What the tokens' dependants and quotation marks say, one entry a token."""

    subject: Ints
    obj: Ints
    clause: Ints
    preposition: Ints
    flags: Ints
    in_quote: Ints
    near_quote: Ints
    segment_quoted: Ints
    opening: Ints
    closing: Ints
    stops: Ints


def surroundings(view: View) -> Surroundings:
    """Find them, in one pass over the tokens."""
    size = len(view.words)
    subject = np.full(size, -1, dtype=np.int64)
    obj = subject.copy()
    clause = subject.copy()
    preposition = subject.copy()
    flags = np.zeros(size, dtype=np.int64)
    deps = view.deps
    for token, children in enumerate(view.children):
        flag = 0
        for child in children:
            dep = deps[child]
            if dep in _SUBJECTS:
                subject[token] = child
                flag |= 1 if dep == "nsubjpass" else 0
            elif dep in _OBJECTS:
                obj[token] = child
            elif dep in _CLAUSES:
                if clause[token] < 0 or dep == "ccomp":
                    clause[token] = child
            elif dep == "prep":
                if preposition[token] < 0:
                    preposition[token] = child
            elif dep == "neg":
                flag |= 2
            elif dep == "aux":
                flag |= 4
            elif dep == "agent":
                flag |= 8
            elif dep == "mark":
                flag |= 16
            elif dep == "dative":
                flag |= 32
            elif dep == "poss":
                flag |= 64
        flags[token] = flag
    quote = view.quote
    quoted = quote >= 0
    before = np.concatenate([[-1], quote[:-1]]) if size else quote
    after = np.concatenate([quote[1:], [-1]]) if size else quote
    opening = (quoted & (quote != before)).astype(np.int64)
    closing = (quoted & (quote != after)).astype(np.int64)
    near = np.zeros(size, dtype=np.int64)
    for step in range(1, 5):
        for sign, bit in ((step, 1), (-step, 2)):
            other = shifted(code(quoted), sign, view.segment) == code(np.array([1]))
            near |= np.where(other & ~quoted & (near & bit == 0), bit | (step << (2 * bit)), 0)
    segment_quoted = np.zeros(len(view.bounds), dtype=np.int64)
    np.maximum.at(segment_quoted, view.segment, quoted.astype(np.int64))
    stop = np.array([word in _STOPS for word in view.words], dtype=np.int64)
    return Surroundings(
        subject,
        obj,
        clause,
        preposition,
        flags,
        quoted.astype(np.int64),
        near,
        segment_quoted[view.segment],
        opening,
        closing,
        np.cumsum(stop),
    )


_STOPS: Final = frozenset([",", ";", ":", "--", "—", "–", "-", "(", ")", '"', "'", "''", "``", "..."])


def _at(values: Codes, index: Ints) -> Codes:
    """``values[index]`` with "absent" where the index is -1."""
    if not len(values):
        return values
    return np.where(index < 0, ABSENT, values[index])


def cue_features(view: View, around: Surroundings) -> Features:
    """Features of every token as a possible cue, one row a token."""
    rows = Templates()
    add = rows.add
    low, lem, tag, dep, seg = view.lower, view.lemma, view.tag, view.dep, view.segment
    head_lemma, head_tag, head_dep = lem[view.heads], tag[view.heads], dep[view.heads]
    prev, following = shifted(low, -1, seg), shifted(low, 1, seg)
    prev_tag, next_tag = shifted(tag, -1, seg), shifted(tag, 1, seg)
    next2, prev2 = shifted(low, 2, seg), shifted(low, -2, seg)
    subject_tag, subject_lemma = _at(tag, around.subject), _at(lem, around.subject)
    object_tag, object_lemma = _at(tag, around.obj), _at(lem, around.obj)
    clause_dep, clause_tag = _at(dep, around.clause), _at(tag, around.clause)
    prep = _at(lem, around.preposition)
    flags, inside, near = code(around.flags), code(around.in_quote), code(around.near_quote)
    side = code(np.sign(view.heads - np.arange(len(low))))
    add(np.full(len(low), ABSENT))
    add(low)
    add(lem)
    add(lem, tag)
    add(lem, dep)
    add(tag, dep)
    add(prev)
    add(following)
    add(prev2)
    add(next2)
    add(prev_tag, tag)
    add(next_tag, tag)
    add(prev_tag, tag, next_tag)
    add(prev, lem)
    add(following, lem)
    add(lem, following, next2)
    add(lem, prev, prev2)
    add(head_lemma, dep)
    add(head_lemma, tag)
    add(head_tag, dep, tag)
    add(head_dep, dep, tag)
    add(lem, head_lemma)
    add(lem, subject_tag)
    add(subject_lemma, tag)
    add(subject_tag, tag, dep)
    add(lem, object_tag)
    add(lem, object_lemma)
    add(object_tag, tag)
    add(lem, clause_dep)
    add(clause_dep, clause_tag, tag)
    add(lem, clause_tag, clause_dep)
    add(lem, prep)
    add(prep, tag)
    add(lem, flags)
    add(flags, tag)
    add(inside, tag)
    add(lem, inside)
    add(near, tag)
    add(lem, near)
    add(near, lem, subject_tag)
    add(code(around.segment_quoted), lem)
    add(subject_tag, clause_dep, object_tag)
    add(subject_lemma, clause_dep)
    add(side, dep, tag)
    add(view.shape, tag)
    return rows.rows()


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Every (cue, token) pair of a document, the cues' segments one after another."""

    cue: Ints
    """Index of the pair's cue in the list of cues."""
    token: Ints
    offsets: Ints
    """Pairs of cue ``k`` stand at ``offsets[k]:offsets[k + 1]``."""


def pairs_of(view: View, cues: Ints) -> Pairs:
    """The pairs: each cue with every token of its segment."""
    first = view.bounds[view.segment[cues]]
    last = view.bounds[view.segment[cues] + 1]
    sizes = last - first
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    cue = np.repeat(np.arange(len(cues)), sizes)
    token = np.arange(offsets[-1]) - np.repeat(offsets[:-1] - first, sizes)
    return Pairs(cue, token, offsets)


@dataclass(frozen=True, slots=True, eq=False)
class _Paths:
    """How each pair's token hangs on its cue."""

    joined: Ints
    """Steps up from the cue to where the token's branch joins: 0 under the cue itself, 9 in another tree."""
    top: Ints
    """The token at the top of the branch (the token itself on the cue's own line of heads)."""
    second: Ints
    depth: Ints
    trail: Codes


_DEEPEST: Final = 10  # steps a branch is followed up; deeper tokens share one code
_CHAIN: Final = 8  # heads above the cue that are told apart


def _paths(view: View, cues: Ints, pairs: Pairs) -> _Paths:
    """Follow every token up until it meets the line from its cue to the root."""
    size = len(pairs.token)
    base = pairs.offsets[:-1] - view.bounds[view.segment[cues]]
    place = base[pairs.cue] + pairs.token
    assert size == 0 or (place == np.arange(size)).all()
    on_line = np.full(size, -1, dtype=np.int64)
    current = cues.copy()
    for step in range(_CHAIN):
        same = view.segment[current] == view.segment[cues]
        spot = base + current
        fresh = same & (on_line[np.where(same, spot, 0)] < 0)
        on_line[spot[fresh]] = step
        current = view.heads[current]
    shift = base[pairs.cue]
    first_segment = view.segment[cues][pairs.cue]
    token = pairs.token.copy()
    top = pairs.token.copy()
    second = pairs.token.copy()
    depth = np.zeros(size, dtype=np.int64)
    trail = np.zeros(size, dtype=np.uint64)
    joined = on_line[shift + token] if size else on_line
    open_ = joined < 0
    for _ in range(_DEEPEST):
        if not open_.any():
            break
        trail[open_] = (trail[open_] ^ (trail[open_] >> HALF)) * MIX[0] + view.dep[token[open_]]
        second[open_] = top[open_]
        top[open_] = token[open_]
        depth[open_] += 1
        up = view.heads[token]
        inside = view.segment[up] == first_segment
        moving = open_ & inside & (up != token)
        token = np.where(moving, up, token)
        joined = np.where(moving, on_line[shift + token], joined)
        open_ = moving & (joined < 0)
    joined = np.where(joined < 0, 9, joined)
    return _Paths(joined, top, second, depth, trail)


def _bucket(distance: Ints) -> Codes:
    return code(np.searchsorted(_STEPS, distance, side="right"))


def span_features(view: View, around: Surroundings, cues: Ints, pairs: Pairs, cueness: NDArray[np.float64]) -> Features:
    """Features of every (cue, token) pair, one row a pair.

    ``cueness`` is the first model's probability that each token of the document is a cue.
    """
    rows = Templates()
    add = rows.add
    size = len(pairs.token)
    token, cue = pairs.token, cues[pairs.cue]
    owner = pairs.cue
    path = _paths(view, cues, pairs)
    low, lem, tag, dep = view.lower, view.lemma, view.tag, view.dep
    seg = view.segment
    word, this_tag, this_dep = low[token], tag[token], dep[token]
    prev, following = shifted(low, -1, seg)[token], shifted(low, 1, seg)[token]
    prev_tag, next_tag = shifted(tag, -1, seg)[token], shifted(tag, 1, seg)[token]
    next2_tag = shifted(tag, 2, seg)[token]
    cue_lemma, cue_tag, cue_dep = lem[cue], tag[cue], dep[cue]
    distance = token - cue
    side = code(np.sign(distance))
    apart = _bucket(distance)
    joined = code(path.joined)
    branch = np.where(path.joined == 0, dep[path.top], dep[path.top] * MIX[1] + joined)
    branch = np.where(distance == 0, ABSENT, branch)
    branch_tag = tag[path.top]
    inner = dep[path.second]
    depth = code(np.minimum(path.depth, 5))
    trail = path.trail * MIX[2] + joined
    prev_trail, next_trail = shifted(trail, -1, owner), shifted(trail, 1, owner)
    prev_branch, next_branch = shifted(branch, -1, owner), shifted(branch, 1, owner)
    top_code = path.top.astype(np.uint64)
    same_before = code(shifted(top_code, -1, owner) == top_code)
    same_after = code(shifted(top_code, 1, owner) == top_code)
    edge = code((token == view.left[path.top]) * 2 + (token == view.right[path.top] - 1))
    second_edge = code((token == view.left[path.second]) * 2 + (token == view.right[path.second] - 1))
    quote, cue_quote = view.quote[token], view.quote[cue]
    quoting = code(
        around.in_quote[token] * 8
        + around.in_quote[cue] * 4
        + ((quote == cue_quote) & (quote >= 0)) * 2
        + around.segment_quoted[token]
    )
    marks = code(around.opening[token] * 2 + around.closing[token])
    before_marks, after_marks = shifted(marks, -1, owner), shifted(marks, 1, owner)
    stops = code(np.clip(around.stops[token] - around.stops[cue], -4, 4))
    is_cue = cueness > 0.4
    counted = np.concatenate([[0], np.cumsum(is_cue)])
    low_end, high_end = np.minimum(token, cue), np.maximum(token, cue)
    between = np.where(distance == 0, 0, counted[high_end] - counted[np.minimum(low_end + 1, high_end)])
    others = code(np.minimum(between, 3) * 2 + is_cue[token])
    # The nearest quotation of the cue: on its left, on its right, around it, none.
    cue_near = code(around.near_quote[cue])
    cue_clause = _at(dep, around.clause[cue])
    clause_side = code(np.where(around.clause[cue] < 0, 2, np.sign(around.clause[cue] - cue)))
    has_subject = code((around.subject[cue] >= 0) * 2 + (around.obj[cue] >= 0))
    first = code(token == view.bounds[seg[token]])
    bias = np.full(size, ABSENT)
    prev_word_tag = shifted(this_tag, -1, owner)
    for single in (
        bias, word, this_tag, this_dep, prev, following, apart, branch, trail, quoting, stops, others, edge, marks,
    ):  # fmt: skip
        add(single)
    add(branch, cue_lemma)
    add(branch, cue_tag, cue_dep)
    add(branch, branch_tag, cue_tag)
    add(branch, depth, side)
    add(branch, inner, cue_tag)
    add(branch, this_tag, depth)
    add(trail, cue_lemma)
    add(trail, cue_tag)
    add(trail, this_tag)
    add(trail, next_trail)
    add(trail, prev_trail)
    add(trail, quoting)
    add(branch, next_branch, next_tag)
    add(branch, prev_branch, prev_tag)
    add(branch, same_before, prev)
    add(branch, same_after, following)
    add(branch, edge, this_tag)
    add(branch, second_edge, inner)
    add(branch, clause_side, cue_clause)
    add(branch, has_subject, cue_tag)
    add(branch, word)
    add(branch, stops)
    add(branch, others)
    add(quoting, side, cue_near)
    add(quoting, marks, side)
    add(quoting, stops, side)
    add(marks, this_tag, prev_tag)
    add(before_marks, this_tag, side)
    add(after_marks, this_tag, side)
    add(quoting, before_marks, prev_word_tag)
    add(apart, cue_lemma)
    add(apart, this_tag, cue_tag)
    add(apart, word)
    add(apart, cue_near)
    add(stops, side, cue_lemma)
    add(stops, this_tag, next_tag)
    add(prev_tag, this_tag, next_tag)
    add(this_tag, next_tag, next2_tag)
    add(prev, word)
    add(word, following)
    add(clause_side, side, stops)
    add(clause_side, side, has_subject)
    add(others, stops, side)
    add(first, side, clause_side)
    add(word, cue_lemma)
    return rows.rows()

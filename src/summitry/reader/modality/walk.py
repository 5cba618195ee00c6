"""From an act's word up the parse to the sentence's root: every operator on the way, combined into one judgement.

1. Local: what stands on the word itself: negation, modal, hearsay adverb, condition, question, tense.
2. Up: what governs it, by the governor's class (:mod:`~summitry.reader.modality.cues`), once that is judged itself.
3. The two are combined: a negation under a plan is a refusal, a modal under a threat a threat, and so on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from summitry.reader.modality.cues import (
    FROM_VERBS,
    GOVERNORS,
    INSTRUMENTS,
    OPEN_CLAUSES,
    PHRASES,
    PREPOSITIONS,
    UNDOING,
    UNNAMED,
)
from summitry.reader.modality.local import PLAIN, SUBJECTS, Verdict, auxiliaries_of, known, local
from summitry.reader.plover import quad_of
from summitry.reader.triggers import match_trigger

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEPTH: Final = 8
"""Levels of embedding that are followed; news sentences have four at most."""

_FINITE: Final = frozenset(("VBD", "VBZ", "VBP"))
_CHOOSING: Final = frozenset("choose opt elect".split())
_GOING: Final = frozenset("travel trip fly come arrive return rush visit gather journey drive land hurry".split())
_MEETING: Final = frozenset("meet call phone telephone write".split())
_OPEN_TO: Final = frozenset("problem trouble difficulty objection qualm interest".split())
_VOWS: Final = frozenset("vow swear pledge promise".split())
_GLAD: Final = frozenset(("happy", "glad"))
_OCCASIONS: Final = frozenset("letter statement call speech meeting summit briefing interview visit trip".split())
_UNSURE: Final = frozenset(("planned", "hypothetical", "threatened"))
_PLEONASTIC: Final = frozenset("it he she they we i".split())


def _subject(token: Token) -> Token | None:
    """The subject of a verb; of a conjunct, that of the first conjunct; of an infinitive, that of what governs it."""
    for child in token.children:
        if child.dep_ in SUBJECTS or child.dep_ == "agent":
            return child
    if token.dep_ in ("conj", "xcomp") and token.head.i != token.i:
        return _subject(token.head)
    return None


def _same_doer(governor: Token, token: Token) -> bool:
    """Whether the embedded act is the governor's own: no subject, a pronoun, or the same words."""
    inner = next((child for child in token.children if child.dep_ in SUBJECTS), None)
    if inner is None or inner.lower_ in _PLEONASTIC or inner.dep_ == "nsubjpass":
        return True
    outer = _subject(governor)
    return outer is not None and outer.lemma_ == inner.lemma_


# What a finite past clause behind these tells is a fact, whatever its main clause is: "to set foot there when he met".
_TOLD = frozenset({"when", "after", "while", "as", "since", "because"})


def _governor(token: Token) -> tuple[Token, str] | None:
    """What governs the token and how: ``clause``, ``object``, ``subject``, ``noun``, ``same``, or ``prep:<word>``."""
    head, dep = token.head, token.dep_
    if head.i == token.i:
        return None
    if dep in ("xcomp", "ccomp", "acl", "csubj", "csubjpass", "acomp", "oprd", "advcl", "relcl", "attr"):
        if dep == "acl" and token.tag_ in ("VBN", "VBG"):
            # "the sanctions imposed in May"; but "no problem speaking to him"
            return (head, "clause") if head.lemma_ in _OPEN_TO else None
        if dep == "relcl":
            return None
        if dep == "advcl" and token.tag_ == "VBD" and any(c.lower_ in _TOLD for c in token.children):
            return None
        if dep == "advcl":
            return (head, "purpose") if any(c.lower_ == "to" for c in auxiliaries_of(token)) else (head, "adverbial")
        return head, "clause"
    if dep in ("dobj", "nsubjpass", "dative", "appos"):
        return head, "object" if dep != "appos" else "same"
    if dep == "nsubj":
        return head, "subject"
    if dep in ("compound", "amod", "nmod", "poss") and head.pos_ in ("NOUN", "PROPN"):
        return head, "noun"
    if dep == "conj":
        return head, "same"
    if dep in ("pobj", "pcomp"):
        above = head
        words = [above.lower_]
        while above.dep_ == "prep" and above.head.dep_ == "prep":
            above = above.head
            words.append(above.lower_)
        if above.head.i == above.i:
            return None
        return above.head, "prep:" + words[-1]
    return None


def judge(token: Token, depth: int = 0) -> Verdict:
    """The verdict on a token, with everything above it."""
    own = local(token)
    if depth >= _DEPTH:
        return own
    return _combine(own, _above(token, depth), token)


def _above(token: Token, depth: int) -> Verdict:
    """What the governor makes of the token."""
    found = _governor(token) if depth < _DEPTH else None
    if found is None:
        if token.dep_ == "ROOT" and _asked(token):
            return Verdict("hypothetical", token.sent[-1], "question", ("question",))
        return PLAIN
    governor, way = found
    if way == "same":
        return _conjunct(token, governor, depth)
    above = judge(governor, depth + 1)
    if way.startswith("prep:"):
        return _through_preposition(token, governor, way[5:], above)
    if way in ("purpose", "clause") and _came_to(governor, token):
        return _step(above, above, "came to")
    if way == "purpose":
        return _step(Verdict("hypothetical", token, "purpose"), above, "purpose")
    if way == "adverbial" and _told(token):
        return _quiet(above)
    if way in ("adverbial", "noun"):
        return above if above.modality in ("planned", "hypothetical", "threatened") else _quiet(above)
    if way == "subject":
        return _of_subject(token, governor, above)
    if way == "clause" and governor.lemma_ == "be":
        return _of_copula(token, governor, above)
    return _by_class(token, governor, above, way)


def _came_to(governor: Token, token: Token) -> bool:
    """ "flew to the capital to meet the minister": a meeting one has gone to is taken as held."""
    if governor.lemma_.lower() not in _GOING | _MEETING or not any(c.lower_ == "to" for c in auxiliaries_of(token)):
        return False
    match = match_trigger(token)
    if governor.lemma_.lower() in _MEETING:
        return match is not None and match.entry.type == "REQUEST"  # "met the minister to urge him"
    return match is not None and match.entry.type == "CONSULT"


def _told(token: Token) -> bool:
    """Whether an adverbial clause is told as fact: finite, and not of a kind that may be still to come."""
    finite = token.tag_ in _FINITE or any(child.tag_ in _FINITE for child in auxiliaries_of(token))
    return finite and not any(
        child.dep_ in ("mark", "advmod") and child.lower_ in OPEN_CLAUSES for child in token.children
    )


def _asked(root: Token) -> bool:
    """Whether the sentence ends with a question mark."""
    last = root.sent[-1]
    for _ in range(3):
        if last.text == "?":
            return True
        if last.is_space or last.text in ('"', "'", ")"):
            if last.i == root.sent.start:
                return False
            last = last.nbor(-1)
    return False


def _step(verdict: Verdict, above: Verdict, name: str) -> Verdict:
    """A verdict with its step put before the steps above."""
    return replace(verdict, steps=(name, *above.steps), reporter=verdict.reporter or above.reporter)


def _quiet(above: Verdict) -> Verdict:
    """A governor's verdict that does not reach down: presupposed, or said of the governor only."""
    return Verdict("happened", None, "plain", above.steps, above.reporter)


def _conjunct(token: Token, first: Token, depth: int) -> Verdict:
    """A conjunct shares what governs the first one, and its auxiliaries unless it has its own."""
    if token.tag_ in _FINITE:
        while first.tag_ not in _FINITE and first.pos_ in ("VERB", "AUX") and first.head.i != first.i:
            first = first.head  # a finite verb is no conjunct of an infinitive: the parser hung it too low
    has_own = any(True for _ in auxiliaries_of(token)) or any(child.dep_ in SUBJECTS for child in token.children)
    if token.pos_ in ("NOUN", "PROPN"):
        has_own = False
    if has_own or token.tag_ in _FINITE:
        if first.dep_ in ("ccomp", "xcomp", "conj", "advcl", "pcomp"):
            return _above(first, depth + 1)
        return PLAIN
    above = judge(first, depth + 1)
    if above.rule == "negation" and not any(c.lower_ in ("or", "nor") for c in first.children if c.dep_ == "cc"):
        return _quiet(above)
    return _step(above, above, "conj")


def _through_preposition(token: Token, governor: Token, word: str, above: Verdict) -> Verdict:
    """An act that a preposition brings in."""
    if word == "from" and governor.lemma_.lower() in FROM_VERBS:
        return _by_name("excludes", token, governor, above)
    kind = PREPOSITIONS.get(word)
    if kind == "hypothetical" and word == "against":
        kind = "threatened" if governor.lemma_ == "warn" else None
        if kind:
            return _step(Verdict("hypothetical", governor, "warned against"), above, "against")
    if kind == "planned" and above.modality == "happened":
        past = governor.tag_ in ("VBD", "VBN") and (token.tag_ == "VBG" or word == "before")
        return _quiet(above) if past else _step(Verdict("planned", token.head, "ahead"), above, f"prep:{word}")
    if kind in ("negated", "hypothetical"):
        if word == "than" and "rather" not in {t.lower_ for t in token.doc[max(0, token.i - 4) : token.i]}:
            return _quiet(above)
        return _step(Verdict(known(kind), token.head, "preposition"), above, f"prep:{word}")
    if word in ("into", "at", "inside") and _definite(token):
        kind = "happened"  # "were allowed into the meeting"
    if word in ("in", "at", "during") and token.lemma_ in _OCCASIONS and above.modality not in _UNSURE:
        kind = "happened"  # "pledged in a letter", "vowed at the summit": where it was said
    if kind == "happened":
        later = above.modality in _UNSURE and word in ("after", "following", "during")
        if token.tag_ == "VBG" and above.modality == "hypothetical":
            later = False  # "after attacking two ships it can lie low": done, whatever may follow
        return above if later else _quiet(above)
    lemma = governor.lemma_.lower()
    if lemma in GOVERNORS:
        return _by_class(token, governor, above, "prep")
    if above.modality in ("planned", "hypothetical", "threatened", "alleged") and not _thing(token):
        return above
    return _quiet(above)


def _of_subject(token: Token, governor: Token, above: Verdict) -> Verdict:
    """An act that is the subject: "talks will resume" is judged by its verb, "talks failed" took place."""
    if governor.pos_ not in ("VERB", "AUX"):
        return _quiet(above)
    lemma = governor.lemma_.lower()
    if lemma in (
        "take",
        "occur",
        "happen",
        "begin",
        "start",
        "resume",
        "continue",
        "proceed",
        "restart",
        "follow",
        "come",
        "go",
    ):
        return above
    if above.modality in ("planned", "hypothetical", "threatened") and above.rule != "condition" and not _thing(token):
        return above
    return _quiet(above)


def _of_copula(token: Token, governor: Token, above: Verdict) -> Verdict:
    """Complements of "be": "is to visit" is a plan; the rest shares the copula's fate."""
    if any(child.lower_ == "to" for child in auxiliaries_of(token)):
        return _step(Verdict("planned", governor, "be to"), above, "be to")
    return above


def _by_class(token: Token, governor: Token, above: Verdict, way: str) -> Verdict:
    """A complement judged by its governor's class."""
    lemma = governor.lemma_.lower()
    name = GOVERNORS.get(lemma) or GOVERNORS.get(governor.lower_)
    if governor.lower_ in ("going", "set", "due", "ready", "prepared", "expected", "scheduled") and way == "clause":
        name = "plans"
    for child in governor.children:
        name = PHRASES.get((lemma, child.lower_), name) if child.dep_ in ("prt", "advmod", "prep") else name
    if lemma == "have" and way == "clause" and any(c.lower_ == "yet" for c in (*governor.children, *token.children)):
        return _step(Verdict("negated", governor, "yet to"), above, "yet to")
    if lemma == "call" and name == "supposes" and way in ("object", "clause"):
        name = None  # "called the deal a mistake"; the asking "call" governs by "for" or "on"
    if name not in ("implies", "excludes", "denies") and _thing(token):
        return _quiet(above)
    if name is None:
        if way == "clause" and any(child.lower_ == "to" for child in auxiliaries_of(token)):
            return _step(Verdict("hypothetical", governor, "infinitive"), above, "to")
        if way == "object" and _definite(token):
            return _quiet(above)
        return above if above.modality != "negated" else _quiet(above)
    return _by_name(name, token, governor, above, way)


def _hostile(token: Token) -> bool:
    """Whether the token names an act of material conflict: to vow it is to threaten it."""
    match = match_trigger(token)
    return match is not None and quad_of(match.entry.type) == 4


def _thing(token: Token) -> bool:
    """Whether a noun stands for what an earlier act left behind ("the treaty"), and not for the act."""
    return token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in INSTRUMENTS and _definite(token)


def _definite(token: Token) -> bool:
    """Whether a noun is taken as known: "will leave the treaty" does not make the treaty a plan."""
    return any(
        child.dep_ == "poss" or (child.dep_ == "det" and child.lower_ in ("the", "this", "these", "that", "those"))
        for child in token.children
    )


def _by_name(name: str, token: Token, governor: Token, above: Verdict, way: str = "clause") -> Verdict:
    """The signature of a class, the governor itself judged as ``above``."""
    lemma = governor.lemma_.lower()
    step = f"{name}:{lemma}"
    negated = above.modality == "negated"
    unsure = above.modality in ("planned", "hypothetical", "threatened")
    reporter = _subject(governor) if governor.pos_ in ("VERB", "AUX") else None
    if name == "implies":
        verdict = above
    elif name == "joins":
        verdict = above if unsure else _quiet(above)
    elif name == "excludes":
        verdict = (
            Verdict("hypothetical", governor.head, "ban undone")
            if governor.pos_ == "NOUN" and governor.head.lemma_ in UNDOING
            else Verdict("happened", governor, "double negation")
            if negated
            else Verdict("hypothetical", governor, "excludes")
            if above.modality == "hypothetical"
            else Verdict("negated", governor, "excludes")
        )
    elif name == "presupposes":
        ready = governor.pos_ == "ADJ" and lemma in _GLAD and token.tag_ == "VB"
        ready = ready and not any(c.lower_ == "have" for c in auxiliaries_of(token))
        verdict = Verdict("hypothetical", governor, "glad to") if ready else Verdict("happened", None, "plain")
    elif name == "reports":
        if way != "clause":
            verdict = Verdict("happened", None, "plain")
        elif any(child.lower_ == "to" for child in auxiliaries_of(token)):
            verdict = Verdict("hypothetical", governor, "told to")
        elif negated or (above.modality == "hypothetical" and above.rule == "condition"):
            verdict = Verdict("hypothetical", governor, "not said")
        elif reporter is not None and reporter.lower_ in UNNAMED:
            verdict = Verdict("alleged", governor, "hearsay")
        else:
            verdict = Verdict("happened", None, "plain")
        verdict = replace(verdict, reporter=reporter)
    elif name == "alleges":
        verdict = Verdict("hypothetical", governor, "not claimed") if negated else Verdict("alleged", governor, "claim")
        verdict = replace(verdict, reporter=reporter)
    elif name == "denies":
        verdict = Verdict("alleged" if negated else "negated", governor, "denial", reporter=reporter)
    elif name == "plans" and lemma in _CHOOSING and governor.tag_ in ("VBD", "VBN") and not unsure and not negated:
        verdict = above  # "chose to launch"
    elif name == "plans":
        verdict = (
            Verdict("negated", governor, "no plan")
            if negated
            else Verdict("hypothetical", above.cue or governor, above.rule)
            if unsure and above.modality != "planned"
            else Verdict("threatened", governor, "vow")
            if lemma in _VOWS and _hostile(token)
            else Verdict("planned", governor, "plan")
        )
    elif name == "threatens":
        mine = way != "clause" or _same_doer(governor, token)
        verdict = (
            Verdict("threatened", governor, "threat")
            if mine and not negated
            else Verdict("hypothetical", governor, "warning")
        )
        verdict = replace(verdict, reporter=reporter)
    else:
        verdict = Verdict("hypothetical", governor, "wish or request")
    return _step(verdict, above, step)


def _combine(own: Verdict, above: Verdict, token: Token) -> Verdict:
    """What stands on the word under what stands above it."""
    steps = own.steps + above.steps
    winner = own
    if own.modality == "happened":
        winner = above
    elif above.modality in ("happened", "alleged", "planned") or own.rule == "condition" or own.cue == above.cue:
        winner = own
    elif above.modality == "threatened":
        winner = own if own.rule == "negation" or own.modality == "negated" else above
    elif above.modality == "negated":
        winner = replace(own, modality="alleged", rule="double negation") if own.modality == "negated" else above
    elif above.modality == "hypothetical":
        winner = above if own.modality in ("planned", "alleged", "negated") else own
    if winner is own and own.modality == "hypothetical" and _would_be_plan(own, above):
        winner = replace(own, modality="planned", rule="future in the past")
    return replace(winner, steps=steps, reporter=own.reporter or above.reporter)


def _would_be_plan(own: Verdict, above: Verdict) -> bool:
    """ "said it would": a future told in the past."""
    return (
        own.rule == "modal"
        and own.cue is not None
        and own.cue.lower_ in ("would", "'d")
        and bool(above.steps)
        and above.steps[0].split(":")[0] in ("reports", "plans", "alleges", "presupposes")
        and above.modality in ("happened", "planned", "alleged")
    )

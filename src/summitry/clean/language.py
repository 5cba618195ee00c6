"""Which language a text is in, cheaply: the script first, then the share of each language's commonest words."""

from __future__ import annotations

import re

# A line of running text holds 40-60% of these words in its own language and under 10% of another's.
_COMMON: dict[str, frozenset[str]] = {
    "en": frozenset(
        """the of to and in a that is was for on it with as his he be at by had not are but from have this they
        which or were an their has been  will would who said we its if she her you there more after over
        about than into could all also""".split()
    ),
    "fr": frozenset(
        """le la les de des du et en un une que qui dans pour sur est au par pas plus avec ne ce se il sont aux
        été d'un""".split()
    ),
    "de": frozenset(
        """der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden
        aus er hat dass sie nach""".split()
    ),
    "es": frozenset(
        """de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este
        fue ha""".split()
    ),
    "it": frozenset(
        """di e il la che in a per un è del non i una con le si da al dei della nel alla sono più ha anche""".split()
    ),
    "pt": frozenset(
        """de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das à
        seu""".split()
    ),
    "nl": frozenset(
        """de van het een en in is dat op te zijn met voor niet aan er om ook als maar door bij nog uit naar
        dan heeft""".split()
    ),
    "sv": frozenset(
        """och i att det som en på är av för med den till inte har de ett om han men var sig från vi så""".split()
    ),
    "pl": frozenset(
        """w i na z do nie się że to jest o po od przez za jak oraz dla jego był ale są przy może które który""".split()
    ),
    "tr": frozenset(
        """ve bir bu da de için ile olarak olan çok daha gibi sonra kadar en ne ki değil olduğu var ise ancak
        her""".split()
    ),
    "id": frozenset(
        """yang dan di dari untuk dengan pada ini itu tidak akan dalam ke oleh juga adalah telah kata mereka
        karena bahwa""".split()
    ),
    "vi": frozenset(
        """và của là có trong được cho không với các một những người này đã khi về tại đến ông từ sẽ""".split()
    ),
    "ro": frozenset(
        """de și în a la cu pe din că o nu este un pentru care mai au fost sa să se ce al dar""".split()
    ),
    "cs": frozenset(
        """a v se na je že s z o to i do ve pro jsou za by jako podle by ale po byl který jeho""".split()
    ),
    "hu": frozenset(
        """a az és hogy nem is egy ez volt meg azt már csak de még mint van el kell vagy""".split()
    ),
}  # fmt: skip
COMMON_ENGLISH = _COMMON["en"]
_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("ja", "[ぁ-ヺ]"), ("ko", "[가-힣]"), ("zh", "[一-鿿]"), ("ru", "[а-яё]"), ("ar", "[ء-يٱ-ۿ]"), ("he", "[א-ת]"),
    ("hi", "[ऀ-ॿ]"), ("th", "[ก-๛]"), ("el", "[α-ωά-ώ]"), ("ka", "[ა-ჰ]"), ("hy", "[ա-և]"),
    ("bn", "[ঀ-৿]"), ("ta", "[஀-௿]"), ("am", "[ሀ-፿]"),
)  # fmt: skip
_SCRIPT_PATTERNS = tuple((code, re.compile(pattern)) for code, pattern in _SCRIPTS)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE_CHARS = 20_000  # the language of a report shows in its first pages
_FEWEST_WORDS = 12  # shorter texts (a headline, one sentence) have too few common words to tell
_LEAST_ENGLISH = 0.18  # lowest share measured on English news is .27; lists of names and headlines lie around .15


_SURELY_ENGLISH = 0.25  # no other language comes near this share of English words


def language_of(text: str) -> str:
    """ISO 639-1 code of the language most of ``text`` is in; ``und`` where nothing fits.

    Text too short to tell is taken for English when it is in Latin letters.
    """
    sample = text[:_SAMPLE_CHARS].lower()
    words = _WORD.findall(sample)
    share = _share(words, "en")
    if len(words) >= _FEWEST_WORDS and share >= _SURELY_ENGLISH:
        return "en"
    latin = len(re.findall(r"[a-zß-ɏḀ-ỿ]", sample))
    counts = {code: len(pattern.findall(sample)) for code, pattern in _SCRIPT_PATTERNS}
    script = max(counts, key=lambda code: counts[code])
    # One ideograph says what three letters say.
    if counts[script] * (3 if script in ("ja", "ko", "zh") else 1) > latin:
        return _refined(script, sample, counts)
    if len(words) < _FEWEST_WORDS:
        return "en" if latin else "und"
    shares = {code: _share(words, code) for code in _COMMON}
    best = max(shares, key=lambda code: shares[code])
    if share >= _LEAST_ENGLISH and share >= shares[best]:
        return "en"
    if best != "en" and shares[best] > 0.12:
        return best
    return "en" if share >= 0.08 else "und"


def _share(words: list[str], code: str) -> float:
    """Share of the words that are among the commonest of a language; 0 for no words."""
    common = _COMMON[code]
    return len([word for word in words if word in common]) / len(words) if words else 0.0


def _refined(script: str, sample: str, counts: dict[str, int]) -> str:
    """Languages that share a script, told by the letters only one of them has."""
    if script == "zh" and counts["ja"] > 0.05 * counts["zh"]:
        return "ja"
    if script == "ru":
        if re.search("[іїєґ]", sample):
            return "uk"
        return "bg" if "ъ" in sample and not re.search("[ыэё]", sample) else "ru"
    if script == "ar":
        return "fa" if len(re.findall("[پچژگی]", sample)) > 0.03 * counts["ar"] else "ar"
    return script

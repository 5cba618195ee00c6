"""A record in which every word that a report can choose is an attack on the page that shows it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from record_factory import PRK, USA, day, make_reading
from summitry.casebook import case_text
from summitry.record import Record, open_record
from summitry.vocabulary import (
    Actor,
    Commitment,
    Discrepancy,
    Evidence,
    Office,
    Person,
    Prediction,
    Reading,
    Rejected,
    Source,
    Span,
    content_id,
)

RAN: Final = "window.__ran=1"
"""What a script of a report would do."""


def attacks(target: str) -> tuple[str, ...]:
    """Words that do something where a page takes them for more than words; ``target`` is a host that counts visits."""
    return (
        f"<script>{RAN};fetch('{target}/script')</script>",
        f"</script><script src='{target}/src.js'></script>",
        f"<img src='{target}/img' onerror='{RAN}'>",
        f"\"><svg onload='{RAN}'><image href='{target}/svg'/></svg>",
        f"' autofocus onfocus='{RAN}' x='",
        f'" onmouseover="{RAN}" style="background:url({target}/style)" x="',
        f"<iframe src='{target}/frame' srcdoc='<script>parent.__ran=1</script>'></iframe>",
        f"<link rel='stylesheet' href='{target}/link.css'><style>@import '{target}/import.css'</style>",
        f"<meta http-equiv='refresh' content='0;url={target}/refresh'><base href='{target}/base/'>",
        f"<form action='{target}/form'><button id='main'>Go</button></form>",
        f"<a href='javascript:{RAN}' ping='{target}/ping'>link</a> [link](javascript:{RAN}) javascript:{RAN}",
        "{{7*7}} {% include 'login.html' %} {{ config }} ${7*7} #{7*7} <%= 7*7 %>",
        "</title></textarea></style></noscript>--><!--<h1>x</h1>]]>",
        "\u202egnorts eht morf\u202c \u2066isolated\u2069 \u200bzero",
        "\x00nul\x1b[31mred\x07 \x85next\u2028line\u2029end \ufeff\ufffe",
        '=HYPERLINK("http://attacker.example","x") @SUM(1) +1 -1 \\u003cscript\\u003e',
        "&lt;script&gt;" + RAN + "&lt;/script&gt; &#60;img src=x onerror=" + RAN + "&#62;",
    )


def addresses(target: str) -> tuple[str, ...]:
    """Where reports say that they come from."""
    return (
        f"javascript:{RAN}",
        f"data:text/html,<script>{RAN}</script>",
        f"vbscript:{RAN}",
        f" java\tscript:{RAN}",
        f"JaVaScRiPt:{RAN}//http://",
        "file:///etc/passwd",
        "//attacker.example/x",
        f'http://127.0.0.1"onclick="{RAN}',
        f"https://x.example/' onmouseover='{RAN}",
        "http://x.example/</a><script>window.__ran=1</script>",
        "http://[::1",
    )


def _hostile(number: int, words: str, uri: str) -> tuple[Reading, Source]:
    """A report of which headline, outlet, names and all that is read from it are the words of an attack."""
    met = f"2019-05-{number + 1:02d}"
    base, _ = make_reading(number, met=met, published=day(met))
    text = f"{base.article.text}\n\nThe envoy said {words} in reply {number}."
    source = Source(uri, text.encode("utf-8", "surrogatepass"))
    start = text.index(words)
    article = replace(
        base.article,
        source_id=source.id,
        text=text,
        blocks=(*base.article.blocks, Span(text.index("The envoy said"), len(text))),
        headline=words,
        byline=words,
        agency=words,
        outlet=words,
        uri=uri,
    )
    evidence = (Evidence.of(article, start, start + len(words), (words, "KCNA")),)
    speaker = Actor("PRKGOV", words, words, kind="person")
    strange = Actor(None, words, words)

    def common(kind: str, what: str) -> dict[str, Any]:
        return {"id": content_id(kind, source.id, what), "evidence": evidence, "coder": "hand/1", "confidence": 0.6}

    def told(row: str) -> dict[str, Any]:
        return common(row[:3], row)

    said, meant = base.statements
    (met_event,) = base.events
    (move,), (position,) = base.moves, base.positions
    reading = replace(
        base,
        article=article,
        mentions=(),
        people=(Person(words, "PRK", (words,), (Office(words, "PRK"),)), *base.people),
        statements=(
            replace(said, **told("stm-1"), speaker=speaker, words=words, cue=words, vehicle=words, speech_act="demand"),
            replace(meant, **told("stm-2"), speaker=strange, addressee=strange, words=words),
        ),
        events=(
            replace(
                met_event,
                **told("ev-1"),
                actors=(USA, strange),
                recipients=(speaker,),
                place=words,
                summary=words,
                attributed_to=speaker,
            ),
        ),
        moves=(replace(move, **told("mov-1"), issue=words, give=words, get=words, condition=words, proposer=speaker),),
        positions=(
            replace(position, **told("pos-1"), summary=words, condition=words),
            replace(position, **told("pos-2"), issue=words, summary=words, party=strange),
        ),
        commitments=(
            Commitment(
                **told("com-1"),
                instrument=words,
                obligor=PRK,
                beneficiary=strange,
                text=words,
                status=1,
                as_of=None,
                issue=words,
                made=day(met),
                claimed=2,
                claimed_by=speaker,
            ),
        ),
        predictions=(
            Prediction(
                **told("prd-1"),
                forecaster=speaker,
                claim=words,
                made=day(met),
                horizon=None,
                horizon_rule=words,
                hedge=words,
                condition=words,
                quality=words,
                note=words,
                actors=(USA, PRK),
                type="CONSULT",
            ),
        ),
        discrepancies=(
            Discrepancy(
                id=content_id("dis", source.id),
                evidence=(*evidence, *evidence),
                coder="hand/1",
                confidence=0.5,
                kind="asserted",
                a=content_id("stm", source.id, "stm-1"),
                b=content_id("stm", source.id, "stm-2"),
                field=words,
                note=words,
            ),
        ),
    )
    return reading, source


def write_hostile(path: Path, target: str) -> Path:
    """The record: a report for each attack, a case whose titles are attacks, a report that could not be read."""
    words, uris = attacks(target), addresses(target)
    with open_record(path, create=True) as record:
        record.keep_case("korea", _hostile_case(words))
        for number, attack in enumerate(words):
            _add(record, *_hostile(number, attack, uris[number % len(uris)]))
        for number, attack in enumerate(words):
            source = Source(f"{uris[number % len(uris)]}#{attack}", f"not read {number}".encode())
            record.reject(Rejected(source, "decode", attack))
    return path


def write_words(path: Path, words: tuple[str, ...]) -> Path:
    """A record with a report for each of ``words``, which are its headline, its names and all that is read from it."""
    with open_record(path, create=True) as record:
        # Each title once: of one office there is one holder at a time.
        record.keep_case("korea", _hostile_case(tuple(f"{one} {turn}" for turn in range(50) for one in words)))
        for number, one in enumerate(words):
            _add(record, *_hostile(number, one, f"http://news.example/{number}#{one}"))
            record.reject(Rejected(Source(f"file:{number} {one}", f"not read {number} {one}".encode()), "decode", one))
    return path


def _add(record: Record, reading: Reading, source: Source) -> None:
    record.add(reading, source)
    record.replace_entries([(event, (event.id,)) for event in reading.events])
    record.mark_reconciled([source.id])


def _hostile_case(words: tuple[str, ...]) -> str:
    """The shipped case with attacks for titles."""
    told = iter(words * 100)
    return re.sub(
        r'(?m)^title = ".*"$', lambda _: f"title = {json.dumps(next(told), ensure_ascii=False)}", case_text("korea")
    )

"""A brief as one HTML page: no script, nothing loaded, for a screen of any width and for print.

Reports are not trusted: every word of them is escaped, and a link is made of an http(s) address only.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final, TextIO

from summitry.report.brief import nothing, others, sections_of
from summitry.report.words import one_line

if TYPE_CHECKING:
    from summitry.ledger import Brief
    from summitry.report.notes import Note
    from summitry.report.rows import Citations

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1c1e21; --soft: #5c636b; --line: #d9dce0; --paper: #fff; --link: #1d5fa8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e7e9; --soft: #a2a9b1; --line: #3a3f45; --paper: #17191c; --link: #7fb2ec; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 Georgia, "Times New Roman", serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 1rem; }
h2 { font-size: 1rem; margin: 1.4rem 0 .4rem; padding-bottom: .15rem; border-bottom: 1px solid var(--line);
     font-family: system-ui, sans-serif; }
ul { margin: 0; padding-left: 1.1rem; }
li { margin: .35rem 0; }
a { color: var(--link); text-decoration: none; }
a:hover, a:focus { text-decoration: underline; }
sup { font: .72rem/1 system-ui, sans-serif; white-space: nowrap; }
.left, .notes { color: var(--soft); font-size: .85rem; }
.left { margin: .3rem 0 0 1.1rem; font-style: italic; }
.notes li { margin: .3rem 0; }
.notes li:target, main li:target { background: color-mix(in srgb, var(--link) 14%, transparent); }
code { font: .78rem ui-monospace, monospace; }
@media print {
  :root { --ink: #000; --soft: #333; --line: #999; --paper: #fff; --link: #000; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  li { break-inside: avoid; }
  @page { margin: 18mm; }
}
"""


def write_html(brief: Brief, cited: Citations, out: TextIO) -> None:
    """Write a brief as a page that stands by itself."""
    sections, notes = sections_of(brief, cited)
    title = _text(brief.title)
    out.write(
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    )
    if brief.others:
        out.write(f'<p class="left">{_text(others(brief))}</p>\n')
    if not sections:
        out.write(f"<p>{_text(nothing(brief))}</p>\n")
    seen: set[int] = set()
    for heading, lines, left in sections:
        out.write(f"<h2>{_text(heading)}</h2>\n<ul>\n")
        for line, numbers in lines:
            out.write(f"<li>{_text(line.text)}{_marks(numbers, seen)}</li>\n")
        out.write("</ul>\n")
        if left:
            out.write(f'<p class="left">{_text(left)}</p>\n')
    if notes:
        out.write('<h2>The words</h2>\n<ol class="notes">\n')
        for note in notes:
            out.write(_note(note, cited))
        out.write("</ol>\n")
    out.write("</main>\n</body>\n</html>\n")


def _text(words: str) -> str:
    return escape(one_line(words), quote=True)


def _marks(numbers: tuple[int, ...], seen: set[int]) -> str:
    """Links to footnotes; the first to each can be linked back to."""
    marks = []
    for number in numbers:
        anchor = "" if number in seen else f' id="r{number}"'
        seen.add(number)
        marks.append(f'<a href="#n{number}"{anchor}>{number}</a>')
    return f" <sup>{', '.join(marks)}</sup>" if marks else ""


def _note(note: Note, cited: Citations) -> str:
    source = _text(note.source)
    citation = cited.get(note.evidence.source)
    if citation is not None and citation.uri.startswith(("https://", "http://")):
        source = f'<a href="{escape(one_line(citation.uri), quote=True)}" rel="noreferrer noopener">{source}</a>'
    rows = "".join(f" <code>{_text(row)}</code>" for row in note.rows)
    back = f'<a href="#r{note.number}" aria-label="back to the sentence">&#8617;</a>'
    words = f"<bdi>{source}</bdi>: <bdi>{_text(note.words)}</bdi>"
    return f'<li id="n{note.number}" value="{note.number}">{words}{rows} {back}</li>\n'

"""Deadlocks drawn: steps as boxes on the sides of their parties, what they wait for as arrows between them.

The drawing is one SVG file that needs nothing else: it is readable on light and on dark ground, and says in its title
and description what it shows. :func:`dot` gives the same graph for Graphviz.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal
from xml.sax.saxutils import escape

from summitry.ledger import Deadlock, Step
from summitry.ledger.rows import Bond
from summitry.report.words import in_marks, names, one_line, shorten

Side = Literal["left", "right", "top", "bottom"]

_SIDES: Final[tuple[Side, ...]] = ("left", "right", "top", "bottom")
_BOX: Final = 250.0
"""Width of a box, in pixels, as all lengths here."""
_LINE: Final = 18.0
_PAD: Final = 12.0
_CHARS: Final = 28
"""Characters a line of a box: at 14 pixels no common typeface is wider than 8 pixels a letter on average."""
_MOST_LINES: Final = 12
"""Lines of a box before its words are cut: a step of more than three hundred characters is no step."""
_GAP: Final = 26.0
"""Between boxes of one side."""
_FIELD: Final = 280.0
"""Width of the field between the sides, where the arrows and their labels are: room for two labels side by side."""
_HEAD: Final = 46.0
_FOOT: Final = 34.0
_MARGIN: Final = 20.0
_PORT: Final = 26.0
"""Between the ends of two arrows at one box: their labels stand apart."""
_LABEL: Final = 7.0
"""Pixels a letter of an arrow's label, at 12 pixels."""

_WORDS: Final[Mapping[Bond, str]] = {
    "after": "only after",
    "exchange": "in exchange for",
    "simultaneous": "together with",
}
_STYLE: Final = """
.ground{fill:#ffffff}.box{fill:#f6f7f9;stroke-width:2}.arrow{fill:none;stroke:#4a5560;stroke-width:1.6}
.soft{stroke-dasharray:5 4}.tip{fill:#4a5560}.plate{fill:#ffffff}text{fill:#1b2229;font-family:system-ui,-apple-system,
'Segoe UI',Roboto,'DejaVu Sans',sans-serif;font-size:14px}.name{font-weight:600}.head{font-size:16px;font-weight:600}
.label{font-size:12px}.foot{font-size:13px}.p0{stroke:#1f6fb2}.p1{stroke:#b5451b}.p2{stroke:#2f7d4f}.p3{stroke:#7a4fa3}
.p4{stroke:#8a6d00}.p5{stroke:#556270}
@media (prefers-color-scheme:dark){.ground{fill:#14181c}.box{fill:#1f252b}.arrow{stroke:#b3bdc7}.tip{fill:#b3bdc7}
.plate{fill:#14181c}text{fill:#e8edf2}.p0{stroke:#5fa8e6}.p1{stroke:#f08a5d}.p2{stroke:#62c08a}.p3{stroke:#b78fe0}
.p4{stroke:#d9b93b}.p5{stroke:#94a3b3}}
"""
_COLOURS: Final = 6


@dataclass(frozen=True, slots=True)
class _Box:
    """A step's box: whose, its words in lines, on which side it stands, in which colour, its corner."""

    step: Step
    number: str
    side: Side
    colour: int
    names: tuple[str, ...]
    lines: tuple[str, ...]
    x: float = 0.0
    y: float = 0.0

    @property
    def height(self) -> float:
        return 2 * _PAD + _LINE * (len(self.names) + len(self.lines))

    def at(self, x: float, y: float) -> _Box:
        return replace(self, x=x, y=y)


def draw(rows: Sequence[Deadlock]) -> str:
    """One SVG file of all deadlocks, one below the other. Of none it says so."""
    parts: list[str] = []
    top, widest = 0.0, 2 * (_BOX + _MARGIN) + _FIELD
    for number, row in enumerate(rows, 1):
        panel, width, height = _panel(row, number)
        parts.append(f'<g transform="translate(0 {top:.0f})">{panel}</g>')
        top, widest = top + height, max(widest, width)
    if not rows:
        parts.append(_text(_MARGIN, _MARGIN + 16, "No deadlock is known.", "foot"))
        top = 2 * _MARGIN + 16
    title = "Who waits for whom"
    told = " ".join(_told(row, number) for number, row in enumerate(rows, 1)) or "No deadlock is known."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="deadlocks-title deadlocks-desc" '
        f'width="{widest:.0f}" height="{top:.0f}" viewBox="0 0 {widest:.0f} {top:.0f}">'
        f'<title id="deadlocks-title">{title}</title><desc id="deadlocks-desc">{_safe(told)}</desc>'
        f"<style>{_STYLE}</style>"
        f'<defs><marker id="deadlocks-tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
        f'orient="auto-start-reverse"><path class="tip" d="M0 0L10 5L0 10z"/></marker></defs>'
        f'<rect class="ground" width="{widest:.0f}" height="{top:.0f}"/>{"".join(parts)}</svg>\n'
    )


def dot(rows: Sequence[Deadlock]) -> str:
    """The same graphs in the language of Graphviz, a cluster a deadlock."""
    lines = ["digraph deadlocks {", "  node [shape=box];"]
    for number, row in enumerate(rows, 1):
        lines.append(f"  subgraph cluster_{number} {{")
        for step in row.steps:
            label = _quoted(f"{one_line(step.party.name)}: {'an end of ' if step.ended else ''}{one_line(step.step)}")
            lines.append(f"    {_quoted(step.id)} [label={label}];")
        lines += [
            f"    {_quoted(step.id)} -> {_quoted(other)} [label={_quoted(_WORDS[bond])}];"
            for step in row.steps
            for other, bond in arrows(step)
        ]
        lines.append("  }")
    return "\n".join([*lines, "}", ""])


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def words_of(step: Step) -> str:
    """A step's own words in quotation marks; of one that ends what they name: "an end of “the embargo”"."""
    return f"an end of {in_marks(step.step)}" if step.ended else in_marks(step.step)


def arrows(step: Step) -> Iterator[tuple[str, Bond]]:
    """What a step waits for, and how."""
    # A step of an older hand has no bonds: it waits until the other is done.
    unsaid: list[Bond] = ["after"] * len(step.waits_for)
    yield from zip(step.waits_for, step.bonds or unsaid, strict=True)


def _told(row: Deadlock, number: int) -> str:
    """What a panel shows, in sentences."""
    by_id = {step.id: step for step in row.steps}
    waits = [
        f"{one_line(step.party.name)}, {words_of(step)}, waits: {_WORDS[bond]} "
        f"{one_line(by_id[other].party.name)}, {words_of(by_id[other])}."
        for step in row.steps
        for other, bond in arrows(step)
    ]
    return f"Deadlock {number}. {' '.join(waits)}"


def _panel(row: Deadlock, number: int) -> tuple[str, float, float]:
    """One deadlock with its width and height."""
    boxes, width, height = _placed(_boxes(row))
    numbers = {box.step.id: box.number for box in boxes.values()}
    broken = ", or ".join(" and ".join(f"[{numbers[one]}]" for one in chosen) for chosen in row.broken_by)
    head = f"{number}. {names(step.party for step in row.steps)}"
    foot = textwrap.wrap(f"Broken if this goes without waiting: {broken}", int((width - 2 * _MARGIN) / 8))
    parts = [
        _text(_MARGIN, 30, shorten(head, int((width - 2 * _MARGIN) / 9)), "head"),
        *_drawn_arrows(boxes),
        *(_drawn_box(box) for box in boxes.values()),
        *(_text(_MARGIN, height + 20 + _LINE * n, line, "foot") for n, line in enumerate(foot)),
    ]
    return "".join(parts), width, height + _FOOT + _LINE * (len(foot) - 1)


def _boxes(row: Deadlock) -> list[_Box]:
    """The boxes of a deadlock, each party's on a side of its own; of more than four, the rest below."""
    parties = list(dict.fromkeys(step.party.code or step.party.name for step in row.steps))
    # The party with the most steps first: left and right have the most room.
    counts = {party: sum((step.party.code or step.party.name) == party for step in row.steps) for party in parties}
    order = sorted(parties, key=lambda party: (-counts[party], parties.index(party)))
    found = []
    for number, step in enumerate(row.steps, 1):
        place = order.index(step.party.code or step.party.name)
        words = textwrap.wrap(words_of(step), _CHARS, break_on_hyphens=False)
        lines = words[:_MOST_LINES]
        if len(words) > _MOST_LINES:
            lines[-1] = shorten(lines[-1] + " " + words[_MOST_LINES], _CHARS)
        name = tuple(textwrap.wrap(f"[{number}] {one_line(step.party.name)}", _CHARS - 2))
        found.append(_Box(step, str(number), _SIDES[min(place, 3)], place % _COLOURS, name, tuple(lines)))
    return found


def _placed(boxes: Sequence[_Box]) -> tuple[dict[str, _Box], float, float]:
    """Boxes by step at their places, with the width and height that they take."""
    by_side = {side: [box for box in boxes if box.side == side] for side in _SIDES}

    def column(side: Side) -> float:
        return sum(box.height for box in by_side[side]) + _GAP * max(len(by_side[side]) - 1, 0)

    def row_height(side: Side) -> float:
        return max((box.height for box in by_side[side]), default=0.0)

    across = max(len(by_side["top"]), len(by_side["bottom"]))
    field = max(_FIELD, across * (_BOX + _GAP) - _GAP)
    # Rows above and below keep a field for arrows to the columns beside them.
    above = row_height("top") + (3 * _GAP if by_side["top"] else 0)
    below = row_height("bottom") + (3 * _GAP if by_side["bottom"] else 0)
    middle = max(column("left"), column("right"), _FIELD / 2 if across else 0.0)
    placed: dict[str, _Box] = {}
    columns: tuple[Side, Side] = ("left", "right")
    rows: tuple[Side, Side] = ("top", "bottom")
    for side in columns:
        x = _MARGIN if side == "left" else _MARGIN + _BOX + field
        y = _HEAD + above + (middle - column(side)) / 2
        for box in by_side[side]:
            placed[box.step.id] = box.at(x, y)
            y += box.height + _GAP
    for side in rows:
        number = len(by_side[side])
        x = _MARGIN + _BOX + (field - number * (_BOX + _GAP) + _GAP) / 2
        for box in by_side[side]:
            y = _HEAD if side == "top" else _HEAD + above + middle + below - box.height
            placed[box.step.id] = box.at(x, y)
            x += _BOX + _GAP
    order = {box.step.id: placed[box.step.id] for box in boxes}
    return order, 2 * (_MARGIN + _BOX) + field, _HEAD + above + middle + below


def _drawn_box(box: _Box) -> str:
    lines = [(name, "name") for name in box.names] + [(line, "") for line in box.lines]
    words = "".join(
        _text(box.x + _PAD, box.y + _PAD + _LINE * (n + 1) - 5, line, kind) for n, (line, kind) in enumerate(lines)
    )
    return (
        f'<rect class="box p{box.colour}" x="{box.x:.0f}" y="{box.y:.0f}" width="{_BOX:.0f}" height="{box.height:.0f}" '
        f'rx="8"/>{words}'
    )


def _drawn_arrows(boxes: Mapping[str, _Box]) -> Iterator[str]:
    """All arrows, then their labels above them, each where no other label stands yet."""
    edges = [(box, boxes[other], bond) for box in boxes.values() for other, bond in arrows(box.step)]
    ends: dict[str, list[tuple[str, str]]] = {}
    for tail, head, _ in edges:
        for one in (tail, head):
            ends.setdefault(one.step.id, []).append((tail.step.id, head.step.id))
    # At each box the ends of its arrows in the order in which the other boxes stand.
    for node, pairs in ends.items():
        pairs.sort(key=lambda pair: _order_of(boxes, node, pair))
    labels: list[str] = []
    taken: list[tuple[float, float, float]] = []
    for tail, head, bond in edges:
        pair = (tail.step.id, head.step.id)
        start = _port(tail, ends[tail.step.id].index(pair), len(ends[tail.step.id]))
        end = _port(head, ends[head.step.id].index(pair), len(ends[head.step.id]))
        curve = (start, _inward(start, tail.side), _inward(end, head.side), end)
        soft = "" if bond == "after" else " soft"
        path = " ".join(f"{x:.1f} {y:.1f}" for x, y in curve[1:])
        yield (
            f'<path class="arrow{soft}" marker-end="url(#deadlocks-tip)" d="M{start[0]:.1f} {start[1]:.1f}C{path}"/>'
        )
        labels.append(_label(curve, _WORDS[bond], taken))
    yield from labels


def _order_of(boxes: Mapping[str, _Box], node: str, pair: tuple[str, str]) -> tuple[float, bool]:
    """Where an arrow's end goes at a box: along its side by where the other box stands, out before in on the left."""
    box = boxes[node]
    other = boxes[pair[1] if pair[0] == node else pair[0]]
    along = other.y + other.height / 2 if box.side in ("left", "right") else other.x
    # Out above in on the left and top, in above out across from them: the two arrows of a pair do not cross.
    return along, (pair[0] != node) == (box.side in ("left", "top"))


def _port(box: _Box, index: int, count: int) -> tuple[float, float]:
    """Where an arrow meets a box: on the side that faces the field."""
    length = box.height if box.side in ("left", "right") else _BOX
    step = min(_PORT, (length - 2 * _PAD) / max(count - 1, 1))
    along = length / 2 + (index - (count - 1) / 2) * step
    match box.side:
        case "left":
            return box.x + _BOX, box.y + along
        case "right":
            return box.x, box.y + along
        case "top":
            return box.x + along, box.y + box.height
        case "bottom":
            return box.x + along, box.y


def _inward(point: tuple[float, float], side: Side) -> tuple[float, float]:
    """The control point of an arrow's end: straight into the field."""
    x, y = point
    reach = _FIELD / 2.5
    return {"left": (x + reach, y), "right": (x - reach, y), "top": (x, y + reach), "bottom": (x, y - reach)}[side]


def _label(curve: Sequence[tuple[float, float]], words: str, taken: list[tuple[float, float, float]]) -> str:
    """The label of an arrow on a plate, at the first place along it that is free."""
    wide = len(words) * _LABEL + 10
    places = [_point(curve, t) for t in (0.5, 0.36, 0.64, 0.27, 0.73, 0.43, 0.57)]
    free = (
        (x, y)
        for x, y in places
        if all(abs(y - other_y) > 19 or abs(x - other_x) > (wide + other) / 2 for other_x, other_y, other in taken)
    )
    x, y = next(free, places[0])
    taken.append((x, y, wide))
    return (
        f'<rect class="plate" x="{x - wide / 2:.1f}" y="{y - 9:.1f}" width="{wide:.1f}" height="18" rx="4"/>'
        f'<text class="label" text-anchor="middle" x="{x:.1f}" y="{y + 4:.1f}">{_safe(words)}</text>'
    )


def _point(curve: Sequence[tuple[float, float]], t: float) -> tuple[float, float]:
    """The point of a cubic Bézier curve at a share of its way."""
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    return (
        sum(w * x for w, (x, _) in zip(weights, curve, strict=True)),
        sum(w * y for w, (_, y) in zip(weights, curve, strict=True)),
    )


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.0f}" y="{y:.0f}">{_safe(words)}</text>'


def _safe(words: str) -> str:
    """Words as XML text: one line, nothing that XML forbids."""
    return escape(one_line(words).encode("utf-8", "replace").decode("utf-8"))

"""Who deals with whom, as a drawing: parties as circles, dealings as lines, worked out here and the same each time."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import networkx as nx

from summitry.ledger import Tone

SEED: Final = 7
"""Of the spring layout: any number, always the same one."""

SIGN: Final = 7.4
"""Width of a letter of a label in pixels: the average of a wide sans serif at 13 px."""
LINE: Final = 17.0
"""Height of a label."""
GAP: Final = 6.0
"""Pixels between a circle or label and the next."""
_ROUNDS: Final = 400
"""Of pushing circles apart; some twenty of them settle long before."""

BANDS: Final[tuple[tuple[float, str, str], ...]] = (
    (-3.0, "hostile", "-3 and below"),
    (-0.5, "cold", "-3 to -0.5"),
    (0.5, "even", "-0.5 to 0.5"),
    (3.0, "warm", "0.5 to 3"),
    (10.1, "friendly", "3 and above"),
)
"""Mean intensities by their upper end: PLOVER puts talks near 1 to 3, agreements and aid above, threats below -3."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two parties (codes, sorted), in how many events they dealt with one another, with which mean intensity."""

    a: str
    b: str
    events: int
    mean: float

    @property
    def band(self) -> str:
        """The band of :data:`BANDS` that the mean is in."""
        return next(name for end, name, _ in BANDS if self.mean < end or end > 10)


@dataclass(frozen=True, slots=True)
class Node:
    """A party as a circle: centre, radius, and its label beneath, all in pixels."""

    code: str
    name: str
    label: str
    events: int
    x: float
    y: float
    r: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of circle and label together."""
        half = _half(self.label, self.r)
        return self.x - half, self.y - self.r, self.x + half, self.y + self.r + LINE


@dataclass(frozen=True, slots=True)
class Line:
    """A tie as a line between two circles."""

    tie: Tie
    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Circles and lines in a frame of ``width`` by ``height`` pixels; ``left_out``: parties that it has no room for."""

    width: int
    height: int
    nodes: Sequence[Node]
    lines: Sequence[Line]
    left_out: int


def ties(tones: Sequence[Tone]) -> tuple[Tie, ...]:
    """Dealings of all months together, of pairs with most events first."""
    events: Counter[tuple[str, str]] = Counter()
    sums: defaultdict[tuple[str, str], float] = defaultdict(float)
    for row in tones:
        events[row.parties] += row.events
        sums[row.parties] += row.mean * row.events
    found = [Tie(*pair, events=count, mean=sums[pair] / count) for pair, count in events.items()]
    return tuple(sorted(found, key=lambda tie: (-tie.events, tie.a, tie.b)))


def around(code: str, found: Sequence[Tie]) -> tuple[Tie, ...]:
    """The ties of one party."""
    return tuple(tie for tie in found if code in (tie.a, tie.b))


def draw(
    found: Sequence[Tie], names: Mapping[str, str], frame: tuple[int, int], most: int, centre: str | None = None
) -> Drawing:
    """The ``most`` parties with most events, and what is between them; ``centre`` stands in the middle.

    Labels are the names, or codes where a frame is narrow. No label lies on a circle or on another label, as long as
    the frame has room for all.
    """
    counts: Counter[str] = Counter()
    for tie in found if centre is None else around(centre, found):
        counts[tie.a] += tie.events
        counts[tie.b] += tie.events
    kept = sorted(counts, key=lambda code: (code != centre, -counts[code], code))[:most]
    between = [tie for tie in found if tie.a in kept and tie.b in kept]
    width, height = frame
    largest = max(counts.values(), default=1)
    radii = {code: 6 + 14 * math.sqrt(counts[code] / largest) for code in kept}
    longest = max(8, round(width / 3.2 / SIGN))
    labels = {code: name if len(name := names.get(code, code)) <= longest else code for code in kept}
    places = _placed(kept, between, frame, centre)
    _apart(places, labels, radii, frame)
    nodes = [
        Node(one, names.get(one, one), labels[one], counts[one], places[one][0], places[one][1], radii[one])
        for one in kept
    ]
    most_events = max((tie.events for tie in between), default=1)
    lines = [
        Line(tie, places[tie.a][0], places[tie.a][1], places[tie.b][0], places[tie.b][1], _width(tie, most_events))
        for tie in reversed(between)
    ]
    return Drawing(width, height, nodes, lines, len(counts) - len(kept))


def _width(tie: Tie, most: int) -> float:
    return 1 + 7 * math.sqrt(tie.events / most)


def _half(label: str, radius: float) -> float:
    return max(radius, len(label) * SIGN / 2)


def _placed(
    kept: Sequence[str], between: Sequence[Tie], frame: tuple[int, int], centre: str | None
) -> dict[str, list[float]]:
    """Where circles stand before they are pushed apart: by springs; round about ``centre``, evenly."""
    width, height = frame
    if centre is not None:
        others = [one for one in kept if one != centre]
        angle = 2 * math.pi / max(len(others), 1)
        ring = {
            one: [width / 2 + 0.4 * width * math.sin(i * angle), height / 2 - 0.4 * height * math.cos(i * angle)]
            for i, one in enumerate(others)
        }
        return {centre: [width / 2, height / 2]} | ring
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(kept)
    # Many events pull more than few, but not a hundred times as much.
    graph.add_weighted_edges_from((tie.a, tie.b, math.log1p(tie.events)) for tie in between)
    if not kept:
        return {}
    springs = nx.spring_layout(graph, seed=SEED, weight="weight", k=2 / math.sqrt(len(kept)), iterations=200)
    xs, ys = [float(at[0]) for at in springs.values()], [float(at[1]) for at in springs.values()]
    wide, high = max(max(xs) - min(xs), 1e-6), max(max(ys) - min(ys), 1e-6)

    def to(value: float, low: float, span: float, length: int) -> float:
        return length * (0.1 + 0.8 * (value - low) / span)

    return {
        one: [to(float(at[0]), min(xs), wide, width), to(float(at[1]), min(ys), high, height)]
        for one, at in springs.items()
    }


def _apart(
    places: dict[str, list[float]], labels: Mapping[str, str], radii: Mapping[str, float], frame: tuple[int, int]
) -> None:
    """Push circles with their labels apart and into the frame, each pair along the way that is shorter."""
    order = list(places)
    halves = {one: (_half(labels[one], radii[one]) + GAP / 2, radii[one] + LINE / 2 + GAP / 2) for one in order}
    for _ in range(_ROUNDS):
        moved = False
        for i, one in enumerate(order):
            for other in order[i + 1 :]:
                a, b = places[one], places[other]
                # The box of circle and label has its middle half a line below that of the circle.

                lap_x = halves[one][0] + halves[other][0] - abs(a[0] - b[0])
                lap_y = halves[one][1] + halves[other][1] - abs(a[1] - b[1])
                if lap_x <= 0 or lap_y <= 0:
                    continue
                moved = True
                axis, lap = (0, lap_x) if lap_x < lap_y else (1, lap_y)
                sign = 1 if (a[axis], one) > (b[axis], other) else -1
                a[axis] += sign * (lap / 2 + 0.5)
                b[axis] -= sign * (lap / 2 + 0.5)
        for one in order:
            (x, y), (half, high) = places[one], halves[one]
            places[one][0] = min(max(x, half), frame[0] - half)
            places[one][1] = min(max(y, high - LINE / 2), frame[1] - high - LINE / 2)
        if not moved:
            return

"""The relation head: the encoder's upper layers once more, told which words are source and target.

It goes on from the lower state of a window that is encoded already, so a second pair in a sentence costs half a pass.
"""

from __future__ import annotations

from importlib.resources import files

import numpy as np

from summitry.reader.encoder.model import WIDTH, Encoded, Floats, session_of

SOURCE_ROLE = 1
TARGET_ROLE = 2

Words = tuple[int, int]
"""Words of a window, half-open."""


class RelationBranch:
    """Scores of the PLV roots for a pair of parties in a sentence."""

    def __init__(self, network: bytes) -> None:
        self._session = session_of(network)

    @classmethod
    def load(cls) -> RelationBranch:
        """The shipped weights."""
        folder = files("summitry.reader.encoder").joinpath("weights")
        return cls(folder.joinpath("relation.onnx").read_bytes())

    def scores(self, window: Encoded, sentence: Words, source: Words, target: Words) -> Floats | None:
        """Scores in the order of ``PLV_ROOTS``, shape (15,); None where source or target stand in no pass with the
        sentence's words (a window that was cut).

        ``sentence``, ``source`` and ``target`` are words of the window.
        """
        rows: list[Floats] = []
        roles: list[int] = []
        closing = np.zeros((0, WIDTH), np.float32)
        for each in window.passes:
            inside = (each.word >= sentence[0]) & (each.word < sentence[1])
            if not inside.any():
                continue
            kept = inside.copy()
            kept[0] = not rows  # the opening mark of the first pass
            rows.append(each.lower[kept])
            word = each.word[kept]
            role = np.where((word >= target[0]) & (word < target[1]), TARGET_ROLE, 0)
            role = np.where((word >= source[0]) & (word < source[1]), SOURCE_ROLE, role)
            roles += np.where(word < 0, 0, role).tolist()
            closing = each.lower[-1:]
        if SOURCE_ROLE not in roles or TARGET_ROLE not in roles:
            return None
        rows.append(closing)
        roles += [0] * len(closing)
        hidden = np.concatenate(rows).reshape(1, -1, WIDTH)
        given = {"hidden": hidden, "mask": np.ones(hidden.shape[:2], np.float32), "roles": np.array([roles])}
        scores: Floats = self._session.run(None, given)[0][0]
        return scores

"""The gate: a cheap look at a page before it is read, at memory speed."""

from summitry.gate.gate import Gate
from summitry.gate.types import LooksAt, PassedOver, Why

__all__ = ["Gate", "LooksAt", "PassedOver", "Why"]

"""Statements: who said what, in which words, when and through whom."""

from summitry.read.statements.attribution import Attribution, AttributionKind
from summitry.read.statements.find import find_attributions

__all__ = ["Attribution", "AttributionKind", "find_attributions"]

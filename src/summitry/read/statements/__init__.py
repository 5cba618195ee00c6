"""Statements: who said what, in which words, when and through whom."""

from summitry.read.statements.attribution import Attribution, AttributionKind
from summitry.read.statements.build import build_statements
from summitry.read.statements.find import find_attributions
from summitry.read.statements.model import AttributionModel
from summitry.read.statements.stated import stated

__all__ = ["Attribution", "AttributionKind", "AttributionModel", "build_statements", "find_attributions", "stated"]

"""Statements: who said what, in which words, when and through whom."""

from summitry.reader.statements.attribution import Attribution, AttributionKind
from summitry.reader.statements.blend import Learned
from summitry.reader.statements.build import build_statements
from summitry.reader.statements.find import find_attributions
from summitry.reader.statements.model import AttributionModel
from summitry.reader.statements.stated import stated

__all__ = [
    "Attribution",
    "AttributionKind",
    "AttributionModel",
    "Learned",
    "build_statements",
    "find_attributions",
    "stated",
]

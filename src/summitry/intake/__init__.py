"""Intake: files, folders, patterns, standard input, tables and URLs become sources."""

from summitry.intake.meter import Meter
from summitry.intake.options import IntakeOptions
from summitry.intake.pieces import Piece
from summitry.intake.sources import iter_sources

__all__ = ["IntakeOptions", "Meter", "Piece", "iter_sources"]

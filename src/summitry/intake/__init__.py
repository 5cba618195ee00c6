"""Intake: files, folders, patterns, archives, object stores, standard input and URLs become sources."""

from summitry.intake.meter import Meter
from summitry.intake.options import IntakeOptions
from summitry.intake.pieces import Piece
from summitry.intake.planning import pieces
from summitry.intake.sources import iter_piece, iter_sources

__all__ = ["IntakeOptions", "Meter", "Piece", "iter_piece", "iter_sources", "pieces"]

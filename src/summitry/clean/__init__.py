"""Cleaning: a source becomes an article, its furniture and metadata labelled, nothing deleted."""

from summitry.clean.article import MAX_TEXT_CHARS, clean, repeated_lines
from summitry.clean.furniture import line_hash

__all__ = ["MAX_TEXT_CHARS", "clean", "line_hash", "repeated_lines"]

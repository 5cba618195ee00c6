"""Relation codes: what a source does to a target in a sentence, as PLOVER."""

from __future__ import annotations

from summitry.reader.relation.blend import ArticleRelations, RelationCoder
from summitry.reader.relation.model import CODER, RelationModel, Triple, code_relation

__all__ = ["CODER", "ArticleRelations", "RelationCoder", "RelationModel", "Triple", "code_relation"]

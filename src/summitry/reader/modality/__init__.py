"""Modality: whether an act that a sentence names took place, is planned, threatened, supposed, denied or alleged."""

from __future__ import annotations

from summitry.reader.modality.judgement import ModalityJudgement, modality_of

__all__ = ["ModalityJudgement", "modality_of"]

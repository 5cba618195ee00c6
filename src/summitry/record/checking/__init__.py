"""Whether a record is whole: every invariant it must hold, and mending what can be mended."""

from summitry.record.checking.invariants import INVARIANTS
from summitry.record.checking.repairing import repair_record
from summitry.record.checking.run import check_record
from summitry.record.checking.types import CheckReport, Finding, Invariant, Looked, RepairReport

__all__ = [
    "INVARIANTS",
    "CheckReport",
    "Finding",
    "Invariant",
    "Looked",
    "RepairReport",
    "check_record",
    "repair_record",
]

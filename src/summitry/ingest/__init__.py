"""From inputs to a record: the one place where intake, cleaning, reading, reconciling and the record meet."""

from summitry.ingest.options import IngestReport, Progress, ReadOptions
from summitry.ingest.rereading import RereadReport, reread
from summitry.ingest.run import fold_readings, ingest

__all__ = ["IngestReport", "Progress", "ReadOptions", "RereadReport", "fold_readings", "ingest", "reread"]

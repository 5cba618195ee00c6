"""The ledger: what all reports of a record together say, as of a day.

Pure functions of :class:`~summitry.ledger.holdings.Holdings`. Nothing is kept between two questions: what could be
known on a day follows from what the reports of that day say, and from nothing later.
"""

from summitry.ledger.holdings import Holdings, Report
from summitry.ledger.moves import answered, answers_of
from summitry.ledger.positions import Cell, history, matrix
from summitry.ledger.register import meetings
from summitry.ledger.rows import Brief, BriefLine, Deadlock, Order, ProcessStatus, Step, Tone
from summitry.ledger.status import months
from summitry.ledger.tone import by_pair

__all__ = [
    "Brief",
    "BriefLine",
    "Cell",
    "Deadlock",
    "Holdings",
    "Order",
    "ProcessStatus",
    "Report",
    "Step",
    "Tone",
    "answered",
    "answers_of",
    "by_pair",
    "history",
    "matrix",
    "meetings",
    "months",
]

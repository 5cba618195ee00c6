"""The ledger: what all reports of a record together say, as of a day.

Pure functions of :class:`~summitry.ledger.holdings.Holdings`. Nothing is kept between two questions: what could be
known on a day follows from what the reports of that day say, and from nothing later.
"""

from summitry.ledger.holdings import Holdings, Report
from summitry.ledger.rows import Brief, BriefLine, Deadlock, Order, ProcessStatus, Step, Tone

__all__ = ["Brief", "BriefLine", "Deadlock", "Holdings", "Order", "ProcessStatus", "Report", "Step", "Tone"]

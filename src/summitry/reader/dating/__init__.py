"""The publication date of a report that states none: an interval from what the report tells, never today's date.

Clues (:mod:`~summitry.reader.dating.clues`, :mod:`~summitry.reader.dating.anchors`) each say how much likelier some
publication days are than others; :func:`infer_published` adds them up and gives the shortest run of days that holds
most of the probability, with the clues that made it.
"""

from summitry.reader.dating.infer import infer_published

__all__ = ["infer_published"]

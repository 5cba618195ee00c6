"""Time expressions: found by rules, resolved against the publication date. TIMEX3 after TimeML 1.2.1.

Three calls: :func:`recognise` (words, no anchor), :func:`resolve` (one finding, one anchor) and
:func:`find_times` (both).
"""

from summitry.reader.times.find import find_times
from summitry.reader.times.found import Found
from summitry.reader.times.ranges import ranges_of
from summitry.reader.times.recognise import recognise
from summitry.reader.times.resolve import resolve
from summitry.reader.times.values import value_at

__all__ = ["Found", "find_times", "ranges_of", "recognise", "resolve", "value_at"]

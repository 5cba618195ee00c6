"""Events: what political actors do to one another, found on the parse of one article.

The way through: ``arguments`` (who stands where in the parse), ``parties`` (which party a phrase is), ``roles`` (who
acts on whom), ``stance`` (willingness and refusal), ``accept`` (is an act told at all), ``when``, ``known`` and
``where`` (date and place), ``merge`` (one row an event), ``meeting``, and ``find`` that runs them.
"""

from summitry.reader.events.find import find_events

__all__ = ["find_events"]

"""Events: what political actors do to one another, found on the parse of one article.

The way through: ``arguments`` (who stands where in the parse), ``parties`` (which party a phrase is), ``roles`` (who
acts on whom), ``rivals``, ``context`` and ``domestic`` (the parties left unsaid, and acts inside one state),
``stance`` and ``verdict`` (willingness, refusal, praise and blame), ``accept`` (is an act told at all), ``settle``
(type and modality), ``when``, ``dates``, ``known`` and ``where`` (date and place), ``spoken`` (acts that statements
are), ``merge`` (one row an event), ``meeting`` and ``outcome``, and ``find`` that runs them.
"""

from summitry.reader.events.find import find_events

__all__ = ["find_events"]

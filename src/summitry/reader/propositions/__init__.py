"""Actor, predicate, point: who takes which stand on what, as the sentences of a bulletin or a report tell it.

The form of the triples is that of work on support and opposition in the Earth Negotiations Bulletin (Ruiz Fabo,
Plancq and Poibeau, LREC 2016): a supporter has the predicate of whom it supports, an opponent has it denied.
"""

from summitry.reader.propositions.find import find_propositions
from summitry.reader.propositions.proposition import Proposition
from summitry.reader.propositions.text import propositions

__all__ = ["Proposition", "find_propositions", "propositions"]

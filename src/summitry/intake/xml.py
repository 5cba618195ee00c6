"""XML files of reports, told apart by their first element."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from summitry.intake.options import refused
from summitry.vocabulary import Rejected, Source


def reports_of_xml(uri: str, stream: BinaryIO) -> Iterator[Source | Rejected]:
    """The reports of an XML file."""
    yield refused(uri, "parse", "it is XML")

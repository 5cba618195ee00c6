"""Packages that only archives need: imported where they are used, asked for by the name of their extra."""

from __future__ import annotations

import importlib
from types import ModuleType

from summitry.errors import UnreadableSource


def needed(module: str, what: str, stage: str = "unpack") -> ModuleType:
    """A module of the extra ``archive``.

    Raises:
        UnreadableSource: it is not installed; the message names the extra.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise UnreadableSource(
            stage, f"{what} needs the package {package}; install it with: pip install 'summitry[archive]'"
        ) from error

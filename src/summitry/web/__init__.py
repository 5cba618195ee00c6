"""The desk: a record in a browser, served or written as a folder of pages."""

from summitry.web.app import create_app
from summitry.web.settings import Settings

__all__ = ["Settings", "create_app"]

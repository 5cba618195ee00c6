"""Readings to entries: copies of one story, the same event, the same person, dates of undated reports.

Pure functions over the vocabulary. What they ask of a record is :class:`summitry.reconcile.store.EventStore`; nothing
here knows how a record is kept.
"""

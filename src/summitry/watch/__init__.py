"""Watching: feeds and folders are looked at again and again, politely, and what is new is read into a record.

It needs ``feedparser`` and ``protego``, which the extra ``watch`` brings.
"""

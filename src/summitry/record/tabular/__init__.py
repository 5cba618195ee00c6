"""Rows of a record as objects and as tables: one account of all fields, from which every form of them is made."""

"""Chores: one script each."""

"""Coverage-guided fuzzing: atheris over everything that takes bytes from strangers.

``python -m fuzz --target NAME --runs N --seconds S`` runs one target, or all of them, and prints what was found.
"""

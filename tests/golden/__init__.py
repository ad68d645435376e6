"""What the program says about every sample report, kept as one readable text each in ``expected/``.

``pytest tests/golden --update-golden`` writes the texts anew and prints what changed.
"""

"""Build the register of divisions under ``rules/places/`` from published packages: ``python -m scripts.places``."""

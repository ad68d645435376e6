"""The damage suite: official tables with known numbers, damaged and rendered in many ways, read by the whole program.

``python -m tests.damage`` reads them and tells how many cells came back exact, refused or wrong.
"""

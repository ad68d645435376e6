"""Text as the rules see it: folded with a way back, its numerals, its words."""

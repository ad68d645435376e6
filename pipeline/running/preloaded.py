"""What takes long to load and every report needs: imported once by the server that forks the workers, not by each."""

from contextlib import suppress

from pipeline.rulebook import RuleError, load_rulebook
from pipeline.shipped import shipped_folder
from pipeline.text.words import words

words("")
with suppress(RuleError):  # told by the run, which need not use these rules
    load_rulebook(shipped_folder("rules")).prepare()

"""What takes long to load and every report needs: imported once by the server that forks the workers, not by each."""

from pipeline.text.words import words

words("")

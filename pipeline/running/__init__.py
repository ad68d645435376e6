"""Run over a corpus: find its files, read each in a worker process, and write the tables as results come in."""

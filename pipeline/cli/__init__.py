"""The command ``gongkai``: parse, call, print. Talk goes to stderr, data to stdout."""

from pipeline.cli.application import app, main

__all__ = ["app", "main"]

"""What ends a run before its tables are written."""


class CorpusError(ValueError):
    """The corpus is missing, can't be listed, or holds nothing to read."""


class WorkerError(RuntimeError):
    """Worker processes can't be started or kept alive."""

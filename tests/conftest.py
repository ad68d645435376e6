from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.rulebook import Rulebook, load_rulebook
from pipeline.shipped import shipped_folder


@pytest.fixture(scope="session")
def rules_folder() -> Path:
    """The rules of the program under test."""
    return shipped_folder("rules")


@pytest.fixture(scope="session")
def book(rules_folder: Path) -> Rulebook:
    """The compiled rules."""
    return load_rulebook(rules_folder)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and labels; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("GONGKAI_SHARED", "../shared")).resolve()
    if not (folder / "reports").is_dir():
        pytest.skip(f"no real reports at {folder} (set GONGKAI_SHARED)")
    return folder

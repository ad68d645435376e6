"""Rules and corpus are found where the program runs from: a checkout, an editable install, a wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline import shipped
from pipeline.shipped import NotShippedError, shipped_folder

ROOT = Path(__file__).parents[1]
ASK = """
import site, sys
before = list(sys.path)
site.addsitedir(sys.argv[1])
sys.path.sort(key=lambda place: place in before)
import pipeline
from pipeline.shipped import shipped_folder
print(pipeline.__version__, shipped_folder("rules"), shipped_folder("corpus"), sep="\\n")
"""


def installed(kind: str, folder: Path) -> Path:
    """Return a folder that holds what pip would install; ``kind`` is wheel or editable."""
    for builder in ("hatchling", "editables"):
        pytest.importorskip(builder, reason=f"{builder} builds the wheels: pip install '.[test]'")
    code = f"import sys, hatchling.build; hatchling.build.build_{kind}(sys.argv[1])"
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def ask(site: Path) -> tuple[str, Path, Path]:
    done = subprocess.run([sys.executable, "-c", ASK, str(site)], cwd=site, check=True, capture_output=True, text=True)
    version, rules, corpus = done.stdout.splitlines()
    return version, Path(rules), Path(corpus)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_in_a_checkout_they_lie_beside_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "_PACKAGE", ROOT / "pipeline")
    assert shipped_folder("rules") == ROOT / "rules"
    assert shipped_folder("corpus") == ROOT / "corpus"


def test_a_wheel_carries_them(tmp_path: Path) -> None:
    site = installed("wheel", tmp_path)
    version, rules, corpus = ask(site)
    assert (rules, corpus) == (site / "pipeline" / "_shipped" / "rules", site / "pipeline" / "_shipped" / "corpus")
    assert files(rules) == files(ROOT / "rules")
    assert files(corpus) == files(ROOT / "corpus")
    assert (site / "pipeline" / "py.typed").is_file()
    assert (site / f"gongkai-{version}.dist-info" / "METADATA").is_file()


def test_an_editable_install_finds_those_of_the_checkout(tmp_path: Path) -> None:
    _, rules, corpus = ask(installed("editable", tmp_path))
    assert (rules, corpus) == (ROOT / "rules", ROOT / "corpus")


def test_a_folder_beside_an_installed_package_is_not_taken_for_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules").mkdir()
    monkeypatch.setattr(shipped, "_PACKAGE", tmp_path / "pipeline")
    with pytest.raises(NotShippedError, match="'rules' of gongkai is neither at"):
        shipped_folder("rules")

"""The worked example of ``docs/explain.md``, followed step by step."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from pipeline.cli import app

if TYPE_CHECKING:
    import pytest
    from click.testing import Result

GUIDE = Path(__file__).parents[2] / "docs" / "explain.md"


def run(line: str) -> Result:
    program, *arguments = shlex.split(line.removeprefix("$ "))
    assert program == "gongkai"
    return CliRunner().invoke(app, arguments)


def test_a_new_way_of_speaking_is_added_as_the_guide_says(
    tmp_path: Path, rules_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert [kind for kind, _ in blocks] == ["text", "console", "text", "yaml", "console"]
    report, look, told, stanza, look_again = (body for _, body in blocks)
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(report, encoding="utf-8")
    shutil.copytree(rules_folder, "rules")

    before = run(look.strip())
    for words in re.split(r"\s{2,}", told.strip()):
        assert words in before.stdout

    indicator, file, line = re.search(r"([a-z._]+)/held \(([a-z]+\.yaml):(\d+)\)", before.stdout).groups()  # type: ignore[union-attr]
    path = next(Path("rules").rglob(file))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    prose = max(number for number, text in enumerate(lines[: int(line)]) if text.strip() == "prose:")
    path.write_text("".join([*lines[: prose + 1], stanza, *lines[prose + 1 :]]), encoding="utf-8")

    explain, check = map(run, look_again.strip().splitlines())
    assert f"{indicator}/huddled" in explain.stdout
    assert "Unexplained" not in explain.stdout
    assert (check.exit_code, "All" in check.stderr) == (0, True)

"""No line joins numbers that do not compare, and a missing number is no zero."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure

from pipeline.charts import draw_series, screen_series
from pipeline.fonts import ChartFonts
from pipeline.tables import loaded, rules_of_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from matplotlib.axes import Axes

    from pipeline.rulebook import Rulebook

ENGLISH = ChartFonts(("DejaVu Sans",), None, frozenset(), None)


@pytest.fixture
def tables(sample_run: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> loaded.Tables:
    monkeypatch.setattr(rules_of_run, "load_rulebook", lambda *_: book)
    return loaded.load(sample_run)


@pytest.fixture
def axes() -> Iterator[Axes]:
    with mpl.rc_context():
        yield Figure().subplots()


def rows(*points: tuple[int, float | None, str, str | None]) -> pd.DataFrame:
    """Return rows of one body: year, value, grade at a break or nothing, and why it is missing or its basis."""
    told: list[dict[str, Any]] = [
        {
            "name": "requests_received",
            "agency_key": "云溪县",
            "agency_name": "云溪县",
            "year": year,
            "value": value,
            "unit": "件",
            "status": "value" if value is not None else why,
            "is_break": bool(grade),
            "grade": grade or "exact",
            "basis": why if value is not None else None,
            "is_exact": True,
            "quotes": ["云溪"],
            "path": "a.txt",
        }
        for year, value, grade, why in points
    ]
    return pd.DataFrame(told)


def joined(axes: Axes) -> list[tuple[list[float], str]]:
    """Return the years that each line of the data joins, and its style."""
    return [
        (list(line.get_xdata()), line.get_linestyle())
        for line in axes.lines
        if len(line.get_xdata()) == 2 and line.get_xdata()[0] + 1 == line.get_xdata()[1] and line.get_zorder() == 2
    ]


def test_a_break_that_compares_is_dotted_and_one_that_does_not_is_open(axes: Axes, tables: loaded.Tables) -> None:
    known = rows(
        (2017, 3, "", "prose"),
        (2018, 4, "", "prose"),
        (2019, 5, "close", "table"),
        (2020, 6, "", "table"),
        (2021, 7, "broken", "table"),
        (2023, 9, "", "table"),
    )
    draw_series(axes, known, tables, ENGLISH)
    assert joined(axes) == [([2017, 2018], "-"), ([2018, 2019], ":"), ([2019, 2020], "-")]
    assert [text.get_text() for text in axes.texts if text.get_text() in "=≈≠∅"] == ["≈", "≠"]


def test_a_missing_number_stands_at_the_foot_with_its_reason(axes: Axes, tables: loaded.Tables) -> None:
    draw_series(
        axes, rows((2020, 6, "", "table"), (2021, None, "", "blank"), (2022, None, "", "no_report")), tables, ENGLISH
    )
    legend = axes.get_legend()
    assert legend is not None
    words = [text.get_text() for text in legend.get_texts()]
    assert "blank" in words
    assert "not stated" not in words
    assert [line.get_xdata()[0] for line in axes.lines if line.get_transform() != axes.transData].count(2021) == 1


def test_a_series_without_a_single_value_is_an_empty_chart(axes: Axes, tables: loaded.Tables) -> None:
    draw_series(axes, rows((2021, None, "", "not_stated")), tables, ENGLISH)
    assert joined(axes) == []
    assert screen_series(rows((2021, None, "", "not_stated")), tables).to_dict()["layer"][0]["mark"] == {"type": "line"}


def test_two_bodies_are_refused(axes: Axes, tables: loaded.Tables) -> None:
    both = pd.concat([rows((2020, 1, "", "table")), rows((2020, 2, "", "table")).assign(agency_key="南坪镇")])
    with pytest.raises(ValueError, match="of 2 bodies"):
        draw_series(axes, both, tables, ENGLISH)

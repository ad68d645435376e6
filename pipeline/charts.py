"""Draw what ``Tables.compare`` returns, so that no line joins numbers that do not compare (extra ``notebooks``).

``draw_series`` draws for print, ``screen_series`` for a notebook that is open: pointing at a number shows its words.
A dashed line stands where a form of another time begins, with the sign of the grade at the first number after it. Lines
join neighbouring years only: solid within a form, dotted over a break that compares, none where it does not. Squares
are cells of tables, circles prose, diamonds both or sums of parts; what is not stated exactly is hollow. A missing
number is a grey sign at the bottom, never a zero.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd
from matplotlib.lines import Line2D

from pipeline.rulebook.concepts import Grade
from pipeline.rulebook.evaluation import Basis, Missing
from pipeline.tables.comparison_words import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matplotlib.axes import Axes

    from pipeline.fonts import ChartFonts
    from pipeline.tables.loaded import Tables

YEARS = (2008, 2025)

# The name of the renderer to enable in a notebook, and what stands where nothing can show the chart.
ON_SCREEN = "gongkai"
_ELSEWHERE = (
    "可交互的图：请在 JupyterLab 或 VS Code 里看；别处请看静态图。 "
    "An interactive chart: open it in JupyterLab or VS Code; elsewhere see the printed one."
)

_COLOURS = ("#08519c", "#b35806", "#1b7837", "#762a83", "#666666")
_MARKERS = {Basis.TABLE: "s", Basis.ATTACHMENT_TABLE: "s", Basis.PROSE: "o", Basis.MIXED: "D", Basis.DERIVED: "D"}
_MARKER_WORDS = {
    "s": ("表格", "table"),
    "o": ("正文", "prose"),
    "D": ("合并或相加", "both, or added up"),
}
_MISSING = {
    Missing.BLANK: (".", ("空白", "blank")),
    Missing.UNREADABLE: ("$?$", ("看不清", "unreadable")),
    Missing.NOT_IN_FORM: ("_", ("格式无此项", "not in the form")),
    Missing.NOT_STATED: ("x", ("未写明", "not stated")),
}
_COMPARABLE = {Grade.EXACT, Grade.CLOSE}
_GREY = "#888888"


def draw_series(
    axes: Axes, rows: pd.DataFrame, tables: Tables, fonts: ChartFonts, years: tuple[int, int] = YEARS
) -> None:
    """Draw rows of ``compare`` that belong to one body, one series for each name in them.

    The axis spans ``years``, more where the rows have more. Shifts of level that touch a concept are dotted lines.
    Raises ``ValueError`` for rows of several bodies.
    """
    bodies = rows["agency_key"].unique()
    if len(bodies) > 1:
        raise ValueError(f"These rows are of {len(bodies)} bodies: draw one at a time.")
    names = list(dict.fromkeys(rows["name"]))
    first, last = (int(rows["year"].min()), int(rows["year"].max())) if len(rows) else years
    first, last = min(first, years[0]), max(last, years[1])
    lines: list[Line2D] = []
    signs: dict[str, Line2D] = {}
    shifts: dict[str, Line2D] = {}
    series = [_known(rows, name) for name in names]
    for year in sorted({gap for points in series for gap in _breaks(points)}):
        axes.axvline(year, color=_GREY, linestyle="--", linewidth=0.9, zorder=1)
    for place, since, words in _shifts(names, tables, fonts, (first, last)):
        axes.axvline(place, color="#bbbbbb", linestyle=":", linewidth=0.9, zorder=1)
        axes.annotate(
            since, (place, 1), xycoords=("data", "axes fraction"), xytext=(2, -8), textcoords="offset points",
            fontsize=6.5, color=_GREY,
        )  # fmt: skip
        shifts[words] = Line2D([], [], color="#bbbbbb", linestyle=":", label=words)
    for number, (name, points) in enumerate(zip(names, series, strict=True)):
        colour = _COLOURS[number % len(_COLOURS)]
        title = fonts.label(tables.title(name), tables.title(name, "en"))
        lines.append(Line2D([], [], color=colour, label=title))
        _lines(axes, points, colour)
        _points(axes, points, colour, fonts, signs)
        missing = rows[(rows["name"] == name) & rows["value"].isna()].to_dict("records")
        _missing(axes, missing, fonts, signs, 0.02 + 0.03 * number)
    _dress(axes, rows, fonts, (first, last))
    axes.legend(
        handles=[*lines, *signs.values(), *shifts.values()],
        loc="upper left",
        bbox_to_anchor=(1.01, 1),
        frameon=False,
        fontsize=8,
    )


def screen_series(rows: pd.DataFrame, tables: Tables) -> alt.LayerChart:
    """Return rows of ``compare`` as a chart for the screen; pointing at a number shows its words and their file.

    It carries its data and needs no network where the viewer of Vega-Lite 5 is at hand, as in JupyterLab and VS Code,
    with ``altair.renderers.enable(ON_SCREEN)``.
    """
    told = [
        {
            "year": int(point["year"]),
            "value": float(point["value"]),
            "name": tables.title(name),
            "body": point["agency_name"],
            "line": line,
            "grade": point["grade"] if point["is_break"] else "",
            "basis": point["basis"],
            "words": " ｜ ".join(point["quotes"]),
            "file": point["path"],
        }
        for name in dict.fromkeys(rows["name"])
        for body, own in rows[rows["name"] == name].groupby("agency_key", sort=False)
        for line, point in _numbered(f"{name} {body}", _known(own, name))
    ]
    columns = ("year", "value", "name", "body", "line", "grade", "basis", "words", "file")
    shown = alt.Chart(pd.DataFrame(told, columns=columns), width=640, height=260).encode(
        x=alt.X("year:Q", title="年 year", axis=alt.Axis(format="d"), scale=alt.Scale(domain=YEARS, nice=False)),
        y=alt.Y("value:Q", title=None),
        color=alt.Color("name:N", title=None),
        detail="line:N",
    )
    points = shown.mark_point(filled=True, size=70).encode(
        shape=alt.Shape("basis:N", title="依据 basis"),
        tooltip=["body:N", "name:N", "year:Q", "value:Q", "grade:N", "basis:N", "words:N", "file:N"],
    )
    return alt.layer(shown.mark_line(), points)


def _as_data(spec: dict[str, Any], **_: object) -> dict[str, Any]:
    return {"application/vnd.vegalite.v5+json": spec, "text/plain": _ELSEWHERE}


alt.renderers.register(ON_SCREEN, _as_data)


def _numbered(name: str, points: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each number with the line it belongs to: a gap and a break begin another."""
    line, before = 0, None
    for point in points:
        line += point["is_break"] or before is None or point["year"] != before + 1
        before = point["year"]
        yield f"{name} {line}", point


def _known(rows: pd.DataFrame, name: str) -> list[dict[str, Any]]:
    chosen = rows[(rows["name"] == name) & rows["value"].notna()].sort_values("year")
    return [{str(key): value for key, value in row.items()} for row in chosen.to_dict("records")]


def _breaks(points: list[dict[str, Any]]) -> Iterator[float]:
    """Yield where a break lies: half a year before the first report of the form that begins."""
    return (float(point["year"]) - 0.5 for point in points if point["is_break"])


def _lines(axes: Axes, points: list[dict[str, Any]], colour: str) -> None:
    for before, after in pairwise(points):
        comparable = not after["is_break"] or after["grade"] in _COMPARABLE
        if after["year"] == before["year"] + 1 and comparable:
            style = ":" if after["is_break"] else "-"
            axes.plot(
                [before["year"], after["year"]], [before["value"], after["value"]],
                color=colour, linestyle=style, linewidth=1.3, zorder=2,
            )  # fmt: skip


def _points(axes: Axes, points: list[dict[str, Any]], colour: str, fonts: ChartFonts, signs: dict[str, Line2D]) -> None:
    for point in points:
        marker = _MARKERS[Basis(point["basis"])]
        filled = colour if point["is_exact"] else "none"
        axes.plot(point["year"], point["value"], marker, color=colour, markerfacecolor=filled, zorder=3)
        words = fonts.label(*_MARKER_WORDS[marker])
        signs.setdefault(words, Line2D([], [], color=_GREY, marker=marker, linestyle="none", label=words))
        if point["is_break"]:
            sign = MARKS[Grade(point["grade"])] if point["grade"] in set(Grade) else "?"
            axes.annotate(
                sign, (point["year"], point["value"]), xytext=(0, 6), textcoords="offset points",
                ha="center", color=colour, fontsize=10,
            )  # fmt: skip


def _missing(
    axes: Axes, rows: list[Mapping[Any, Any]], fonts: ChartFonts, signs: dict[str, Line2D], height: float
) -> None:
    for row in rows:
        if row["status"] in _MISSING:
            marker, names = _MISSING[Missing(row["status"])]
            axes.plot(row["year"], height, marker=marker, color=_GREY, transform=axes.get_xaxis_transform())
            words = fonts.label(*names)
            signs.setdefault(words, Line2D([], [], color=_GREY, marker=marker, linestyle="none", label=words))


def _shifts(
    names: list[str], tables: Tables, fonts: ChartFonts, years: tuple[int, int]
) -> Iterator[tuple[float, str, str]]:
    shifts = tables.level_shifts()
    touching = shifts[shifts["concept"].isin(names)].drop_duplicates("shift")
    for since, zh, en in touching[["since", "name_zh", "name_en"]].itertuples(index=False):
        year, _, month = since.partition("-")
        place = int(year) - 0.5 + (int(month or 1) - 1) / 12
        if years[0] <= place <= years[1]:
            yield place, since, f"{since} {fonts.label(zh, en)}"


def _dress(axes: Axes, rows: pd.DataFrame, fonts: ChartFonts, years: tuple[int, int]) -> None:
    units = list(dict.fromkeys(rows["unit"].dropna()))
    axes.set_xlim(years[0] - 0.7, years[1] + 0.7)
    axes.set_xticks(range(years[0], years[1] + 1), [str(year) for year in range(years[0], years[1] + 1)], rotation=45)
    top = rows["value"].max() if rows["value"].notna().any() else 1
    axes.set_ylim(-0.12 * top if top else -0.12, 1.18 * top if top else 1)
    axes.axhline(0, color=_GREY, linewidth=0.6, zorder=1)
    if units == ["比例"]:
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}" if value >= 0 else "")
    else:
        axes.set_ylabel(fonts.label("、".join(units), "count"))
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}" if value >= 0 else "")

# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 初看结果
# *A first look at what was read*
#
# 这本笔记读 `gongkai run` 的输出文件夹，回答四个问题：里面有什么；一个指标历年怎样变化；
# 图上的一个点凭的是原文哪几个字；哪些数字自相矛盾。
# 文件夹由环境变量 `GONGKAI_OUT` 指定，不指定就用 `outputs/`。
#
# *It reads the output folder of `gongkai run` and answers four questions: what is in it, how one indicator moves over
# the years, which printed words stand behind a point of the chart, and which numbers contradict each other. The folder
# is the one that `GONGKAI_OUT` names, else `outputs/`.*

# %%
import os
from html import escape
from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import HTML, Markdown, display
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from pipeline.fonts import use_chinese_font
from pipeline.rulebook import load_rulebook
from pipeline.shipped import shipped_folder

# 想看别的指标或机关，改这两行；None 表示挑年份最多的机关。
# For another indicator or body change these two lines; None takes the body with most years.
INDICATOR = "requests.received.total"
BODY: str | None = None

places = [Path(os.environ["GONGKAI_OUT"])] if "GONGKAI_OUT" in os.environ else [Path("outputs"), Path("../outputs")]
out = next((folder for folder in places if (folder / "manifest.json").is_file()), None)
if out is None:
    raise FileNotFoundError(
        f"{places[0]} 里没有结果：请先运行 gongkai demo，或用 GONGKAI_OUT 指定输出文件夹。 "
        f"There are no results in {places[0]}: run gongkai demo first, or name the output folder in GONGKAI_OUT."
    )


def table(name: str) -> pd.DataFrame:
    """Return one table of the output folder, with missing as missing and whole numbers as whole numbers."""
    return pd.read_parquet(out / f"{name}.parquet", dtype_backend="numpy_nullable")


documents, observations, blocks, checks = (table(name) for name in ("documents", "observations", "blocks", "checks"))
sections = table("sections").set_index(["document_id", "section_id"])
rulebook = load_rulebook(shipped_folder("rules"))
fonts = use_chinese_font()
pd.options.display.max_colwidth = 80
if fonts.notice:
    display(Markdown(fonts.notice.replace("\n", "\n\n")))

# %% [markdown]
# ## 1. 文件夹里有什么
# *What is in the folder*
#
# 每个输入文件都算，读不成的也在。先看状态和原因，再看没有完全读成的文件。
#
# *Every input file counts, failures included: first statuses and reasons, then the files not read in full.*

# %%
STATUSES = {
    "ok": ("读成", "read"),
    "partial": ("部分读成", "read in part"),
    "empty": ("空文件", "empty"),
    "needs_ocr": ("需要文字识别", "needs OCR"),
    "not_report": ("不是年度报告", "no report"),
    "duplicate": ("重复", "duplicate"),
    "failed": ("读取失败", "failed"),
}
documents["状态 status"] = documents["status"].map(lambda status: " ".join(STATUSES[status]))
counts = documents.groupby(["状态 status", "reason"], dropna=False, sort=False).agg(
    files=("path", "size"), values=("n_observations", "sum"), first=("path", "first")
)
display(
    counts.reset_index().rename(
        columns={"reason": "原因 reason", "files": "文件数 files", "values": "值 values", "first": "例 first file"}
    )
)
display(documents.loc[documents["status"] != "ok", ["path", "状态 status", "reason", "message"]])

# %% [markdown]
# 下图一行一个机关，一列一年：颜色是读得怎样，数字是读出的值的个数，空白是没有报告。
# `×2` 表示有两份文件，数字是值最多的那一份的。
# 名称后有 `?` 的机关，原文不足以证明它是哪里的，跨年比较前请先核对。没有机关或年份的文件列在图后。
#
# *One row per body, one column per year. The colour says how well the report was read, the number how many values it
# yielded; white means no report, `×2` that there are two files, the number being that of the one with most values.
# A body marked `?` is not proven by the text: look before comparing years. Files without a proven body or year are
# listed below the chart.*

# %%
MOST_BODIES = 40
COLOURS = {"ok": "#9ecae1", "partial": "#fdd49e"}
OTHER_COLOUR = "#d9d9d9"

documents["body"] = documents["agency_key"].fillna(documents["agency_name"] + "?")
placed = documents.dropna(subset=["body", "year"]).sort_values("n_observations", ascending=False, kind="stable")
if placed.empty:
    raise ValueError(
        "没有一份报告同时有机关和年份，画不成图：原因见上表。 "
        "No report has both a proven body and a proven year, so there is nothing to draw: see the reasons above."
    )
reports = placed.drop_duplicates(["body", "year"]).set_index(["body", "year"]).sort_index()
copies = placed.groupby(["body", "year"]).size()
bodies = placed.groupby("body")["year"].nunique().sort_values(ascending=False, kind="stable").index[:MOST_BODIES]
years = list(range(placed["year"].min(), placed["year"].max() + 1))
names = {body: fonts.label(body, f"body {number}") for number, body in enumerate(bodies, 1)}

figure, axes = plt.subplots(figsize=(2 + 0.6 * len(years), 1.2 + 0.4 * len(bodies)), layout="constrained")
for line, body in enumerate(bodies):
    for year, report in reports.loc[body].iterrows():
        colour = COLOURS.get(report["status"], OTHER_COLOUR)
        axes.add_patch(plt.Rectangle((year - 0.5, line - 0.5), 1, 1, facecolor=colour, edgecolor="white"))
        many = f" ×{copies[body, year]}" if copies[body, year] > 1 else ""
        axes.text(year, line, f"{report['n_observations']}{many}", ha="center", va="center", fontsize=9)
axes.set(xlim=(years[0] - 0.5, years[-1] + 0.5), ylim=(len(bodies) - 0.5, -0.5))
axes.set_xticks(years, [str(year) for year in years], rotation=45)
axes.set_yticks(range(len(bodies)), list(names.values()))
axes.set_title(fonts.label("各机关历年报告与读出的值的个数", "Reports and number of values read, by body and year"))
shown = [(COLOURS[status], STATUSES[status]) for status in COLOURS] + [(OTHER_COLOUR, ("其他状态", "another status"))]
axes.legend(
    handles=[Patch(color=colour, label=fonts.label(*words)) for colour, words in shown],
    loc="upper left",
    bbox_to_anchor=(1.01, 1),
    frameon=False,
)
plt.show()
display(pd.DataFrame({"机关 body": bodies, "图中 in the chart": names.values()}))
unplaced = documents.loc[documents["body"].isna() | documents["year"].isna(), ["path", "agency", "year", "状态 status"]]
display(Markdown(f"没有机关或年份的文件：{len(unplaced)}。 *Files without a proven body or year: {len(unplaced)}.*"))
if len(unplaced):
    display(unplaced)

# %% [markdown]
# ## 2. 一个指标的历年变化
# *One indicator over the years*
#
# 这里看每年新收到的公开申请，默认挑年份最多的机关。
# 底色是报告所用的格式，虚线处格式变了，两边的数不一定可比，所以连线在此断开。
# 圆点出自正文，方块出自表格，三角出自附表；淡色的是同一事实的另一种说法，落选但没有丢掉；
# 空心的是推算的；底边的叉是有报告而没有读到数，不是零。
#
# *Here the requests received each year, by default those of the body with most years. The ground shows the form in
# use; at a dashed line the form changes, numbers on both sides need not be comparable, and the line breaks. Circles
# come from prose, squares from tables, triangles from attached tables. Faint ones are other statements of the same
# fact that lost but are kept; hollow ones are inferred; a cross at the bottom is a report in which no number was found,
# which is not zero.*

# %%
MARKERS = {
    "prose": ("o", -0.1, ("正文", "prose")),
    "table": ("s", 0.1, ("表格", "table")),
    "attachment_table": ("^", 0.0, ("附表", "attached table")),
}

one_each = placed.sort_values("path", kind="stable").drop_duplicates("document_id")
facts = observations[
    (observations["period"] == "this_year")
    & observations["item"].isna()
    & observations["applicant"].fillna("total").eq("total")
].merge(one_each[["document_id", "body", "year", "path"]], on="document_id")
catalogue = {indicator.id: indicator for indicator in rulebook.indicators}
numbers = facts[facts["indicator"] == INDICATOR].dropna(subset=["value"])
if INDICATOR not in catalogue or numbers.empty:
    known = facts.dropna(subset=["value"]).groupby("indicator")["year"].nunique().nlargest(10)
    raise ValueError(
        f"没有指标 {INDICATOR} 的值，请改 INDICATOR；年份最多的有： "
        f"No value of {INDICATOR} was read: change INDICATOR. Those with most years: {', '.join(known.index)}"
    )
body = BODY or numbers.groupby("body")["year"].nunique().sort_values(ascending=False, kind="stable").index[0]
points = numbers[numbers["body"] == body].sort_values(["year", "source"], ascending=[True, False], kind="stable")
form_of = reports.loc[body, "era"].sort_index()
measure = catalogue[INDICATOR]
display(Markdown(f"**{body}**：{measure.names['zh']}（{measure.unit}） *{measure.names['en']}*. {measure.definition}"))

# %%
BLUE = "#08519c"
GROUNDS = dict(zip((era.id for era in rulebook.eras), plt.colormaps["Pastel2"].colors, strict=False))
form_names = {era.id: fonts.label(era.names.zh, era.names.en) for era in rulebook.eras}

figure, axes = plt.subplots(figsize=(10, 4.5), layout="constrained")
for year, form in form_of.items():
    axes.axvspan(year - 0.5, year + 0.5, color=GROUNDS[form], alpha=0.5, linewidth=0)
changes = [(a, b) for (a, before), (b, after) in pairwise(form_of.items()) if before != after]
for before, after in changes:
    axes.axvline((before + after) / 2, color="grey", linestyle="--", linewidth=1)

accepted = points[points["standing"] == "accepted"]
series = accepted.groupby("year")["value"].first()
for (before, low), (after, high) in pairwise(series.items()):
    if after == before + 1 and form_of[before] == form_of[after]:
        axes.plot([before, after], [low, high], color=BLUE, linewidth=1, zorder=2)
for source, (marker, shift, _) in MARKERS.items():
    for point in points[points["source"] == source].itertuples():
        axes.plot(
            point.year + shift,
            point.value,
            marker=marker,
            color=BLUE,
            alpha=1 if point.standing == "accepted" else 0.3,
            markerfacecolor="none" if point.derived else None,
            zorder=3,
        )
silent = [year for year in form_of.index if year not in series.index]
axes.plot(silent, [0.025] * len(silent), "x", color="grey", transform=axes.get_xaxis_transform())

top = max(points["value"].max() * 1.15, 1)
axes.set_ylim(-0.06 * top, top)
axes.axhline(0, color="grey", linewidth=0.5)
axes.set_xticks(range(form_of.index.min(), form_of.index.max() + 1))
axes.set_xlim(form_of.index.min() - 0.5, form_of.index.max() + 0.5)
axes.set_ylabel(fonts.label(measure.unit, "count"))
name = fonts.label(measure.names["zh"], measure.names["en"])
axes.set_title(f"{names.get(body, fonts.label(body, 'body'))} · {name}")
signs = [
    Line2D([], [], color=BLUE, marker=marker, linestyle="none", label=fonts.label(*words))
    for marker, _, words in MARKERS.values()
]
signs += [
    Line2D([], [], color=BLUE, marker="o", linestyle="none", alpha=0.3, label=fonts.label("落选的说法", "rival")),
    Line2D([], [], color="grey", marker="x", linestyle="none", label=fonts.label("没有读到数", "no number read")),
]
signs += [Patch(color=GROUNDS[form], alpha=0.5, label=form_names[form]) for form in form_of.unique()]
axes.legend(handles=signs, loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False)
plt.show()
display(points[["year", "value", "unit", "qualifier", "source", "standing", "quote", "path", "observation_id"]])

# %% [markdown]
# ## 3. 一个点的证据
# *The evidence behind a point*
#
# 每个值都指向一段原文：文件、所在的节、文字块、起止位置。
# 下面从图上各种来源里各取最近的一点，标出它凭的那几个字；表格里的值连同所在的行和列标题一起列出。
# 用 `evidence("…")` 可以看别的值。
#
# *Every value points at printed words: file, section, block, offsets. Below, the latest point of each source in the
# chart, with the words it rests on marked; a value from a table is shown with its row and the headings of its column.
# `evidence("…")` shows any other value.*

# %%
CONTEXT = 200
grid = blocks[blocks["type"] == "cell"]


def marked(text: str, start: int, end: int) -> str:
    """Return the text around ``[start:end]`` as HTML with the quote marked."""
    before, after = text[:start], text[end:]
    left = ("…" if len(before) > CONTEXT else "") + before[-CONTEXT:]
    right = after[:CONTEXT] + ("…" if len(after) > CONTEXT else "")
    return f"{escape(left)}<mark>{escape(text[start:end])}</mark>{escape(right)}"


def surroundings(cell: pd.Series, start: int, end: int) -> str:
    """Return the row of a table cell as HTML, below the headings of its column."""
    mates = grid[
        (grid["document_id"] == cell["document_id"])
        & (grid["block_id"].str.rpartition(".")[0] == cell["block_id"].rpartition(".")[0])
    ]
    above = mates[
        (mates["row"] < cell["row"])
        & (mates["col"] <= cell["col"])
        & (mates["col"] + mates["colspan"] > cell["col"])
        & ~mates["text"].str.contains(r"\d|^\s*$")
    ]
    row = mates[(mates["row"] <= cell["row"]) & (mates["row"] + mates["rowspan"] > cell["row"])].sort_values("col")
    fields = "".join(
        f"<td>{marked(text, start, end) if block_id == cell['block_id'] else escape(text)}</td>"
        for block_id, text in zip(row["block_id"], row["text"], strict=True)
    )
    headings = " › ".join(escape(text) for text in above.sort_values("row")["text"])
    return f"<p>列 column: {headings}</p><table><tr>{fields}</tr></table>"


def evidence(observation_id: str) -> HTML:
    """Return where a value stands and the words that prove it."""
    value = observations.set_index("observation_id").loc[observation_id]
    document = documents[documents["document_id"] == value["document_id"]].iloc[0]
    section = sections["heading"].get((value["document_id"], value["section_id"]), pd.NA)
    mine = blocks["document_id"].eq(value["document_id"]) & blocks["block_id"].eq(value["block_id"])
    block = blocks[mine].iloc[0]
    start, end = int(value["start"]), int(value["end"])
    if block["text"][start:end] != value["quote"]:
        raise ValueError(f"{observation_id}: the stored text at [{start}:{end}] is not the quote")
    place = {"页 page": value["page"], "行 row": value["row"], "列 col": value["col"], "位置 offsets": f"{start}–{end}"}
    facts = {
        "文件 document": document["path"],
        "机关、年份 body, year": f"{document['agency']} {document['year']}",
        "指标 indicator": value["indicator"],
        "值 value": f"{value['value']:g} {'' if pd.isna(value['unit']) else value['unit']}",
        "节 section": "" if pd.isna(section) else section,
        "文字块 block": f"{block['block_id']} ({block['type']})",
        **{name: where for name, where in place.items() if not pd.isna(where)},
        "规则 rule": value["rule_id"],
    }
    lines = "".join(f"<tr><th>{escape(name)}</th><td>{escape(str(fact))}</td></tr>" for name, fact in facts.items())
    words = (
        surroundings(block, start, end) if block["type"] == "cell" else f"<p>{marked(block['text'], start, end)}</p>"
    )
    return HTML(f"<table>{lines}</table>{words}")


for observation_id in accepted.groupby("source")["observation_id"].last():
    display(evidence(observation_id))

# %% [markdown]
# ## 4. 不成立的勾稽关系
# *Broken checks*
#
# 每份报告按所用格式的勾稽关系核算。报告自己算错的数照原样保留，写作 `report_error`；
# 也可能是读错的写作 `extraction_doubt`，请先看原文再用。
# `not_testable` 是缺数而无法核算，不等于成立。最后一张表列出每一条不成立的关系所用的数。
#
# *Every report is checked against the identities of its form. Its own arithmetic errors are kept as printed and called
# `report_error`; what may be our misreading is called `extraction_doubt`: look at the text first. `not_testable` means
# that a number is missing, which is not the same as holding. The last table lists the numbers behind each broken
# check.*

# %%
display(checks.groupby(["outcome", "severity"]).size().rename("核算 checks").reset_index())
broken = checks[checks["outcome"] == "broken"].merge(
    documents.drop_duplicates("document_id")[["document_id", "path", "body", "year"]], on="document_id"
)
columns = ["path", "body", "year", "identity", "applicant", "left", "right", "residual", "severity", "verdict"]
display(broken[columns])

# %%
parts = broken[["path", "identity", "observations"]].explode("observations")
parts = parts.rename(columns={"observations": "observation_id"}).merge(observations, on="observation_id")
display(parts[["path", "identity", "indicator", "applicant", "value", "quote", "page", "row", "col", "observation_id"]])

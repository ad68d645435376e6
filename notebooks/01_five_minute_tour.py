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
# # 01 五分钟看完
# *A tour in five minutes*
#
# 这本笔记读 `gongkai run` 的输出文件夹，回答三个问题：有哪些地方、哪些年份；一个指标从 2008 到 2025 年怎样变化，
# 断点在哪里；图上任何一点，凭的是原文哪句话、哪个格子。文件夹由环境变量 `GONGKAI_OUT` 指定，不指定就用 `outputs/`。
#
# *It reads the output folder of `gongkai run` (the one that `GONGKAI_OUT` names, else `outputs/`): which places and
# years there are, one indicator from 2008 to 2025 with its breaks, and for any point the sentence or cell behind it.*

# %%
import altair as alt
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import Markdown, display

import pipeline
from pipeline.charts import ON_SCREEN, YEARS, draw_series, screen_series
from pipeline.fonts import use_chinese_font

# 想看别的指标或机关，改这两行；None 表示挑年份最多的机关。tables.concepts() 列出全部可比指标。
# For another concept or body change these two lines; None takes the body with most years. tables.concepts() lists all.
CONCEPT = "requests_received"
BODY: str | None = None

tables = pipeline.load()
fonts = use_chinese_font()
alt.renderers.enable(ON_SCREEN)
pd.options.display.max_colwidth = 80
if fonts.notice:
    display(Markdown(fonts.notice.replace("\n", "\n\n")))

# %% [markdown]
# ## 1. 有哪些文件
# *Which files there are*
#
# 每个输入文件都算，读不成的也在，并写明原因。
#
# *Every input file counts, failures included, with the reason.*

# %%
documents = tables.documents
counts = documents.groupby(["status", "reason"], dropna=False, observed=True).agg(
    files=("path", "size"), values=("n_observations", "sum"), first=("path", "first")
)
counts = counts.reset_index()
counts.attrs = documents.attrs
tables.labelled(counts).rename(
    columns={"files": "文件数 files", "values": "值 values", "first": "第一个 first of them"}
)

# %% [markdown]
# ## 2. 哪些地方、哪些年份
# *Which places and years*
#
# 一行一个机关，一列一年。深色：表格可读；浅色：只有正文；橙色：只读成一部分；空白：没有报告。数字是读出的值的个数。
# 机关或年份在原文里得不到证明的报告不进面板，列在图后。
#
# *One row per body, one column per year. Dark: with a form; light: prose; orange: read in part; white: no report. The
# number counts the values read. Reports whose body or year the text does not prove are in no panel; they follow below.*

# %%
MOST_BODIES = 40
COLOURS = {
    "form": ("#9ecae1", ("有统计表", "with a form")),
    "prose": ("#deebf7", ("只有正文", "prose")),
    "partial": ("#fdbe85", ("部分读成", "read in part")),
}

reports = tables.panel(CONCEPT).dropna(subset=["document_id"])
details = documents.drop_duplicates("document_id").set_index("document_id")
reports["n_values"] = reports["document_id"].map(details["n_observations"])
reports["colour"] = reports["era"].astype(object).map(lambda era: "prose" if era == "prose" else "form")
reports.loc[reports["document_id"].map(details["status"]) != "ok", "colour"] = "partial"
bodies = reports.groupby("agency_key")["year"].nunique().sort_values(ascending=False, kind="stable").index
names = reports.drop_duplicates("agency_key").set_index("agency_key")["agency_name"]
shown = {body: fonts.label(names[body], f"body {n}") for n, body in enumerate(bodies[:MOST_BODIES], 1)}
first, last = min([*reports["year"], YEARS[0]]), max([*reports["year"], YEARS[1]])

figure, axes = plt.subplots(figsize=(10, 1.2 + 0.36 * max(len(shown), 1)), layout="constrained")
lines = {body: line for line, body in enumerate(shown)}
for report in reports[reports["agency_key"].isin(shown)].itertuples():
    corner = (report.year - 0.5, lines[report.agency_key] - 0.5)
    axes.add_patch(plt.Rectangle(corner, 1, 1, facecolor=COLOURS[report.colour][0], edgecolor="white"))
    axes.text(report.year, lines[report.agency_key], f"{report.n_values}", ha="center", va="center", fontsize=8)
axes.set(xlim=(first - 0.5, last + 0.5), ylim=(max(len(shown), 1) - 0.5, -0.5))
axes.set_xticks(range(first, last + 1), [str(year) for year in range(first, last + 1)], rotation=45)
axes.set_yticks(range(len(shown)), list(shown.values()))
axes.set_title(fonts.label("各机关历年报告", "Reports by body and year"))
axes.legend(
    handles=[
        plt.Rectangle((0, 0), 1, 1, color=colour, label=fonts.label(*words)) for colour, words in COLOURS.values()
    ],
    loc="upper left",
    bbox_to_anchor=(1.01, 1),
    frameon=False,
)
plt.show()
display(Markdown(f"机关 {len(bodies)} 个，图中 {len(shown)} 个。 *{len(bodies)} bodies, {len(shown)} of them shown.*"))

# %% [markdown]
# 全部机关，按层级和年份计报告份数（不限于图中的机关）：
#
# *All bodies, whether in the chart or not: reports by level and year.*

# %%
levels = {**tables.read("panel").attrs["codes"]["zh"]["level"], "": "未证明 not proven"}
by_level = reports.assign(level=reports["level"].astype(object).fillna("")).groupby(["level", "year"]).size()
by_level.unstack(fill_value=0).reindex([level for level in levels if level in by_level.index]).rename(index=levels)

# %%
read = documents[documents["status"].isin(["ok", "partial"])]
unplaced = read[read["agency_key"].isna() | read["year"].isna()]
display(
    Markdown(f"机关或年份未得证明的报告：{len(unplaced)}。 *Reports without a proven body or year: {len(unplaced)}.*")
)
tables.labelled(unplaced[["path", "agency", "year", "status", "reason"]].head(20))

# %% [markdown]
# ## 3. 一个指标，2008 至 2025 年
# *One indicator, 2008 to 2025*
#
# 默认是每年新收到的公开申请，挑年份最多的机关。虚线处换了格式，符号说两边能不能比：`=` 相同，`≈` 相近，`≠` 不能相接，
# `∅` 前面没有可比的。实线在同一格式之内，点线跨过可比的断点，不可比或缺年份就不连。方块出自表格，圆点出自正文；
# 底部灰色的记号是有报告而没有数，不是零。
#
# *By default the requests received each year, for the body with most years. At a dashed line another form begins; the
# sign says how both sides compare: `=` the same, `≈` nearly, `≠` do not chain, `∅` nothing to compare with. Solid lines
# stay within a form, dotted ones cross a break that compares, nothing joins what does not. Squares come from tables,
# circles from prose; a grey sign at the bottom is a report without a number, which is not zero.*

# %%
compared = tables.compare(CONCEPT)
years = compared.dropna(subset=["value"]).groupby("agency_key", sort=False)["year"].nunique()
body = BODY or (years.idxmax() if len(years) else None)
curve = compared[compared["agency_key"] == body]
if curve.empty:
    raise ValueError(f"没有 {CONCEPT} 的值，请改 CONCEPT 或 BODY。 No value of {CONCEPT}: change CONCEPT or BODY.")

figure, axes = plt.subplots(figsize=(10, 4), layout="constrained")
draw_series(axes, curve, tables, fonts)
axes.set_title(fonts.label(f"{names[body]} · {tables.title(CONCEPT)}", tables.title(CONCEPT, "en")))
plt.show()

# %% [markdown]
# 同一条曲线，供屏幕上看：鼠标指到点上，就显示原文和文件名（JupyterLab 和 VS Code，不需要网络；别处请看上图）。
#
# *The same for the screen: point at a number to see its words and file (JupyterLab and VS Code, no network needed).*

# %%
screen_series(curve, tables)

# %%
parts = ["year", "value", "status", "is_break", "grade", "basis", "era", "quotes", "path"]
told = curve[parts].assign(quotes=curve["quotes"].map("；".join))
tables.labelled(told).rename(columns={"quotes": "原文 words"})

# %% [markdown]
# 每个格式里它是怎样取数的，断点为什么是这个等级：
#
# *What it is in each form, and why the grades are what they are:*

# %%
concept = tables.concepts().query("concept == @CONCEPT")
about = concept.iloc[0]
display(Markdown(f"{about['why_zh']}{about['advice_zh']}\n\n*{about['why_en']} {about['advice_en']}*"))
concept[["era", "expression", "grade"]]

# %% [markdown]
# ## 4. 任何一点的证据
# *The evidence behind any point*
#
# 改 `YEAR` 看别的年份；`None` 是最近的一年。表格里的值连同所在的行和列标题一起列出，正文里的值标在句子中。
#
# *Change `YEAR` for another point. A cell is shown with its row and the headings of its column, prose as the sentence.*

# %%
YEAR: int | None = None

points = curve.dropna(subset=["value"])
point = points[points["year"] == (YEAR or points["year"].max())].iloc[0]
tables.quotation(point)

# %%
tables.quotation(points.iloc[0])

# %% [markdown]
# ## 接下来
# *Where to go next*
#
# - 02 覆盖和质量：缺什么，为什么缺 · *coverage and quality*
# - 03 跨断点的趋势 · *trends across the breaks*
# - 04 回归用的面板，Stata 和 R · *a panel for regression*
# - 05 逐年照抄，问题改进说些什么 · *copying between years, and what the problems sections talk about*
# - 06 复核：勾稽、异常值、抽样和差错率 · *audit*

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
# # 02 覆盖和质量
# *Coverage and quality*
#
# 用数据之前先问：缺什么，为什么缺；读得怎样；报告自己对不对得上。缺失有五种，不能混为一谈，更不能当作零。
#
# *Before using the numbers: what is missing and why, how well it was read, and do the reports agree with themselves.
# There are five ways of being missing; none of them is zero.*

# %%
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import Markdown, display

import pipeline
from pipeline.fonts import use_chinese_font

tables = pipeline.load()
fonts = use_chinese_font()
pd.options.display.max_colwidth = 80
if fonts.notice:
    display(Markdown(fonts.notice.replace("\n", "\n\n")))


def words(table: str, column: str) -> dict[str, str]:
    """Return what the codes of a column are called in the charts, in the order of the rulebook."""
    labels = tables.read(table).attrs["codes"]
    return {code: fonts.label(labels["zh"][column][code], labels["en"][column][code]) for code in labels["zh"][column]}


# %% [markdown]
# ## 1. 读得怎样
# *How well the files were read*

# %%
documents = tables.documents
by_format = documents.groupby(["format", "status"], observed=True).size().unstack(fill_value=0)
by_format.rename(columns=documents.attrs["codes"]["zh"]["status"])

# %%
by_form = (
    documents[documents["era"].notna()]
    .groupby("era", observed=True)
    .agg(
        文件_files=("path", "size"),
        值_values=("n_observations", "sum"),
        数字_numerals=("n_numbers", "sum"),
        说不清的_unexplained=("n_unexplained", "sum"),
    )
)
by_form["说不清的比例_share"] = (by_form["说不清的_unexplained"] / by_form["数字_numerals"]).round(3)
by_form.rename(index=words("documents", "era"))

# %% [markdown]
# 说不清的数字不会成为值；比例高的格式，要想到正文里可能还有没读出的指标。没读全的地方逐条列在下面。
#
# *A numeral that nothing explains becomes no value; where many are, prose may hold figures not read. What could not be
# read in full is listed one by one:*

# %%
tables.problems[["path", "stage", "kind", "message"]].head(20)

# %% [markdown]
# ## 2. 哪些年份、哪些章节
# *Which years, which sections*
#
# 每年的报告里，这一类章节读出了值的有多大比例（颜色）、多少份（格中数字）；括号里是全年的报告份数。
# 没有报告的年份不算在内。
#
# *Of the reports of each year, the share whose section holds values (colour) and how many those are. Years without a
# report are left out.*

# %%
coverage = tables.coverage
present = coverage[coverage["coverage"].isin(["values", "text", "absent", "unreadable"])]
filled = present.assign(filled=present["coverage"].eq("values"))
share = filled.groupby(["section_kind", "year"], observed=True)["filled"].agg(["mean", "sum", "size"])
kinds = [kind for kind in words("coverage", "section_kind") if kind in share.index.get_level_values(0)]
years = sorted(share.index.get_level_values(1).unique())

figure, axes = plt.subplots(figsize=(10, 1.4 + 0.32 * max(len(kinds), 1)), layout="constrained")
grid = share["mean"].unstack().reindex(index=kinds, columns=years).astype(float)
number = share["sum"].unstack().reindex(index=kinds, columns=years)
axes.imshow(grid, cmap="Blues", vmin=0, vmax=1.6, aspect="auto")
for line, kind in enumerate(kinds):
    for column, year in enumerate(years):
        if pd.notna(number.loc[kind, year]):
            axes.text(column, line, f"{number.loc[kind, year]:.0f}", ha="center", va="center", fontsize=8)
reports = present.drop_duplicates(["agency_key", "year"]).groupby("year").size()
axes.set_xticks(range(len(years)), [f"{year}\n({reports[year]})" for year in years], fontsize=8)
axes.set_yticks(range(len(kinds)), [words("coverage", "section_kind")[kind] for kind in kinds])
axes.set_title(fonts.label("有值的章节（括号内为报告份数）", "Sections with values (reports in brackets)"))
plt.show()

# %% [markdown]
# ## 3. 为什么没有值
# *Why there is no value*
#
# 有报告的机关和年份里，各可比指标有没有值、为什么没有。“格式无此项”不是漏读，是那时的表里没有这一格。
#
# *For bodies and years with a report: whether each concept has a value, and why not. Not in the form is no failure to
# read: the form of that time has no such cell.*

# %%
CONCEPTS = (
    "requests_received", "requests_closed", "granted_full", "granted_partial", "denied_total", "not_held",
    "disclosure_rate", "disclosure_rate_narrow", "review_total", "review_loss_rate", "litigation_total",
    "litigation_loss_rate", "normative_issued", "proactive_total",
)  # fmt: skip
REASONS = {
    "value": "#4292c6",
    "not_in_form": "#e0e0e0",
    "not_stated": "#bdbdbd",
    "blank": "#fdd49e",
    "unreadable": "#d94801",
}

values = tables.panel_values
asked = values[values["concept"].isin(CONCEPTS) & (values["status"] != "no_report")]
reasons = asked.groupby(["concept", "status"], observed=True).size().unstack(fill_value=0)
reasons = reasons.reindex(
    index=[name for name in CONCEPTS if name in reasons.index], columns=list(REASONS), fill_value=0
)

figure, axes = plt.subplots(figsize=(10, 1.2 + 0.28 * max(len(reasons), 1)), layout="constrained")
left = pd.Series(0, reasons.index)
titles = [fonts.label(tables.title(name), tables.title(name, "en")) for name in reasons.index]
for status, colour in REASONS.items():
    label = words("panel_values", "status")[status]
    axes.barh(range(len(reasons)), reasons[status], left=left, color=colour, label=label)
    left += reasons[status]
axes.set_yticks(range(len(reasons)), titles)
axes.invert_yaxis()
axes.set_xlabel(fonts.label("机关 × 年份", "bodies × years"))
axes.set_title(fonts.label("可比指标：有没有值，为什么没有", "Concepts: a value, or why there is none"))
axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False)
plt.show()
reasons

# %% [markdown]
# 单元格层面也分得清：空白不是零，“/”不是零，“XX”不是零；“未收到”“无”是写明的零。
#
# *Single cells tell the same apart: blank, “/” and “XX” are no zeros; 未收到 and 无 are zeros put in words.*

# %%
observations = tables.observations
counted = observations.groupby(["source", "status"], observed=True).size().rename("值 values").reset_index()
counted.attrs = observations.attrs
tables.labelled(counted)

# %% [markdown]
# ## 4. 报告自己对不对得上
# *Do the reports agree with themselves*
#
# 勾稽关系按报告实际使用的格式核算。`hard` 必须成立，`soft` 通常成立，`info` 只是提示。详细的复核在 06。
#
# *Identities are those of the form really used. Hard ones must hold, soft ones mostly do, info only points at what is
# unusual. Notebook 06 goes into them.*

# %%
checks = tables.with_reports(tables.checks)
outcomes = checks.groupby(["era", "severity", "outcome"], observed=True).size().unstack(fill_value=0)
outcomes.rename(index=words("documents", "era"), level="era")

# %% [markdown]
# ## 5. 用之前先剔除或单列的
# *What to leave out or to show apart*
#
# 口径不同的不能相加；重复、重发、照抄和被篡改的要先看。面板已按声明的规则选用报告（`chosen_by`）。
#
# *Never add up different scopes; look at copies, re-issues, clones and tampered files first. The panel has chosen among
# several reports by declared rules (`chosen_by`).*

# %%
flags = ["is_template", "is_tampered", "is_traditional"]
marks = documents[flags].sum().rename(documents.attrs["labels"]["zh"])
links = documents[["duplicate_of", "reissue_of", "clone_of"]].notna().sum().rename(documents.attrs["labels"]["zh"])
scopes = documents["scope"].value_counts(dropna=False, sort=False).rename(documents.attrs["codes"]["zh"]["scope"])
pd.concat({"标记 flags": marks, "与别的文件 links": links, "口径 scope": scopes}).rename("文件数 files").to_frame()

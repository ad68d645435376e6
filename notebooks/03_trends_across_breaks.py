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
# # 03 跨断点的趋势
# *Trends across the breaks*
#
# 格式在 2014、2019、2021 年变过，同名的格子数的不是同一件事。这里只把能比的接起来：每个断点都有等级，
# 不可比的不连线，缺年份的也不连。
#
# *Forms changed in 2014, 2019 and 2021, and cells of like names count different things. Here only what compares is
# joined: every break has a grade, and neither a broken one nor a missing year is bridged.*

# %%
import altair as alt
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import Markdown, display

import pipeline
from pipeline.charts import ON_SCREEN, draw_series, screen_series
from pipeline.fonts import use_chinese_font

# None 表示挑年份最多的机关；写机关代号（agency_key）看别的。 None takes the body with most years.
BODY: str | None = None

tables = pipeline.load()
fonts = use_chinese_font()
alt.renderers.enable(ON_SCREEN)
if fonts.notice:
    display(Markdown(fonts.notice.replace("\n", "\n\n")))

received = tables.compare("requests_received")
years = received.dropna(subset=["value"]).groupby("agency_key", sort=False)["year"].nunique()
body = BODY or (years.idxmax() if len(years) else None)
curve = received[received["agency_key"] == body]
if curve.empty:
    raise ValueError("没有可画的机关，请改 BODY。 There is no body to draw: change BODY.")
name = curve["agency_name"].iloc[0]
print_name = fonts.label(f"{name} · ", "")


def series(*names: str) -> pd.DataFrame:
    """Return the compared rows of the body for some concepts."""
    rows = tables.compare(*names)
    return rows[rows["agency_key"] == body]


display(Markdown(f"**{name}**"))

# %% [markdown]
# ## 1. 收到的申请
# *Requests received*
#
# 2019 年 5 月修订后的条例施行，申请不再需要说明“三需要”；2021 年起收取信息处理费。水平变了，不等于行为变了。
#
# *Since May 2019 no special need has to be shown, since 2021 a processing fee may be charged: levels shift whatever the
# form.*

# %%
figure, axes = plt.subplots(figsize=(10, 3.6), layout="constrained")
draw_series(axes, curve, tables, fonts)
axes.set_title(print_name + fonts.label("收到的申请", "Requests received"))
plt.show()

# %% [markdown]
# ## 2. 答复的构成
# *What the answers were*
#
# 柱子是各类结果的件数，黑线是报告所说的办结总数。柱子够不到黑线的部分，是没有写明、没有读出或不可比的结果，不是零。
#
# *Bars count the outcomes, the black line is the total closed that the report states. Where a bar ends below its line,
# outcomes are not stated, not read or not comparable; they are not zero.*

# %%
OUTCOMES = {
    "granted_full": "#2171b5",
    "granted_partial": "#9ecae1",
    "denied_total": "#d94801",
    "not_held": "#bdbdbd",
    "need_creation": "#969696",
    "unclear": "#d9d9d9",
    "duplicate": "#f0f0f0",
    "petition_like": "#fdd0a2",
    "other_handling": "#dadaeb",
}

values = tables.panel_values
own = values[values["agency_key"] == body]
structure = own.pivot(index="year", columns="concept", values="value").astype(float)
structure = structure.reindex(columns=[*OUTCOMES, "requests_closed"]).dropna(how="all")

figure, axes = plt.subplots(figsize=(10, 4), layout="constrained")
bottom = pd.Series(0.0, structure.index)
for concept, colour in OUTCOMES.items():
    if structure[concept].isna().all():
        continue
    label = fonts.label(tables.title(concept), tables.title(concept, "en"))
    height = structure[concept].fillna(0)
    axes.bar(structure.index, height, bottom=bottom, color=colour, edgecolor="white", width=0.7, label=label)
    bottom += height
closed = structure["requests_closed"].dropna()
axes.hlines(closed, closed.index - 0.4, closed.index + 0.4, color="black", label=fonts.label("办结总数", "closed"))
own_reports = curve[curve["document_id"].notna()]
for year in own_reports.loc[own_reports["is_break"].fillna(value=False), "year"]:
    axes.axvline(year - 0.5, color="#888888", linestyle="--", linewidth=0.9)
axes.set_xticks(structure.index.astype(int), [str(year) for year in structure.index], rotation=45)
axes.set_ylabel(fonts.label("件", "requests"))
axes.set_title(print_name + fonts.label("答复的构成", "Outcomes"))
axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=8)
plt.show()
structure.assign(unaccounted=structure["requests_closed"] - bottom).T.rename(
    index={**{concept: tables.title(concept) for concept in structure}, "unaccounted": "总数与各项之差 unaccounted"}
)

# %% [markdown]
# 各结果跨断点的等级（不能接的排在前面）：
#
# *The grades of the outcomes at the breaks, broken ones first:*

# %%
breaks = own[own["concept"].isin(OUTCOMES) & own["is_break"].fillna(value=False) & own["value"].notna()]
grades = breaks.pivot(index="concept", columns="year", values="grade").astype(object)
worst_first = grades.eq("broken").sum(axis=1).sort_values(ascending=False, kind="stable").index
grades.loc[worst_first].rename(index=tables.title).fillna("")

# %% [markdown]
# ## 3. 公开率：宽和窄
# *Disclosure rate, wide and narrow*
#
# 宽口径：予以公开加部分公开，除以全部答复结果。2019 年起结果里多了“不予处理”和“其他处理”，宽口径会自己下降。
# 窄口径：分母只算公开、不予公开和无法提供，前后才可比。两条线差得多，说明变的可能是申请的构成。确切的算式见下表。
#
# *Wide: granted in full and in part over all results, which since 2019 hold requests not processed or handled
# otherwise, so that it falls by itself. Narrow: over granted, denied and unavailable only. The exact expressions
# follow.*

# %%
rates = series("disclosure_rate", "disclosure_rate_narrow")
figure, axes = plt.subplots(figsize=(10, 3.6), layout="constrained")
draw_series(axes, rates, tables, fonts)
axes.set_title(print_name + fonts.label("公开率", "Disclosure rate"))
plt.show()
pd.set_option("display.max_colwidth", 160)
tables.concepts().query("concept in ['disclosure_rate', 'disclosure_rate_narrow']")[
    ["name_zh", "era", "expression", "grade"]
]

# %%
screen_series(rates, tables)

# %% [markdown]
# ## 4. 复议和诉讼的纠错率
# *Corrected in review and in litigation*
#
# 分母是已审结的（维持、纠正、其他），尚未审结的不算。件数少的时候一件就是几十个百分点，所以件数列在旁边。
#
# *Over the closed cases only. With few cases one of them moves the rate by tens of points: read the counts beside it.*

# %%
remedies = series("review_loss_rate", "litigation_loss_rate")
figure, axes = plt.subplots(figsize=(10, 3.6), layout="constrained")
draw_series(axes, remedies, tables, fonts)
axes.set_title(print_name + fonts.label("复议、诉讼纠错率", "Corrected in review and litigation"))
plt.show()
COUNTS = [
    "review_corrected", "review_total", "review_loss_rate",
    "litigation_corrected", "litigation_total", "litigation_loss_rate",
]  # fmt: skip
counts = own[own["concept"].isin(COUNTS) & (own["status"] != "no_report")]
table = counts.pivot(index="concept", columns="year", values="value").reindex(COUNTS).astype(object)
reason = counts.pivot(index="concept", columns="year", values="status").reindex(COUNTS).astype(object)
why = values.attrs["codes"]["zh"]["status"]
table.map(lambda value: f"{value:.4g}", na_action="ignore").fillna(reason.map(why.get)).rename(index=tables.title)

# %% [markdown]
# ## 5. 许多机关一起看
# *Many bodies together*
#
# 每年的中位数和四分位数，本机关口径与辖区汇总分开（汇总包含成员，不能混在一起）。`n` 变了，线就可能只是换了一批机关；
# `same` 是上一年也有值的机关数。
#
# *Median and quartiles by year, own figures and aggregates of a jurisdiction apart. Where `n` changes, the line may
# only have changed its bodies; `same` are those that have the year before as well.*

# %%
everyone = tables.panel("requests_received", "disclosure_rate", parts=False)
everyone["scope"] = everyone["scope"].astype(object).fillna("?")
rows = everyone.dropna(subset=["requests_received"]).assign(
    number=lambda frame: frame["requests_received"].astype(float)
)
spread = rows.groupby(["scope", "year"])["number"].describe()[["count", "25%", "50%", "75%"]]
known = set(zip(rows["scope"], rows["agency_key"], rows["year"], strict=True))
before = [(scope, key, year - 1) in known for scope, key, year in rows[["scope", "agency_key", "year"]].to_numpy()]
spread["same"] = rows.assign(before=before).groupby(["scope", "year"])["before"].sum()
spread = spread.rename(columns={"count": "n", "50%": "中位数 median"}).astype({"n": int})
spread

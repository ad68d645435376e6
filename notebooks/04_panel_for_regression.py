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
# # 04 回归用的面板
# *A panel for regression*
#
# 一行一个机关一年。先看样本是怎样一步步变小的，再做变化量和固定效应；最后是同样的数据在 Stata 和 R 里的写法。
#
# *One row per body and year: how the sample shrinks step by step, differences and fixed effects that respect the
# breaks, then the same data in Stata and R.*

# %%
import numpy as np
import pandas as pd
from IPython.display import Markdown, display

import pipeline

# 因变量、自变量、口径（own 本机关，jurisdiction 辖区汇总；None 取行数最多的）。口径不同的行不能放在一起：
# 汇总包含各成员的数。
# Outcome, regressor, scope; None takes the scope with most rows. Never mix scopes: an aggregate holds its members'
# figures.
OUTCOME = "disclosure_rate"
REGRESSOR = "requests_received"
SCOPE: str | None = None

tables = pipeline.load()
pd.options.display.max_colwidth = 60

# %% [markdown]
# ## 1. 样本
# *The sample*
#
# 每去掉一类行都记下来。缺失的原因不同，处理也不同：`no_report` 是没有报告，`not_in_form` 是格式没有这一格，
# 两者都不是零，也都不宜插补。
#
# *Every step that drops rows is counted. No report and not in the form are no zeros, and no cases for imputation.*

# %%
whole = tables.panel(OUTCOME, REGRESSOR)
reported = whole[whole["document_id"].notna()]
scope = SCOPE or next(iter(reported["scope"].value_counts().index), None)
scoped = reported[reported["scope"] == scope]
complete = scoped[(scoped[f"{OUTCOME}__status"] == "value") & (scoped[f"{REGRESSOR}__status"] == "value")]
steps = {
    "机关 × 年份 bodies × years": whole,
    "有报告 with a report": reported,
    f"口径 scope = {scope}": scoped,
    "两个变量都有值 both stated": complete,
}
pd.DataFrame(
    {
        "行 rows": [len(step) for step in steps.values()],
        "机关 bodies": [s["agency_key"].nunique() for s in steps.values()],
    },
    index=list(steps),
)

# %%
lost = scoped.groupby([f"{OUTCOME}__status", f"{REGRESSOR}__status"], observed=True).size().rename("行 rows")
lost.to_frame()

# %% [markdown]
# ## 2. 变化量只在可比的地方算
# *Differences only where they compare*
#
# 上一年必须也有值；这一年换了格式（`is_break`）的，等级还须是 `exact` 或 `close`；否则变化量为空。
# 格式的虚拟变量吸收各格式之间的水平差。
#
# *The year before must have a value, and where another form begins the grade must be exact or close; otherwise the
# difference is missing. Dummies of the form take up what differs between forms.*

# %%
panel = complete[["agency_key", "agency_name", "year", "era", OUTCOME, REGRESSOR, f"{OUTCOME}__grade"]].copy()
panel = panel.sort_values(["agency_key", "year"], kind="stable").reset_index(drop=True)
panel["log_" + REGRESSOR] = np.log1p(panel[REGRESSOR].astype(float))
before = panel.groupby("agency_key")[[OUTCOME, "year"]].shift()
neighbours = (panel["year"] - before["year"]).eq(1).fillna(value=False)
values = tables.panel_values
breaks = values.loc[values["concept"] == OUTCOME, ["agency_key", "year", "is_break"]]
panel = panel.merge(breaks, on=["agency_key", "year"], how="left")
comparable = ~panel["is_break"].fillna(value=True) | panel[f"{OUTCOME}__grade"].isin(["exact", "close"])
panel["change"] = (panel[OUTCOME] - before[OUTCOME]).where(neighbours & comparable)
panel[["agency_name", "year", "era", OUTCOME, f"{OUTCOME}__grade", "log_" + REGRESSOR, "change"]].round(3).head(40)

# %% [markdown]
# ## 3. 机关固定效应
# *Fixed effects of the body*
#
# 机关和格式都取虚拟变量的最小二乘；标准误按机关聚类的话，请用下面 Stata 或 R 的写法。行数不够就不估。
#
# *Least squares with dummies of body and form; for clustered errors use Stata or R below. With too few rows nothing is
# estimated.*

# %%
FEWEST = 30

if len(panel) < FEWEST:
    display(
        Markdown(
            f"只有 {len(panel)} 行，少于 {FEWEST} 行，不估计。样例报告只够演示。 "
            f"*{len(panel)} rows are fewer than {FEWEST}: nothing is estimated; the samples only show the way.*"
        )
    )
else:
    dummies = pd.get_dummies(panel[["agency_key", "era"]].astype(str), dtype=float)
    design = np.column_stack([panel["log_" + REGRESSOR], dummies])
    slope = np.linalg.lstsq(design, panel[OUTCOME].astype(float), rcond=None)[0][0]
    display(Markdown(f"{OUTCOME} ~ log(1 + {REGRESSOR}): {slope:.4f} (n = {len(panel)})"))

# %% [markdown]
# ## 4. 变量在 Stata 和 R 里叫什么
# *What the variables are called in Stata and R*
#
# 先导出：`gongkai export outputs --to dta`。名称后缀 `_st` 是状态，`_gr` 是等级，`_src` 是来源报告；
# 代码是从 1 起的整数，带中文取值标签。
#
# *Export first: `gongkai export outputs --to dta`. `_st` is the status, `_gr` the grade, `_src` the report; codes are
# whole numbers from 1 with value labels.*

# %%
codes = tables.read("panel").attrs["codes"]["zh"]
in_stata = {"scope": "scope", f"{OUTCOME}__status": "_st", f"{OUTCOME}__grade": "_gr"}
pd.DataFrame(
    [
        (name, number, code, word)
        for column, name in in_stata.items()
        for number, (code, word) in enumerate(codes[column].items(), 1)
    ],
    columns=["变量 variable", "Stata", "parquet", "含义 meaning"],
)

# %% [markdown]
# ### Stata
#
# ```stata
# use "outputs/exports/panel.dta", clear
# keep if disclosure_rate_st == 1 & requests_received_st == 1     // 1 有值 value
# keep if scope == 2                                              // 2 本辖区汇总 jurisdiction
# encode agency_key, generate(body)
# xtset body year
# generate ln_received = ln(1 + requests_received)
# xtreg disclosure_rate ln_received i.era, fe vce(cluster body)
#
# use "outputs/exports/panel_values.dta", clear
# keep if concept == "disclosure_rate" & status == 1
# encode agency_key, generate(body)
# xtset body year
# generate change = D.value if is_break == 0 | inlist(grade, 1, 2)          // 1 完全可比 exact, 2 基本可比 close
# ```
#
# ### R
#
# ```r
# library(haven); library(dplyr)
# panel <- read_dta("outputs/exports/panel.dta") |>
#   filter(disclosure_rate_st == 1, requests_received_st == 1)             # 1 有值 value
# fit <- lm(disclosure_rate ~ log1p(requests_received) + factor(agency_key) + factor(era), panel)
# # fixest::feols(disclosure_rate ~ log1p(requests_received) | agency_key + era, panel, cluster = ~agency_key)
#
# changes <- read_dta("outputs/exports/panel_values.dta") |>
#   filter(concept == "disclosure_rate", status == 1) |>
#   arrange(agency_key, year) |>
#   group_by(agency_key) |>
#   mutate(change = if_else(year - lag(year) == 1 & (is_break == 0 | grade %in% 1:2),   # 1 完全可比, 2 基本可比
#                           value - lag(value), NA_real_))
# ```

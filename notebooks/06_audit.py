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
# # 06 复核
# *Audit*
#
# 三道复核：报告自己的勾稽；与自己历年和同类机关相比的异常；随机抽样，人工对照原文，得出差错率和区间。
# 报告自己的错照原样保留；可能是读错的写作 `extraction_doubt`，先看原文。
#
# *Three ways to check: the identities of the reports, outliers against history and peers, and a random sample compared
# with the text by hand, with an interval for the error rate. Errors of the reports are kept as printed; what may be our
# misreading is called `extraction_doubt`.*

# %%
import os
from math import sqrt
from statistics import NormalDist

import pandas as pd
from IPython.display import Markdown, display

import pipeline

tables = pipeline.load()
pd.options.display.max_colwidth = 100
observations = tables.observations
checks = tables.with_reports(tables.checks)

# %% [markdown]
# ## 1. 勾稽关系
# *Identities*
#
# `not_testable` 是缺数而无法核算，不等于成立。
#
# *Not testable means that a number is missing, which is not the same as holding.*

# %%
outcomes = checks.groupby(["severity", "outcome"], observed=True).size().unstack(fill_value=0)
outcomes.rename(columns=tables.checks.attrs["codes"]["zh"]["outcome"])

# %%
family = checks["identity"].astype(str).str.partition(":")[0].rename("identity")
testable = checks[checks["outcome"] != "not_testable"]
rates = testable.groupby(family)["outcome"].agg(tested="size", broken=lambda outcome: (outcome == "broken").sum())
rates["share"] = (rates["broken"] / rates["tested"]).round(3)
rates.sort_values(["broken", "tested"], ascending=False, kind="stable").head(15).rename(index=tables.title)

# %% [markdown]
# ## 2. 不成立的关系，连同所用的数
# *Broken identities with their numbers*

# %%
broken = checks[(checks["outcome"] == "broken") & (checks["severity"] != "info")]
columns = ["path", "year", "identity", "applicant", "left", "right", "residual", "severity", "verdict"]
named = tables.labelled(broken[columns].assign(identity=broken["identity"].map(tables.title)))
named.head(30).reset_index(drop=True)

# %% [markdown]
# 每条关系所用的值和原文。看第一条；改 `WHICH` 看别的。
#
# *The values behind one of them; change `WHICH` for another.*

# %%
WHICH = 0

if len(broken) > WHICH:
    proof = tables.evidence(broken.iloc[WHICH])
    display(proof[["path", "indicator", "applicant", "value", "quote", "page", "row", "col", "start", "end"]])
    display(tables.quotation(broken.iloc[WHICH]))

# %% [markdown]
# ## 3. 异常值
# *Outliers*
#
# 与上一年相差五倍以上（`jump`），远离本机关历年（`history`）或同年同类机关（`peers`）。异常不是错误，是该先看的地方。
#
# *Five times the year before or a fifth of it, far from the body's own history or from its peers: no errors, but where
# to look first.*

# %%
unusual = checks[(checks["severity"] == "info") & (checks["outcome"] == "broken")]
display(Markdown(f"{len(unusual)} 处。 *{len(unusual)} of them.*"))
far = unusual[["path", "agency_name", "year", "identity", "left", "right"]]
tables.labelled(far.assign(identity=far["identity"].map(tables.title))).head(20).reset_index(drop=True)

# %% [markdown]
# ## 4. 抽样，人工核对
# *A sample for checking by hand*
#
# 从采用的值里随机抽取，种子固定，同一份结果总是抽到同一批。逐条对照原文，在 `correct` 一栏填 1（对）或 0（错）。
# 把 `KEEP` 改成文件名（.xlsx），就另存一份可以填写的表；填好后用环境变量 `GONGKAI_CHECKED` 指定它，再运行一遍。
#
# *A random sample of the values that speak; the seed is fixed. Compare each with its file and put 1 (right) or 0
# (wrong) into `correct`. Set `KEEP` to a file name (.xlsx) to save it; name the filled one in `GONGKAI_CHECKED` and
# run again.*

# %%
SIZE = 100
SEED = 2008
KEEP: str | None = None

speaking = observations[observations["standing"].isin(["accepted", "corrected"]) & observations["value"].notna()]
sample = tables.with_reports(speaking.sample(min(SIZE, len(speaking)), random_state=SEED))
sample = sample.sort_values(["path", "observation_id"])[
    [
        "observation_id",
        "path",
        "indicator",
        "applicant",
        "value",
        "unit",
        "period",
        "source",
        "page",
        "row",
        "col",
        "quote",
    ]
]
sample["correct"] = pd.array([pd.NA] * len(sample), dtype="Int8")
if KEEP:
    as_text = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    sample.to_excel(KEEP, index=False, engine="xlsxwriter", engine_kwargs=as_text)
display(Markdown(f"抽 {len(sample)} 个，共 {len(speaking)} 个值。 *{len(sample)} of {len(speaking)} values.*"))
sample[["path", "indicator", "applicant", "value", "unit", "quote"]].head(12).reset_index(drop=True)

# %% [markdown]
# ## 5. 差错率和区间
# *The error rate with its interval*
#
# 威尔逊区间：抽样 n 个，错 k 个，真实差错率以 95% 的把握落在其中。一个都没错，也不等于差错率是零：
# 抽 100 个全对，上限仍是 3.7%。
#
# *The interval of Wilson for k errors in n values. No error found does not mean none: with 100 right ones the upper
# bound is still 3.7%.*


# %%
def wilson(errors: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the bounds of the error rate for ``errors`` found in ``n`` values; (0, 1) for none looked at."""
    if n == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    rate, square = errors / n, z * z / n
    centre, half = rate + square / 2, z * sqrt(rate * (1 - rate) / n + square / (4 * n))
    return max(0.0, (centre - half) / (1 + square)), min(1.0, (centre + half) / (1 + square))


checked = sample
if "GONGKAI_CHECKED" in os.environ:
    filled = pd.read_excel(os.environ["GONGKAI_CHECKED"], dtype_backend="numpy_nullable")
    checked = sample.drop(columns="correct").merge(
        filled[["observation_id", "correct"]], on="observation_id", how="left"
    )
judged = checked.dropna(subset=["correct"])
if judged.empty:
    n = len(sample)
    told = pd.DataFrame([(k, n, k / n, *wilson(k, n)) for k in (0, 1, 2, 5) if k <= n])
    display(Markdown("还没有填写；如果错这么多个： *Nothing is filled in yet; if so many were wrong:*"))
else:
    errors = (judged["correct"] == 0).groupby(judged["source"].astype(str)).agg(["sum", "size"])
    errors.loc["all"] = errors.sum()
    told = pd.DataFrame([(name, k, n, k / n, *wilson(k, n)) for name, k, n in errors.itertuples()]).set_index(0)
told.set_axis(["错 errors", "抽 n", "差错率 rate", "下限 lower", "上限 upper"], axis="columns").round(4)

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
# # 05 逐年照抄，问题改进说些什么
# *Copying between years, and what the problems sections talk about*
#
# 有的报告年年照抄，数字也不换。这里看每份报告与同一机关上一年有多像，与同年别的机关有多像；再看“问题改进”一节说些什么。
#
# *Some reports are copied from the year before, some from other bodies. How alike are they, and what do the sections on
# problems and improvements talk about?*

# %%
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import Markdown, display

import pipeline
from pipeline.fonts import use_chinese_font

tables = pipeline.load()
fonts = use_chinese_font()
pd.options.display.max_colwidth = 120
if fonts.notice:
    display(Markdown(fonts.notice.replace("\n", "\n\n")))

# %% [markdown]
# ## 1. 与上一年有多像
# *How alike to the year before*
#
# `jaccard` 是两份报告文字的相似度，0 是毫无相同，1 是一字不差；数字和官方表格不计，因为表格本来就相同。
# 一点是一份报告，横线是每年的中位数。
#
# *`jaccard` is the likeness of the prose, from 0 to 1; numbers and official tables are left out. A dot is a report, the
# line is the median of the year.*

# %%
similarity = tables.with_reports(tables.similarity)
yearly = similarity[similarity["kind"] == "previous_year"]

figure, axes = plt.subplots(figsize=(9, 3.4), layout="constrained")
axes.scatter(yearly["year"].astype(float), yearly["jaccard"], color="#08519c", alpha=0.5, zorder=3)
medians = yearly.groupby("year")["jaccard"].median()
axes.hlines(medians, medians.index.astype(float) - 0.3, medians.index.astype(float) + 0.3, color="#b35806", linewidth=2)
axes.set_xticks([int(year) for year in medians.index], [str(year) for year in medians.index], rotation=45)
axes.set_ylim(0, 1)
axes.set_ylabel(fonts.label("与上一年的相似度", "likeness to the year before"))
axes.set_title(fonts.label("报告与同一机关上一年的相似度", "Reports against their body's report of the year before"))
plt.show()
likeness = yearly.groupby("year")["jaccard"].describe()[["count", "min", "50%", "max"]].round(3)
likeness.astype({"count": int})

# %% [markdown]
# 最像的几对。`numbers_identical` 为真，就是连数字都没换，用这一年的数之前先看原文。
#
# *The most alike. Where all numbers are the same as well, look at the text before using the year.*

# %%
other = tables.documents.drop_duplicates("document_id").set_index("document_id")["path"]
pairs = similarity.assign(other_path=similarity["other_document_id"].map(other))
columns = ["agency_name", "year", "jaccard", "numbers_identical", "path", "other_path"]
yearly_pairs = pairs[pairs["kind"] == "previous_year"]
yearly_pairs.sort_values("jaccard", ascending=False, kind="stable")[columns].head(10)

# %% [markdown]
# ## 2. 与同年别的机关有多像
# *How alike to other bodies on the same year*
#
# 只列相似度 0.7 以上的。一对机关的报告相同，可能是共用模板，也可能是照抄。
#
# *Likeness of 0.7 and more. Two bodies may share a template, or one has copied the other.*

# %%
same_year = pairs[pairs["kind"] == "same_year"].sort_values("jaccard", ascending=False, kind="stable")
display(Markdown(f"{len(same_year)} 对。 *{len(same_year)} pairs.*"))
same_year[columns].head(10)

# %% [markdown]
# ## 3. “问题改进”说些什么
# *What the problems sections talk about*
#
# 词用 jieba 切分，单字和停用词不计。这里数的是**多少份报告**用了这个词，不是出现多少次，免得一份长报告压倒别的。
#
# *Words as jieba cuts them, without single characters and stop words. Counted are the reports that use a word, not how
# often they do, so that no long report outweighs the others.*

# %%
MOST_WORDS = 20

# 空白模板和被人插入文字的网页不算。 Blank templates and pages with words put in by others do not count.
own = tables.documents.query("not is_template and not is_tampered")["document_id"]
terms = tables.with_reports(tables.terms[tables.terms["document_id"].isin(own)])
problems = terms[terms["section_kind"] == "problems"]
n_reports = problems["document_id"].nunique()
used = problems.groupby("term")["document_id"].nunique().rename("reports").reset_index()
top = used.sort_values(["reports", "term"], ascending=[False, True]).head(MOST_WORDS)

figure, axes = plt.subplots(figsize=(7, 1 + 0.24 * max(len(top), 1)), layout="constrained")
axes.barh(range(len(top)), top["reports"] / max(n_reports, 1), color="#08519c")
axes.set_yticks(range(len(top)), [fonts.label(term, f"word {n}") for n, term in enumerate(top["term"], 1)])
axes.invert_yaxis()
axes.set_xlim(left=0)
axes.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
axes.set_title(
    fonts.label(
        f"“问题改进”里用得最多的词（{n_reports} 份报告）", f"Words of the problems sections ({n_reports} reports)"
    )
)
plt.show()
top.reset_index(drop=True).assign(share=lambda frame: (frame["reports"] / max(n_reports, 1)).round(2)).head(10)

# %% [markdown]
# 各格式时期的用词有什么不同：列出在这一时期更常用的词（份数比例之差最大的）。
#
# *What is said more in one form's time than in the others: the largest differences in the share of reports.*

# %%
of_form = problems.groupby("era", observed=True)["document_id"].nunique()
by_form = problems.groupby(["term", "era"], observed=True)["document_id"].nunique().unstack(fill_value=0)
differences = {}
for era in of_form.index:
    others = of_form.drop(era).sum()
    if others:
        rest = by_form.drop(columns=era).sum(axis=1) / others
        difference = (by_form[era] / of_form[era] - rest).rename("difference").reset_index()
        most = difference.sort_values(["difference", "term"], ascending=[False, True]).head(8)
        differences[tables.documents.attrs["codes"]["zh"]["era"][era]] = "、".join(most["term"])
pd.DataFrame({"份数 reports": of_form.set_axis(list(differences) or of_form.index), "更常用 more often": differences})

# %% [markdown]
# ## 4. 词在原文里
# *A word in its text*
#
# 词只是线索，要回到句子里看。改 `WORD` 看别的词。
#
# *A word is only a hint: read the sentence. Change `WORD` for another.*

# %%
WORD: str | None = None
AROUND = 25

word = WORD or (top["term"].iloc[0] if len(top) else "")
sections = tables.with_reports(tables.sections[tables.sections["kind"] == "problems"])
found = sections[sections["text"].str.contains(word, regex=False, na=False)].copy() if word else sections.head(0)
places = found["text"].str.find(word)
found["context"] = [
    text[max(0, place - AROUND) : place + len(word) + AROUND].replace("\n", " ")
    for text, place in zip(found["text"], places, strict=True)
]
display(Markdown(f"**{word}**"))
found[["path", "year", "context"]].head(10).reset_index(drop=True)

"""The look of pages about a run: plain, readable on a phone, printable, without anything from elsewhere."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.65 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC",
  "WenQuanYi Micro Hei", sans-serif; color: #1b1f24; background: #fff; max-width: 76rem; margin: 1.5rem auto;
  padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0 0 .3rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 1px solid #d0d7de; }
h2 small, h3 small, .quiet { color: #59636e; font-weight: 400; }
.quiet { font-size: .9em; }
a { color: #0550ae; }
nav { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9em; }
td, th { border: 1px solid #d0d7de; padding: .2em .55em; text-align: left; vertical-align: top; }
th { background: #f6f8fa; white-space: nowrap; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
mark { background: #fff1b8; color: inherit; padding: 0 .1em; border-radius: 2px; }
@media (max-width: 40rem) { body { font-size: 15px; padding: 0 .7rem; } td, th { padding: .2em .4em; } }
@media print { .wide { overflow: visible; } }
"""

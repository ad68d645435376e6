"""The tables of a run in Python: labelled pandas frames, the panel, comparisons, and the words behind every value."""

from __future__ import annotations

import os
import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.tables.comparison import Selection, compare
from pipeline.tables.frames import as_codes, as_frame, labelled, whole_numbers
from pipeline.tables.labels import LANGUAGES, in_language
from pipeline.tables.manifest import read_manifest
from pipeline.tables.parquet import read_table
from pipeline.tables.quotation import Quotation
from pipeline.tables.report import Report, read_report
from pipeline.tables.rules_of_run import rules_of_run
from pipeline.tables.schema import PANEL_IDENTITY, PANEL_REPORT

if TYPE_CHECKING:
    from collections.abc import Hashable

    from pipeline.rulebook import Rulebook

_GIVEN_BY_CONTEXT = ("path", "agency_name", "year")
_OF_REPORT = ("path", "agency_key", "agency_name", "year", "era")
_PROOF = ("observation_id", "indicator", "applicant", "value", "unit", "status", "period", "source", "quote")


class Tables:
    """The output folder of a finished run.

    Each table is an attribute: ``documents``, ``observations``, ``checks``, ``coverage`` and so on, read on first use.
    """

    def __init__(self, out: Path, rules: Path | None = None) -> None:
        manifest = read_manifest(out)
        rules_used = rules_of_run(manifest, rules)
        self.out = out
        self.manifest = manifest.told
        self.book: Rulebook = rules_used.book
        self._names = tuple(sorted(manifest.tables))
        self.read = cache(self._read)
        if rules_used.difference:
            warnings.warn(rules_used.difference, stacklevel=3)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in self._names:
            message = f"'{self.__class__.__name__}' has no table '{name}'; there are {', '.join(self._names)}"
            raise AttributeError(message)
        return self.read(name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._names})

    def __repr__(self) -> str:
        rows = ", ".join(f"{name} {table['rows']}" for name, table in self.manifest["tables"].items())
        return f"Tables({str(self.out)!r}: {rows})"

    def panel(
        self,
        *concepts: str,
        years: tuple[int, int] | None = None,
        place: str | None = None,
        scope: str | None = None,
        parts: bool = True,
    ) -> pd.DataFrame:
        """Return one row per body and year, with the named concepts, all where none is named.

        ``years`` is from and to, ``place`` a word in the name of a body or place or the start of its code, ``scope``
        own or jurisdiction: an aggregate holds the figures of its members, so never add both. Without ``parts`` the
        status, grade and source behind each value are left out. Counts are nullable integers, shares are fractions.
        """
        whole = self.read("panel")
        chosen = concepts or tuple(concept.id for concept in self.book.concepts)
        unknown = [name for name in chosen if name not in whole]
        if unknown:
            message = f"no concept is called {', '.join(map(repr, unknown))}; see Tables.concepts()"
            raise KeyError(message)
        selection = Selection(years, place, scope)
        identity = ["adcode", *(name for name in (*PANEL_IDENTITY, *PANEL_REPORT.names) if name != "adcode")]
        known = whole[identity].astype(object).where(whole[identity].notna(), None)
        taken = [selection.takes({str(name): value for name, value in row.items()}) for row in known.to_dict("records")]
        columns = [str(name) for name in whole if name in identity or str(name).partition("__")[0] in chosen]
        named = [name for name in columns if parts or "__" not in name]
        frame: pd.DataFrame = whole.loc[pd.Series(taken, whole.index, dtype=bool), named].reset_index(drop=True)
        for concept in self.book.concepts:
            if concept.id in frame and concept.unit != "比例":
                frame[concept.id] = whole_numbers(frame[concept.id])
        return frame

    def compare(
        self,
        *names: str,
        years: tuple[int, int] | None = None,
        place: str | None = None,
        scope: str | None = None,
    ) -> pd.DataFrame:
        """Return one row per name, body and year: value, why it is missing, grade, break, source and words.

        A name is a concept, an indicator, or an expression as ``requests.received.total[natural_person]``. Filters are
        those of ``panel``. Raises ``UnknownNameError`` for a name that is none of these.
        """
        rows = compare(self.out, names, Selection(years, place, scope), self.book)
        frame = pd.DataFrame(rows, columns=_COMPARED)
        frame["year"] = frame["year"].astype(pd.Int16Dtype())
        frame["is_break"] = frame["is_break"].astype(pd.BooleanDtype())
        labels = self.book.labels
        columns = {**labels.tables["documents"].columns, **labels.tables["panel_values"].columns}
        for column in ("status", "grade", "basis", "era"):
            codes = labels.codes[columns[column].codes or column]
            frame[column] = as_codes(frame[column].astype(pd.StringDtype()), tuple(codes))
            for language in LANGUAGES:
                words = {code: in_language(names, language) for code, names in codes.items()}
                frame.attrs.setdefault("codes", {}).setdefault(language, {})[column] = words
        frame.attrs["labels"] = {
            language: {name: in_language(columns[name].names, language) for name in frame if name in columns}
            for language in LANGUAGES
        }
        frame.attrs["titles"] = {name: self.title(name) for name in names}
        return frame

    def evidence(self, row: pd.Series[Any], concept: str | None = None) -> pd.DataFrame:
        """Return the observations behind a row of ``compare``, ``panel_values`` or ``observations``, with their words.

        For a row of ``panel`` name the ``concept`` whose value is asked for. ``text`` is the whole block in which the
        quote stands at ``[start:end]``.
        """
        ids = self._ids(row, concept)
        reports = {each.partition("-")[0] for each in ids}
        found = self._rows("observations", reports)
        found = found[found["observation_id"].isin(ids)]
        blocks = self._rows("blocks", reports).set_index(["document_id", "block_id"])["text"]
        places = self.read("documents").drop_duplicates("document_id").set_index("document_id")
        columns = [*_PROOF, "block_id", "page", "row", "col", "start", "end"]
        told = found[columns].copy()
        for name in reversed(_GIVEN_BY_CONTEXT):
            told.insert(0, name, found["document_id"].map(places[name]))
        told["text"] = [blocks.get((each.document_id, each.block_id)) for each in found.itertuples()]
        return told.reset_index(drop=True)

    def quotation(self, row: pd.Series[Any], concept: str | None = None) -> Quotation:
        """Return what ``evidence`` returns as a notebook shows it: quotes marked in their sentence or table row."""
        proof = self.evidence(row, concept)
        blocks = self._rows("blocks", {each.partition("-")[0] for each in proof["observation_id"]})
        return Quotation(proof, blocks[blocks["type"] == "cell"], self.book)

    def with_reports(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a table that has ``document_id`` with path, body, year and form of each report in front.

        Copies of a file are one report, under the path that comes first.
        """
        reports = self.read("documents").drop_duplicates("document_id").set_index("document_id")
        joined = frame.copy()
        for name in reversed([name for name in _OF_REPORT if name not in frame]):
            joined.insert(0, name, reports[name].reindex(frame["document_id"]).array)
        return joined

    def report(self, document: str) -> Report:
        """Return one report by its path or document id, shown as a page in a notebook.

        Raises ``TablesMissingError`` where the run has no such report.
        """
        return read_report(self.out, document, self.book)

    def labelled(self, frame: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
        """Return a copy of a frame with headers and codes in ``language``, zh or en."""
        return labelled(frame, language)

    def concepts(self) -> pd.DataFrame:
        """Return one row per concept and form that has it: names, unit, expression, grade, why, advice."""
        rows = [
            (
                *(each.id, each.names.zh, each.names.en, form.era, form.unit or each.unit),
                *(str(form.expression), form.grade, each.why.zh, each.why.en),
                *((each.advice.zh, each.advice.en) if each.advice else (None, None)),
            )
            for each in self.book.concepts
            for form in each.eras
        ]
        names = ("concept", "name_zh", "name_en", "era", "unit", "expression", "grade")
        told = ("why_zh", "why_en", "advice_zh", "advice_en")
        return pd.DataFrame(rows, columns=(*names, *told))

    def level_shifts(self) -> pd.DataFrame:
        """Return one row per shift of level and concept that it touches: since when, what, why."""
        rows = [
            (shift.id, shift.since, shift.names.zh, shift.names.en, shift.why.zh, shift.why.en, concept)
            for shift in self.book.order.shifts
            for concept in shift.concepts
        ]
        return pd.DataFrame(rows, columns=("shift", "since", "name_zh", "name_en", "why_zh", "why_en", "concept"))

    def title(self, name: str, language: str = "zh") -> str:
        """Return what an indicator, concept or identity is called in ``language``; anything else is its own title."""
        labels = self.book.labels
        kind = next((kind for kind in ("indicator", "concept") if name in labels.codes[kind]), "identity")
        return str(getattr(labels.code(kind, name), language))

    def _read(self, name: str) -> pd.DataFrame:
        return as_frame(name, read_table(self.out / f"{name}.parquet"), self.book)

    def _rows(self, name: str, documents: set[str]) -> pd.DataFrame:
        table = read_table(self.out / f"{name}.parquet", filters=[("document_id", "in", sorted(documents))])
        return as_frame(name, table, self.book)

    def _ids(self, row: pd.Series[Any], concept: str | None) -> list[str]:
        if "observation_id" in row:
            return [row["observation_id"]]
        if concept is None:
            if "observations" not in row:
                message = "name the concept: evidence(row, 'requests_received')"
                raise KeyError(message)
            return list(row["observations"])
        values = self.read("panel_values")
        key: tuple[Hashable, ...] = (row["agency_key"], row["year"], concept)
        same = (values["agency_key"] == key[0]) & (values["year"] == key[1]) & (values["concept"] == key[2])
        return [each for ids in values.loc[same, "observations"] for each in ids]


_COMPARED = (
    *("name", "agency_key", "agency_name", "year", "value", "unit", "status", "grade", "is_break", "basis", "is_exact"),
    *("era", "scope", "n_reports", "document_id", "path", "observations", "quotes"),
)


def load(out: str | Path | None = None, *, rules: str | Path | None = None) -> Tables:
    """Return the tables in the output folder ``out`` of a run, with the words of ``rules``.

    Without ``rules`` they are those that the run used, as far as they are at hand; a warning tells where they are not.
    Without ``out`` it is the folder that ``GONGKAI_OUT`` names, else ``outputs`` here or in the folder above. Raises
    ``TablesMissingError`` where the folder holds no finished run.
    """
    return Tables(Path(out) if out is not None else _usual_folder(), Path(rules) if rules is not None else None)


def _usual_folder() -> Path:
    if named := os.environ.get("GONGKAI_OUT"):
        return Path(named)
    above = Path("..", "outputs")
    return (
        above
        if (above / "manifest.json").is_file() and not Path("outputs", "manifest.json").is_file()
        else Path("outputs")
    )

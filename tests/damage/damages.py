"""All damages by name. Each takes a report and chance, and gives back the damaged report, null where nothing is to do.

The truth stays in the cells of the grids: it is what the damaged report prints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.damage import cell_damages, table_damages

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.rendering import Report

    Damage = Callable[[Report, Random], Report | None]

_TOGETHER = 3


def several(report: Report, rng: Random) -> Report:
    """Three of the other damages, one after the other."""
    for name in rng.sample([name for name in DAMAGES if name != "several"], _TOGETHER):
        report = DAMAGES[name](report, rng) or report
    return report


DAMAGES: dict[str, Damage] = {
    "none": lambda report, _: report,
    **{
        damage.__name__: damage
        for damage in (
            cell_damages.blank_zeros,
            cell_damages.slashes,
            cell_damages.dashes,
            cell_damages.full_width,
            cell_damages.thousands,
            cell_damages.units,
            cell_damages.footnotes,
            cell_damages.wrong_total,
            cell_damages.broken_numbers,
            cell_damages.misspelt_labels,
            cell_damages.misspelt_headers,
            cell_damages.renumbered_rows,
            cell_damages.traditional,
            table_damages.split_headed,
            table_damages.split_plain,
            table_damages.page_number_inside,
            table_damages.extra_subtotal,
            table_damages.extra_number,
            table_damages.extra_unit,
            table_damages.lost_total_row,
            table_damages.lost_total_column,
            table_damages.row_lost,
            table_damages.row_twice,
            table_damages.columns_swapped,
            table_damages.spans_repeated,
            table_damages.spans_blank,
            table_damages.one_grid,
            table_damages.no_corner,
            table_damages.no_headers,
            table_damages.header_lost,
            table_damages.cell_lost,
            table_damages.no_headings,
            several,
        )
    },
}

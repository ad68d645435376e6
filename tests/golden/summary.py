"""An outcome as a text that people can read and compare line by line."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.model import Applicants, CheckOutcome, Period, Qualifier, Standing, ValueSource, ValueStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model import Check, Identity, Observation, Outcome, Section

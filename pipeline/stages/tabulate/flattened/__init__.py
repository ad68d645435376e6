"""Tables without their grid: flattened into text by a scraper, or cut into pieces that lost their headers."""

from pipeline.stages.tabulate.flattened.binding import Flattened, bind_flattened

__all__ = ["Flattened", "bind_flattened"]

"""Places: the register of divisions of China, with the years in which names and codes were valid."""

from pipeline.places.division import Division
from pipeline.places.naming import Name, read_below, read_name
from pipeline.places.register import Register
from pipeline.places.slips import near_names

__all__ = ["Division", "Name", "Register", "near_names", "read_below", "read_name"]

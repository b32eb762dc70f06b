"""A figure while it is being read: what the modules of this room fill in one after the other."""

from dataclasses import dataclass

from etl.extraction.numbers import Number
from etl.extraction.quantities.units import Unit


@dataclass(slots=True)
class Figure:
    """A figure while it is being read. Token ranges; `head` is what it counts, (0, 0) while unknown."""

    number: Number
    first: int
    """First token of the whole expression: sign or currency included."""
    start: int
    """First token of the number as evidence: sign included, currency not."""
    end: int
    """End of the number as evidence."""
    after: int
    """End of number and unit, and of the linker after them."""
    value: float
    high: float | None
    unit: Unit
    linked: bool = False
    """Whether a linker (of) stands before `after`."""
    bound: str = ""
    bound_first: int = -1
    head: tuple[int, int] = (0, 0)
    own: bool = False
    """Whether the head stands right after the number, so that bounds may be shared along a list."""
    sentence: int = -1
    """Ordinal of its sentence."""
    floor: int = 0
    """First token of its sentence."""
    ratio: bool = False
    """Whether it was said as one number out of another."""
    change: str | None = None
    """The change that the number itself says (doubled)."""

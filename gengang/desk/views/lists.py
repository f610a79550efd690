"""A list as a page shows it: a head, and rows of cells that may lead somewhere."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """words; link: address it leads to, ''; tone: good, wait, poor or open, '' for plain words; beside: a clause."""

    words: str
    link: str = ""
    tone: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list. name: in its address; nothing: what to say when it is empty; said: what it is about, in a sentence."""

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    nothing: str
    said: str = ""

    @property
    def number(self) -> int:
        """How many."""
        return len(self.rows)

"""A long list a hundred rows at a time: a browser and a busy machine are quicker with few."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

ROWS_A_PAGE = 100
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """Some rows of a list. found: how many rows it has; page, pages: from 1."""

    rows: tuple[T, ...]
    found: int
    page: int
    pages: int


def leaf_of(rows: Sequence[T], page: int) -> Leaf[T]:
    """The page of this number, or the nearest that there is."""
    pages = max(1, -(-len(rows) // ROWS_A_PAGE))
    page = min(max(1, page), pages)
    return Leaf(tuple(rows[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]), len(rows), page, pages)


def page_typed(text: str) -> int:
    """The number of a page in an address; the first for anything else."""
    return int(text) if text.isdigit() and len(text) < 6 else 1

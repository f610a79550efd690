"""How the rows of a list stand on a worksheet: in halves beside each other, under cells merged down, after an example.

Knows headings and rows by their columns; which column is which field is nobody's business here.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.grids import Grid, GridCell
from gengang.findings import Finding
from gengang.sheet import squeezed

_EXAMPLE = re.compile(
    r"\(?(?:填写|填表|填报|填列)?(?:例子?|例如|示例|样例|范例|举例)\d?\)?(?::.*)?|.{0,12}\((?:例|示例|样例|范例|举例)\)"
)
_LOOKED_AT = 3  # cells from the left in which a row says that it is an example

Cells = Sequence[GridCell]


@dataclass(frozen=True, slots=True)
class Half:
    """One of the lists that stand beside each other, or the only one: its heading, and its rows."""

    heading: Mapping[int, GridCell]
    rows: tuple[tuple[GridCell, ...], ...]


def is_example(row: Cells) -> bool:
    """Whether a row says at its left end that it only shows how to fill in the others."""
    filled = [cell for cell in row if not cell.empty]
    return any(_EXAMPLE.fullmatch(squeezed(cell.shown.text)) for cell in filled[:_LOOKED_AT])


def examples_told(grid: Grid, rows: Sequence[Cells]) -> Iterator[Finding]:
    """What was left out as an example, by its words: somebody may have typed over one and left 例 standing."""
    for row in rows:
        said = " ".join(cell.shown.text.strip() for cell in row if not cell.empty)
        shown = said if len(said) <= 20 else f"{said[:20]}…"
        which = f"工作表“{grid.name}”第{row[0].row}行“{shown}”"
        message = f"{which}是填表示例，没有作为一条记录读取；若是真人请删去“例”字再交。"
        yield Finding("example_row", message, place=f"t{grid.number}/r{row[0].row}/c{row[0].column}")


def halves_of(heading: Cells, rows: Sequence[Cells], names: Collection[str]) -> list[Half]:
    """The lists under one heading that prints its column names more than once; the whole where they do not repeat."""
    named = {cell.column: cell for cell in heading if not cell.empty}
    starts = _starts([(column, squeezed(cell.shown.text)) for column, cell in sorted(named.items())], names)
    if len(starts) < 2:
        return [Half(named, tuple(map(tuple, rows)))]
    found = []
    for first, behind in zip([0, *starts[1:]], [*starts[1:], 1 << 20], strict=True):
        own = [tuple(cell for cell in row if first <= cell.column < behind) for row in rows]
        filled = tuple(row for row in own if any(not cell.empty for cell in row))
        found.append(Half({column: cell for column, cell in named.items() if first <= column < behind}, filled))
    return found


def _starts(said: Sequence[tuple[int, str]], names: Collection[str]) -> list[int]:
    """Columns where the same names begin anew; none unless they repeat as a whole, in their order."""
    words = [word for _, word in said]
    times = min(Counter(words).values(), default=1)
    if times < 2 or len(words) % times or not any(word in names for word in words):
        return []
    width = len(words) // times
    if width < 2 or any(word != words[number % width] for number, word in enumerate(words)):
        return []
    return [said[number][0] for number in range(0, len(words), width)]


def told_down(rows: Sequence[Cells]) -> dict[tuple[int, int], GridCell]:
    """Places under a cell that was merged over several rows of one column, each with what the cell says for its row."""
    tall = [cell for row in rows for cell in row if cell.span == 1 and cell.rows > 1]
    numbers = {row[0].row for row in rows}
    return {(row, cell.column): replace(cell, row=row, rows=1) for cell in tall
            for row in range(cell.row, cell.row + cell.rows) if row in numbers}  # fmt: skip

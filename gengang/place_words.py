"""Where something stands in a source, in words that a clerk can follow with the paper in hand."""

from collections.abc import Sequence

from gengang.sheet import Place


def place_words(places: Sequence[Place]) -> str:
    """`表1第4行第1、2格`, `第2页〔12,34–60,38〕`; of several on one page the box around them."""
    cells = [place.cell for place in places if place.cell]
    pages = sorted({place.page for place in places if place.page})
    told = [f"第{number}页{_box([place for place in places if place.page == number])}" for number in pages]
    return " ".join(told) if told else _cells(cells)


def _box(places: Sequence[Place]) -> str:
    boxes = [place.box for place in places if place.box]
    if not boxes:
        return ""
    left, top = (round(min(box[side] for box in boxes) * 100) for side in (0, 1))
    right, bottom = (round(max(box[side] for box in boxes) * 100) for side in (2, 3))
    return f"〔{left},{top}–{right},{bottom}〕"


def _cells(cells: Sequence[str]) -> str:
    """A table is named once, a row once with all its cells."""
    rows: dict[tuple[str, str], list[str]] = {}
    for cell in dict.fromkeys(cells):
        table, row, column = (*(part[1:] for part in cell.split("/")), "", "")[:3]
        rows.setdefault((table, row), []).append(column)
    told, before = [], ""
    for (table, row), columns in rows.items():
        within = f"第{row}行第{'、'.join(filter(None, columns))}格"
        told.append(within if table == before else f"表{table}{within}")
        before = table
    return "，".join(told)

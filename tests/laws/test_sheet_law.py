"""The law of workbooks: however a school sets its list, every row is right or asked about, never silently wrong."""

import re
from collections.abc import Iterator, Mapping, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gengang.codecs import CODECS, Value
from gengang.form import Form
from gengang.labels import labels_of
from gengang.reading import ListReading
from gengang.sample.containers import workbook_of_list
from gengang.submission import Submission
from tests.laws.check import Counted
from tests.laws.often import often
from tests.laws.strategies import values_of
from tests.unit.test_sheets import file_of, form_named, saved

LISTS = ["registration", "mentor_assignment", "sign_in", "score_sheet"]
FEET: list[Sequence[str | None]] = [
    (), ("注：一式两份",), ("校长签字：王校长",), ("填表人：李四", None, "审核人：王五"), ("情况属实",),
]  # fmt: skip
OTHERS = ["", "其他", "QQ号", "备注2", "编号"]
Stated = Sequence[Mapping[str, Value | None]]


def typed(value: Value | None, codec: str) -> str | int:
    if isinstance(value, int):
        return value
    return CODECS[codec].show(value, ()) if value is not None else ""


def writable(value: Value | None) -> bool:
    """What a workbook can hold as it is: no control characters, no sign in front that Excel takes for its own."""
    text = str(value)
    return not re.search("[\x00-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufffe\uffff]|_x", text) and (
        not text.startswith("'")
    )


@st.composite
def lists_of(draw: st.DrawFn, form: Form) -> list[dict[str, Value | None]]:
    [columns] = form.lists().values()
    row = st.fixed_dictionaries({name: values_of(kind).filter(writable) for name, kind in columns.items()})
    return draw(st.lists(row.filter(lambda one: any(value is not None for value in one.values())), max_size=4))


def wrongs(stated: Stated, found: ListReading) -> Iterator[str]:
    """What is silently wrong with a list."""
    rows = [{column: cell.value for column, cell in row.items()} for row in found.rows]
    if found.status == "accepted" and rows != list(stated):
        yield f"accepted wrong: {rows}"
    if found.status in ("blank", "missing") and stated:
        yield f"called {found.status}"
    if len(rows) != len(stated):
        return
    for row, want in zip(found.rows, stated, strict=True):
        for column, cell in row.items():
            if cell.status == "accepted" and cell.value != want[column]:
                yield f"{column}: {cell.value!r}"
            if cell.status in ("blank", "missing") and want[column] is not None:
                yield f"{column}: called {cell.status}"


@pytest.mark.parametrize("stem", LISTS)
def test_every_row_of_a_schools_list_is_right_or_asked_about(stem: str) -> None:
    form, counted = form_named(stem), Counted()
    [(name, columns)] = form.lists().items()

    @settings(max_examples=often(40))
    @given(st.data(), st.integers(0, 50))
    def law(data: st.DataObject, seed: int) -> None:
        stated = data.draw(lists_of(form))
        order = data.draw(st.permutations(list(columns)))
        labels = labels_of(form)
        heads = [labels[f"{name}.{column}"] for column in order]
        rows = [[typed(row[column], columns[column].codec) for column in order] for row in stated]
        hold(form, stated, workbook_of_list(f"孙店小学{form.title}", heads, rows, seed), counted)

    law()
    assert counted.most(), counted


@pytest.mark.parametrize("stem", LISTS)
def test_a_list_that_is_set_otherwise_is_right_or_asked_about(stem: str) -> None:
    form, counted = form_named(stem), Counted()
    [columns] = form.lists().values()

    @settings(max_examples=often(40))
    @given(st.data(), st.randoms(use_true_random=False))
    def law(data: st.DataObject, chance: Random) -> None:
        stated = data.draw(lists_of(form))
        order = chance.sample(list(columns), len(columns) - chance.choice((0, 0, 1, 2)))
        kept = [{column: row[column] if column in order else None for column in columns} for row in stated]
        some = [row for row in kept if any(value is not None for value in row.values())]
        hold(form, some, set_otherwise(form, order, stated, chance), counted)

    law()
    assert counted.most(), counted


def hold(form: Form, stated: Stated, data: bytes, counted: Counted) -> None:
    """A workbook to the law, and count what was read of it."""
    file = file_of(data)
    [reading] = file.submissions
    assert reading.form == form.stem
    [name] = form.lists()
    found = reading.fields[name]
    assert isinstance(found, ListReading)
    assert [*wrongs(stated, found)] == []
    counted.add(Submission(form.stem, {}, {name: tuple(stated)}), file.submissions)


def set_otherwise(form: Form, order: Sequence[str], stated: Stated, chance: Random) -> bytes:
    """The list below a title, perhaps away from the corner, with a column too many, blank lines and words below."""
    [(loop, columns)] = form.lists().items()
    names = [labels_of(form)[f"{loop}.{name}"] for name in order]
    rows: list[list[str | int | None]] = [
        [typed(row[column], columns[column].codec) for column in order] for row in stated
    ]
    if chance.random() < 0.4:
        at = chance.randrange(len(names) + 1)
        names.insert(at, chance.choice(OTHERS))
        for cells in rows:
            cells.insert(at, chance.choice((None, "x", "3", "张三")))
    book = Workbook()
    sheet = book.worksheets[0]
    top, left = chance.choice((1, 1, 3)), chance.choice((1, 1, 2))
    sheet.cell(top, left, f"{chance.choice(('', '孙店小学', '安和县'))}{form.title}")
    first = top + chance.choice((1, 2))
    first += _headed(sheet, names, first, left, chance.random() < 0.3)
    feet: list[Sequence[str | int | None]] = [*FEET, ("合计", len(rows))]
    for line in (*rows, chance.choice(feet)):
        first += chance.random() < 0.1
        for column, value in enumerate(line, left):
            sheet.cell(first, column, None if value == "" else value)
        first += 1
    return saved(book)


def _headed(sheet: Worksheet, names: Sequence[str], first: int, left: int, tall: bool) -> int:
    """Column names, each over two lines if tall; how many lines they take."""
    for column, name in enumerate(names, left):
        sheet.cell(first, column, name)
        if tall:
            sheet.merge_cells(start_row=first, end_row=first + 1, start_column=column, end_column=column)
    return 1 + tall

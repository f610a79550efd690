"""评分表 to send out: whom an assessor is asked about, as values for the Word form, and as a workbook with its columns.

A workbook has the columns of that assessor alone; everything but what they fill in is locked. It reads back as the same
form, so the printed labels of the template are its headings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gengang.form import Form
from gengang.judgements import ASSESSORS, RoleName, items_of_assessor, plain_points
from gengang.labels import labels_of
from gengang.roster import Person
from gengang.scheme import Item, Scheme
from gengang.scoresheets import DAY, PEOPLE, SHEET
from gengang.submission import RowValues, Submission
from gengang.workbook import bytes_of, put_text

_HEAD, _FIRST = 3, 4  # row of the column names, first row of people
_WIDTHS: Mapping[str, float] = {
    "number": 6,
    "person_no": 18,
    "name": 10,
    "school": 24,
    "stage_subject": 12,
    "remark": 20,
}
_SCORE_WIDTH = 13.0
_TO_FILL = PatternFill("solid", fgColor="FFF8DC")
_THIN = Side("thin")
_RULED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an assessor is asked. items: those with a column in the template; lacking: those without one."""

    assessor: str
    name: str
    people: tuple[Person, ...]
    items: tuple[Item, ...]
    lacking: tuple[Item, ...] = ()


def asked_of(scheme: Scheme, form: Form, role: RoleName, name: str, people: Sequence[Person]) -> Asked:
    """The judged items of an assessor for these people. name: the assessor's, empty while not known."""
    assessor = ASSESSORS[role]
    columns = form.lists().get(PEOPLE, {})
    items = items_of_assessor(scheme, assessor)
    return Asked(
        assessor, name, tuple(people), tuple(item for item in items if item.register in columns),
        tuple(item for item in items if item.register not in columns),
    )  # fmt: skip


def sheet_of(form: Form, asked: Asked) -> Submission:
    """The sheet as it is handed out: people and assessor filled, no points."""
    columns, fields = form.lists()[PEOPLE], form.fields()
    head = {"assessor": asked.assessor, "assessor_name": asked.name or None, DAY: None}
    rows = []
    for number, one in enumerate(asked.people, 1):
        known: RowValues = {
            "number": number, "person_no": one.key, "name": one.name, "school": one.school or None,
            "stage_subject": f"{one.stage}{one.subject}" or None,
        }  # fmt: skip
        rows.append({column: known.get(column) for column in columns})
    return Submission(SHEET, {name: head.get(name) for name in fields}, {PEOPLE: tuple(rows)})


# --- the workbook ------------------------------------------------------------------------------------------------


def workbook_of(form: Form, asked: Asked) -> bytes:
    """An .xlsx with the assessor's columns; the same people give the same bytes."""
    stated = sheet_of(form, asked)
    scores = {item.register: item.max for item in asked.items}
    columns = [name for name in form.lists()[PEOPLE] if name in scores or name in _WIDTHS]
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = "评分表"
    _write_head(sheet, form, asked, max(len(columns), len(_PLACES)))
    labels = labels_of(form)
    for index, name in enumerate(columns, 1):
        most = f"（0—{plain_points(scores[name])}分）" if name in scores else ""
        put_text(_at(sheet, _HEAD, index), f"{labels[f'{PEOPLE}.{name}']}{most}")
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS.get(name, _SCORE_WIDTH)
        for number, row in enumerate(stated.rows(PEOPLE), _FIRST):
            _write_cell(_at(sheet, number, index), row[name], name in scores or name == "remark")
        if name in scores and asked.people:
            _bound(sheet, index, len(asked.people), scores[name])
    _dress(sheet, _HEAD + len(asked.people), len(columns))
    return bytes_of(book)


def _at(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell), "nothing is written under a merged area"
    return cell


def _dress(sheet: Worksheet, last: int, width: int) -> None:
    """Lines, printing on a landscape page, and the lock, which needs no password: it keeps slips away, nobody out."""
    for row in range(_HEAD, last + 1):
        for column in range(1, width + 1):
            cell = _at(sheet, row, column)
            cell.border, cell.font = _RULED, Font(bold=row == _HEAD)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.freeze_panes = f"D{_FIRST}"
    sheet.protection.sheet = True
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


# Where label and value of each field above the list stand, by column; the first value is three columns wide.
_PLACES: Mapping[str, tuple[int, int]] = {"assessor": (1, 2), "assessor_name": (5, 6), DAY: (7, 8)}


def _write_head(sheet: Worksheet, form: Form, asked: Asked, width: int) -> None:
    title = _at(sheet, 1, 1)
    put_text(title, form.title)
    title.font, title.alignment = Font(bold=True, size=16), Alignment(horizontal="center")
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    options = form.fields()["assessor"].options if "assessor" in form.fields() else ()
    ticks = "  ".join(f"{'☑' if one == asked.assessor else '□'}{one}" for one in options)
    labels, said = labels_of(form), {"assessor": ticks, "assessor_name": asked.name}
    for name, (label, value) in _PLACES.items():
        if name in form.fields():
            put_text(_at(sheet, 2, label), f"{labels[name]}：")
            put_text(_at(sheet, 2, value), said.get(name, ""))
            if not said.get(name):
                _unlock(_at(sheet, 2, value))
    sheet.merge_cells(start_row=2, end_row=2, start_column=2, end_column=4)


def _write_cell(cell: Cell, value: object, to_fill: bool) -> None:
    if isinstance(value, int):
        cell.value = value
    elif value is not None:
        put_text(cell, str(value))
    if to_fill:
        _unlock(cell)


def _unlock(cell: Cell) -> None:
    cell.protection, cell.fill = Protection(locked=False), _TO_FILL


def _bound(sheet: Worksheet, column: int, people: int, most: Decimal) -> None:
    """Excel takes nothing but a number from 0 to the item's maximum."""
    bounds = DataValidation("decimal", formula1="0", formula2=str(most), allow_blank=True, operator="between")
    bounds.errorTitle, bounds.error = "分数", f"请填0到{plain_points(most)}之间的数；不评的空着。"
    bounds.showErrorMessage = True
    letter = get_column_letter(column)
    bounds.add(f"{letter}{_FIRST}:{letter}{_FIRST + people - 1}")
    sheet.add_data_validation(bounds)

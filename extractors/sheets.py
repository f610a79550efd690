"""Grids of cells to the readings of their forms: each laid out as the Word form it stands for, then read.

Knows what stands around a list on a worksheet: a title with the school's name, lines of words. Which cell is which
field is `fields`' business, as for every medium.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.align import Plan
from extractors.fields import SheetReadings, readings_of_sheet
from extractors.gridfaults import faults_of
from extractors.gridlines import completed
from extractors.gridlists import Listed, blocks_of, cell_of, is_text, listed, words_of
from extractors.grids import Grid, GridCell, Grids
from extractors.parts import form_on
from gengang.codecs import parse
from gengang.findings import Finding
from gengang.form import Form
from gengang.labels import labels_of
from gengang.reading import FieldReading, ListReading, Reading
from gengang.sheet import Cell, Line, Row, Sheet, squeezed

_PLACES = re.compile(r"(?:[\u4e00-\u9fff]{1,12}?[省市县区旗局])*(?:\d{4}(?:年度?|学年)?)?")
_EXTRA_TITLE = re.compile(r"\(?(?:电子[版表稿档]|汇总|\d{4}版?)?\)?")
_YEAR = re.compile(r"\d{4}(?:年度?|学年)?$")
_SCHOOL = re.compile(r"[\u4e00-\u9fff\dA-Za-z·]{1,28}(?:小学|中学|学校|完小|初中|一中|二中|三中|中心校|教学点)")
_SEVERAL = re.compile("各|全县|全区|全市|中小学$")
_SCHOOL_LABELS = frozenset({"学校", "学校名称", "基地校", "基地学校"})
_NOT_FOUND = frozenset({"missing_field", "unread_field"})


@dataclass(frozen=True, slots=True)
class _Laid:
    """A worksheet laid out.

    school: the cell of its title that names one, or the sheet's own name with `named`; absent: columns that no heading
    names; gone: fields outside the list whose labels are not there.
    """

    sheet: Sheet
    school: Cell | None = None
    named: bool = False
    absent: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the lines around the lists told while they were laid out: schools in titles, fields without a label."""

    schools: list[Cell]
    gone: list[str]


def readings_of_grids(book: Grids, forms: Sequence[Form]) -> SheetReadings:
    """Every form on every worksheet. A worksheet that is none gives the finding `unknown_form` under its name."""
    found = [_read(grid, forms) for grid in book.grids]
    readings = tuple(reading for one in found for reading in one.readings)
    return SheetReadings(readings, (*book.findings, *(finding for one in found for finding in one.findings)))


def _read(grid: Grid, forms: Sequence[Form]) -> SheetReadings:
    plan = form_on([_plain_row(row, grid) for row in grid.rows], forms)
    laid = None if plan is None else _laid_out(grid, plan)
    read = SheetReadings() if laid is None else readings_of_sheet(laid.sheet, forms)
    if laid is None or not read.readings:
        if grid.hidden:
            return SheetReadings((), tuple(one for one in grid.findings if one.code == "hidden_sheet"))
        message = f"工作表“{grid.name}”不是本项目的表格，未读取。请核对是否交错了文件。"
        return SheetReadings((), (Finding("unknown_form", message),))
    shapes = {form.version: form for form in forms}
    return replace(read, readings=tuple(_settled(one, laid, shapes[one.version]) for one in read.readings))


def _plain_row(row: Sequence[GridCell], grid: Grid) -> Row:
    """Before the form is known."""
    cells = tuple(cell_of(cell, grid) for cell in row if not cell.empty)
    return Row(cells, 1 if len(cells) > 1 else 0)


# --- the layout of a worksheet ---


def _laid_out(grid: Grid, plan: Plan) -> _Laid:
    rows: list[Row] = []
    found: list[Listed] = []
    seen = _Seen([], [])
    at = 0
    heads: list[tuple[int, dict[int, str]]] = []
    for block in blocks_of(grid, plan):
        names = {cell.column: words_of(cell) for cell in block.heading if not cell.empty}
        heads += [(grid.rows[number][0].row, names) for number in block.body]
        rows += _around(grid, plan, range(at, block.first), seen)
        again = bool(found) and at == block.first and found[-1].named == {words_of(c) for c in block.heading} - {""}
        found.append(listed(grid, plan, block, again))
        rows += found[-1].rows
        at = block.end
    rows += _around(grid, plan, range(at, len(grid.rows)), seen)
    rows += [Row((Cell((Line(text),)),), 0, "box") for text in grid.boxes]
    faults = faults_of(grid, dict(heads))
    findings = (*grid.findings, *faults, *(finding for one in found for finding in one.findings))
    named = not seen.schools and _is_school(grid.name.strip())
    school = seen.schools[0] if len(seen.schools) == 1 else Cell((Line(grid.name.strip()),)) if named else None
    return _Laid(Sheet(tuple(rows), "sheet", findings), school, named, _absent(plan.form, found),
                 frozenset(seen.gone))  # fmt: skip


def _absent(form: Form, lists: Sequence[Listed]) -> frozenset[str]:
    """Columns of the form's one list that no heading names, where every heading there is is understood."""
    found = [one.absent for one in lists]
    if not found or None in found or len(form.lists()) != 1:
        return frozenset()
    [(name, columns)] = form.lists().items()
    labels = labels_of(form)
    return frozenset(column for column in columns if all(labels[f"{name}.{column}"] in (one or ()) for one in found))


def _around(grid: Grid, plan: Plan, numbers: range, seen: _Seen) -> Iterator[Row]:
    """Lines and rows of labels outside the lists."""
    for number in numbers:
        row = grid.rows[number]
        filled = [cell for cell in row if not cell.empty]
        if len(filled) == 1 and plan.form.title and squeezed(plan.form.title) in words_of(filled[0]):
            yield from _title(filled[0], grid, plan, seen.schools)
        elif is_text(row, plan, grid) or (len(filled) == 1 and _is_alone(filled[0], plan)):
            line = completed("\u3000".join(cell.shown.text for cell in filled), plan.form)
            seen.gone.extend(line.gone)
            joined = cell_of(filled[0], grid, line.text)
            spoiled = any(cell.shown.fault for cell in filled)
            yield Row((replace(joined, unread=spoiled, pictures=sum(cell.pictures for cell in filled)),))
        else:
            yield Row(tuple(cell_of(cell, grid) for cell in _to_last(row)), 1)


def _is_alone(cell: GridCell, plan: Plan) -> bool:
    """A lone text is a paragraph unless the form has it as a label of its table."""
    return not any(words_of(cell) in row.labels for row in plan.rows if len(row.labels) > 1)


def _to_last(row: Sequence[GridCell]) -> Sequence[GridCell]:
    """Without the empty cells to the right of all that is filled; a label's own empty cell stays."""
    last = max(number for number, cell in enumerate(row) if not cell.empty)
    return row[: last + 2]


def _title(cell: GridCell, grid: Grid, plan: Plan, schools: list[Cell]) -> Iterator[Row]:
    """The form's title as it prints it, and the school that is named before it; other words in a line of their own."""
    before, _, after = words_of(cell).partition(squeezed(plan.form.title))
    yield Row((cell_of(cell, grid, plan.form.title),))
    name = _YEAR.sub("", cell.shown.text.partition(plan.form.title)[0].strip())
    if _is_school(name):
        schools.append(cell_of(cell, grid, name))
    elif not _PLACES.fullmatch(before):
        yield Row((cell_of(cell, grid, before),))
    if not _EXTRA_TITLE.fullmatch(after):
        yield Row((cell_of(cell, grid, after),))


def _is_school(name: str) -> bool:
    return _SCHOOL.fullmatch(name) is not None and not _SEVERAL.search(name)


# --- after reading ---


def _settled(reading: Reading, laid: _Laid, form: Form) -> Reading:
    """What the worksheet says beside its fields: columns that it has not, and the school in its title."""
    fields = {name: _without_absent(found, laid.absent) if isinstance(found, ListReading) else found
              for name, found in reading.fields.items()}  # fmt: skip
    lost = [name for name in laid.gone if fields[name].status == "blank"]
    fields |= dict.fromkeys(lost, FieldReading("missing"))
    findings = (*(one for one in reading.findings if not _is_of_absent(one, laid.absent)), *_told_absent(laid, form),
                *(Finding("missing_field", "表里没有这一栏，请对方补上。", name) for name in sorted(lost)))  # fmt: skip
    if not any(_has_content(found) for found in fields.values()) and not any(f.code == "blank_form" for f in findings):
        findings = (*findings, Finding("blank_form", "这份表还没有填写，请填好后再交。"))
    labels = labels_of(form)
    places = [name for name in form.fields() if labels[name] in _SCHOOL_LABELS]
    if laid.school is None or len(places) != 1:
        return replace(reading, fields=fields, findings=findings)
    [name] = places
    waiting = (isinstance(one, FieldReading) and one.status in ("review", "unread") for one in fields.values())
    unsure = laid.named or any(waiting)
    found = _with_school(fields[name], laid.school, unsure)
    if found is fields[name]:
        return replace(reading, fields=fields, findings=findings)
    findings = tuple(one for one in findings if one.field != name or one.code not in _NOT_FOUND)
    if found.status == "review":
        where = "工作表的名称" if laid.named else "标题"
        findings = (*findings, Finding("needs_eyes", f"学校名称取自{where}，请核对。", name))
    return replace(reading, fields={**fields, name: found}, findings=findings)


def _has_content(found: FieldReading | ListReading) -> bool:
    return found.status in ("accepted", "review", "unread")


def _with_school(found: FieldReading | ListReading, cell: Cell, unsure: bool) -> FieldReading | ListReading:
    """The title's school where the sheet has no place for it; a person decides where other lines are unsure."""
    parsed = parse("text", cell.text)
    if isinstance(found, ListReading) or found.place is not None or parsed.state != "value":
        return found
    if unsure:
        return FieldReading("review", parsed.value, cell.text, 0.5, cell.place)
    return FieldReading("accepted", parsed.value, cell.text, 0.99, cell.place)


def _without_absent(found: ListReading, absent: frozenset[str]) -> ListReading:
    """A column that the worksheet has not is missing, not unread."""
    return replace(found, rows=tuple({column: _missing(cell) if column in absent else cell
                                      for column, cell in row.items()} for row in found.rows))  # fmt: skip


def _missing(cell: FieldReading) -> FieldReading:
    return FieldReading("missing") if cell.status in ("unread", "blank") else cell


def _is_of_absent(finding: Finding, absent: frozenset[str]) -> bool:
    return finding.code == "unread_field" and finding.field.rpartition("].")[2] in absent


def _told_absent(laid: _Laid, form: Form) -> Iterator[Finding]:
    """Once for the list, and not for every row of it."""
    labels = labels_of(form)
    for name, columns in form.lists().items():
        for column in columns:
            if column in laid.absent:
                message = f"列表里没有“{labels[f'{name}.{column}']}”这一列，请对方补上。"
                yield Finding("missing_field", message, f"{name}[1].{column}")

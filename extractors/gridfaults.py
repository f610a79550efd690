"""What a spreadsheet program spoiled in a list, told by row, person and column; nothing of it is ever repaired."""

from collections.abc import Iterator, Mapping, Sequence

from extractors.grids import Grid, GridCell, listed_names, name_of
from extractors.shown import Fault
from gengang.findings import Finding

_MESSAGES: Mapping[Fault, str] = {
    "number_damaged": "的长号码被当作数字保存，后几位已丢失，不能还原。请对方把这一列设为“文本”格式，重新填写后再交。",
    "formula_uncached": "是公式，文件里没有它的结果，读不到内容。请用 Excel 或 WPS 打开并保存一次，或直接填写结果。",
    "cell_error": "是出错值（如 #N/A、#REF!），读不到内容。请对方改正后再交。",
    "display_differs": "按格式显示的内容与保存的数值不同，请对照原件核对。",
    "letter_lost": "有字没有存下来，成了“?”或乱码。请对照原件补正，或请对方改交 .xlsx。",
}
_PERSONS = ("姓名", "跟岗教师", "学员", "指导教师", "教师")


def faults_of(grid: Grid, heads: Mapping[int, Mapping[int, str]]) -> Iterator[Finding]:
    """One finding for each kind of fault. heads: row of a list -> its columns -> their names."""
    for code, message in _MESSAGES.items():
        spoiled = [(row, cell) for row in grid.rows for cell in row if cell.shown.fault == code]
        if spoiled:
            names = listed_names([_called(row, cell, heads.get(cell.row, {})) for row, cell in spoiled])
            yield Finding(code, f"工作表“{grid.name}”{names} 单元格{message}", place=name_of(spoiled[0][1]))


def _called(row: Sequence[GridCell], cell: GridCell, heads: Mapping[int, str]) -> str:
    """第3行李红的“身份证号”（N3）; outside a list the cell alone."""
    if cell.column not in heads:
        return name_of(cell)
    person = _person(row, cell, heads)
    return f"第{cell.row}行{person}{'的' if person else ''}“{heads[cell.column]}”（{name_of(cell)}）"


def _person(row: Sequence[GridCell], spoiled: GridCell, heads: Mapping[int, str]) -> str:
    """Who the row is about, by its columns of names; the nearest one before the spoiled cell."""
    called = [cell for cell in row if cell is not spoiled and not cell.shown.fault
              and any(word in heads.get(cell.column, "") for word in _PERSONS)
              and 0 < len(cell.shown.text.strip()) <= 12 and not any(map(str.isdigit, cell.shown.text))]  # fmt: skip
    before = [cell for cell in called if cell.column < spoiled.column and "姓名" in heads[cell.column]]
    before = before or [cell for cell in called if cell.column < spoiled.column] or called
    return before[0].shown.text.strip() if before else ""

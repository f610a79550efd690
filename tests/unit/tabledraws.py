"""Lists as schools set them, drawn by chance: titles, headings of two lines, examples, merged cells, halves, damage.

Every list comes with what it states, so that a reading can be held to it; the same chance gives the same list.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from gengang.codecs import CODECS, Period, Value, id_check_character
from gengang.form import FieldType, Form
from gengang.labels import labels_of
from gengang.reading import FieldReading, FileReading, ListReading
from tests.unit.tablefiles import Drawn, Formula
from tests.unit.tablefiles import Value as Typed

LISTS = ("registration", "mentor_assignment", "sign_in", "score_sheet")
NAMES = ("李红", "王强", "赵敏", "钱伟", "周静", "吴芳", "郑国明", "孙丽", "阿依古丽·买买提", "欧阳建国", "冯春")
SCHOOLS = ("孙店小学", "李塘小学", "张村中心校", "周家坝九年制学校", "安和县第三中学")
WORDS = ("语文", "数学", "一级教师", "本科", "教师", "教务主任", "县级骨干", "汉族", "无", "三年级2班", "同意推荐")
NOTES = ("注：一式两份", "校长签字：王校长", "填表说明：日期一律用公历", "以上情况属实。")
SAID_AROUND = ("孙店小学", "王校长")  # all that stands about the whole list
SPOILED = "不会有人填的值"  # stands for a value that the file no longer holds

Cells = list[Typed | Formula]
Row = Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class Case:
    """A drawn list. rows: what it states, SPOILED where the file lost it."""

    form: Form
    rows: Sequence[Row]
    sheet: Drawn


@dataclass(slots=True)
class _Sheet:
    """A sheet while it is drawn."""

    rows: list[Cells] = field(default_factory=list)
    areas: list[tuple[int, int, int, int]] = field(default_factory=list)
    dark: set[int] = field(default_factory=set)


def case_of(form: Form, chance: Random, flat: bool) -> Case:
    """A list of the form. flat: for a text file, which has no merged cells."""
    [(name, columns)] = form.lists().items()
    order = list(columns)
    if chance.random() < 0.3:
        chance.shuffle(order)
    order = order[: len(order) - chance.choice((0, 0, 0, 1, 2))]
    stated = [{column: _drawn(kind, column, chance) if column in order else None for column, kind in columns.items()}
              for _ in range(chance.randint(1, 14))]  # fmt: skip
    stated = [row for row in stated if any(value is not None for value in row.values())]
    heads = [_head(form, labels_of(form)[f"{name}.{column}"], chance) for column in order]
    return _laid(form, order, heads, stated, chance, flat)


def _laid(
    form: Form, order: list[str], heads: list[str], stated: list[dict[str, Value | None]], chance: Random, flat: bool
) -> Case:  # fmt: skip
    [columns] = form.lists().values()
    sheet = _Sheet()
    numbered = "number" not in columns and chance.random() < 0.5
    left: Cells = ["序号"] if numbered else []
    halves = 2 if len(stated) > 3 and chance.random() < 0.15 else 1
    shared = _shared_school(order, stated, chance) if halves == 1 else (0, 0)
    typed = [[_typed(row[column], columns[column].codec, chance, flat) for column in order] for row in stated]
    _spoil(typed, stated, order, columns, chance)
    _top(sheet, form, chance)
    _headed(sheet, [*left, *heads], halves, chance, flat)
    if chance.random() < 0.15:
        sheet.rows.append(["例", *typed[0]] if numbered else ["例：张三", *typed[0][1:]])
    bodies: list[Cells] = [[number, *row] if numbered else [*row] for number, row in enumerate(typed, 1)]
    if halves == 2:
        middle = (len(bodies) + 1) // 2
        bodies = [[*one, None, *other] for one, other in
                  zip(bodies[:middle], [*bodies[middle:], *[[]] * middle], strict=False)]  # fmt: skip
    first = len(sheet.rows) + 1
    for number, row in enumerate(bodies):
        within = shared[0] <= number < shared[1]
        if not within and chance.random() < 0.06:
            sheet.rows.append([])
        sheet.rows.append(row)
        if number == shared[0]:
            first = len(sheet.rows)
        if chance.random() < 0.05:
            sheet.dark.add(len(sheet.rows))
    if shared[1] and not flat:
        column = order.index(_school_column(order)) + 1 + numbered
        sheet.areas.append((first, column, first + shared[1] - shared[0] - 1, column))
    _foot(sheet, len(stated), chance)
    return Case(form, stated, Drawn(sheet.rows, sheet.areas, frozenset(sheet.dark)))


# --- around the list ---


def _top(sheet: _Sheet, form: Form, chance: Random) -> None:
    if chance.random() < 0.9:
        sheet.rows.append([f"{chance.choice(('', '', '孙店小学', '安和县', '2016年'))}{form.title}"])
    if chance.random() < 0.3:
        sheet.rows.append([])
    if chance.random() < 0.2:
        sheet.rows.append(
            [chance.choice(("填报单位：孙店小学", "学校（盖章）：孙店小学", "单位：人", "2016年9月", "报送：师训股"))]
        )


def _headed(sheet: _Sheet, heads: Cells, halves: int, chance: Random, flat: bool) -> None:
    whole: Cells = [*heads, None, *heads] if halves == 2 else heads
    if halves == 2 or len(heads) < 5 or chance.random() < 0.75:
        sheet.rows.append(whole)
        return
    start = chance.randint(1, len(heads) - 3)
    group = range(start, start + chance.randint(2, 3))
    top = len(sheet.rows) + 1
    sheet.rows.append([("基本情况" if column == start else None) if column in group else head
                       for column, head in enumerate(heads)])  # fmt: skip
    sheet.rows.append([head if column in group else None for column, head in enumerate(heads)])
    if not flat:
        sheet.areas.append((top, start + 1, top, group.stop))
        sheet.areas += [(top, column + 1, top + 1, column + 1) for column in range(len(heads)) if column not in group]


def _foot(sheet: _Sheet, count: int, chance: Random) -> None:
    if chance.random() < 0.3:
        sheet.rows.append(["合计", chance.choice((count, f"{count}人"))])
    if chance.random() < 0.15:
        sheet.rows.append([])
    if chance.random() < 0.4:
        sheet.rows.append([chance.choice(NOTES)])


def _head(form: Form, label: str, chance: Random) -> str:
    [name] = form.lists()
    printed = {said for path, said in labels_of(form).items() if path.startswith(f"{name}.")}
    others = sorted(word for group in form.synonyms if label in group for word in group - printed)
    if others and chance.random() < 0.15:
        return chance.choice(others)
    middle = len(label) // 2
    return chance.choice((label,) * 8 + (f"*{label}", f"{label}（必填）", f"{label[:middle]} {label[middle:]}",
                                         f"{label[:middle]}\n{label[middle:]}"))  # fmt: skip


def _school_column(order: Sequence[str]) -> str:
    return next((column for column in order if column in ("unit", "school")), "")


def _shared_school(order: Sequence[str], stated: list[dict[str, Value | None]], chance: Random) -> tuple[int, int]:
    """From which row to which the school stands once, merged down."""
    column = _school_column(order)
    if not column or len(stated) < 2 or chance.random() < 0.5:
        return 0, 0
    first = chance.randrange(len(stated) - 1)
    behind = chance.randint(first + 2, len(stated))
    for number, row in enumerate(stated[first:behind]):
        row[column] = stated[first][column] or SCHOOLS[0] if not number else stated[first][column]
        others = [name for name in order if name != column]
        if all(row[name] is None for name in others):
            row[others[0]] = 7 if others[0] == "number" else NAMES[0]
    return first, behind


# --- values ---


def _drawn(kind: FieldType, column: str, chance: Random) -> Value | None:
    if chance.random() < 0.08:
        return None
    if kind.options:
        return chance.choice(kind.options)
    if column in ("name", "trainee", "mentor", "signature"):
        return chance.choice(NAMES)
    if column in ("unit", "school"):
        return chance.choice(SCHOOLS)
    match kind.codec:
        case "id_number":
            first = f"000000{chance.randint(1965, 1990)}{chance.randint(1, 12):02d}1{chance.randint(0, 9)}"
            first = f"{first}{chance.randint(101, 999)}"
            return first + id_check_character(first)
        case "phone":
            return f"138{chance.randint(0, 99_999_998):08d}"
        case "month":
            return f"{chance.randint(1965, 2015)}-{chance.randint(1, 12):02d}"
        case "count":
            return chance.randint(1, 40)
        case "period":
            return Period("2016-09-01", "2016-11-30")
        case "text":
            return chance.choice(WORDS)
    return CODECS[kind.codec].sample


def _typed(value: Value | None, codec: str, chance: Random, flat: bool) -> Typed | Formula:
    """As somebody types it, or as the program keeps it."""
    if value is None or isinstance(value, int):
        return value
    said = CODECS[codec].show(value, ())
    if codec == "phone" and not flat and chance.random() < 0.3:
        return int(said) if int(said) % 10**5 else said
    if codec == "month" and isinstance(value, str):
        day = date.fromisoformat(f"{value}-01")
        return day if not flat and chance.random() < 0.3 else chance.choice((said, value, f"{value}-01"))
    return said


def _spoil(
    typed: list[list[Typed | Formula]], stated: list[dict[str, Value | None]], order: Sequence[str],
    columns: Mapping[str, FieldType], chance: Random,
) -> None:  # fmt: skip
    """What programs and people do to some cells, after which nobody can know their value."""
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        row, at = chance.randrange(len(stated)), chance.randrange(len(order))
        column, value = order[at], stated[row][order[at]]
        if value is None or column == _school_column(order) or value == SPOILED:
            continue
        typed[row][at] = _spoiled(columns[column].codec, str(value), chance)
        stated[row][column] = SPOILED


def _spoiled(codec: str, value: str, chance: Random) -> Typed | Formula:
    if codec == "id_number":
        number = f"510322{value[6:17]}0"
        return chance.choice((float(number), int(number), f"{float(number):.5E}", f"{number[:15]}000", value[:16]))
    if codec == "phone":
        return chance.choice((f"{float(value):.2E}", f"{float(value):.5E}", int(value[:6]) * 10**5, value[:9]))
    lost: list[Typed | Formula] = [Formula("1+1"), "#N/A", "#REF!"]
    return chance.choice([*lost, "同上", "〃"] if codec == "text" else lost)


# --- how a reading holds to it ---


def wrongs(case: Case, file: FileReading) -> Iterator[str]:
    """What is silently wrong: accepted otherwise than it stands, filled and called blank, or lost without a word."""
    if not file.submissions:
        if not file.findings:
            yield "nothing read and nothing told"
        return
    if len(file.submissions) > 1 or file.submissions[0].form != case.form.stem:
        yield f"read as {[one.form for one in file.submissions]}"
        return
    fields = file.submissions[0].fields
    alone = {path: one.value for path, one in fields.items() if isinstance(one, FieldReading)
             and one.status == "accepted" and one.value not in SAID_AROUND}  # fmt: skip
    if alone:
        yield f"accepted beside the list: {alone}"
    [name] = case.form.lists()
    found = file.submissions[0].fields[name]
    assert isinstance(found, ListReading)
    rows = [{column: cell.value for column, cell in row.items()} for row in found.rows]
    if found.status == "accepted" and rows != list(map(dict, case.rows)):
        yield "accepted as a whole and other than it stands"
    if found.status in ("blank", "missing"):
        yield f"called {found.status}"
    told = {one.code for one in file.submissions[0].findings} & {"rows_in_doubt", "unread_content"}
    doubted = sum(not any(cell.status == "accepted" for cell in row.values()) for row in found.rows)
    if len(rows) != len(case.rows):
        if not told and (len(rows) - doubted > len(case.rows) or len(rows) < len(case.rows)):
            yield f"{len(rows)} of {len(case.rows)} rows, and nothing told"
        return
    for number, (read, want) in enumerate(zip(found.rows, case.rows, strict=True), 1):
        for column, cell in read.items():
            if cell.status == "accepted" and cell.value != want[column]:
                yield f"{number}.{column}: {cell.value!r} for {want[column]!r}"
            if cell.status in ("blank", "missing") and want[column] is not None:
                yield f"{number}.{column}: called {cell.status} for {want[column]!r}"


def is_right(case: Case, file: FileReading) -> bool:
    """Whether all that the file still holds was read without asking anybody."""
    if len(file.submissions) != 1:
        return False
    [found] = (one for one in file.submissions[0].fields.values() if isinstance(one, ListReading))
    if len(found.rows) != len(case.rows):
        return False
    return all(cell.status in ("accepted", "blank", "missing") or want[column] == SPOILED
               for row, want in zip(found.rows, case.rows, strict=True) for column, cell in row.items())  # fmt: skip

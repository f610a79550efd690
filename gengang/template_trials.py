"""A template filled on trial: does Word give back what was written, does its print, and how many pages does it take.

What is written is made up: something short and different in every place, the longest that people write, nothing at
all, lists of one and of sixty rows. The reader is passed in, since the writer must not know one.
"""

import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from jinja2 import TemplateError
from PIL import Image

from gengang.codecs import Period, Value, id_check_character, parse
from gengang.errors import GengangError
from gengang.form import Fault, FieldType, Form, Slot
from gengang.labels import label_of
from gengang.papers.print_proof import print_findings
from gengang.reading import FieldReading, FileReading, ListReading, Reading
from gengang.rendering import Picture, Writer, writer_of
from gengang.submission import Submission
from gengang.template import places_of_rows

ReadFile = Callable[[str, bytes, Sequence[Form]], FileReading]
Kind = Literal["usual", "blank", "longest", "one_row", "many_rows"]

NAMES: Mapping[Kind, str] = {
    "usual": "照常填写",
    "blank": "空白表",
    "longest": "写得最长",
    "one_row": "列表1行",
    "many_rows": "列表60行",
}
MANY_ROWS = 60
MOST_PAGES = 999
_LONG_NAME = "阿卜杜热合曼·买买提依明·吐尔逊江"
_LONG_TEXT = "李塘乡九年一贯制学校东沟村教学点（原李塘乡第二初级中学）"
_LONG_PROSE = "\n".join(
    ["每一个环节都有明确的目标，学生先独立思考，再小组交流，最后全班汇报，教师只在关键处点拨。" * 5] * 2
)
_OF_A_PERSON = re.compile(r"姓名|签名|签字|签章|教师|老师|导师|校长|主任|负责人|[^本个]人$|name|signer|teacher")


@dataclass(frozen=True, slots=True)
class Trial:
    """A filling of a template. docx: the filled file."""

    kind: Kind
    stated: Submission
    docx: bytes


@dataclass(frozen=True, slots=True)
class Difference:
    """What came back otherwise than it was written.

    path: `name` or `lists[2].column`; how: wrong, accepted with another value; lost, called empty; asked, left to a
    person; rows, a list with another number of rows.
    """

    path: str
    how: Literal["wrong", "lost", "asked", "rows"]


@dataclass(frozen=True, slots=True)
class Printed:
    """A trial's print. pages: how many; differences: what came back otherwise; clipped: paths not printed whole."""

    kind: Kind
    pages: int
    differences: tuple[Difference, ...] = ()
    clipped: tuple[str, ...] = ()


# --- what is written ---


def stated_for(form: Form, kind: Kind) -> Submission:
    """What a trial of this kind writes, in normal form."""
    if kind == "blank":
        return Submission(form.stem, dict.fromkeys(form.fields()))
    long, rows = kind == "longest", {"one_row": 1, "many_rows": MANY_ROWS}.get(kind, 2)
    number = iter(range(1, 100_000))
    values = {name: _value(form, name, type_, next(number), long) for name, type_ in form.fields().items()}
    lists = {
        name: tuple(
            {column: _value(form, f"{name}.{column}", type_, next(number), long) for column, type_ in columns.items()}
            for _ in range(rows)
        )
        for name, columns in form.lists().items()
    }
    return Submission(form.stem, values, lists)


def _value(form: Form, path: str, kind: FieldType, number: int, long: bool) -> Value | None:
    """Something that stands nowhere else, as far as the codec has as many values."""
    if kind.codec == "picture":
        return None if "." in path else "present"
    if kind.options:
        return max(kind.options, key=len) if long else kind.options[number % len(kind.options)]
    if kind.codec in ("text", "prose"):
        return _words(form, path, kind.codec, number, long)
    day = date(2016, 10, 10) + timedelta(number)
    born = f"000000{day:%Y%m%d}{number % 1000:03d}"
    made: dict[str, Value] = {
        "id_number": born + id_check_character(born), "phone": f"138{number:08d}", "date": day.isoformat(),
        "month": f"{1960 + number % 60}-{number % 12 + 1:02d}", "count": 10 + number,
        "period": Period(day.isoformat(), (day + timedelta(30)).isoformat()), "days": f"{number % 90 + 1}.5",
        "score": f"{60 + number % 40}.5", "money": f"{1000 + number}.5",
    }  # fmt: skip
    return made[kind.codec]


def _words(form: Form, path: str, codec: str, number: int, long: bool) -> str:
    if codec == "prose":
        return f"样例文字{_han(number)}。{_LONG_PROSE if long else ''}"
    if not long:
        return f"样例{_han(number)}"
    label = label_of(form, path)
    return _LONG_NAME if _OF_A_PERSON.search(label) or _OF_A_PERSON.search(path) else _LONG_TEXT


def _han(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


# --- Word ---


def trials_of(data: bytes, form: Form) -> tuple[Trial, ...] | Fault:
    """The trials of a template without errors; a fault when it cannot be filled."""
    kinds: tuple[Kind, ...] = ("usual", "blank", "longest", "one_row", "many_rows")
    wanted = [kind for kind in kinds if form.lists() or not kind.endswith(("row", "rows"))]
    try:
        writer = writer_of(data, form.stem)
        return tuple(Trial(kind, stated := stated_for(form, kind), _filled(writer, stated)) for kind in wanted)
    except (TemplateError, GengangError, ValueError, TypeError, SyntaxError) as fault:
        what = "这个模板填写时出错，不能使用。请把表格内容复制到一个新建的文档里，重新输入标记后再查"
        return Fault("error", "not_fillable", "", f"{what}（{fault}）。")


def _filled(writer: Writer, stated: Submission) -> bytes:
    pictures = {name: _picture() for name, kind in writer.form.fields().items()
                if kind.codec == "picture" and stated.values[name] is not None}  # fmt: skip
    return writer.fill({**stated.values, **pictures}, stated.lists)


def _picture() -> Picture:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((120, 160)).save(file, "PNG")
    return Picture(file.getvalue(), 20.0)


def word_faults(form: Form, trials: Sequence[Trial], read: ReadFile) -> Iterator[Fault]:
    """Fields that Word does not give back as they were written, each told once."""
    told: set[str] = set()
    for trial in trials:
        found = read("trial.docx", trial.docx, [form])
        if len(found.submissions) != 1:
            what = "填好后认不出是这张表" if not found.submissions else f"填好后被当成 {len(found.submissions)} 张表"
            why = found.findings[0].message if found.findings and not found.submissions else ""
            yield Fault("error", "not_known_again", "", f"{what}（{NAMES[trial.kind]}），请核对标题和栏目名。{why}")
            return
        for difference in differences(form, trial.stated, found.submissions[0]):
            field = _field_of(difference.path)
            if field not in told:
                told.add(field)
                yield _not_read_back(form, difference, trial.kind)


def _not_read_back(form: Form, difference: Difference, kind: Kind) -> Fault:
    where = place_of(form, difference.path)
    if kind == "longest" and difference.how == "asked":
        what = "的内容里如果有旁边印的字，分不清到哪里为止，要人工核对；单独占一格就不会。"
        return Fault("warning", "like_printed", where, f"{called(form, difference.path)} {what}")
    how = {"wrong": "读成了别的内容", "lost": "读成了没有填", "asked": "读不准，每份都要人工核对",
           "rows": "行数对不上"}[difference.how]  # fmt: skip
    what = f"{called(form, difference.path)} 填好后{how}（{NAMES[kind]}），请在它旁边印上栏目名，或单独占一格。"
    return Fault("error", "not_read_back", where, what)


def called(form: Form, path: str) -> str:
    """A field as a person knows it: its label with its name."""
    name = _field_of(path)
    label = label_of(form, name)
    return f"字段 {name}" if label == name else f"{label if label.startswith('“') else f'“{label}”'}（{name}）"


def place_of(form: Form, path: str) -> str:
    """Where a field stands first: its cell, or its paragraph outside of tables."""
    first, _, column = _field_of(path).partition(".")
    for row, place in zip(form.rows, places_of_rows(form.rows), strict=True):
        for cell in row.cells:
            if any(_is_slot(slot, first, column) for slot in cell.slots):
                return cell.cell or place
    return ""


def _is_slot(slot: Slot, first: str, column: str) -> bool:
    return (slot.loop, slot.name) == (first, column) if column else first == (slot.loop or slot.name)


def _field_of(path: str) -> str:
    """The name of a field without the number of its row."""
    return re.sub(r"\[\d+\]", "", path)


# --- what came back ---


def differences(form: Form, stated: Submission, reading: Reading, pictures: bool = True) -> tuple[Difference, ...]:
    """What was read otherwise than stated. pictures: False where a picture can only be guessed at."""
    return tuple(_differences(form, stated, reading, pictures))


def _differences(form: Form, stated: Submission, reading: Reading, pictures: bool) -> Iterator[Difference]:
    asked = {finding.field: finding.code for finding in reading.findings if finding.code not in _OF_PLACE}
    for name, kind in form.fields().items():
        found = reading.fields.get(name)
        if isinstance(found, FieldReading) and (pictures or kind.codec != "picture"):
            yield from _difference(name, kind, found, stated.values.get(name), asked)
    for name, columns in form.lists().items():
        listed, rows = reading.fields.get(name), stated.rows(name)
        if not isinstance(listed, ListReading):
            continue
        if len(listed.rows) != len(rows):
            yield Difference(name, "lost" if listed.status == "accepted" else "rows")
            continue
        if not rows and listed.status != "blank":
            yield Difference(name, "asked")
        for number, (row, cells) in enumerate(zip(rows, listed.rows, strict=True), 1):
            for column, value in row.items():
                yield from _difference(f"{name}[{number}].{column}", columns[column], cells[column], value, asked)


_OF_PLACE = frozenset(("needs_eyes", "unread_field", "missing_field"))


def _difference(
    path: str, kind: FieldType, found: FieldReading, value: Value | None, asked: Mapping[str, str]
) -> Iterator[Difference]:
    if found.status == "accepted":
        yield from [] if found.value == value else [Difference(path, "wrong")]
    elif found.status in ("blank", "missing") and value is not None:
        yield Difference(path, "lost")
    elif found.status != "blank" and not (path in asked and _was_understood(kind, found, value)):
        yield Difference(path, "asked")


def _was_understood(kind: FieldType, found: FieldReading, value: Value | None) -> bool:
    """Whether the question is not where the value stands but what it says, which is made up here."""
    sure = parse(kind.codec, found.raw, kind.options).state == "value"
    return found.status == "review" and found.value == value and sure


# --- the print ---


def printed_trial(form: Form, trial: Trial, pdf: bytes, read: ReadFile) -> Printed:
    """What a trial's print gives back."""
    pages, findings = print_findings(pdf, form, trial.stated, MOST_PAGES)
    clipped = tuple(dict.fromkeys(finding.field for finding in findings if finding.code == "print_value"))
    found = read("trial.pdf", pdf, [form])
    if len(found.submissions) != 1:
        return Printed(trial.kind, pages, (Difference("", "asked"),), clipped)
    return Printed(trial.kind, pages, differences(form, trial.stated, found.submissions[0], False), clipped)


def print_faults(form: Form, prints: Sequence[Printed], fixed: Collection[str] = ()) -> Iterator[Fault]:
    """What the prints show of the template, each field once. fixed: places that cannot grow with what stands there."""
    told: set[str] = set()
    for printed in prints:
        cut = [one.path for one in printed.differences if one.how in ("wrong", "lost")]
        for path in (*printed.clipped, *(path for path in cut if place_of(form, path) in fixed)):
            yield from _once(told, _clipped(form, path, printed.kind), path)
    for printed in prints:
        for difference in printed.differences:
            yield from _once(told, _print_fault(form, difference, printed), difference.path)


def _clipped(form: Form, path: str, kind: Kind) -> Fault:
    where, field = place_of(form, path), called(form, path)
    if kind == "longest" or _field_of(path).partition(".")[0] in form.lists():
        what = f"{field} 写长了印不全，请把这一行的行高改成“最小值”，或放大文本框。"
        return Fault("warning", "clipped", where, what)
    what = f"{field} 印不出来，请看它是不是在不打印的页眉页脚、太小的文本框或公式里，把它移到表格里。"
    return Fault("warning", "not_printed", where, what)


def _once(told: set[str], fault: Fault | None, path: str) -> Iterator[Fault]:
    field = _field_of(path)
    if fault is not None and field not in told:
        told.add(field)
        yield fault


def _print_fault(form: Form, difference: Difference, printed: Printed) -> Fault | None:
    where, field = place_of(form, difference.path), called(form, difference.path)
    kind = NAMES[printed.kind]
    if not difference.path:
        what = f"打印件认不出是这张表（{kind}），请核对表格有没有边框、标题和栏目名印全没有。"
        return Fault("warning", "print_unknown", "", what)
    if difference.how in ("wrong", "lost"):
        listed = _field_of(difference.path).partition(".")[0] in form.lists()
        rows = "请在表格属性的“行”里取消“允许跨页断行”，并在列表上面印上栏目名"
        advice = rows if listed else "请在它旁边印上栏目名，或单独占一格"
        what = f"{field} 打印后会读错（{kind}），{advice}；在此之前请收电子版。"
        return Fault("error", "print_wrong", where, what)
    if difference.how == "rows":
        advice = "如有一行被切在两页上，请在表格属性的“行”里取消“允许跨页断行”；收到打印件要人工核对。"
        return Fault("warning", "print_rows", where, f"{field} 打印后行数读不准（{kind}）。{advice}")
    if printed.kind != "usual":
        return None
    what = f"{field} 在打印件上读不准，每份都要人工核对；给它单独一格、旁边印上栏目名会好些。"
    return Fault("warning", "print_asked", where, what)

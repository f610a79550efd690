"""A form's own fields against each other, and what a digital file cannot show: by codec and label, on any template.

A birthday, a gender and an ID number that disagree, a sum that is none and an opinion in another's place are for a
person to judge; what stands on the paper is read right all the same. Only swapped numbers, which no codec understood,
get another proposal.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.policy import DIGITAL
from gengang.codecs import parse
from gengang.findings import Finding
from gengang.form import Form, PatternCell, Slot
from gengang.labels import labels_of
from gengang.names import born_of_id, gender_of_id
from gengang.reading import FieldReading, ListReading, Mark, MarkKind, Reading
from gengang.sheet import Medium, squeezed

Fields = Mapping[str, FieldReading | ListReading]

_BORN, _GENDER, _TOTAL, _POINTS = "出生", "性别", re.compile("合计|总分|总计"), re.compile("得分|分数|评分|实得")
_CONFIRMED = re.compile("认定|考核得分|综合")  # what others decide afterwards is no part of the sum
_SIGNED = re.compile("签名|签字|签阅|签章")
_SEALED = re.compile("盖章|公章|印章|章$")
_MENTORS = re.compile("指导教师|指导老师|导师|带教")
_OPINION = re.compile("意见|鉴定|评语|评价|考核")
_FIRST_PERSON = re.compile("本人|我的(?:指导教师|导师|师傅)|我在(?:跟岗|研修|基地)")
_LEAST_SAME = 20  # characters that two opinions share by no chance
_ELECTRONIC = "电子件，签章以纸质件为准；请收齐签字盖章的纸质件。"


def crosschecked(form: Form, reading: Reading, medium: Medium) -> Reading:
    """The reading with what its fields say of each other, and with the marks of a digital file."""
    labels = labels_of(form)
    fields = dict(reading.fields)
    findings = [*_identity(form, fields, labels), *_sums(form, fields, labels), *_of_another(form, fields, labels)]
    for proposals, finding in _swapped(form, fields):
        fields |= proposals
        findings.append(finding)
    marks = tuple(_marks(form, fields, labels)) if medium in DIGITAL else ()
    if any(mark.kind != "photo" for mark in marks) and not any(one.code == "blank_form" for one in reading.findings):
        findings.append(Finding("electronic_copy", _ELECTRONIC, severity="info"))
    return replace(reading, fields=fields, findings=(*reading.findings, *findings), marks=(*reading.marks, *marks))


def _judged(code: str, message: str, name: str) -> Finding:
    return Finding(code, message, name, severity="manual")


def _accepted(fields: Fields, name: str) -> str:
    """The text of an accepted value, else ''."""
    found = fields.get(name)
    kept = isinstance(found, FieldReading) and found.status == "accepted" and isinstance(found.value, str | int)
    return str(found.value) if kept and isinstance(found, FieldReading) else ""


def _of_codec(form: Form, *codecs: str) -> tuple[str, ...]:
    return tuple(name for name, kind in form.fields().items() if kind.codec in codecs)


# --- the person ---


def _identity(form: Form, fields: Fields, labels: Mapping[str, str]) -> Iterator[Finding]:
    """A16: where a form has one ID number, its birthday and gender are compared with it; both stay as they stand."""
    numbers = _of_codec(form, "id_number")
    number = _accepted(fields, numbers[0]) if len(numbers) == 1 else ""
    born = born_of_id(number) if number else None
    if born is None:
        return
    for name in _of_codec(form, "month", "date"):
        written = _accepted(fields, name)
        if _BORN in labels[name] and written and not born.isoformat().startswith(written):
            yield _judged("id_birth_differs", "出生年月与身份证号第7至14位不一致，请核对。", name)
    for name in form.fields():
        written = _accepted(fields, name)
        if _GENDER in labels[name] and written in ("男", "女") and written != gender_of_id(number):
            yield _judged("id_gender_differs", "性别与身份证号第17位不一致，请核对。", name)


def _swapped(form: Form, fields: Fields) -> Iterator[tuple[Mapping[str, FieldReading], Finding]]:
    """A19: an ID number in the place of the phone and the phone in its place."""
    for number in _of_codec(form, "id_number"):
        for phone in _of_codec(form, "phone"):
            one, two = fields.get(number), fields.get(phone)
            if not isinstance(one, FieldReading) or not isinstance(two, FieldReading):
                continue
            as_phone, as_number = parse("phone", one.raw), parse("id_number", two.raw)
            if as_phone.state == "value" and as_number.state == "value":
                message = "身份证号和联系电话像是填反了，已按对调后的值列出，请核对。"
                proposals = {number: _proposed(one, str(as_number.value)), phone: _proposed(two, str(as_phone.value))}
                yield proposals, _judged("fields_swapped", message, number)


def _proposed(found: FieldReading, value: str) -> FieldReading:
    return replace(found, status="review", value=value, confidence=0.5)


# --- sums ---


def _sums(form: Form, fields: Fields, labels: Mapping[str, str]) -> Iterator[Finding]:
    """B16: the one total of a form against the points above it, of its rows or of its one list, when all are filled."""
    totals = [name for name in _of_codec(form, "score", "count") if _TOTAL.search(labels[name])]
    columns = [(name, column) for name, kinds in form.lists().items() for column, kind in kinds.items()
               if kind.codec == "score" and _POINTS.search(labels.get(f"{name}.{column}", ""))]  # fmt: skip
    printed = [name for name in _of_codec(form, "score") if _POINTS.search(labels[name].rpartition("·")[2])]
    printed = [name for name in printed if name not in totals and not _CONFIRMED.search(labels[name])]
    if len(totals) != 1 or len(columns) + bool(printed) != 1:
        return
    [total] = totals
    said = _accepted(fields, total)
    points: Sequence[Decimal] = [Decimal(text) for name in printed if (text := _accepted(fields, name))]
    points = _points(fields.get(columns[0][0]), columns[0][1]) if columns else points
    if printed and len(points) < len(printed):
        return
    if points and said and sum(points, Decimal(0)) != Decimal(said):
        message = f"合计写{said}分，各项相加是{sum(points, Decimal(0))}分，请核对。"
        yield _judged("sum_differs", message, total)


def _points(found: FieldReading | ListReading | None, column: str) -> Sequence[Decimal]:
    """Every row's points; nothing where a row's are not certain."""
    if not isinstance(found, ListReading) or found.status != "accepted":
        return ()
    cells = [row[column] for row in found.rows if column in row]
    values = [Decimal(str(cell.value)) for cell in cells if cell.status == "accepted" and cell.value is not None]
    return values if len(values) == len(found.rows) else ()


# --- opinions ---


def _of_another(form: Form, fields: Fields, labels: Mapping[str, str]) -> Iterator[Finding]:
    """G06: in the mentor's opinion stands what the trainee wrote, by its words or by being the same text."""
    opinions = [name for name in _of_codec(form, "prose", "text") if _OPINION.search(labels[name])]
    texts = {name: squeezed(_accepted(fields, name)) for name in _of_codec(form, "prose", "text")}
    for name in opinions:
        if _MENTORS.search(labels[name]) and _FIRST_PERSON.search(texts[name]):
            yield _judged("other_hand", "这一栏应由指导教师填写，内容像是学员本人写的，请核对。", name)
        twins = [other for other, text in texts.items() if other != name and text == texts[name]]
        if twins and len(texts[name]) >= _LEAST_SAME:
            yield _judged("same_opinion", "这一栏与另一栏的文字完全相同，请核对是否填错了栏。", name)


# --- signatures and seals ---


def _marks(form: Form, fields: Fields, labels: Mapping[str, str]) -> Iterator[Mark]:
    """A digital file shows neither signature nor seal: each place says so. A photo is there or it is not."""
    for kind, name in mark_places(form, labels):
        found = fields.get(name)
        place = found.place if isinstance(found, FieldReading) and kind != "seal" else None
        if kind == "photo":
            yield Mark("photo", name, "present" if _accepted(fields, name) else "absent", place)
        else:
            yield Mark(kind, name, "cannot_tell", place)


def mark_places(form: Form, labels: Mapping[str, str]) -> tuple[tuple[MarkKind, str], ...]:
    """What the form asks for beside its values, and the field it belongs to: photos, signatures, seals."""
    found = (place for row in form.rows for cell in row.cells for place in _places_in(cell, labels))
    return tuple(dict.fromkeys(found))


def _places_in(cell: PatternCell, labels: Mapping[str, str]) -> Iterator[tuple[MarkKind, str]]:
    single = [slot for slot in cell.slots if not slot.loop]
    for slot in single:
        if slot.type.codec == "picture":
            yield "photo", slot.name
        elif slot.type.codec == "text" and _SIGNED.search(labels[slot.name]):
            yield "signature", slot.name
    if single and _SEALED.search(squeezed(cell.printed)):
        yield "seal", _sealed_by(single)


def _sealed_by(slots: Sequence[Slot]) -> str:
    """The field that a seal in the cell belongs to: its text, else its first field."""
    return next((slot.name for slot in slots if slot.type.codec in ("prose", "text")), slots[0].name)

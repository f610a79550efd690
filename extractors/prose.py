"""Papers of prose that nobody wrote on a form: 反思, 报告, 总结, 计划, 请假条, 鉴定, each to a submission of its form.

Kind from title and headings, person from author line and file name; what is in doubt is one question for a person.
Beside its form's own fields such a paper has its title and its whole text; what it does not say is `missing`, and
nobody asks for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from extractors.authors import (
    DATE_LABELS,
    MENTOR_LABELS,
    NAME_LABELS,
    SCHOOL_LABELS,
    SIGNER_LABELS,
    Author,
    Said,
    author_of,
    labels_said,
)
from extractors.fields import SheetReadings
from extractors.outline import Outline, heading_parts, headings_of, is_heading, outline_of
from extractors.parts import form_on
from extractors.policy import DIGITAL
from extractors.prosekinds import KINDS, KindFound, kind_of_prose
from extractors.running import Paragraph, Running, running_of
from extractors.sentences import (
    InText,
    choice_in,
    counts_in,
    days_away_in,
    days_named_in,
    ids_in,
    mentor_in,
    periods_in,
    subject_of,
)
from gengang.codecs import Period, Value, parse, prose_normal
from gengang.findings import Finding
from gengang.form import Form
from gengang.labels import labels_of
from gengang.reading import PROSE, PROSE_BODY, PROSE_TITLE, FieldReading, ListReading, Reading, Status
from gengang.sheet import Medium, Sheet, squeezed

_LEAST_LETTER, _LEAST_TEXT = 15, 60  # characters of a body
_DATE_FIELDS = ("written_on", "applied_on", "self_signed_on", "signed_on")
_TITLE_FIELDS = ("topic", "report_title")
_OFFICE = ("教体局", "教育局", "教育体育局", "教师进修学校", "教研室", "领导小组办公室")


@dataclass(slots=True)
class _Paper:
    """A paper as it is put together."""

    form: Form
    medium: Medium
    fields: dict[str, FieldReading | ListReading]
    findings: list[Finding] = field(default_factory=list)

    def put(self, name: str, value: Value | None, raw: str, sure: bool, at: Paragraph | None) -> None:
        """A field of this form, certain only in a digital paper; a name that the form has not is left out."""
        known = name in self.fields or name in (PROSE_TITLE, PROSE_BODY)
        if not known or value is None:
            return
        accepted = sure and self.medium in DIGITAL
        status: Status = "accepted" if accepted else "review"
        read = None if at is None else at.confidence
        confidence = (0.99 if read is None else read) if accepted else min(0.5, 0.5 if read is None else read)
        self.fields[name] = FieldReading(status, value, raw, confidence, None if at is None else at.place)
        if not accepted:
            self.findings.append(Finding("needs_eyes", "这一项取自文中的话，请对照原文核对。", name))

    def put_typed(self, name: str, text: str, sure: bool, at: Paragraph) -> None:
        """A text as the field's codec understands it."""
        kind = self.form.fields().get(name)
        if kind is not None:
            parsed = parse(kind.codec, text, kind.options)
            self.put(name, parsed.value, text, sure and parsed.state == "value", at)


def or_prose(found: SheetReadings, sheet: Sheet, forms: Sequence[Form], named: str) -> SheetReadings:
    """What a sheet gave, or the paper of prose that it is: where no form was found, or one without a single ruled row.

    named: path of the file, in its container too.
    """
    # A page whose border was not found still shows its form's words; a title alone is no form.
    ruled = any(row.table for row in sheet.rows)
    paged = sheet.medium != "word" or bool(found.readings and not _is_ruled(found.readings[0], forms))
    if found.readings and (ruled or (paged and form_on(sheet.rows, forms, 0.0) is not None)):
        return found
    prose = prose_reading(sheet, forms, named)
    if prose is not None:
        return SheetReadings((prose,))
    asked = not found.readings and _is_essay(sheet)
    return replace(found, findings=(*sheet.findings, _WHAT_IS_IT)) if asked else found


_WHAT_IS_IT = Finding(
    "unknown_form",
    "像是一篇文字材料，看不出是哪一种：这是什么材料？是谁的？请交件人写明题目和署名后再交。",
    severity="error",
)


def _is_essay(sheet: Sheet) -> bool:
    """Whether a sheet is running text for the most part, though of no kind that is known."""
    running = running_of(sheet)
    text = sum(len(one.text) for one in running.paragraphs)
    return text >= _LEAST_TEXT and sum(map(len, running.beside)) <= text


@lru_cache(maxsize=8)
def _labels_of_authors(forms: tuple[Form, ...]) -> frozenset[str]:
    """What may stand before a value over or under a text: words of authors, and what the forms call their fields."""
    printed = {squeezed(label) for form in forms for name, label in labels_of(form).items() if "." not in name}
    return frozenset(printed | NAME_LABELS | SCHOOL_LABELS | DATE_LABELS | MENTOR_LABELS | SIGNER_LABELS)


def _is_ruled(reading: Reading, forms: Sequence[Form]) -> bool:
    """Whether the form that was found has its fields in tables."""
    form = next((form for form in forms if form.stem == reading.form), None)
    return form is not None and any(row.table and row.slots for row in form.rows)


def prose_reading(sheet: Sheet, forms: Sequence[Form], named: str) -> Reading | None:
    """The reading of a paper of prose; None for what is none, or is no paper of these forms.

    named: path of the file, whose names are evidence and never proof.
    """
    running = running_of(sheet)
    outline = outline_of(running.paragraphs, _labels_of_authors(tuple(forms)))
    text = "\n".join(one.text for one in outline.body)
    known = {form.stem: form for form in reversed(forms)}
    if not outline.body or not (outline.title or named):
        return None
    found = kind_of_prose(outline.heading, headings_of(outline.body), text, named, tuple(known))
    least = _LEAST_LETTER if found.stem and KINDS[found.stem].letter else _LEAST_TEXT
    if not found.stem or found.foreign or len(text) < max(least, sum(map(len, running.beside))):
        return None
    paper = _Paper(known[found.stem], sheet.medium, _all_missing(known[found.stem]), list(sheet.findings))
    _put_text(paper, running, outline)
    author = _author(paper.form, outline, named)
    _put_author(paper, outline, author)
    _put_sections(paper, outline)
    if KINDS[found.stem].letter:
        _put_letter(paper, outline, text)
    paper.findings += _questions(paper, found, author, outline)
    paper.findings += _unread(running, outline)
    return _doubted(paper, found)


def _all_missing(form: Form) -> dict[str, FieldReading | ListReading]:
    fields: dict[str, FieldReading | ListReading] = {}
    for slot in form.slots():
        fields.setdefault(slot.loop or slot.name, ListReading("missing") if slot.loop else FieldReading("missing"))
    return fields


# --- text ---


def _put_text(paper: _Paper, running: Running, outline: Outline) -> None:
    body = outline.body
    sure = all(one.sure for one in body) and not running.unread and not running.beside
    raw = "\n".join(one.text for one in body)
    paper.put(PROSE_BODY, prose_normal(raw), raw, sure, body[0])
    if outline.title:
        whole = all(one.sure for one in outline.title)
        for name in (PROSE_TITLE, *_TITLE_FIELDS):
            paper.put(name, outline.heading, outline.heading, whole, outline.title[0])


def _put_sections(paper: _Paper, outline: Outline) -> None:
    """Parts under headings that the form prints as labels, where the headings are numbered alike all through."""
    labels = {_plain(label): name for name, label in labels_of(paper.form).items() if _is_prose(paper.form, name)}
    starts = [number for number, one in enumerate(outline.body) if is_heading(one.text)]
    styles = [heading_parts(outline.body[number].text)[0] for number in starts]
    top = next((style for style in styles if style), "")
    heads = [number for number, style in zip(starts, styles, strict=True) if style == top] if top else []
    for number, end in pairwise([*heads, len(outline.body)]):
        name = labels.get(_plain(heading_parts(outline.body[number].text)[1]))
        part = outline.body[number + 1 : end]
        if name is not None and part:
            raw = "\n".join(one.text for one in part)
            once = sum(labels.get(_plain(heading_parts(outline.body[n].text)[1])) == name for n in heads) == 1
            paper.put(name, prose_normal(raw), raw, once and all(one.sure for one in part), part[0])


def _is_prose(form: Form, name: str) -> bool:
    kind = form.fields().get(name)
    return kind is not None and kind.codec == "prose"


def _plain(label: str) -> str:
    """一、问题提出（约200字） and 问题的提出 are one label."""
    return squeezed(heading_parts(label.partition("（")[0].partition("(")[0])[1]).replace("的", "").rstrip("·")


# --- author ---


def _author(form: Form, outline: Outline, named: str) -> Author:
    own = {squeezed(label): name for name, label in labels_of(form).items()}
    names = {*NAME_LABELS, *(label for label, name in own.items() if name == "name")}
    names |= MENTOR_LABELS if form.stem == "mentor_summary" else set()
    names -= {label for label, name in own.items() if name in ("mentor", "trainees")}
    schools = {*SCHOOL_LABELS, *(label for label, name in own.items() if name == "school")}
    return author_of(outline, named, frozenset(names), frozenset(schools))


def _put_author(paper: _Paper, outline: Outline, author: Author) -> None:
    """Author lines to fields; a letter of appraisal is signed by the school, not by whom it is about."""
    own = {squeezed(label): name for name, label in labels_of(paper.form).items() if name in paper.form.fields()}
    for label, pair in labels_said(outline.labelled).items():
        name = own.get(label) or ("mentor" if label in MENTOR_LABELS else "")
        name = name or ("principal_signature" if label.startswith("校长") else "")
        if name and name not in ("name", "school"):
            paper.put_typed(name, pair.value, pair.place.sure, pair.place)
    about = paper.form.stem == "base_school_appraisal"
    if not about:
        _put_said(paper, "name", author.name)
    _put_said(paper, "base_school" if about or "school" not in paper.fields else "school", author.school)
    day_field = next((name for name in _DATE_FIELDS if name in paper.fields), "")
    if author.day is not None and author.day.paragraph is not None:
        paper.put_typed(day_field, author.day.value, author.day.sure, author.day.paragraph)


def _put_said(paper: _Paper, name: str, said: Said | None) -> None:
    if said is not None:
        paper.put(name, said.value, said.value, said.sure, said.paragraph)


# --- letters ---


def _put_letter(paper: _Paper, outline: Outline, text: str) -> None:
    """What a letter says in its sentences."""
    at = outline.body[0]
    day = next((value for name in _DATE_FIELDS if (value := _value(paper, name))), "")
    year = str(day)[:4]
    school, name = subject_of(text)
    if not _value(paper, "name"):
        paper.put("name", name or None, name, paper.form.stem == "base_school_appraisal", at)
    if not _value(paper, "school"):
        paper.put("school", school or None, school, False, at)
    for field_name, found in counts_in(paper.form, text).items():
        paper.put(field_name, found.value, found.raw, found.sure, at)
    mentor, away = mentor_in(text), days_away_in(text)
    paper.put("mentor", mentor or None, mentor, False, at)
    if _value(paper, "leave_days") is None:
        paper.put("leave_days", away, str(away), False, at)
    numbers = ids_in(text)
    if len(numbers) == 1:
        paper.put("id_number", numbers[0].value, numbers[0].raw, numbers[0].sure, at)
    _put_days(paper, periods_in(text, year), days_named_in(text, year), at)
    for field_name, kind in paper.form.fields().items():
        if kind.codec == "tick" and kind.options:
            around = "鉴定|等次|评定|结论|等级" if "grade" in field_name else "请|因"
            chosen = choice_in(kind.options, text, around)
            paper.put(field_name, chosen or None, chosen, False, at)


def _put_days(paper: _Paper, periods: Sequence[InText], days: Sequence[InText], at: Paragraph) -> None:
    """The one period of a letter, or its one day; for a person to look at unless all of it is written out."""
    if len(periods) == 1 and isinstance(periods[0].value, Period):
        [found] = periods
        period = periods[0].value
        paper.put("period", period, found.raw, found.sure, at)
        paper.put("starts_on", period.start, found.raw, False, at)
        paper.put("ends_on", period.end, found.raw, False, at)
    elif not periods and days and "starts_on" in paper.fields:
        paper.put("starts_on", days[0].value, days[0].raw, False, at)
        paper.put("ends_on", days[0].value, days[0].raw, False, at)


def _value(paper: _Paper, name: str) -> Value | None:
    found = paper.fields.get(name)
    return found.value if isinstance(found, FieldReading) else None


# --- questions ---


def _questions(paper: _Paper, found: KindFound, author: Author, outline: Outline) -> Iterator[Finding]:
    """这是什么材料？是谁的？ as one question, with what speaks for an answer."""
    asks = []
    office = paper.form.stem == "base_school_plan" and _is_of_office(author, outline)
    if not found.sure or office:
        asks.append(f"这是什么材料？（像是“{paper.form.title}”）")
    whose = paper.fields.get("name", paper.fields.get("base_school"))
    if not isinstance(whose, FieldReading) or whose.status != "accepted":
        said = f"（写着“{whose.value}”）" if isinstance(whose, FieldReading) and whose.value else ""
        asks.append(f"是谁的？{said}" if asks else f"这份材料是谁的？{said}")
    if asks:
        yield Finding("unclear_paper", "".join(asks) + "请人工确认。", severity="manual")
    if author.named and paper.fields.get("name") and _differs(paper, author.named):
        yield Finding("file_name_differs", f"文件名写着“{author.named}”，文中署名不同，以文中为准，请核对。", "name")


def _is_of_office(author: Author, outline: Outline) -> bool:
    """A plan that the education office signed is the programme's own, not the base school's."""
    lines = " ".join(one.text for one in (*outline.signed, *(pair.place for pair in outline.labelled)))
    return author.school is None or any(word in lines for word in _OFFICE)


def _differs(paper: _Paper, named: str) -> bool:
    value = _value(paper, "name")
    return isinstance(value, str) and bool(value) and value != named


def _unread(running: Running, outline: Outline) -> Iterator[Finding]:
    """What stands on the paper and in none of its fields."""
    if running.beside:
        text = running.beside[0]
        shown = text if len(text) <= 20 else f"{text[:20]}…"
        yield Finding("unread_content", f"正文以外还有{len(running.beside)}处内容（如“{shown}”），请人工查看。")
    for remark in outline.remarks:
        yield Finding("unread_content", f"文末有批示：“{remark.text[:20]}”，请人工查看。")
    if running.pictures:
        yield Finding("unread_content", f"文中有{running.pictures}张图片，未读取，请人工查看。", severity="info")


def _doubted(paper: _Paper, found: KindFound) -> Reading:
    """While it is not known what a paper is, nothing on it is accepted."""
    fields: Mapping[str, FieldReading | ListReading] = paper.fields
    if not found.sure:
        fields = {name: _to_review(one) if isinstance(one, FieldReading) else one for name, one in fields.items()}
    pages = sorted({one.place.page for one in fields.values()
                    if isinstance(one, FieldReading) and one.place and one.place.page})  # fmt: skip
    return Reading(paper.form.stem, PROSE, fields, tuple(pages), findings=tuple(paper.findings))


def _to_review(one: FieldReading) -> FieldReading:
    return replace(one, status="review", confidence=0.5) if one.status == "accepted" else one

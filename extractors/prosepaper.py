"""What a paper of prose states of its form's fields: by title, author lines, known headings and a letter's words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.authorlabels import AuthorLabels
from extractors.authors import Author, Said, labels_said
from extractors.outline import Outline, heading_parts, is_edge_clear, is_heading
from extractors.policy import DIGITAL
from extractors.prosekinds import KINDS, is_bare_title
from extractors.running import Paragraph, Running
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
from extractors.signatures import day_of
from gengang.codecs import Period, Value, parse, prose_normal
from gengang.findings import Finding
from gengang.form import Form
from gengang.labels import labels_of
from gengang.reading import PROSE_BODY, PROSE_TITLE, FieldReading, ListReading, Status
from gengang.sheet import Medium, squeezed

_DATE_FIELDS = ("written_on", "log_date", "noted_on", "applied_on", "self_signed_on", "signed_on")
_TITLE_FIELDS = ("topic", "report_title")
Fields = Mapping[str, FieldReading | ListReading]


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing that a paper says: the field, its value, the words it was taken from, whether nothing else is meant.

    value: None where the words are for the field's codec to understand. first: only where nothing said it before.
    """

    name: str
    value: Value | None
    raw: str
    sure: bool
    at: Paragraph | None
    first: bool = False


def fields_stated(form: Form, medium: Medium, stated: Iterable[Stated]) -> tuple[Fields, tuple[Finding, ...]]:
    """Every field of the form, missing unless it is stated, and `prose_title` and `prose_body`; what is not certain.

    Of two statements the later counts; one of a field that the form has not is left out.
    """
    fields: dict[str, FieldReading | ListReading] = {}
    for slot in form.slots():
        fields.setdefault(slot.loop or slot.name, ListReading("missing") if slot.loop else FieldReading("missing"))
    findings: dict[str, Finding] = {}
    for one in stated:
        known = isinstance(fields.get(one.name), FieldReading) or one.name in (PROSE_TITLE, PROSE_BODY)
        held = fields.get(one.name)
        if not known or (one.first and isinstance(held, FieldReading) and held.value is not None):
            continue
        found, finding = _read(form, medium, one)
        if found is not None:
            fields[one.name] = found
            findings.pop(one.name, None)
            findings |= {one.name: finding} if finding else {}
    return fields, tuple(findings.values())


def _read(form: Form, medium: Medium, one: Stated) -> tuple[FieldReading | None, Finding | None]:
    place = None if one.at is None else one.at.place
    value, sure = one.value, one.sure
    if value is None and one.name in form.fields():
        kind = form.fields()[one.name]
        parsed = parse(kind.codec, one.raw, kind.options)
        if parsed.value is None:
            blank = not one.raw.strip() or parsed.state == "blank"
            told = Finding(parsed.code or "unread_field", parsed.note or "这一项没有读出来，请对照原文核对。", one.name)
            return (None, None) if blank else (FieldReading("unread", None, one.raw, None, place), told)
        value, sure = parsed.value, sure and parsed.state == "value"
    accepted = sure and medium in DIGITAL
    status: Status = "accepted" if accepted else "review"
    read = 0.99 if one.at is None or one.at.confidence is None else one.at.confidence
    finding = None if accepted else Finding("needs_eyes", "这一项取自文中的话，请对照原文核对。", one.name)
    return FieldReading(status, value, one.raw, read if accepted else min(0.5, read), place), finding


# --- text ---


def stated_by_text(running: Running, outline: Outline) -> Iterator[Stated]:
    """The title and the whole text; a title of its kind's words alone is no report's title, and none is a lesson's."""
    body = outline.body
    sure = all(one.sure for one in body) and not running.unread and not running.beside and is_edge_clear(outline)
    raw = "\n".join(one.text for one in body)
    yield Stated(PROSE_BODY, prose_normal(raw), raw, sure, body[0])
    if outline.title:
        whole = all(one.sure for one in outline.title) and outline.is_plain
        names = (PROSE_TITLE,) if is_bare_title(outline.heading) else (PROSE_TITLE, "report_title")
        yield from (Stated(name, outline.heading, outline.heading, whole, outline.title[0]) for name in names)


def stated_by_parts(form: Form, outline: Outline) -> Iterator[Stated]:
    """Parts under headings that the form prints as labels, where the headings are numbered alike all through."""
    labels = {_plain(label): name for name, label in labels_of(form).items() if _is_prose(form, name)}
    heads = _top_headings(form, outline.body, labels)
    named = [labels.get(_plain(heading_parts(outline.body[number].text)[1])) for number in heads]
    for name, (number, end) in zip(named, pairwise([*heads, len(outline.body)]), strict=True):
        part = outline.body[number + 1 : end]
        if name is not None and part:
            raw = "\n".join(one.text for one in part)
            sure = named.count(name) == 1 and all(one.sure for one in part)
            yield Stated(name, prose_normal(raw), raw, sure, part[0])


def _top_headings(form: Form, body: Sequence[Paragraph], labels: Mapping[str, str]) -> list[int]:
    """Headings of the first numbered style, and those without a number that such a paper is known to have."""
    parts = {number: heading_parts(one.text) for number, one in enumerate(body) if is_heading(one.text)}
    top = next((style for style, _ in parts.values() if style), "")
    known = {_plain(one) for one in KINDS[form.stem].headings} | {*labels}
    return [number for number, (style, words) in parts.items()
            if top and (style == top or (not style and _plain(words) in known))]  # fmt: skip


def _is_prose(form: Form, name: str) -> bool:
    kind = form.fields().get(name)
    return kind is not None and kind.codec == "prose"


_HEADS_OF_SCHOOL = ("校长", "组长")


def _plain(label: str) -> str:
    """一、问题提出（约200字） and 问题的提出 are one label."""
    return squeezed(heading_parts(label.partition("（")[0].partition("(")[0])[1]).replace("的", "").rstrip("·")


# --- author ---


def stated_by_author(form: Form, outline: Outline, labels: AuthorLabels, author: Author) -> Iterator[Stated]:
    """Author lines as fields; a letter of appraisal is signed by the school, not by whom it is about."""
    own = {squeezed(part): name for name, label in labels_of(form).items() if name in form.fields()
           for part in label.split("/")}  # fmt: skip
    about = form.stem == "base_school_appraisal"
    head = labels_said(outline.above)
    for label, (value, at) in labels_said(outline.signed).items():
        name = _field_behind(label, own, labels, form)
        if name == "principal_signature" and label in _HEADS_OF_SCHOOL and label in head:
            name = "principal"  # who leads is named over a text, who signs signs under it
        if name in form.fields() and name not in ("name", "school") and label not in labels.day:
            # What others write under a paper holds their names and days too.
            mixed = _is_prose(form, name) or (day_of(value) and form.fields()[name].codec == "text")
            yield Stated(name, None, value, at.sure and not mixed, at)
    if not about:
        yield from _stated_said("name", author.name)
    yield from _stated_said("base_school" if about or "school" not in form.fields() else "school", author.school)
    if author.day is not None and author.day.paragraph is not None:
        yield Stated(_date_field(form), None, author.day.value, author.day.sure, author.day.paragraph)


def _date_field(form: Form) -> str:
    return next((name for name in _DATE_FIELDS if name in form.fields()), "")


def _field_behind(label: str, own: Mapping[str, str], labels: AuthorLabels, form: Form) -> str:
    """The field that a label means, by the form's own words or by what such papers say instead."""
    if label in labels.topic:
        return next((name for name in _TITLE_FIELDS if name in form.fields()), "")
    means = ((labels.mentor, "mentor"), (labels.base, "base_school"), (labels.period, "period"))
    found = own.get(label) or next((name for words, name in means if label in words), "")
    return found or ("principal_signature" if label.startswith("校长") else "")


def _stated_said(name: str, said: Said | None) -> Iterator[Stated]:
    if said is not None:
        yield Stated(name, said.value, said.value, said.sure, said.paragraph)


# --- letters ---


def stated_by_letter(form: Form, outline: Outline, author: Author) -> Iterator[Stated]:
    """What a letter says in its sentences."""
    at = outline.body[0]
    text = "\n".join(one.text for one in outline.body)
    day = parse("date", author.day.value).value if author.day else None
    found = subject_of(text)
    mentor, away, numbers = mentor_in(text), days_away_in(text), ids_in(text)
    if found.name:
        yield Stated("name", found.name, found.name, found.sure, at, first=True)
    if found.school:
        yield Stated("school", found.school, found.school, False, at, first=True)
    yield from (Stated(name, one.value, one.raw, one.sure, at) for name, one in counts_in(form, text).items())
    if mentor:
        yield Stated("mentor", mentor, mentor, False, at)
    if away is not None:
        yield Stated("leave_days", away.value, away.raw, False, at, first=True)
    yield Stated("reason", prose_normal(text), text, False, at)
    if len(numbers) == 1:
        yield Stated("id_number", numbers[0].value, numbers[0].raw, numbers[0].sure, at)
    year = str(day)[:4] if day else ""
    yield from _stated_days(periods_in(text, year), days_named_in(text, year), at)
    yield from _stated_choices(form, text, at)


def _stated_choices(form: Form, text: str, at: Paragraph) -> Iterator[Stated]:
    for name, kind in form.fields().items():
        around = "鉴定|等次|评定|结论|等级" if "grade" in name else "请|因"
        chosen = choice_in(kind.options, text, around) if kind.codec == "tick" else ""
        if chosen:
            yield Stated(name, chosen, chosen, False, at)


def _stated_days(periods: Sequence[InText], days: Sequence[InText], at: Paragraph) -> Iterator[Stated]:
    """The one period of a letter, or its one day; for a person to look at unless all of it is written out."""
    if len(periods) == 1 and isinstance(periods[0].value, Period):
        period, raw = periods[0].value, periods[0].raw
        yield Stated("period", period, raw, periods[0].sure, at)
        yield Stated("starts_on", period.start, raw, False, at)
        yield Stated("ends_on", period.end, raw, False, at)
    elif not periods and days:
        yield Stated("starts_on", days[0].value, days[0].raw, False, at)
        yield Stated("ends_on", days[0].value, days[0].raw, False, at)

"""A paper of prose to the fields of its form: title, author lines, parts under known headings, words of a letter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

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
from extractors.signatures import BASE_LABELS, DATE_LABELS, MENTOR_LABELS, PERIOD_LABELS, TITLE_LABELS, day_of
from gengang.codecs import Period, Value, parse, prose_normal
from gengang.findings import Finding
from gengang.form import Form
from gengang.labels import labels_of
from gengang.reading import PROSE_BODY, PROSE_TITLE, FieldReading, ListReading, Status
from gengang.sheet import Medium, squeezed

DATE_FIELDS = ("written_on", "applied_on", "self_signed_on", "signed_on")
_TITLE_FIELDS = ("topic", "report_title")


@dataclass(slots=True)
class ProsePaper:
    """A paper as it is put together. fields: those of its form, missing until the paper says them."""

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
        """A text as the field's codec understands it; one that it does not is unread."""
        kind = self.form.fields().get(name)
        if kind is None:
            return
        parsed = parse(kind.codec, text, kind.options)
        if parsed.value is None and text.strip():
            self.fields[name] = FieldReading("unread", None, text, None, at.place)
            self.findings.append(Finding(parsed.code or "unread_field", parsed.note or "这一项没有读出来。", name))
        self.put(name, parsed.value, text, sure and parsed.state == "value", at)

    def value(self, name: str) -> Value | None:
        """What a field holds so far."""
        found = self.fields.get(name)
        return found.value if isinstance(found, FieldReading) else None


def paper_of(form: Form, medium: Medium, findings: Sequence[Finding]) -> ProsePaper:
    """A paper of which nothing has been read yet."""
    fields: dict[str, FieldReading | ListReading] = {}
    for slot in form.slots():
        fields.setdefault(slot.loop or slot.name, ListReading("missing") if slot.loop else FieldReading("missing"))
    return ProsePaper(form, medium, fields, list(findings))


# --- text ---


def put_text(paper: ProsePaper, running: Running, outline: Outline) -> None:
    """The title and the whole text; a title of its kind's words alone is no topic."""
    body = outline.body
    sure = all(one.sure for one in body) and not running.unread and not running.beside and is_edge_clear(outline)
    raw = "\n".join(one.text for one in body)
    paper.put(PROSE_BODY, prose_normal(raw), raw, sure, body[0])
    if not outline.title:
        return
    whole = all(one.sure for one in outline.title)
    names = (PROSE_TITLE,) if is_bare_title(outline.heading) else (PROSE_TITLE, *_TITLE_FIELDS)
    for name in names:
        paper.put(name, outline.heading, outline.heading, whole, outline.title[0])


def put_sections(paper: ProsePaper, outline: Outline) -> None:
    """Parts under headings that the form prints as labels, where the headings are numbered alike all through."""
    labels = {_plain(label): name for name, label in labels_of(paper.form).items() if _is_prose(paper.form, name)}
    heads = _top_headings(paper.form, outline.body, labels)
    named = [labels.get(_plain(heading_parts(outline.body[number].text)[1])) for number in heads]
    for name, (number, end) in zip(named, pairwise([*heads, len(outline.body)]), strict=True):
        part = outline.body[number + 1 : end]
        if name is not None and part:
            raw = "\n".join(one.text for one in part)
            sure = named.count(name) == 1 and all(one.sure for one in part)
            paper.put(name, prose_normal(raw), raw, sure, part[0])


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


def _plain(label: str) -> str:
    """一、问题提出（约200字） and 问题的提出 are one label."""
    return squeezed(heading_parts(label.partition("（")[0].partition("(")[0])[1]).replace("的", "").rstrip("·")


# --- author ---


def put_author(paper: ProsePaper, outline: Outline, author: Author) -> None:
    """Author lines to fields; a letter of appraisal is signed by the school, not by whom it is about."""
    own = {squeezed(part): name for name, label in labels_of(paper.form).items() if name in paper.form.fields()
           for part in label.split("/")}  # fmt: skip
    about = paper.form.stem == "base_school_appraisal"
    for label, (value, at) in labels_said(outline.signed).items():
        name = _field_behind(label, own, paper)
        if name and name not in ("name", "school") and label not in DATE_LABELS:
            # What others write under a paper holds their names and days too.
            mixed = _is_prose(paper.form, name) or (day_of(value) and paper.form.fields()[name].codec == "text")
            paper.put_typed(name, value, at.sure and not mixed, at)
    if not about:
        _put_said(paper, "name", author.name)
    _put_said(paper, "base_school" if about or "school" not in paper.fields else "school", author.school)
    day_field = next((name for name in DATE_FIELDS if name in paper.fields), "")
    if author.day is not None and author.day.paragraph is not None:
        paper.put_typed(day_field, author.day.value, author.day.sure, author.day.paragraph)


def _field_behind(label: str, own: Mapping[str, str], paper: ProsePaper) -> str:
    """The field that a label means, by the form's own words or by what such papers say instead."""
    if label in TITLE_LABELS:
        return next((name for name in _TITLE_FIELDS if name in paper.fields), "")
    means = ((MENTOR_LABELS, "mentor"), (BASE_LABELS, "base_school"), (PERIOD_LABELS, "period"))
    found = own.get(label) or next((name for labels, name in means if label in labels), "")
    return found or ("principal_signature" if label.startswith("校长") else "")


def _put_said(paper: ProsePaper, name: str, said: Said | None) -> None:
    if said is not None:
        paper.put(name, said.value, said.value, said.sure, said.paragraph)


# --- letters ---


def put_letter(paper: ProsePaper, outline: Outline) -> None:
    """What a letter says in its sentences."""
    at = outline.body[0]
    text = "\n".join(one.text for one in outline.body)
    day = next((value for name in DATE_FIELDS if (value := paper.value(name))), "")
    found = subject_of(text)
    if not paper.value("name"):
        paper.put("name", found.name or None, found.name, found.sure and "name" in paper.fields, at)
    if not paper.value("school"):
        paper.put("school", found.school or None, found.school, False, at)
    for name, count in counts_in(paper.form, text).items():
        paper.put(name, count.value, count.raw, count.sure, at)
    mentor, away = mentor_in(text), days_away_in(text)
    paper.put("mentor", mentor or None, mentor, False, at)
    if paper.value("leave_days") is None:
        paper.put("leave_days", away, str(away), False, at)
    paper.put("reason", prose_normal(text), text, False, at)
    numbers = ids_in(text)
    if len(numbers) == 1:
        paper.put("id_number", numbers[0].value, numbers[0].raw, numbers[0].sure, at)
    _put_days(paper, periods_in(text, str(day)[:4]), days_named_in(text, str(day)[:4]), at)
    _put_choices(paper, text, at)


def _put_choices(paper: ProsePaper, text: str, at: Paragraph) -> None:
    for name, kind in paper.form.fields().items():
        if kind.codec == "tick" and kind.options:
            around = "鉴定|等次|评定|结论|等级" if "grade" in name else "请|因"
            chosen = choice_in(kind.options, text, around)
            paper.put(name, chosen or None, chosen, False, at)


def _put_days(paper: ProsePaper, periods: Sequence[InText], days: Sequence[InText], at: Paragraph) -> None:
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

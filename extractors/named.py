"""Form fields of a fillable PDF that are named as a template's tags are: their name and their place must agree."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.paper import Named, Page
from gengang.codecs import Parsed, parse
from gengang.findings import Finding
from gengang.form import FieldType, Form
from gengang.reading import FieldReading, ListReading, Reading
from gengang.sheet import squeezed

ASTRAY = "这一栏位置上的表单域是另一栏的名称（内容“{text}”），请核对填的是哪一栏。"
DIFFERS = "这一栏在页面上的位置和表单域的名称对不上（一处是“{one}”，一处是“{other}”），请核对。"

_OF_PLACE = frozenset(
    {"needs_eyes", "unread_field", "missing_field"}
)  # said of the place alone, until the name is known


@dataclass(frozen=True, slots=True)
class _Said:
    """What the file says under a name. text: as entered; parsed: what it means; sure: the file does not doubt it."""

    text: str
    parsed: Parsed
    sure: bool


def agreed_with_names(reading: Reading, form: Form, pages: Sequence[Page]) -> Reading:
    """The reading with its fields held against the form fields of its pages that bear their names."""
    named: dict[str, list[Named]] = defaultdict(list)
    for page in pages:
        if page.number in reading.pages:
            for entered in page.named:
                named[entered.name].append(entered)
    said = dict(_said(form.fields(), named))
    for name, one in said.items():
        reading = _settled_field(reading, name, one)
        if reading.fields[name].status == "review" and one.text:
            reading = _asked_elsewhere(reading, {*said}, one.text)
    return reading


def _asked_elsewhere(reading: Reading, named: set[str], text: str) -> Reading:
    """What was entered under another field's name is not this field's for sure, though it stands in its place."""
    fields = dict(reading.fields)
    told: list[Finding] = []
    for name, found in reading.fields.items():
        alike = isinstance(found, FieldReading) and squeezed(found.raw) == squeezed(text)
        if isinstance(found, FieldReading) and alike and found.status == "accepted" and name not in named:
            fields[name] = replace(found, status="review", confidence=0.5)
            told.append(Finding("name_differs", ASTRAY.format(text=text), name))
    return replace(reading, fields=fields, findings=(*reading.findings, *told))


def _settled_field(reading: Reading, name: str, said: _Said) -> Reading:
    found = reading.fields[name]
    settled = _settled(found, said) if isinstance(found, FieldReading) else found
    if settled is found or isinstance(found, ListReading):
        return reading
    findings = [one for one in reading.findings if one.field != name or one.code not in _OF_PLACE]
    if settled.status == "review":
        message = DIFFERS.format(one=found.raw or "空", other=said.text or "空")
        findings.append(Finding("name_differs", message, name))
    return replace(reading, fields={**reading.fields, name: settled}, findings=tuple(findings))


def _said(fields: Mapping[str, FieldType], named: Mapping[str, Sequence[Named]]) -> Iterator[tuple[str, _Said]]:
    """For each field what was entered under its name, where that is one thing."""
    for name, kind in fields.items():
        entered = named.get(name, ())
        texts = {one.text for one in entered if one.text} if kind.options else {one.text for one in entered}
        if not entered or len(texts) > 1 or kind.codec == "picture":
            continue
        text = next(iter(texts), "")
        if kind.options and text and text not in kind.options:
            continue  # a state called Yes or 1 says nothing of the word beside it
        parsed = Parsed("value", text) if kind.options and text else parse(kind.codec, text, kind.options)
        yield name, _Said(text, parsed, all(one.sure for one in entered))


def _settled(found: FieldReading, said: _Said) -> FieldReading:
    if said.parsed.state == "blank":
        alike = found.status in ("blank", "missing")
        return found if alike else replace(found, status="review", confidence=0.5)
    if said.parsed.state == "value" and said.sure and found.value == said.parsed.value:
        return found if found.status == "accepted" else replace(found, status="accepted", confidence=0.99)
    doubted = said.parsed.state == "doubt" or not said.sure
    if doubted and found.status == "review" and squeezed(found.raw) == squeezed(said.text):
        return found  # name and place agree; what is wrong with it is told already
    value = found.value if found.value is not None else said.parsed.value
    return replace(found, status="review", value=value, raw=found.raw or said.text, confidence=0.5)

"""Reading: per field of a returned form, what stood there, what it means, how sure we are and where it stood."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, get_args

from gengang.codecs import Period, Value
from gengang.findings import Finding
from gengang.issued import Issued
from gengang.material import Material
from gengang.sheet import Medium, Place, squeezed
from gengang.submission import RowValues, Submission
from gengang.surnames import may_be_name

Status = Literal["accepted", "review", "blank", "missing", "unread"]
PROSE = "prose"  # the version of a reading whose paper was written on no template
PROSE_TITLE, PROSE_BODY = "prose_title", "prose_body"  # what such a reading has beside its form's own fields


@dataclass(frozen=True, slots=True)
class FieldReading:
    """One field. value is None unless accepted or review; raw is what stood there; confidence is 0-1 or None."""

    status: Status
    value: Value | None = None
    raw: str = ""
    confidence: float | None = None
    place: Place | None = None


SURE_OF_NAME = 0.98  # from which confidence on the letters of a name are not in doubt, only whether it is one of ours


def waits_for_roster(found: FieldReading) -> bool:
    """Whether a recognised value waits only because it is a name: nothing around it tells a rare character."""
    sure = found.status == "review" and (found.confidence or 0.0) >= SURE_OF_NAME
    return sure and isinstance(found.value, str) and may_be_name(squeezed(found.value))


READ_ALIKE = 0.5  # what waits with more was read alike by two recognisers: see extractors.policy


def was_read_alike(found: FieldReading) -> bool:
    """Whether a recognised text waits only because not every letter of it is sure."""
    return found.status == "review" and (found.confidence or 0.0) > READ_ALIKE and isinstance(found.value, str)


@dataclass(frozen=True, slots=True)
class ListReading:
    """One list. rows in document order, column name -> reading; status is review if rows may have been lost."""

    status: Status
    rows: tuple[Mapping[str, FieldReading], ...] = ()


MarkKind = Literal["seal", "signature", "photo"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A seal, signature or photo as measured from pixels; cannot_tell for a grey copy or a digital file."""

    kind: MarkKind
    field: str
    state: Literal["present", "absent", "cannot_tell"]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One filled form of one person.

    version: the template's, or PROSE; pages: page numbers from 1, empty in Word; members: parts of its container.
    issued: whose form it was when it was handed out, None where the paper does not say.
    bag: key of the person whose bag cover lay on it, empty where none did; handed_in: day of the date sheet on it.
    """

    form: str
    version: str
    fields: Mapping[str, FieldReading | ListReading]
    pages: tuple[int, ...] = ()
    members: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    findings: tuple[Finding, ...] = ()
    issued: Issued | None = None
    bag: str = ""
    handed_in: date | None = None


@dataclass(frozen=True, slots=True)
class FileReading:
    """What one file gave. file: the argument exactly as typed; sha256: hex digest of its bytes, '' if unreadable.

    materials: what in it is no form and is kept as evidence; the findings tell of each.
    """

    file: str
    sha256: str
    medium: Medium
    submissions: tuple[Reading, ...] = ()
    findings: tuple[Finding, ...] = ()
    materials: tuple[Material, ...] = ()


def accepted_values(reading: Reading) -> Submission:
    """What may be used without a person: accepted fields; everything else is None."""
    values: dict[str, Value | None] = {}
    lists: dict[str, tuple[RowValues, ...]] = {}
    for name, found in reading.fields.items():
        if isinstance(found, ListReading):
            lists[name] = tuple({column: _accepted(cell) for column, cell in row.items()} for row in found.rows)
        else:
            values[name] = _accepted(found)
    return Submission(reading.form, values, lists)


def _accepted(found: FieldReading) -> Value | None:
    return found.value if found.status == "accepted" else None


def open_fields(reading: Reading) -> tuple[str, ...]:
    """Paths that wait for a person: review, unread or missing, `list[2].column` with rows from 1.

    Of a paper of prose nobody asks what a form would have had room for.
    """
    waiting: list[str] = []
    for name, found in reading.fields.items():
        if reading.version == PROSE and found.status == "missing":
            continue
        if isinstance(found, ListReading):
            if found.status in ("review", "unread", "missing"):
                waiting.append(name)
            for number, row in enumerate(found.rows, 1):
                waiting += [f"{name}[{number}].{column}" for column, cell in row.items() if is_open(cell)]
        elif is_open(found):
            waiting.append(name)
    return tuple(waiting)


def proposals(reading: Reading) -> dict[str, Value]:
    """What is proposed for open fields, path -> value; of a list, its rows' cells."""
    proposed: dict[str, Value] = {}
    for name, found in reading.fields.items():
        cells = {name: found} if isinstance(found, FieldReading) else _cells_of(name, found)
        proposed |= {path: cell.value for path, cell in cells.items() if is_open(cell) and cell.value is not None}
    return proposed


def _cells_of(name: str, found: ListReading) -> dict[str, FieldReading]:
    rows = enumerate(found.rows, 1)
    return {f"{name}[{number}].{column}": cell for number, row in rows for column, cell in row.items()}


def is_open(found: FieldReading) -> bool:
    """True when a person has to look at this field."""
    return found.status in ("review", "unread", "missing")


def json_texts_of_files(files: tuple[FileReading, ...]) -> Iterator[str]:
    """The read contract's document (docs/read.schema.json) as text.

    In pieces: that of thousands of files is many times as large as what it says.
    """
    yield '{"schema": 1, "files": ['
    for number, file in enumerate(files):
        yield ("," if number else "") + json.dumps(_json_of_file(file), ensure_ascii=True, indent=1)
    yield "]}"


def _json_of_file(file: FileReading) -> dict[str, object]:
    return {
        "file": file.file,
        "sha256": file.sha256,
        "medium": file.medium,
        "submissions": [json_of_reading(reading) for reading in file.submissions],
        "findings": [_json_of_finding(finding) for finding in file.findings],
    }


def json_of_reading(reading: Reading) -> dict[str, object]:
    """One submission of the read contract."""
    return {
        "form": reading.form,
        "version": reading.version,
        "pages": list(reading.pages),
        "members": list(reading.members),
        "fields": {name: _json_of_field(found) for name, found in reading.fields.items()},
        "marks": [
            {"kind": m.kind, "field": m.field, "state": m.state, "place": _json_of_place(m.place)}
            for m in reading.marks
        ],
        "findings": [_json_of_finding(finding) for finding in reading.findings],
    }


def kept_json(reading: Reading) -> dict[str, object]:
    """The submission as the ledger keeps it: what the contract shows, and how grave each finding is."""
    findings = [{**_json_of_finding(finding), "severity": finding.severity} for finding in reading.findings]
    return {**json_of_reading(reading), "findings": findings}


def _json_of_field(found: FieldReading | ListReading) -> dict[str, object]:
    if isinstance(found, ListReading):
        rows = [{column: _json_of_field(cell) for column, cell in row.items()} for row in found.rows]
        return {"status": found.status, "rows": rows}
    return {
        "value": json_of_value(found.value),
        "raw": found.raw,
        "status": found.status,
        "confidence": found.confidence,
        "place": _json_of_place(found.place),
    }


def json_of_value(value: Value | None) -> object:
    """A value as JSON: a string, an integer, or {"from","to"} for a period."""
    if isinstance(value, Period):
        return {"from": value.start, "to": value.end}
    return value


def _json_of_place(place: Place | None) -> object:
    if place is None:
        return None
    box = None if place.box is None else [round(share, 4) for share in place.box]
    return {"page": place.page, "box": box, "cell": place.cell}


def _json_of_finding(finding: Finding) -> dict[str, object]:
    return {"code": finding.code, "field": finding.field, "message": finding.message}


# --- and back: the ledger keeps a reading as its JSON ---


def reading_of_json(kept: Mapping[str, Any]) -> Reading:
    """The reading that `kept_json` wrote, or an older line without severities. Raises KeyError for another shape."""
    return Reading(
        form=kept["form"],
        version=kept["version"],
        fields={name: _field_of_json(found) for name, found in kept["fields"].items()},
        pages=tuple(kept["pages"]),
        members=tuple(kept["members"]),
        marks=tuple(Mark(m["kind"], m["field"], m["state"], _place_of_json(m["place"])) for m in kept["marks"]),
        findings=tuple(
            Finding(f["code"], f["message"], f["field"], f.get("severity", "warn")) for f in kept["findings"]
        ),
    )


def _field_of_json(kept: Mapping[str, Any]) -> FieldReading | ListReading:
    if "rows" in kept:
        return ListReading(kept["status"], tuple({c: _cell_of_json(k) for c, k in row.items()} for row in kept["rows"]))
    return _cell_of_json(kept)


def _cell_of_json(kept: Mapping[str, Any]) -> FieldReading:
    """Equal parts are one object: a season holds hundreds of thousands of them."""
    value, raw, place = value_of_json(kept["value"]), kept["raw"], kept["place"]
    if place is None or place["box"] is not None or len(raw) > SHORT:
        where = _place_of_json(place)
        return FieldReading(_STATUSES[kept["status"]], value, _once(raw, value), kept["confidence"], where)
    return _cell_of_word(kept["status"], value, raw, kept["confidence"], place["page"], place["cell"])


_STATUSES: Mapping[str, Status] = {status: status for status in get_args(Status)}


SHORT = 24  # characters; longer texts seldom stand twice in one place


@lru_cache(maxsize=1 << 16, typed=True)
def _cell_of_word(
    status: str, value: Value | None, raw: str, confidence: float | None, page: int | None, cell: str | None
) -> FieldReading:
    where = _place_of_word(page, cell)
    return FieldReading(_STATUSES[status], value, _once(raw, value), confidence, where)


def _once(raw: str, value: Value | None) -> str:
    return value if isinstance(value, str) and value == raw else raw


@lru_cache(maxsize=1 << 14)
def _place_of_word(page: int | None, cell: str | None) -> Place:
    return Place(page, None, cell)


def value_of_json(kept: object) -> Value | None:
    """The value that `json_of_value` wrote."""
    if isinstance(kept, dict):
        return Period(str(kept["from"]), str(kept["to"]))
    return kept if isinstance(kept, str | int) else None


def _place_of_json(kept: Mapping[str, Any] | None) -> Place | None:
    if kept is None:
        return None
    box = kept["box"]
    return Place(kept["page"], None if box is None else (box[0], box[1], box[2], box[3]), kept["cell"])

"""A reading as JSON and back, what of it may be used, and what waits for a person."""

import json
from dataclasses import replace

from gengang.codecs import Period
from gengang.findings import Finding
from gengang.reading import (
    FieldReading,
    FileReading,
    ListReading,
    Mark,
    Reading,
    accepted_values,
    json_of_reading,
    kept_json,
    open_fields,
    reading_of_json,
)
from gengang.sheet import Place
from tests.unit.documents import document_of

PERIOD = Period("2016-09-01", "2016-11-30")
READING = Reading(
    "appraisal", "0123456789ab",
    {"name": FieldReading("accepted", "张三", "张 三", 0.99, Place(1, (0.1, 0.2, 0.3, 0.4), "t1/r2/c3")),
     "period": FieldReading("accepted", PERIOD), "score": FieldReading("review", "92.5", "92.5", 0.5),
     "grade": FieldReading("unread"), "hours": FieldReading("blank"), "mentor": FieldReading("missing"),
     "xs": ListReading("review", ({"day": FieldReading("accepted", "2016-09-05"), "n": FieldReading("review", 3)},))},
    (1, 2), ("a.zip!p1.jpg",), (Mark("seal", "opinion", "present", Place(2)),),
    (Finding("two_values", "请核对。", "name"),),
)  # fmt: skip


def test_a_reading_survives_the_ledger() -> None:
    told = replace(READING, findings=(*READING.findings, Finding("electronic_copy", "电子件。", severity="info")))
    assert reading_of_json(kept_json(told)) == told


def test_a_line_of_before_there_were_severities_is_a_warning() -> None:
    assert reading_of_json(json_of_reading(READING)) == READING


def test_only_accepted_values_may_be_used() -> None:
    usable = accepted_values(READING)
    assert {name: value for name, value in usable.values.items() if value is not None} == {
        "name": "张三", "period": PERIOD}  # fmt: skip
    assert usable.rows("xs") == ({"day": "2016-09-05", "n": None},)


def test_what_waits_for_a_person_is_listed_by_path() -> None:
    assert open_fields(READING) == ("score", "grade", "mentor", "xs", "xs[1].n")


def test_the_document_holds_files_in_order() -> None:
    document = document_of((FileReading("b\udcff", "", "word"), FileReading("a", "", "scan", (READING,))))
    assert document["schema"] == 1
    assert [file["file"] for file in document["files"]] == ["b\udcff", "a"]
    assert document["files"][1]["submissions"] == json.loads(json.dumps([json_of_reading(READING)]))
    assert document_of(()) == {"schema": 1, "files": []}

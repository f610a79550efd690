"""A form's fields against each other: what disagrees is told, what may be swapped or misplaced goes to a person."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from extractors.crosschecks import crosschecked
from gengang.codecs import Value, id_check_character
from gengang.form import Form
from gengang.reading import FieldReading, ListReading, Reading
from gengang.template import form_of

FORMS = Path(__file__).parents[2] / "templates" / "forms"
_FIRST = "00000019760305123"  # a man's, born in March 1976
ID = _FIRST + id_check_character(_FIRST)
OPINION = "该教师跟岗期间认真听课，主动求教，能把学到的用到自己的课上。"


def form(stem: str) -> Form:
    return form_of((FORMS / f"{stem}.docx").read_bytes(), stem)


def reading(of: Form, values: Mapping[str, Value], raw: Mapping[str, str] | None = None) -> Reading:
    """The values accepted, what `raw` names unread with that text, all else blank."""
    fields: dict[str, FieldReading | ListReading] = {name: FieldReading("blank") for name in of.fields()}
    fields |= {name: ListReading("blank") for name in of.lists()}
    fields |= {name: FieldReading("accepted", value, str(value), 0.99) for name, value in values.items()}
    fields |= {name: FieldReading("review", None, text, 0.5) for name, text in (raw or {}).items()}
    return Reading(of.stem, of.version, fields)


def codes(of: Reading) -> set[str]:
    return {one.code for one in of.findings if one.severity != "info"}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"id_number": ID, "born": "1976-03", "gender": "男"}, set()),
        ({"id_number": ID, "born": "1976-05", "gender": "男"}, {"id_birth_differs"}),
        ({"id_number": ID, "born": "1976-03", "gender": "女"}, {"id_gender_differs"}),
        ({"born": "1976-05", "gender": "女"}, set()),
    ],
)
def test_an_id_number_is_compared_with_birthday_and_gender(values: Mapping[str, Value], told: set[str]) -> None:
    of = form("personal_info")
    found = crosschecked(of, reading(of, values), "word")
    assert codes(found) == told
    assert {name: found.fields[name] for name in values} == {name: reading(of, values).fields[name] for name in values}


def test_swapped_numbers_are_proposed_the_other_way_round() -> None:
    of = form("personal_info")
    found = crosschecked(of, reading(of, {}, {"id_number": "13800138000", "phone": ID}), "word")
    number, phone = found.fields["id_number"], found.fields["phone"]
    assert codes(found) == {"fields_swapped"}
    assert [one.severity for one in found.findings if one.code == "fields_swapped"] == ["manual"]
    assert isinstance(number, FieldReading)
    assert isinstance(phone, FieldReading)
    assert (number.status, number.value) == ("review", ID)
    assert (phone.status, phone.value) == ("review", "13800138000")


@pytest.mark.parametrize(
    ("total", "left_out", "told"), [("60", "", set()), ("66", "", {"sum_differs"}), ("66", "r3_score", set())]
)
def test_a_total_that_is_no_sum_is_for_a_person_to_judge(total: str, left_out: str, told: set[str]) -> None:
    of = form("assessment_register")
    points = {f"r{number}_score": "5" for number in range(1, 13) if f"r{number}_score" != left_out}
    found = crosschecked(of, reading(of, {**points, "total": total}), "word")
    assert codes(found) == told
    assert found.fields["total"].status == "accepted"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"mentor_opinion": OPINION}, set()),
        ({"mentor_opinion": "本人在跟岗期间认真听课，收获很大。"}, {"other_hand"}),
        ({"mentor_opinion": OPINION, "focus": OPINION}, {"same_opinion"}),
        ({"mentor_opinion": "同意", "focus": "同意"}, set()),
    ],
)
def test_an_opinion_in_another_ones_place_is_for_a_person_to_judge(values: Mapping[str, Value], told: set[str]) -> None:
    of = form("study_plan")
    found = crosschecked(of, reading(of, values), "word")
    assert codes(found) == told
    assert found.fields["mentor_opinion"].status == "accepted"


def test_a_digital_file_cannot_tell_signature_and_seal_and_says_so_once() -> None:
    of = form("study_report")
    digital = crosschecked(of, reading(of, {"name": "张三"}), "pdf")
    scanned = crosschecked(of, reading(of, {"name": "张三"}), "scan")
    kinds = {(mark.kind, mark.state) for mark in digital.marks}
    assert kinds == {("signature", "cannot_tell"), ("seal", "cannot_tell")}
    assert [(one.code, one.severity) for one in digital.findings] == [("electronic_copy", "info")]
    assert (scanned.marks, scanned.findings) == ((), ())


def test_a_photo_is_there_or_it_is_not() -> None:
    of = form("personal_info")
    [photo] = [name for name, kind in of.fields().items() if kind.codec == "picture"]
    for values, state in (({photo: "present"}, "present"), ({}, "absent")):
        marks = crosschecked(of, reading(of, values), "word").marks
        assert [mark.state for mark in marks if mark.kind == "photo"] == [state]

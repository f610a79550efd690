"""The invented people: plausible to every check of the product, and plainly nobody real."""

import re
from collections import Counter

import pytest

from gengang.names import born_of_id, gender_of_id, id_fault
from gengang.sample.people import Cohort, cohort_of

BASE = "安和县实验学校"
SIZES = ((1, 3), (12, 2016), (60, 7), (500, 1))


@pytest.fixture(params=SIZES, ids=str)
def cohort(request: pytest.FixtureRequest) -> Cohort:
    people, seed = request.param
    return cohort_of(people, seed, BASE)


def test_there_are_as_many_trainees_as_asked_for() -> None:
    assert [len(cohort_of(people, seed, BASE).trainees) for people, seed in SIZES] == [people for people, _ in SIZES]


def test_id_numbers_hold_and_belong_to_no_region(cohort: Cohort) -> None:
    everyone = (*cohort.trainees, *cohort.mentors)
    assert [one.name for one in everyone if id_fault(one.id_number) or not one.id_number.startswith("000000")] == []
    assert len({one.id_number for one in everyone}) == len(everyone)


def test_gender_and_birth_agree_with_the_id_number(cohort: Cohort) -> None:
    for one in cohort.trainees:
        born = born_of_id(one.id_number)
        assert born is not None
        assert (gender_of_id(one.id_number), f"{born:%Y-%m}") == (one.gender, one.born)


def test_mobile_numbers_are_plainly_invented(cohort: Cohort) -> None:
    phones = [one.phone for one in (*cohort.trainees, *cohort.mentors)]
    assert [phone for phone in phones if not re.fullmatch(r"1\d\d0000\d{4}", phone)] == []
    assert len(set(phones)) == len(phones)


def test_each_rural_school_sends_one_a_stage_and_one_school_sends_nobody(cohort: Cohort) -> None:
    sent = Counter((one.school, one.stage) for one in cohort.trainees)
    assert set(sent.values()) == {1}
    names = [school.name for school in cohort.schools]
    assert len(set(names)) == len(names)
    silent = [
        school.name for school in cohort.schools[1:] if school.name not in {one.school for one in cohort.trainees}
    ]
    assert len(silent) == 1
    assert [school.name for school in cohort.schools if not school.rural] == [BASE]


def test_each_trainee_has_one_mentor_of_the_same_subject(cohort: Cohort) -> None:
    for trainee in cohort.trainees:
        mentor = cohort.mentor_of[trainee.key]
        assert (mentor.stage, mentor.subject, mentor.school) == (trainee.stage, trainee.subject, BASE)
    names = [mentor.name for mentor in cohort.mentors]
    assert len(set(names)) == len(names)


def test_twelve_people_bring_the_names_that_offices_stumble_over() -> None:
    trainees = cohort_of(12, 2016, BASE).trainees
    namesakes = [one.school for one in trainees if one.name == "王芳"]
    assert len(set(namesakes)) == 2
    assert [one.name for one in trainees if "·" in one.name] == ["阿卜杜热合曼·买买提"]
    assert [one.name for one in trainees if "\U0002cc56" in one.name] == ["李\U0002cc56"]


def test_another_seed_gives_other_people() -> None:
    assert cohort_of(12, 1, BASE) == cohort_of(12, 1, BASE)
    assert not {one.key for one in cohort_of(12, 1, BASE).trainees} & {
        one.key for one in cohort_of(12, 2, BASE).trainees
    }

"""The bars of the waterfall: what each field weighs, that a shared name weighs less, and which field decides."""

from dataclasses import replace

import pytest

from gengang.reconcile import candidates_of, evidence_of, lookup_of, match_in
from gengang.roster import Person
from gengang.submission import Submission
from gengang.waterfall import NEAR_WEIGHTS, WEIGHTS, Claim, deciding, near_words, total
from tests.unit.rosters import id_number, roster, trainee

ZHANG = trainee()
WANG_SMALL = trainee("王芳", "张村小学", "小学", "数学", id_number("19810202", "022"))
WANG_LARGE = trainee("王芳", "李河中学", "初中", "英语", id_number("19820303", "024"))
LOOKUP = lookup_of(roster(ZHANG, WANG_SMALL, WANG_LARGE))


def claim(person: Person, **changed: str) -> Claim:
    said = Claim(person.name, person.id_number, person.school, person.stage, person.subject)
    return replace(said, **changed)


def weights(said: Claim, person: Person) -> dict[str, int]:
    return {one.field: one.weight for one in evidence_of(LOOKUP, said, person)}


def test_all_that_agrees_adds_up() -> None:
    assert weights(claim(ZHANG), ZHANG) == WEIGHTS
    assert total(evidence_of(LOOKUP, claim(ZHANG), ZHANG)) == sum(WEIGHTS.values())
    assert weights(Claim(), ZHANG) == dict.fromkeys(WEIGHTS, 0)


def test_what_differs_counts_against() -> None:
    other = Claim("李四", id_number("19990909", "011"), "李河中学", "初中", "数学")
    assert weights(other, ZHANG) == {field: -weight for field, weight in WEIGHTS.items()}


def test_a_shared_name_weighs_less_by_how_many_bear_it() -> None:
    [alone] = [one for one in evidence_of(LOOKUP, claim(ZHANG), ZHANG) if one.field == "name"]
    [shared] = [one for one in evidence_of(LOOKUP, claim(WANG_SMALL), WANG_SMALL) if one.field == "name"]
    assert (alone.bearers, alone.weight) == (1, WEIGHTS["name"])
    assert (shared.bearers, shared.weight) == (2, WEIGHTS["name"] // 2)


@pytest.mark.parametrize(
    ("written", "kinds", "weight"),
    [
        ("張三", "繁体", NEAR_WEIGHTS["繁体"]),
        ("张叁", "同音", NEAR_WEIGHTS["同音"]),
        ("张山", "差一字", NEAR_WEIGHTS["差一字"]),
    ],
)
def test_a_near_name_says_why_and_weighs_less(written: str, kinds: str, weight: int) -> None:
    evidence = evidence_of(LOOKUP, claim(ZHANG, name=written), ZHANG)
    assert near_words(evidence) == kinds
    assert [(one.verdict, one.weight) for one in evidence if one.field == "name"] == [("near", weight)]


def test_a_former_name_is_near_whatever_it_is_like() -> None:
    renamed = replace(ZHANG, former_names=("欧阳修",))
    lookup = lookup_of(roster(renamed))
    assert near_words(evidence_of(lookup, claim(ZHANG, name="欧阳修"), renamed)) == "曾用名"
    assert near_words(evidence_of(lookup, claim(ZHANG, name="欧阳秀"), renamed)) == "曾用名、同音"
    [name] = [one for one in evidence_of(lookup, claim(ZHANG, name="欧阳秀"), renamed) if one.field == "name"]
    assert name.weight == NEAR_WEIGHTS["同音"]


def test_the_deciding_field_is_the_one_that_parts_two_people_most() -> None:
    said = claim(WANG_LARGE, id_number="")
    first, second = (evidence_of(LOOKUP, said, one) for one in (WANG_LARGE, WANG_SMALL))
    found = deciding(first, second)
    assert found is not None
    assert (found.field, found.paper, found.roster) == ("school", "李河中学", "张村小学")
    assert deciding(first, first) is None


def test_why_not_names_the_deciding_field_and_what_stands_there() -> None:
    paper = Submission("reflection", {"name": "王芳", "school": "李河中学", "stage": "初中", "subject": "英语"})
    found = match_in(LOOKUP, paper)
    assert found.why_not == (
        "另一位是张村小学小学数学的王芳，学校、学段、学科不同，主要看学校（表上“李河中学”，花名册上这位是“张村小学”）。"
    )
    blank = match_in(LOOKUP, Submission("reflection", {"name": "王芳"}))
    assert blank.why_not.endswith("没有不同之处，两人分不出先后。")


def test_the_bars_of_everybody_whom_a_match_names_are_to_be_had() -> None:
    paper = Submission("reflection", {"name": "王芳", "stage": "初中"})
    found = match_in(LOOKUP, paper)
    shown = candidates_of(LOOKUP, paper, found)
    assert [one.person for one in shown] == [WANG_LARGE, WANG_SMALL]
    assert shown[0].evidence == found.evidence
    assert [one.weight for one in shown] == [12, 4]

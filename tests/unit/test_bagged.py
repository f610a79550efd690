"""Papers behind a bag cover: the bag settles what the paper leaves open, and never wins against what it says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.bagged import match_in_bag
from gengang.corroborate import corroborate
from gengang.facts import Actor, Fact
from gengang.issued import Issued
from gengang.reading import FieldReading, Reading, Status, accepted_values
from gengang.reconcile import Match, lookup_of, match_in
from gengang.roster import Person
from gengang.season import reading_fact, roster_facts, season_of
from tests.unit.rosters import id_number, mentor, roster, trainee

ZHANG = trainee()
LI = trainee("李四", "李河中学", "初中", "数学", id_number("19800101", "001"))
WANG_SMALL = trainee("王芳", "张村小学", "小学", "数学", id_number("19810202", "022"))
WANG_LARGE = trainee("王芳", "李河中学", "初中", "英语", id_number("19820303", "024"))
GUIDE = mentor()
EVERYONE = roster(ZHANG, LI, WANG_SMALL, WANG_LARGE, mentors=(GUIDE,))
LOOKUP = lookup_of(EVERYONE)
ME, AT = Actor("王老师", "office", "办公室电脑", "gengang run"), "2016-12-06T08:00:00Z"
SHA = "a" * 64

Said = tuple[Status, str]


def reading(bag: str, form: str = "reflection", issued: str = "", **fields: Said) -> Reading:
    found: Mapping[str, FieldReading] = {
        name: FieldReading(status, text if status in ("accepted", "review") else None, text)
        for name, (status, text) in fields.items()
    }
    return Reading(form, "0" * 12, found, issued=Issued(form, "0" * 12, issued) if issued else None, bag=bag)


def matched(one: Reading) -> Match:
    hints = (one.issued.person,) if one.issued else ()
    return match_in_bag(LOOKUP, one, match_in(LOOKUP, accepted_values(one), hints), hints)


def test_an_unnamed_paper_is_the_bags_and_says_why() -> None:
    found = matched(reading(ZHANG.key))
    assert (found.status, found.person) == ("sure", ZHANG.key)
    assert [one.verdict for one in found.evidence if one.field == "bag"] == ["same"]


@pytest.mark.parametrize("own", [WANG_SMALL, WANG_LARGE], ids=["small", "large"])
def test_the_bag_tells_two_of_one_name_apart(own: Person) -> None:
    assert match_in(LOOKUP, accepted_values(reading("", name=("accepted", "王芳")))).status == "doubt"
    found = matched(reading(own.key, name=("accepted", "王芳")))
    assert (found.status, found.person) == ("sure", own.key)


CONTRADICTIONS: Mapping[str, Reading] = {
    "another trainee's name": reading(ZHANG.key, name=("accepted", "李四")),
    "a stranger's name": reading(ZHANG.key, name=("accepted", "欧阳修")),
    "a name one character apart": reading(ZHANG.key, name=("accepted", "张山")),
    "another's name, only proposed": reading(ZHANG.key, name=("review", "李四")),
    "a stranger's name, only proposed": reading(ZHANG.key, name=("review", "赵六")),
    "a name that stood there unread": reading(ZHANG.key, name=("unread", "李四")),
    "another's number": reading(ZHANG.key, id_number=("accepted", LI.id_number)),
    "another's number, only proposed": reading(ZHANG.key, id_number=("review", LI.id_number)),
    "another's own form": reading(ZHANG.key, issued=LI.key),
    "another school": reading(WANG_SMALL.key, name=("accepted", "王芳"), school=("accepted", "李河中学")),
    "everything of another": reading(ZHANG.key, name=("accepted", "李四"), school=("accepted", "李河中学"),
                                     subject=("accepted", "数学"), id_number=("accepted", LI.id_number)),
}  # fmt: skip


@pytest.mark.parametrize("which", CONTRADICTIONS)
def test_a_contradiction_is_a_question_that_names_both(which: str) -> None:
    found = matched(CONTRADICTIONS[which])
    assert found.status == "doubt"
    assert "材料袋" in found.why_not
    assert "请核对" in found.why_not
    assert CONTRADICTIONS[which].bag in found.candidates


def test_the_number_of_a_namesake_speaks_against_an_owner_without_one() -> None:
    unnumbered = replace(WANG_SMALL, id_number="")
    lookup = lookup_of(roster(unnumbered, WANG_LARGE))
    one = reading(unnumbered.key, name=("accepted", "王芳"), id_number=("accepted", WANG_LARGE.id_number))
    found = match_in_bag(lookup, one, match_in(lookup, accepted_values(one)))
    assert (found.status, found.runner_up) == ("doubt", WANG_LARGE.key)


TEXTS = st.sampled_from(["", "张三", "李四", "王芳", "张山", "赵六", "□三", "张"])
STATES: st.SearchStrategy[Status] = st.sampled_from(["accepted", "review", "unread", "blank"])


@given(STATES, TEXTS, STATES, st.sampled_from(["", *(one.id_number for one in EVERYONE.trainees)]),
       st.sampled_from(EVERYONE.trainees))  # fmt: skip
def test_a_bag_never_makes_a_paper_surely_somebodys_whose_name_it_does_not_bear(
    name_state: Status, name: str, number_state: Status, number: str, owner: Person
) -> None:
    one = reading(owner.key, name=(name_state, name), id_number=(number_state, number))
    alone, found = match_in(LOOKUP, accepted_values(one)), matched(one)
    if found.status == "sure":
        assert found.person == owner.key
        assert name_state == "blank" or name in ("", owner.name) or "□" in name or owner.name.startswith(name)
        assert number_state == "blank" or number in ("", owner.id_number)
        assert alone.status != "sure" or alone.person == owner.key


def test_a_cover_of_nobody_here_is_asked_about() -> None:
    found = matched(reading("P-ffffffffffff", name=("accepted", "张三"), school=("accepted", "张村小学"),
                            subject=("accepted", "语文")))  # fmt: skip
    assert (found.status, found.person) == ("doubt", ZHANG.key)
    assert "不在花名册" in found.why_not
    assert matched(reading("P-ffffffffffff")).status == "none"


def test_a_trainees_paper_in_the_mentors_bag_is_theirs_who_is_named_on_it() -> None:
    named = reading(GUIDE.key, "attendance", name=("accepted", "张三"), school=("accepted", "张村小学"),
                    subject=("accepted", "语文"))  # fmt: skip
    assert (matched(named).status, matched(named).person) == ("sure", ZHANG.key)
    assert matched(reading(GUIDE.key, "attendance")).status == "none"
    assert matched(reading(ZHANG.key, "mentor_summary")).status == "none"
    own = matched(reading(GUIDE.key, "mentor_summary"))
    assert (own.status, own.person) == ("sure", GUIDE.key)


def test_a_schools_list_in_a_bag_stays_the_schools() -> None:
    found = matched(reading(ZHANG.key, "registration", school=("accepted", "李河中学")))
    assert (found.status, found.person, found.school) == ("sure", "", EVERYONE.schools[1].key)


def test_what_a_pen_wrote_is_settled_by_the_bag_only_when_it_says_that_very_name() -> None:
    written = reading(ZHANG.key, name=("review", "张三"), school=("review", "张村小学"))
    fields = corroborate(written, EVERYONE).fields
    assert [found.status for found in fields.values()] == ["accepted", "accepted"]
    unnamed = reading(ZHANG.key, school=("review", "张村小学"))
    assert [found.status for found in corroborate(unnamed, EVERYONE).fields.values()] == ["review"]
    other = reading(ZHANG.key, name=("review", "李四"), school=("review", "张村小学"))
    assert [found.status for found in corroborate(other, EVERYONE).fields.values()] == ["review", "review"]


# --- through the ledger's lines ---


def facts(one: Reading, received: str | None = None) -> list[Fact]:
    data = {"size": 9, "received": received, "modified": AT}
    came = Fact("arrival", SHA, data, ME, AT, {"path": "a.pdf", "where_from": ""})
    return [*roster_facts(EVERYONE, "x", "workbook", ME, AT), came, reading_fact(f"{SHA}#0", one, "scan", {}, ME, AT)]


def test_bag_and_day_are_kept_in_the_line_of_the_reading() -> None:
    one = replace(reading(ZHANG.key), handed_in=date(2016, 12, 6))
    [held] = season_of(facts(one)).papers
    assert (held.reading.bag, held.paper.person, held.paper.received) == (ZHANG.key, ZHANG.key, date(2016, 12, 6))
    assert held.reading.findings == ()


def test_the_sheet_on_the_pile_is_nearer_than_the_folder_and_the_difference_is_asked_about() -> None:
    one = replace(reading(ZHANG.key), handed_in=date(2016, 12, 6))
    [same] = season_of(facts(one, "2016-12-06")).papers
    assert same.reading.findings == ()
    [held] = season_of(facts(one, "2016-12-08")).papers
    assert held.paper.received == date(2016, 12, 6)
    assert [(one.code, one.severity) for one in held.reading.findings] == [("received_differs", "manual")]
    assert "12月6日" in held.reading.findings[0].message
    assert "12月8日" in held.reading.findings[0].message

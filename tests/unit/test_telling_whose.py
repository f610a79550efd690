"""What the office is told of papers whose owner is in doubt, and that a person's word ends the question."""

from pathlib import Path

from gengang.facts import Balance, Fact
from gengang.judging import judged_of
from gengang.papers.morning import Need
from gengang.season import WHOSE, season_of
from gengang.telling import Told, note_of
from gengang.telling_copies import short_key
from gengang.template import forms_of_folder
from tests.unit.facts_of_papers import AT, ME, came, key_of, listed, numbered, read
from tests.unit.rosters import id_number, roster, trainee
from tests.unit.seasons import AFTER, SCHEME

FORMS = {form.stem: form for form in forms_of_folder(Path(__file__).parents[2] / "templates" / "forms")[0]}
WANG_SMALL = trainee("王芳", "张村小学", "小学", "数学", id_number("19810202", "022"))
WANG_LARGE = trainee("王芳", "李河中学", "初中", "英语", id_number("19820303", "024"))
ROSTER = listed(WANG_SMALL, WANG_LARGE, schools=roster())
PAPER, LIST = "反思.docx", "报名.docx"
CAME = (came(PAPER, "2016-12-05"), read(PAPER, "reflection", None, {"name": "王芳"}),
        came(LIST, "2016-08-20"), read(LIST, "registration", None, {"school": "无名学校"}))  # fmt: skip


def word(value: str | None, paper: str = PAPER) -> Fact:
    data = {"path": WHOSE, "person": value or ""}
    return Fact("decision", key_of(paper), data, ME, AT, {"value": value, "why": "电话核实"})


def asked(*facts: Fact) -> list[Need]:
    judged = judged_of(numbered(*ROSTER, *CAME, *facts), SCHEME, AFTER)
    note = note_of(Told(judged, judged, Balance(0, 0, 0, 0, 0), (), FORMS, (), (), (), (), ()))
    return [one for one in note.needs if "认定" in one.why or "学校一览表" in one.why]


def test_a_paper_in_doubt_says_how_it_is_decided_and_a_school_s_list_does_not() -> None:
    paper, school = asked()
    assert f"gengang choose {short_key(key_of(PAPER))} --person" in paper.why
    assert "另一位是" in paper.why
    assert "gengang choose" not in school.why


def test_a_word_ends_the_question_and_one_taken_back_opens_it_again() -> None:
    for value in (WANG_LARGE.key, ""):
        assert len(asked(word(value))) == 1  # the school's list
        assert asked(word(value), word(None)) == asked()


def test_a_word_on_somebody_who_is_in_no_roster_is_asked_about() -> None:
    paper, _ = asked(word("P-000000000000"))
    assert "P-000000000000的，这个人现在不在花名册里" in paper.why


def test_nobody_is_asked_when_a_paper_of_nobody_came() -> None:
    undated = (came(PAPER), read(PAPER, "study_report", None, {"name": "王芳"}))
    for value, questions in ((WANG_LARGE.key, 1), ("", 0)):
        judged = judged_of(numbered(*ROSTER, *undated, word(value)), SCHEME, AFTER)
        note = note_of(Told(judged, judged, Balance(0, 0, 0, 0, 0), (), FORMS, (), (), (), (), ()))
        assert len([one for one in note.needs if "收到日期待确认" in one.why]) == questions


def test_a_word_on_a_school_s_list_says_nothing() -> None:
    assert asked(word(WANG_LARGE.key, LIST)) == asked()


def test_a_scan_s_name_is_settled_by_the_word_where_it_is_that_name() -> None:
    scan = (*ROSTER, came("扫描.pdf"), read("扫描.pdf", "reflection", None, {}, "scan", {"name": "王芳"}))
    open_fields = {
        key: season_of(numbered(*scan, word(key, "扫描.pdf"))).papers[0].paper.open_fields
        for key in (None, "", WANG_LARGE.key)
    }
    assert open_fields == {None: ("name",), "": ("name",), WANG_LARGE.key: ()}

"""A task, a document or a certificate more or less: the file stays whole, and what named a part names it no more."""

import pytest

from gengang.errors import SchemeError, WorkspaceError
from gengang.schemefile import scheme_from_toml
from gengang.schemeparts import PARTS, parts_in, with_new_part, without_old_part
from gengang.workspace import preset_text, presets

COUNTY = preset_text("county-2016")
TASK = {"name": "读书笔记", "measure": "logs", "need": "2", "unit": "篇", "per": "week", "clause": "L-05"}
PAPER = {"name": "读书笔记", "owed_by": "trainee", "per": "trainee", "need": "1", "copies": "1", "clause": "L-05"}


def faults_of(text: str) -> tuple[str, ...]:
    """What is wrong with a file."""
    try:
        scheme_from_toml(text)
    except SchemeError as fault:
        return fault.faults
    return ()


def test_a_task_more_is_asked_of_everybody() -> None:
    made = scheme_from_toml(with_new_part(COUNTY, "requirement", TASK))
    new = made.requirements[-1]
    assert (new.id, new.name, new.per, str(new.need)) == ("TASK1", "读书笔记", "week", "2")
    assert (new.severity, new.tracked) == ("warn", True)
    twice = with_new_part(with_new_part(COUNTY, "requirement", TASK), "requirement", TASK)
    assert [one.id for one in scheme_from_toml(twice).requirements[-2:]] == ["TASK1", "TASK2"]


def test_a_document_more_is_tracked_where_it_can_be_read() -> None:
    typed = {**PAPER, "due": "结束后7日", "receivers": "进修校、教体局"}
    made = scheme_from_toml(with_new_part(COUNTY, "document", typed))
    new = made.documents[-1]
    assert (new.name, new.tracked, new.receivers) == ("读书笔记", False, ("进修校", "教体局"))
    assert made.calendar.end is not None
    assert new.due is not None
    assert (new.due - made.calendar.end).days == 7
    read = scheme_from_toml(with_new_part(COUNTY, "document", {**PAPER, "form": "reflection", "due": "2016-12-01"}))
    assert (read.documents[-1].tracked, str(read.documents[-1].due)) == (True, "2016-12-01")
    assert read.documents[-1].id not in {one.id for one in read.documents[:-1]}


def test_a_certificate_more_is_written_like_another() -> None:
    like = scheme_from_toml(COUNTY).certificates[0]
    typed = {
        "name": "优秀学员证书", "given_to": "trainee", "series": "K", "number": like.number, "key": like.key,
        "wording": like.wording, "seals": "、".join(like.seals), "clause": "W-08",
    }  # fmt: skip
    made = scheme_from_toml(with_new_part(COUNTY, "certificate", typed))
    assert (made.certificates[-1].name, made.certificates[-1].seals) == ("优秀学员证书", like.seals)


@pytest.mark.parametrize("preset", [name for name, _ in presets()])
def test_whatever_goes_is_named_no_more_or_told_as_a_fault(preset: str) -> None:
    text = preset_text(preset)
    for kind, parts in parts_in(text).items():
        for id, _ in parts:
            left = without_old_part(text, kind, id)
            assert id not in {one for one, _ in parts_in(left)[kind]}
            assert not [one for one in faults_of(left) if ".switch" in one], (kind, id)


def test_a_question_that_asked_of_nothing_else_goes_too() -> None:
    asked = {one.id for one in scheme_from_toml(COUNTY).questions}
    document = next(one for one in scheme_from_toml(COUNTY).documents if one.id == "DOC1")
    left = scheme_from_toml(without_old_part(COUNTY, "document", document.id))
    assert len(asked - {one.id for one in left.questions}) == 1


@pytest.mark.parametrize(
    ("kind", "said", "why"),
    [
        ("clause", TASK, "不能在这里增加"),
        ("requirement", {**TASK, "name": " "}, "请写明名称"),
        ("requirement", {**TASK, "need": "几"}, "要几份应是数字"),
        ("document", {**PAPER, "name": "甲\n乙"}, "换行"),
    ],
)
def test_what_says_too_little_is_refused(kind: str, said: dict[str, str], why: str) -> None:
    with pytest.raises(WorkspaceError, match=why):
        with_new_part(COUNTY, kind, said)


def test_only_parts_of_these_kinds_go() -> None:
    assert set(PARTS) == {"requirement", "document", "certificate"}
    with pytest.raises(WorkspaceError):
        without_old_part(COUNTY, "clause", "T-01")
    with pytest.raises(WorkspaceError):
        without_old_part(COUNTY, "document", "DOC999")

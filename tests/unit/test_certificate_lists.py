"""The register of numbers, and the list of those without a certificate: every line stated, the clause in words."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gengang.certificate_numbers import NumberLine, number_lines
from gengang.drafting import Judged, unapproved_words
from gengang.facts import Actor, Fact
from gengang.office.certificates import KINDS
from gengang.office.kinds import Asking, Material
from gengang.papers.draft import Draft
from gengang.press import press
from gengang.rulings import APPROVAL, COHORT, Approval
from gengang.season import Season
from tests.unit.cohorts import FONTS, GUIDE, OUR_SCHEME, PASSED, press_at, roster_of, verdicts_of

ME = Actor("王老师", "office", "办公室电脑", "issue")
AT = "2016-12-09T08:00:00Z"
REGISTER, WITHHELD = KINDS
YES = Approval(True, "李局长", "", date(2016, 12, 12))
LINES = (
    NumberLine("J-2016-000001", "J", 2016, 1, PASSED.key, "a", date(2016, 12, 9), "", False, "2016-12-10", "遗失",
               "J-2016-000002"),
    NumberLine("J-2016-000002", "J", 2016, 2, PASSED.key, "a", date(2016, 12, 10), "", True),
    NumberLine("X-2016-000001", "X", 2016, 1, GUIDE.key, "b", date(2016, 12, 9)),
    NumberLine("J-2016-000003", "J", 2016, 3, "P-gone", "c"),
)  # fmt: skip


def material(numbers: tuple[NumberLine, ...] = LINES, approval: Approval | None = None) -> Material:
    season = Season(roster_of(), (), (), approval=approval, numbers=numbers)
    judged = Judged(OUR_SCHEME, season, verdicts_of(), {}, (), date(2016, 12, 12))
    return Material(judged, {}, FONTS)


def drafted(kind_number: int, found: Material) -> Draft:
    [draft] = KINDS[kind_number].drafts(found, Asking())
    return draft


def test_the_register_names_every_number_and_what_took_its_place() -> None:
    rows = drafted(0, material()).lists["lines"]
    said = [str(row["number"]).removeprefix("安教训").replace("字〔2016〕第", "") for row in rows]
    assert said == ["结0001号", "结0002号", "时0001号", "结0003号"]
    assert [row["state"] for row in rows] == ["作废", "有效", "有效", "未印"]
    assert rows[0]["note"] == "2016年12月10日，遗失，由安教训结字〔2016〕第0002号代替"
    assert [row["name"] for row in rows] == ["张三", "张三", "周明", "（已按规定删除）"]


@pytest.mark.parametrize(
    ("approval", "words"),
    [(None, ["尚未审核", "已审核", "尚未审核", None]), (YES, ["先发后审", "已审核", "先发后审", None])],
)
def test_the_register_says_what_was_issued_before_the_authority_had_approved(
    approval: Approval | None, words: list[str | None]
) -> None:
    assert [row["approved"] for row in drafted(0, material(approval=approval)).lists["lines"]] == words


def test_certificates_before_the_approval_are_told_and_blocked_by_nothing() -> None:
    assert "已发的2份证书尚未审核" in unapproved_words(material().judged)[0]
    assert unapproved_words(material(approval=YES).judged) == ()
    assert unapproved_words(material(numbers=()).judged) == ()


def test_what_stood_when_a_certificate_was_printed_is_kept() -> None:
    def paper(number: str) -> Fact:
        data = {
            "kind": "certificate",
            "sha256": "e" * 64,
            "proof": "equal",
            "number": number,
            "issued_on": "2016-12-09",
        }
        return Fact("paper", "P-1", data, ME, AT, {"code": number})

    def spent(number: int) -> Fact:
        data = {"kind": "J", "year": 2016, "number": number, "person": "P-1", "basis": "b"}
        return Fact("number_spent", f"J-2016-{number:06d}", data, ME, AT)

    said = {"path": APPROVAL, "on": ""}
    word = Fact("decision", COHORT, said, ME, AT, {"value": "approved"})
    lines = number_lines([spent(1), paper("J-2016-000001"), word, spent(2), paper("J-2016-000002"),
                          paper("J-2016-000001")])  # fmt: skip
    assert [(one.approved, one.code) for one in lines] == [(False, "J-2016-000001"), (True, "J-2016-000002")]


def test_who_gets_none_is_listed_with_the_clause_in_the_schemes_words() -> None:
    draft = drafted(1, material())
    rows = {str(row["name"]): row for row in draft.lists["lines"]}
    assert set(rows) == {"阿卜杜热合曼·买买提", "李𬱖", "周明"}
    held = rows["阿卜杜热合曼·买买提"]
    assert (held["state"], "无故缺勤两天及以上者" in str(held["clause"])) == ("证书缓发", True)
    said = "".join(str(value) for row in draft.lists["lines"] for value in row.values())
    assert not [code for code in ("G-0", "T-0", "XX", ",", ";") if code in said.replace("XX县XX实验学校", "")]


def test_nobody_spent_and_nobody_held_back_gives_no_paper() -> None:
    assert REGISTER.drafts(material(numbers=()), Asking()) == ()
    everybody = material()
    due = {key: replace(one, certificate="issue", missing=()) for key, one in everybody.judged.verdicts.items()}
    assert WITHHELD.drafts(replace(everybody, judged=replace(everybody.judged, verdicts=due)), Asking()) == ()


def test_both_lists_are_printed(tmp_path: Path) -> None:
    many = tuple(replace(LINES[1], subject=f"J-2016-{n:06d}", number=n) for n in range(1, 61))
    done = press((drafted(0, material(numbers=many)), drafted(1, material())), press_at(tmp_path))
    assert [(one.status, one.findings) for one in done] == [("new", ()), ("new", ())]
    assert (done[0].pages > 1, done[1].pages) == (True, 1)

"""One item of everybody: what each assessor said, which word counts, and points typed for many people at once."""

import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from gengang.assess import basis_of
from gengang.desk.office import Desk
from gengang.desk.views.people import Wanted
from gengang.desk.views.scores import ScorePage, proposals_to_take, score_page, typed_points, words_by_person
from gengang.judging import beside_of, papers_judged
from gengang.noting import record_scores
from tests.desk.desks import of_another, write
from tests.desk.rooms.people import LI, ZHANG

EVERYBODY = Wanted()
GIVEN = {"item": "R9", "since": "99999", "role": "college", "by": "进修学校", "on": "2016-12-06", "what": "typed"}


def page_of(desk: Desk, item: str = "R9", wanted: Wanted = EVERYBODY) -> ScorePage:
    """The page as the season stands."""
    found = score_page(desk.standings.fold(), wanted, item)
    assert found is not None
    return found


def typed(person: str, points: str, was: str = "") -> dict[str, str]:
    """What a row of the page sends."""
    return {f"p:{person}": points, f"was:{person}": was}


def test_the_words_are_those_of_the_verdict(desk: Desk, client: TestClient) -> None:
    write(client, "/scores", **GIVEN, **typed(ZHANG.key, "4"))
    standing = desk.standings.fold()
    judged = standing.judged
    for one in judged.trainees:
        papers, beside = papers_judged(judged.scheme, judged.season, one), beside_of(judged.season, one)
        basis = basis_of(judged.scheme, one, papers, judged.as_of, beside)
        assert standing.of(words_by_person)[one.key] == basis.records.judged


def test_assessors_stand_side_by_side_and_the_college_counts(desk: Desk, client: TestClient) -> None:
    before, _ = page_of(desk).leaf.rows
    assert (before.words["mentor"].points, before.words["mentor"].counts, before.state) == ("6", True, "已定")
    answer = write(client, "/scores?item=R9", **GIVEN, **typed(ZHANG.key, "4.5"), **typed(LI.key, "3"))
    assert "已登记：行动研究报告2人" in answer.text
    after, li = page_of(desk).leaf.rows
    assert (after.words["college"].points, after.words["college"].counts, after.counted) == ("4.5", True, "4.50")
    assert (after.state, li.state, page_of(desk).counts["有分歧"]) == ("有分歧", "已定", 1)
    assert after.words["college"].about == "进修学校　12月6日　登记"


def test_a_proposal_waits_for_whoever_judges(desk: Desk, client: TestClient) -> None:
    write(client, "/scores", **{**GIVEN, "role": "base_school", "by": "王校长"}, **typed(LI.key, "4"))
    _, li = page_of(desk).leaf.rows
    assert (li.state, li.counted) == ("待认定", "0.00")
    assert li.waits == "基地校拟评4分，待指导教师评定或教师进修学校认定"
    assert [row.name for row in page_of(desk, wanted=Wanted(state="待认定")).leaf.rows] == ["李四"]


def test_what_somebody_else_gave_meanwhile_is_not_overwritten(desk: Desk, client: TestClient) -> None:
    record_scores(of_another(desk), "R9", [(ZHANG.key, "5")], "college", "进修学校", date(2016, 12, 6), 99999)
    [seen] = re.findall(
        r'name="since" value="(\d+)"', client.get("/scores?item=R9").text
    )  # before the season is folded
    answer = write(client, "/scores", **{**GIVEN, "since": seen}, **typed(ZHANG.key, "4"), **typed(LI.key, "3"))
    assert "张三刚刚已由别人登记，没有覆盖" in answer.text
    zhang, li = page_of(desk).leaf.rows
    assert (zhang.words["college"].points, li.words["college"].points) == ("5", "3")


def test_whoever_mends_their_own_points_is_nobody_else(desk: Desk, client: TestClient) -> None:
    [seen] = re.findall(r'name="since" value="(\d+)"', client.get("/scores?item=R9").text)
    for points in ("4", "4.5"):
        write(client, "/scores", **{**GIVEN, "since": seen}, **typed(LI.key, points))
    _, li = page_of(desk).leaf.rows
    assert li.words["college"].points == "4.5"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({**typed(ZHANG.key, "7")}, "行动研究报告应评0到6分，最多两位小数，现在是“7”"),
        ({**typed(ZHANG.key, "5"), "by": " "}, "请写明是谁评的。"),
        ({**typed(ZHANG.key, "5"), "on": "2099-01-01"}, "日期写的 2099-01-01 还没有到"),
        ({**typed(ZHANG.key, "5", "5.0")}, "没有改动"),
        ({**typed(ZHANG.key, "5"), "item": "R2"}, "不是由人评分的项目"),
    ],
)
def test_a_fault_keeps_what_was_typed(desk: Desk, client: TestClient, fields: dict[str, str], said: str) -> None:
    head = desk.ledger.head()
    answer = write(client, "/scores?item=R9", **{**GIVEN, **fields})
    assert (answer.status_code, said in answer.text, desk.ledger.head()) == (422, True, head)
    assert f'value="{fields[f"p:{ZHANG.key}"]}"' in answer.text


def test_what_nobody_disputes_becomes_the_colleges_word_at_once(desk: Desk, client: TestClient) -> None:
    assert list(proposals_to_take(page_of(desk).leaf.rows)) == [(ZHANG.key, "6", "")]
    write(client, "/scores?item=R9", **{**GIVEN, "what": "take"})
    zhang, _ = page_of(desk).leaf.rows
    assert (zhang.words["college"].points, list(proposals_to_take(page_of(desk).leaf.rows))) == ("6", [])


def test_only_what_was_changed_is_sent_on() -> None:
    sent = {"p:A": "5", "was:A": "5.0", "p:B": " 4 ", "was:B": "", "p:C": "", "was:C": "3", "p:D": "x", "was:D": "3"}
    assert list(typed_points(sent)) == [("B", "4", ""), ("D", "x", "3")]


def test_somebody_is_found_by_a_name_that_stands_in_no_address(client: TestClient) -> None:
    found = write(client, "/scores/find?item=R9", name="李")
    assert ("李四" in found.text, "张三" in found.text, found.url.query) == (True, False, b"item=R9")


def test_a_sheet_is_handed_out(client: TestClient) -> None:
    made = client.get("/scores/sheet?kind=xlsx&role=mentor")
    assert made.headers["content-disposition"].endswith(".xlsx")
    sheet = load_workbook(io.BytesIO(made.content)).worksheets[0]
    assert [sheet.cell(row, 3).value for row in (4, 5)] == ["张三", "李四"]
    assert client.get("/scores/sheet?kind=pdf&role=mentor").status_code == 409

"""The scheme at the desk: its places beside their clauses, what a change would do, and the change with its reason."""

import re

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from gengang.amending import amendments_of, settings_between, text_with
from gengang.desk.office import Desk
from gengang.desk.views.rule_changes import place_label
from gengang.desk.views.rules import SET, inputs_of, scheme_page, wanted_of
from gengang.rubricbook import rubric_book
from gengang.schemefile import scheme_from_toml, values_of_toml
from gengang.workspace import preset_text, presets, scheme_text
from tests.desk.desks import token_of, words, worked_out, write
from tests.desk.rooms.people import visitor

COUNTY = preset_text("county-2016")


def thought(client: TestClient, address: str, **fields: str) -> Response:
    """What a change would do, once it is worked out."""
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', client.get("/scheme").text)
    assert seen is not None
    begun = write(client, address, seen=seen[1], **fields)
    return worked_out(client, begun)


# --- the page ---


@pytest.mark.parametrize("preset", [name for name, _ in presets()])
def test_every_preset_has_a_page_that_changes_nothing_when_it_is_sent_back(preset: str) -> None:
    page = scheme_page(preset_text(preset))
    inputs = list(inputs_of(page))
    assert len({one.place for one in inputs}) == len({one.anchor for one in inputs}) == len(inputs)
    assert wanted_of(page, {SET + one.place: one.value for one in inputs}) == ()
    scheme = scheme_from_toml(preset_text(preset))
    assert [one.id for one in page.asked] == [one.id for one in scheme.questions]
    anchors = {one.anchor for one in inputs} | {group.anchor for group in page.groups}
    assert {anchor for one in page.asked for anchor, _, _ in one.now} <= {"", *anchors}


def test_a_place_stands_beside_its_clause_and_its_question() -> None:
    page = scheme_page(COUNTY)
    entries = {entry.name: entry for group in page.groups for entry in group.entries}
    assert [one.id for one in entries["最大年龄"].clauses] == ["E-02"]
    assert entries["恰满这个年龄的在内"].questions == ("Q1",)
    assert entries["研修日志"].clauses[0].id == "L-05"
    [name, _, duty] = entries["领导小组：组长"].inputs
    assert (name.value, name.open, duty.value) == ("", "原文为“XX同志”", "全面负责")


@pytest.mark.parametrize(
    ("place", "label"),
    [
        ("evaluation.pass_at", "合格分"),
        ("item R2.max", "听课：分值"),
        ("organisation.leading_group[2].name", "领导小组第2位：姓名"),
        ("clause.T-01.severity", "条款T-01：轻重"),
        ("participants.subjects.小学", "参加人员：subjects.小学"),
    ],
)
def test_places_are_named_as_the_office_says_them(place: str, label: str) -> None:
    assert place_label(values_of_toml(COUNTY), place) == label


# --- a change ---


def test_a_change_is_weighed_confirmed_and_kept_with_its_reason(desk: Desk, client: TestClient) -> None:
    told = thought(client, "/scheme/places", **{"set:evaluation.pass_at": "101", "set:scheme.closing": "2016-12-07"})
    assert "evaluation.pass_at：101高于总分100" in told.text
    told = thought(client, "/scheme/places", **{"set:outcomes.hours_trainee": "72"})
    assert "学员学时 60 72" in words(told)
    assert "学时 60→72" in words(told)
    assert "1 人的结论、学时或证书有变" in words(told)
    address = str(told.url.path)
    assert write(client, address, why=" ").status_code == 409
    assert "outcomes" not in str(amendments_of(list(desk.ledger.read())))
    assert write(client, address, why="安教〔2016〕9号").status_code == 303
    [made] = amendments_of(list(desk.ledger.read()))
    assert (made.why, [(one.place, one.before, one.after) for one in made.changes]) == (
        "安教〔2016〕9号", [("outcomes.hours_trainee", "60", "72")]
    )  # fmt: skip
    assert desk.standings.now().judged.scheme.outcomes.hours_trainee == 72
    assert "hours_trainee = 72" in scheme_text(desk.settings)
    assert "安教〔2016〕9号" in client.get("/scheme").text
    assert "已经过期" in write(client, "/scheme/change/none", why="x").text


def test_a_second_one_is_told_that_the_scheme_is_another_by_now(desk: Desk, client: TestClient) -> None:
    first = thought(client, "/scheme/places", **{"set:outcomes.hours_trainee": "72"})
    second = thought(client, "/scheme/places", **{"set:outcomes.hours_mentor": "72"})
    assert write(client, str(first.url.path), why="一").status_code == 303
    answer = write(client, str(second.url.path), why="二")
    assert (answer.status_code, "方案刚刚被别人改过" in answer.text) == (409, True)
    assert desk.standings.fold().judged.scheme.outcomes.hours_mentor == 60
    assert write(client, "/scheme/places", seen="0" * 64).status_code == 409


def test_nothing_changed_is_no_change(client: TestClient) -> None:
    assert "没有改动" in thought(client, "/scheme/places", **{"set:evaluation.pass_at": "60"}).text


def test_year_and_names_are_moved_wherever_they_stand(desk: Desk, client: TestClient) -> None:
    told = thought(client, "/scheme/names", year="2017", county="安和县", base_school="")
    assert "结束日 2016年11月30日 2017年11月30日" in words(told)
    write(client, str(told.url.path), why="新一年")
    scheme = desk.standings.fold().judged.scheme
    assert (scheme.year, scheme.organisation.county, scheme.calendar.start and scheme.calendar.start.year) == (
        2017, "安和县", 2017
    )  # fmt: skip
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', client.get("/scheme").text)
    assert seen is not None
    assert write(client, "/scheme/names", seen=seen[1], year="今年").status_code == 409


def test_the_rubric_goes_out_and_comes_in(desk: Desk, client: TestClient) -> None:
    book = client.get("/scheme/rubric.xlsx").content
    assert book == rubric_book(desk.standings.now().judged.scheme)
    page = client.get("/scheme").text
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert seen is not None
    fields = {"token": token_of(page), "seen": seen[1]}
    begun = client.post("/scheme/rubric", data=fields, files={"book": ("考核细则.xlsx", book)})
    assert "没有改动" in client.get(begun.headers["location"]).text
    faulty = client.post("/scheme/rubric", data=fields, files={"book": ("考核细则.xlsx", b"no workbook")})
    assert (faulty.status_code, "Excel" in faulty.text) == (409, True)
    assert client.post("/scheme/rubric", data=fields).status_code == 409


def test_a_clerk_reads_the_scheme_and_changes_nothing(desk: Desk) -> None:
    client = visitor(desk, "clerk")
    page = client.get("/scheme").text
    assert 'name="set:' not in page
    assert "合格分" in page
    for address in (
        "/scheme/places",
        "/scheme/names",
        "/scheme/rubric",
        "/scheme/group",
        "/scheme/part/item",
        "/scheme/change/x",
    ):
        assert client.post(address, data={"token": token_of(page), "seen": ""}).status_code == 403


def test_a_preview_is_nobody_elses(desk: Desk, client: TestClient) -> None:
    told = thought(client, "/scheme/places", **{"set:outcomes.hours_trainee": "72"})
    assert visitor(desk, "senior").get(str(told.url.path)).status_code == 409


# --- what differs between two files ---


def test_settings_between_two_files_are_told_place_by_place() -> None:
    made = text_with(COUNTY, [
        ("calendar.holidays", "2016-10-01 2016-10-02"), ("document DOC1.due", "结束后7日"),
        ("organisation.leading_group[1].name", "李局长"),
    ])  # fmt: skip
    scheme = scheme_from_toml(made)
    assert (len(scheme.calendar.holidays), scheme.organisation.leading_group[0].name) == (2, "李局长")
    assert {(one.place, one.after) for one in settings_between(COUNTY, made)} == {
        ("calendar.holidays", "2016年10月1日、2016年10月2日"), ("document DOC1.due", "结束后7日"),
        ("organisation.leading_group[1].name", "李局长"),
    }  # fmt: skip


def test_somebody_joins_the_leading_group_and_leaves_it(desk: Desk, client: TestClient) -> None:
    told = thought(client, "/scheme/group", role="成员", name="王校长", duty="")
    assert "领导小组第3位：姓名 （无） 王校长" in words(told)
    write(client, str(told.url.path), why="文件")
    gone = thought(client, "/scheme/group", leaves="3")
    write(client, str(gone.url.path), why="调离")
    assert len(desk.standings.fold().judged.scheme.organisation.leading_group) == 2
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', client.get("/scheme").text)
    assert seen is not None
    assert "请写明职务和姓名" in write(client, "/scheme/group", seen=seen[1], role="成员", name="").text


def test_a_task_is_added_and_taken_away_with_what_it_changes(desk: Desk, client: TestClient) -> None:
    before = len(desk.standings.now().judged.scheme.requirements)
    said = {"name": "读书笔记", "measure": "logs", "need": "9", "unit": "篇", "clause": "L-05", "per": "total"}
    told = thought(client, "/scheme/part/requirement", **said)
    assert "读书笔记：至少" in words(told)
    assert "谁会受影响" in told.text
    write(client, str(told.url.path), why="安教〔2016〕9号")
    assert desk.standings.fold().judged.scheme.requirements[-1].name == "读书笔记"
    told = thought(client, "/scheme/part/requirement", leaves="TASK1")
    write(client, str(told.url.path), why="取消")
    assert len(desk.standings.fold().judged.scheme.requirements) == before
    faulty = thought(client, "/scheme/part/requirement", **{**said, "clause": "X-99"})
    assert "没有条款“X-99”" in faulty.text
    assert "方案还是原来的样子" in faulty.text

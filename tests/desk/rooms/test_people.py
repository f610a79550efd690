"""Who handed in what, each person's page, and what a clerk or a senior decides and records there."""

import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from gengang.desk.app import WARM, application
from gengang.desk.doorway import LOOPBACK
from gengang.desk.office import Desk, open_desk
from gengang.desk.views.copies_counted import count_page
from gengang.desk.views.leaves import leaf_of, page_typed
from gengang.desk.views.people import Wanted, matrix_book, matrix_of, rows_of, school_page, schools_of, seen_by
from gengang.desk.views.wording import at_desk, told
from gengang.noting import record_all_copies
from gengang.rulings import rulings_of
from gengang.settings import Settings
from gengang.under_way import scheme_fact
from gengang.workspace import preset_text
from tests.desk.desks import of_another, token_of, write
from tests.desk.rooms.people import GUIDE, LI, PERSON, ZHANG, last, visitor
from tests.unit.facts_of_papers import AT, ME
from tests.unit.rosters import BASE, LIHE, ZHANGCUN

EVERYBODY = Wanted()


# --- the matrix ---


def test_a_row_says_what_is_in_what_is_owed_and_what_is_overdue(desk: Desk) -> None:
    standing = desk.standings.now().standing
    zhang, li = standing.of(rows_of)
    columns = matrix_of(standing, None, EVERYBODY, 1).columns
    cells = {row.key: dict(zip(columns, row.cells, strict=True)) for row in (zhang, li)}
    assert (zhang.outcome, zhang.tone, zhang.mentors, zhang.lacking) == ("合格", "good", "周明", 0)
    assert (cells[ZHANG.key]["研修日志"].words, cells[ZHANG.key]["研修日志"].said) == ("齐", "附件1 研修日志：收到10份")
    owed = cells[LI.key]["研修日志"]
    assert (owed.words, owed.tone, owed.said) == ("差10", "wait", "附件1 研修日志：收到0份，应交10份（12月7日前）。")
    assert (cells[LI.key]["个人信息登记表"].words, cells[LI.key]["个人信息登记表"].tone) == ("缺", "poor")
    assert (li.outcome, li.lacking, li.overdue) == ("未考核", 11, 1)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(), ["张三", "李四"]),
        (Wanted(school="李河中学"), ["李四"]),
        (Wanted(stage="小学", subject="语文"), ["张三"]),
        (Wanted(state="合格"), ["张三"]),
        (Wanted(state="逾期", name="李"), ["李四"]),
        (Wanted(state="齐全"), ["张三"]),
        (Wanted(state="不合格"), []),
    ],
)
def test_the_matrix_is_narrowed(desk: Desk, wanted: Wanted, names: list[str]) -> None:
    standing = desk.standings.now().standing
    view = matrix_of(standing, None, wanted, 1)
    assert ([row.name for row in view.rows], view.found, view.everybody) == (names, len(names), 2)
    sheet = load_workbook(io.BytesIO(matrix_book(standing, None, wanted))).worksheets[0]
    assert [row[3].value for row in sheet.iter_rows(min_row=2)] == names


def test_a_long_list_comes_a_hundred_rows_at_a_time() -> None:
    rows = tuple(range(230))
    assert [leaf_of(rows, page).rows[0] for page in (0, 1, 2, 3, 9)] == [0, 0, 100, 200, 200]
    last = leaf_of(rows, 3)
    assert (last.rows[-1], last.found, last.pages, leaf_of((), 1).pages) == (229, 230, 3, 1)
    assert [page_typed(text) for text in ("2", "", "-1", "x", "9999999")] == [2, 1, 1, 1, 1]


def test_a_page_that_is_none_is_the_nearest(desk: Desk) -> None:
    assert matrix_of(desk.standings.now().standing, None, EVERYBODY, 9).page == 1


def test_the_list_is_narrowed_by_a_form_and_a_name_stands_in_no_address(client: TestClient) -> None:
    found = write(client, "/persons", name="李", state="逾期")
    assert (found.status_code, "李四" in found.text, ">张三<" in found.text) == (200, True, False)
    moved = write(client, "/persons", school="李河中学", name="").headers["location"]
    assert ">张三<" not in client.get(moved).text
    assert "name=" not in moved
    assert write(client, "/persons").headers["location"] == "/persons"
    assert "%E6%94%B6" in client.get("/persons/matrix.xlsx").headers["content-disposition"]


def test_schools_are_summed_and_the_base_school_has_its_mentors(desk: Desk, client: TestClient) -> None:
    standing = desk.standings.now().standing
    rows = {row.name: row for row in schools_of(standing)}
    assert (rows["张村小学"].people, rows["张村小学"].passed, rows[BASE.name].base) == (1, 1, True)
    assert (rows["王沟学校"].people, rows["王沟学校"].owed) == (0, 2)
    page = school_page(standing, BASE.key)
    assert page is not None
    assert [(one.name, [name for _, name in one.trainees]) for one in page.mentors] == [("周明", ["张三", "李四"])]
    assert school_page(standing, "S-none") is None
    for address in ("/persons", "/persons/schools", f"/persons/school/{BASE.key}", f"/persons/school/{LIHE.key}"):
        assert client.get(address).status_code == 200


# --- who sees whom ---


def test_a_school_sees_whom_it_sent_and_the_base_school_whom_it_hosts(desk: Desk) -> None:
    standing = desk.standings.now().standing
    assert seen_by(standing, None) is None
    assert seen_by(standing, ZHANGCUN.key) == seen_by(standing, "张村小学") == frozenset({ZHANG.key})
    assert seen_by(standing, BASE.key) == frozenset({ZHANG.key, LI.key, GUIDE.key})
    assert seen_by(standing, "") == seen_by(standing, "别处小学") == frozenset()


def test_a_schools_account_is_shown_nothing_of_others(desk: Desk) -> None:
    client = visitor(desk, "school", "张村小学")
    page = client.get("/persons").text
    assert "张三" in page
    assert "李四" not in page
    assert client.get(PERSON).status_code == 200
    assert "/picture/" not in client.get(PERSON).text
    for address in (f"/persons/{LI.key}", f"/persons/{GUIDE.key}", f"/persons/school/{LIHE.key}"):
        answer = client.get(address)
        assert (answer.status_code, "李四" in answer.text) == (409, False)
    own = client.get(PERSON).text
    assert ("周明" in own, GUIDE.key in own, LI.key in own) == (True, False, False)
    assert client.get("/persons/schools").headers["location"] == f"/persons/school/{ZHANGCUN.key}"
    for address in ("/scores", "/roster", "/scheme", "/persons/decisions", "/persons/copies", f"{PERSON}/note/seen"):
        assert client.get(address).status_code == 403


def test_a_reader_looks_and_writes_nothing(desk: Desk) -> None:
    client = visitor(desk, "reader")
    page = client.get(PERSON)
    assert "决定和登记" not in page.text
    assert "/picture/" in page.text
    token = token_of(page.text)
    for address in (f"{PERSON}/note/copies", f"{PERSON}/decide/excuse", f"{PERSON}/back", "/roster/word", "/scores"):
        assert client.post(address, data={"token": token}).status_code == 403


def test_what_gives_or_takes_a_certificate_is_for_a_senior(desk: Desk) -> None:
    client = visitor(desk, "clerk")
    page = client.get(PERSON).text
    assert "准假" in page
    assert "补发证书" not in page
    fields = {"token": token_of(page), "why": "已补岗", "authority": "张局长"}
    assert client.post(f"{PERSON}/decide/release", data=fields).status_code == 409
    assert client.post("/persons/schools/approval", data={"word": "approve", **fields}).status_code == 403


# --- a person's page ---


def test_a_persons_page_is_the_librarys_chain_with_the_desks_links(client: TestClient) -> None:
    page = client.get(PERSON).text
    assert '<section id="points">' in page
    assert "G-05" in page
    assert f'href="/review/{_sha_in(page)}' in page
    assert "000000********123" in page
    assert ZHANG.id_number not in page
    assert client.get(f"/persons/{GUIDE.key}").text.count("李四") == 1
    assert client.get("/persons/P-none").status_code == 409


def _sha_in(page: str) -> str:
    return page.partition('href="/review/')[2][:64]


def test_a_ruling_is_recorded_shown_and_taken_back(desk: Desk, client: TestClient) -> None:
    form = client.get(f"{PERSON}/decide/appeal").text
    assert "改为几分" in form
    answer = write(client, f"{PERSON}/decide/appeal", item="R9", points="5.5", why="申诉属实", authority="张局长",
                   on="2016-12-09")  # fmt: skip
    assert answer.status_code == 303
    [ruling] = rulings_of(desk.ledger.read())[ZHANG.key]
    assert (ruling.kind, str(ruling.points), last(desk).actor.command) == ("appeal", "5.5", "desk rule")
    page = client.get(PERSON).text
    assert "申诉属实（张局长，12月9日" in page
    assert "刚记下" not in page
    assert "申诉属实（张局长，12月9日" in client.get("/persons/decisions").text
    write(client, f"{PERSON}/back", what="ruling", which=str(ruling.number), why="写错了")
    assert rulings_of(desk.ledger.read()) == {}
    assert "还没有决定" in client.get("/persons/decisions").text


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("appeal", {"item": "R9", "points": "9", "why": "x", "authority": "y"}, "行动研究报告最多6分"),
        ("appeal", {"item": "R9", "points": "六", "why": "x", "authority": "y"}, "分数应是0到100之间的数"),
        ("appeal", {"item": "R9", "points": "NaN", "why": "x", "authority": "y"}, "分数应是0到100之间的数"),
        ("excuse", {"days": "10月2日", "why": "x", "authority": "y"}, "日期应写成 2016-12-06 的样子"),
        ("excuse", {"why": "", "authority": ""}, "请写明理由；请写明谁决定的；请写明日期"),
        ("substitute", {"other": "王五", "why": "x", "authority": "y"}, "王五"),
    ],
)
def test_a_ruling_with_a_fault_comes_back_as_it_was_typed(
    desk: Desk, client: TestClient, kind: str, fields: dict[str, str], said: str
) -> None:
    answer = write(client, f"{PERSON}/decide/{kind}", **fields)
    shown = re.sub("<[^>]*>", "", answer.text)  # a session's token, of random letters, is none of it
    assert (answer.status_code, said in shown, "--" in shown) == (422, True, False)
    assert all(value in answer.text for value in fields.values())
    assert rulings_of(desk.ledger.read()) == {}


def test_notes_are_recorded_and_taken_back(desk: Desk, client: TestClient) -> None:
    write(client, f"{PERSON}/note/copies", item="appraisal", number="2", on="2016-12-08", by="李老师")
    write(client, f"{PERSON}/note/seen", item="lessons_heard", number="21", on="2016-12-08")
    write(client, f"{PERSON}/note/said", text="李老师来电，周五改到下周二", at="2016-10-12T09:30")
    write(client, f"{PERSON}/note/score", item="R9", points="5", role="mentor", by="周明", on="2016-12-08")
    noted = desk.standings.fold().judged.season.noted_of(ZHANG.key)
    assert [(one.form, one.number, one.by) for one in noted.copies] == [("appraisal", 2, "李老师")]
    assert ([one.number for one in noted.seen], len(noted.moves), len(noted.scores)) == ([21], 1, 1)
    assert "鉴定表：纸质应交3份，清点2份" in client.get(PERSON).text
    write(client, f"{PERSON}/back", what="note", which="copies:appraisal", why="数错了")
    assert desk.standings.fold().judged.season.noted_of(ZHANG.key).copies == ()
    assert write(client, f"{PERSON}/note/copies", item="appraisal", number="两", on="2016-12-08").status_code == 422


def test_what_is_not_folded_yet_is_told_and_then_a_link_to_what_is_new(
    desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gengang.desk.recorded.FEW", 0)
    sequence = desk.standings.now().standing.sequence
    write(client, f"{PERSON}/decide/release", why="已补岗", authority="张局长")
    assert "刚记下：补发证书" in client.get(PERSON).text
    assert client.get(f"/persons/fresh?since={sequence}").status_code == 204
    desk.standings.fold()
    fresh = client.get(f"/persons/fresh?since={sequence}")
    assert ('<a href="">点此刷新</a>' in fresh.text, "hx-refresh" in fresh.headers) == (True, False)
    assert "刚记下" not in client.get(PERSON).text


def test_the_authoritys_word_is_recorded(desk: Desk, client: TestClient) -> None:
    assert write(client, "/persons/schools/approval", word="return", authority="教体局").status_code == 409
    write(client, "/persons/schools/approval", word="approve", authority="教体局", on="2016-12-20")
    approval = desk.standings.fold().judged.season.approval
    assert approval is not None
    assert approval.approved
    assert "已同意（教体局，2016年12月20日）" in client.get("/persons/schools").text


# --- words ---


@pytest.mark.parametrize(
    ("sentence", "here"),
    [
        ("请用 --why 写明理由；请用 --by 写明谁决定的。", "请写明理由；请写明谁决定的。"),
        ("--when 写的 2016-12-09 还没有到，请写查阅的那一天。", "日期写的 2016-12-09 还没有到，请写查阅的那一天。"),
        ("请写明是谁评的：--by 姓名。", "请写明是谁评的。"),
        ("没有第9号决定。用 gengang decide --list 查看编号。", "没有第9号决定。"),
        ("这个工作区还没有台账：请先运行 gengang run。", "这个工作区还没有台账：请先在今日要点里处理一次。"),
    ],
)
def test_options_of_commands_are_not_named_at_the_desk(sentence: str, here: str) -> None:
    assert at_desk(sentence) == here


def test_here_it_counts_at_once() -> None:
    assert told(("已登记：鉴定表纸质3份。下次运行起按此计算。", "1项已记入台账，下次运行起按此计算。")) == (
        "已登记：鉴定表纸质3份。", "1项已记入台账。"
    )  # fmt: skip
    assert told(("下次运行起按此计算。",)) == ()


# --- two at once, and whole numbers ---


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("decide/appeal", {"item": "R9", "points": "5", "why": "x", "authority": "y"}),
        ("note/copies", {"item": "appraisal", "number": "2", "on": "2016-12-06"}),
        ("note/score", {"item": "R9", "points": "5", "role": "mentor", "by": "周明", "on": "2016-12-06"}),
    ],
)
def test_the_second_who_says_the_same_thing_is_told(
    desk: Desk, client: TestClient, address: str, fields: dict[str, str]
) -> None:
    since = str(desk.standings.now().head)
    other = {name: {"5": "4", "2": "3"}.get(value, value) for name, value in fields.items()}
    assert write(client, f"{PERSON}/{address}", since=since, **fields).status_code == 303
    head = desk.ledger.head()
    answer = write(client, f"{PERSON}/{address}", since=since, **other)
    assert (answer.status_code, "刚记下同一件事，您的没有保存" in answer.text, desk.ledger.head()) == (422, True, head)
    again = str(desk.standings.now().head)
    assert write(client, f"{PERSON}/{address}", since=again, **other).status_code == 303


def test_two_calls_are_two_notes(desk: Desk, client: TestClient) -> None:
    since = str(desk.standings.now().head)
    for text in ("李老师来电，材料已寄出", "李老师来电，材料收到了吗"):
        assert write(client, f"{PERSON}/note/said", text=text, since=since).status_code == 303
    assert len(desk.standings.fold().judged.season.noted_of(ZHANG.key).remarks) == 2


def test_a_whole_number_is_opened_and_that_is_recorded(desk: Desk, client: TestClient) -> None:
    answer = write(client, f"{PERSON}/number", what="id_number")
    assert ZHANG.id_number in answer.text
    looked = last(desk)
    assert (looked.kind, looked.subject, looked.data["what"]) == ("looked_at", ZHANG.key, "id_number")
    assert ZHANG.phone in write(client, f"{PERSON}/number", what="phone").text
    assert write(client, f"{PERSON}/number", what="name").status_code == 409
    reader = visitor(desk, "reader")
    token = token_of(reader.get(PERSON).text)
    assert reader.post(f"{PERSON}/number", data={"token": token, "what": "phone"}).status_code == 403


# --- copies of many ---


def test_copies_of_many_are_counted_on_one_page(desk: Desk, client: TestClient) -> None:
    assert "应存 3 份（教体局、教师进修校、跟岗教师本人）" in client.get("/persons/copies?form=appraisal").text
    sent = {f"n:{ZHANG.key}": "3", f"was:{ZHANG.key}": "", f"n:{LI.key}": "1", f"was:{LI.key}": "", "on": "2016-12-06"}
    head = str(desk.standings.now().head)
    answer = write(client, "/persons/copies?form=appraisal", by="王老师", since=head, **sent)
    assert "已登记：附件2 鉴定表2人。" in answer.text
    page = count_page(desk.standings.fold(), EVERYBODY, "appraisal")
    assert page is not None
    assert [(row.number, row.state, row.about) for row in page.leaf.rows] == [
        ("3", "够", "（王老师，12月6日）"), ("1", "不足", "（王老师，12月6日）")
    ]  # fmt: skip
    record_all_copies(of_another(desk), "appraisal", [(ZHANG.key, 4)], date(2016, 12, 6), "李老师", 99999)
    again = {**sent, f"n:{ZHANG.key}": "2", f"n:{LI.key}": ""}
    assert "张三刚刚已由别人登记" in write(client, "/persons/copies?form=appraisal", since=head, **again).text
    assert "数量应是整数" in write(client, "/persons/copies?form=appraisal", **{**again, f"n:{ZHANG.key}": "-1"}).text
    assert "没有改动" in write(client, "/persons/copies?form=appraisal", on="2016-12-06").text
    short = count_page(desk.standings.now().standing, Wanted(state="不足"), "")
    assert short is not None
    assert short.form == "personal_info"
    assert short.leaf.rows == ()


@pytest.mark.parametrize(
    ("preset", "kinds"),
    [
        ("six-weeks", {"conclude", "excuse", "refuse", "make_up", "mentor", "withdraw", "substitute"}),
        ("personal-plan", {"excuse", "refuse", "make_up", "withdraw", "substitute"}),
    ],
)
def test_another_programme_has_its_own_pages(workspace: Settings, preset: str, kinds: set[str]) -> None:
    workspace.scheme.write_text(preset_text(preset), encoding="utf-8")
    opened = open_desk(workspace, WARM)
    opened.ledger.append([scheme_fact(preset_text(preset), ME, AT)])
    opened.standings.fold()
    client = TestClient(application(opened, LOOPBACK), base_url="http://127.0.0.1", follow_redirects=False)
    page = client.get(PERSON).text
    assert set(re.findall(r'/decide/([a-z_]+)" hx', page)) == kinds
    assert set(re.findall(r'/note/([a-z_]+)" hx', page)) == {"seen", "copies", "said"}
    for address in ("/persons", "/persons/schools", "/persons/copies", "/scores", "/roster", "/scheme"):
        assert client.get(address).status_code == 200
    opened.close()


def test_no_heading_of_what_is_to_be_checked_stands_over_nothing(client: TestClient) -> None:
    page = client.get("/review").text
    assert "没有要核对的了" in page
    assert "同类的一起核对" not in page
    assert "同一栏一起核对" not in page

"""发证: who can be given what; numbers seen before they are spent; the register, void, verify; files by their hash."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from gengang.certificate_numbers import number_lines
from gengang.desk.app import WARM, application
from gengang.desk.doorway import LOOPBACK
from gengang.desk.issuing import WHO
from gengang.desk.office import Desk, open_desk
from gengang.desk.outbox import about_file, place_of
from gengang.desk.previews import FAULT, Previews
from gengang.desk.running import Ended, RunWatch
from gengang.desk.views.certificates import Sought, documents_of, dues, issuing_page, ready_keys
from gengang.desk.views.preflight import preflight_page
from gengang.desk.views.register import entries, events_of, register_page
from gengang.desk.views.wording import at_desk
from gengang.errors import WorkspaceError
from gengang.facts import Fact
from gengang.handing_out import Lacking
from gengang.issuing import void_certificate
from gengang.ledger_register import spend_number
from gengang.preflight import Gap
from gengang.settings import Settings
from gengang.under_way import RunRequest
from tests.desk.desks import token_of, until, write
from tests.desk.rooms.people import GUIDE, LI, ZHANG, last, visitor
from tests.unit.facts_of_papers import AT, ME

FIRST = "×教训结字〔2016〕第0001号"  # the office has not told its word yet


@pytest.fixture
def office(issued: Settings) -> Iterator[Desk]:
    """A desk over the season whose certificate is issued."""
    opened = open_desk(issued, WARM)
    yield opened
    opened.close()


@pytest.fixture
def senior(office: Desk) -> TestClient:
    """Somebody at that PC."""
    return TestClient(application(office, LOOPBACK), base_url="http://127.0.0.1", follow_redirects=False)


def planned(client: TestClient, **fields: str) -> Response:
    """The page that asks whether these numbers may be spent."""
    begun = write(client, "/issuing/plan", **fields)
    assert begun.status_code == 303, begun.text
    return until(client, begun.headers["location"], "正在排编号")


def numbers(desk: Desk) -> list[str]:
    """The register's numbers, with `x` behind the void ones."""
    return [f"{line.subject}{'x' if line.void_on else ''}" for line in number_lines(desk.ledger.read())]


# --- who can be given what ---


def test_everybody_stands_with_what_is_in_the_way(desk: Desk) -> None:
    standing = desk.standings.now().standing
    rows = {(row.document, row.name): row for row in dues(standing)}
    assert rows["certificate", "张三"].state == "可以出"
    assert (rows["certificate", "李四"].state, rows["certificate", "李四"].clause) == ("未考核", "G-05")
    assert rows["hours_certificate", "周明"].state == "待定"
    assert "李四的附件2 鉴定表" in rows["hours_certificate", "周明"].why
    assert (rows["appraisal", "张三"].state, rows["appraisal", "李四"].state) == ("已收回", "还没印")
    assert ready_keys(rows.values()) == (ZHANG.key,)
    [certificate, hours, _] = documents_of(rows.values())
    assert (certificate.people, certificate.states[0]) == (2, ("可以出", "open", 1))
    assert (hours.title, hours.people) == ("学时证明书", 1)
    page = issuing_page(standing, Sought(document="certificate", state="未考核"), 1)
    assert [row.key for row in page.leaf.rows] == [LI.key]
    assert (page.ready, page.numbers, page.approved) == (1, 0, False)


def test_the_page_opens_to_each_person_and_a_name_stands_in_no_address(client: TestClient) -> None:
    page = client.get("/issuing").text
    assert all(f'href="/persons/{one.key}"' in page for one in (ZHANG, LI, GUIDE))
    found = write(client, "/issuing/find", name="李")
    assert (LI.key in found.text, ZHANG.key in found.text, found.url.query) == (True, False, b"")


def test_who_may_what(desk: Desk) -> None:
    page = visitor(desk, "reader").get("/issuing").text
    assert (WHO in page, "Word" in page) == (False, False)
    clerk, reader, school = visitor(desk, "clerk"), visitor(desk, "reader"), visitor(desk, "school", "张村小学")
    token = token_of(clerk.get("/issuing").text)
    assert WHO not in clerk.get("/issuing").text
    assert clerk.post("/issuing/plan", data={"token": token, "whom": "all"}).status_code == 403
    assert clerk.post("/issuing/register/J-2016-000001/void", data={"token": token, "why": "x"}).status_code == 403
    assert "定稿要由负责人" in clerk.post("/issuing/packet", data={"token": token, "status": "final"}).text
    for address in ("/issuing/paper/0", "/issuing/bound/0", "/issuing/check-page", "/issuing/meetings.xlsx"):
        assert reader.get(address).status_code == 403
    token = token_of(reader.get("/issuing").text)
    for address in ("/issuing/papers", "/issuing/packet", "/issuing/meetings", "/issuing/hand-out"):
        assert reader.post(address, data={"token": token}).status_code == 403
    for address in ("/issuing", "/issuing/check", "/issuing/register", "/issuing/packet", "/issuing/papers"):
        assert (reader.get(address).status_code, school.get(address).status_code) == (200, 403)
    assert numbers(desk) == []


# --- numbers ---


def test_numbers_are_seen_first_and_no_others_are_spent(desk: Desk, client: TestClient) -> None:
    asked = planned(client, whom="ticked", **{WHO + ZHANG.key: "on"})
    assert FIRST in asked.text
    assert "确认，发 1 个编号" in asked.text
    assert numbers(desk) == []
    spend_number(desk.ledger, "J", 2016, LI.key, "0" * 64, ME, AT)  # somebody else was quicker
    done = write(client, str(asked.url.path))
    assert done.headers["location"] == "/issuing/work/issue"
    told = until(client, "/issuing/work/issue", "正在办")
    assert "刚才又有变化（别人发了证书，或者结论变了），一个编号也没有发" in told.text
    assert numbers(desk) == ["J-2016-000001"]
    assert "已经过期" in write(client, "/issuing/plan/none").text
    assert "请先选好人" in write(client, "/issuing/plan", whom="ticked").text


def test_a_closed_season_gives_no_new_number(desk: Desk, client: TestClient) -> None:
    closing = {"closed": True, "lines": 1, "seal": "", "manifest": "", "originals": 0, "as_of": "2016-12-20", "open": 0}
    desk.ledger.append([Fact("season_closed", "season", closing, ME, AT)])
    asked = planned(client, whom="all")
    assert "本期已封存，不再发新号" in asked.text
    assert "确认，发" not in asked.text


def test_a_plan_is_nobody_elses(desk: Desk, client: TestClient) -> None:
    asked = planned(client, whom="all")
    assert visitor(desk, "senior").get(str(asked.url.path)).status_code == 409


def test_what_was_issued_is_not_issued_again(office: Desk, senior: TestClient) -> None:
    asked = planned(senior, whom="all")
    assert "没有要发的新编号" in asked.text
    assert "已发的 1 份会核对一遍" in asked.text
    [row] = [row for row in dues(office.standings.now().standing) if row.state == "已发"]
    assert (row.number, row.subject, [file.label for file in row.files]) == (FIRST, "J-2016-000001", ["第1份"])


def test_another_number_says_which_it_takes_the_place_of(senior: TestClient) -> None:
    answer = write(senior, "/issuing/plan", again="张三遗失", **{WHO + ZHANG.key: "on"})
    assert (answer.status_code, "请不要写姓名和号码" in answer.text, "--why" in answer.text) == (409, True, False)
    asked = planned(senior, again="遗失", **{WHO + ZHANG.key: "on"})
    assert all(words in asked.text for words in (FIRST, FIRST.replace("0001", "0002"), "换发原因：遗失", "用密钥"))


# --- the register ---


def test_the_register_has_every_number_with_its_history(office: Desk, senior: TestClient) -> None:
    standing = office.standings.now().standing
    [entry] = entries(standing)
    assert (entry.number, entry.name, entry.state, entry.approved) == (FIRST, "张三", "有效", False)
    assert [event.words for event in events_of(standing, entry.subject)] == ["发出编号", "印好证书，读回核对一致"]
    assert register_page(standing, "作废", "", 1).leaf.found == 0
    assert register_page(standing, "", "0001", 1).leaf.found == 1
    page = senior.get(f"/issuing/register/{entry.subject}").text
    assert all(words in page for words in ("作废这一号", "看换发的编号", "发出编号"))
    assert senior.get("/issuing/register/J-2016-000009").status_code == 409


def voiding(client: TestClient, why: str, seen: str = "") -> Response:
    page = client.get("/issuing/register/J-2016-000001").text
    shown = re.search(r'name="seen" value="(\d+)"', page)
    assert shown is not None
    return write(client, "/issuing/register/J-2016-000001/void", why=why, seen=seen or shown[1])


def test_a_number_is_void_for_a_reason_and_never_twice(office: Desk, senior: TestClient) -> None:
    first = senior.get("/issuing/register/J-2016-000001").text
    seen = re.findall(r'name="seen" value="(\d+)"', first)[0]
    told = voiding(senior, "张三遗失")
    assert (told.status_code, "请不要写姓名和号码" in told.text, 'value="张三遗失"' in told.text) == (422, True, True)
    assert "请写明原因" in voiding(senior, " ").text
    assert voiding(senior, "证书收回").status_code == 303
    assert numbers(office) == ["J-2016-000001x"]
    page = senior.get("/issuing/register/J-2016-000001").text
    assert ("作废：证书收回" in page, "作废这一号" in page, "换发的编号" in page) == (True, False, False)
    second = write(senior, "/issuing/register/J-2016-000001/void", why="又一次", seen=seen)
    assert (second.status_code, "您的没有保存" in second.text) == (409, True)
    [entry] = entries(office.standings.fold())
    assert (entry.why, entry.docx) == ("证书收回", "")
    assert "作废（证书收回）" in write(senior, "/issuing/register/verify", number=FIRST).text
    [row] = [row for row in dues(office.standings.now().standing) if row.key == ZHANG.key and row.state == "可以出"]
    assert "已作废" in row.why


def test_a_certificate_is_checked_by_number_and_by_its_file(office: Desk, senior: TestClient) -> None:
    assert "有效" in write(senior, "/issuing/register/verify", number=FIRST).text
    assert "登记册里没有这个编号" in write(senior, "/issuing/register/verify", number="第0009号").text
    assert "请写证书编号" in write(senior, "/issuing/register/verify").text
    [path] = (office.settings.outbox / "证书").rglob("*号.pdf")
    fields = {"token": token_of(senior.get("/").text)}
    told = senior.post("/issuing/register/verify", data=fields, files={"picture": (path.name, path.read_bytes())}).text
    assert "签名是真的，编号有效" in told
    assert ZHANG.id_number not in told
    code = next(fact for fact in office.ledger.read(kinds=("paper",)) if (fact.personal or {}).get("code"))
    assert code.personal is not None
    assert "签名是真的" in write(senior, "/issuing/register/verify", number=str(code.personal["code"])).text


def test_a_number_that_was_voided_a_moment_ago_is_told_as_void(office: Desk, senior: TestClient) -> None:
    request = RunRequest(office.settings, None, ME, AT, lambda *_: None)
    void_certificate(request, "J-2016-000001", "证书收回")
    assert [entry.state for entry in entries(office.standings.now().standing)] == ["有效"]
    told = write(senior, "/issuing/register/verify", number=FIRST).text
    assert "作废（证书收回）" in told
    assert "有效。只凭编号" not in told


# --- files ---


def path_in_outbox(desk: Desk) -> str:
    """A path that would be right, if paths were asked for."""
    return quote(next(desk.settings.outbox.rglob("*号.pdf")).relative_to(desk.settings.outbox).as_posix(), safe="")


def test_a_file_is_handed_out_by_its_hash_and_every_time_is_recorded(office: Desk, senior: TestClient) -> None:
    [entry] = entries(office.standings.now().standing)
    given = senior.get(f"/issuing/paper/{entry.pdf}")
    assert given.content.startswith(b"%PDF")
    assert "filename*=UTF-8''" in given.headers["content-disposition"]
    line = last(office)
    assert (line.kind, line.subject, line.data["what"]) == ("looked_at", ZHANG.key, "certificate")
    head = office.ledger.head()
    for key in ("0" * 64, "%2e%2e%2fgengang.db", "gengang.db", path_in_outbox(office)):
        assert senior.get(f"/issuing/paper/{key}").status_code in (404, 409)
    path = place_of(office.settings, entry.docx)
    assert path is not None
    path.write_bytes(path.read_bytes() + b"x")
    told = senior.get(f"/issuing/paper/{entry.docx}")
    assert (told.status_code, "已被人改过" in told.text) == (409, True)
    assert office.ledger.head() == head
    assert senior.get("/issuing/check-page").content.startswith(b"<!doctype")


def test_whom_a_file_is_about_is_known_as_soon_as_it_is_printed(desk: Desk) -> None:
    sequence = desk.standings.now().standing.sequence
    data = {"kind": "certificate", "sha256": "d" * 64, "pdf": "e" * 64, "proof": "equal"}
    desk.ledger.append([Fact("paper", ZHANG.key, data, ME, AT)])
    assert about_file(desk.standings, "e" * 64) == (ZHANG.key, "certificate")
    assert desk.standings.now().standing.sequence == sequence
    assert about_file(desk.standings, "f" * 64) == ("cohort", "form")


def test_an_overprint_is_moved_as_far_as_the_printer_is_off(office: Desk, senior: TestClient) -> None:
    page = senior.get("/issuing/overprint").text
    assert page.count("没有校准过") == 4
    told = write(senior, "/issuing/overprint/offset", paper="结业证书", right="很多")
    assert (told.status_code, "偏移要写毫米数" in told.text) == (409, True)
    assert "请写明哪种材料" in write(senior, "/issuing/overprint/offset", right="1").text
    assert write(senior, "/issuing/overprint/offset", paper="结业证书", right="1.5", down="-0.8").status_code == 303
    assert "右移1.5毫米、上移0.8毫米" in senior.get("/issuing/overprint").text
    begun = write(senior, "/issuing/overprint", paper="结业证书")
    told = until(senior, begun.headers["location"], "正在办")
    assert "套打：结业证书1人，未放行0人；已按校准值右移1.5毫米、上移0.8毫米" in told.text
    [file] = re.findall(r"/issuing/overprint/([0-9a-f]{64})", senior.get("/issuing/overprint").text)
    assert senior.get(f"/issuing/overprint/{file}").content.startswith(b"%PDF")
    assert last(office).data["what"] == "overprint_certificate"
    assert senior.get(f"/issuing/overprint/{'0' * 64}").status_code == 409


# --- what papers lack ---


def test_what_papers_lack_is_told_by_kind_and_person_by_person(desk: Desk) -> None:
    gaps = (
        Gap(ZHANG.key, "鉴定表", ("班级活动",)), Gap(LI.key, "鉴定表", ("班级活动", "学历")),
        Gap(LI.key, "证书", (), ("没有字体能印出“𬱖”",)), Gap("", "报告", ("发文机关",)),
    )  # fmt: skip
    page = preflight_page(desk.standings.now().standing, Lacking(gaps, (("成果汇报会", "还没有填日期"),)))
    assert [(one.title, one.grave, len(one.people)) for one in page.faults][:2] == [
        ("没有字体能印出“𬱖”", True, 1), ("缺班级活动", False, 2)
    ]  # fmt: skip
    assert [one.whose for one in page.people] == ["张村小学 张三", "李河中学 李四", "不属于个人的材料"]
    assert page.people[1].said == (("鉴定表", "班级活动、学历", ()), ("证书", "", ("没有字体能印出“𬱖”",)))


def test_the_check_is_worked_out_once_behind_the_scenes(desk: Desk, client: TestClient) -> None:
    told = until(client, "/issuing/check", "逐份看一遍").text
    assert "缺" in told
    assert f'href="/persons/{LI.key}"' in told
    assert "成果汇报会：还没有填日期" in told
    assert "逐份看一遍" not in visitor(desk, "reader").get("/issuing/check").text


# --- one work at a time ---


def test_what_breaks_behind_the_scenes_says_so_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    previews, empty = Previews(), dict[str, str]()
    name = previews.begin("me", "what", lambda: empty["absent"], patience=5)
    previews.close()
    found = previews.of("me", name, str, str)
    assert found is not None
    assert (found.is_ready, found.fault) == (True, FAULT)
    assert "KeyError" in caplog.text


def test_one_work_at_a_time_and_each_keeps_how_it_ended(workspace: Settings) -> None:
    watch, steps = RunWatch(workspace), iter(range(2))

    def slow(request: RunRequest) -> Ended:
        request.told("印证书", 1, 2)
        assert not watch.start(ME, "packet", slow)
        next(steps)
        return Ended(("好",), date(2016, 12, 9))

    def broken(_: RunRequest) -> Ended:
        raise WorkspaceError("没有这样的。")

    for name, work in (("issue", slow), ("papers", broken)):
        assert watch.start(ME, name, work)
        watch.stop()
    done, failed = watch.of("issue"), watch.of("papers")
    assert done is not None
    assert failed is not None
    assert (done.lines, done.made, done.stages, done.by) == (("好",), date(2016, 12, 9), {"印证书": (1, 2)}, ME.user)
    assert (failed.fault, failed.lines, watch.of("packet"), watch.progress.going) == ("没有这样的。", (), None, False)


def test_nothing_else_begins_meanwhile(desk: Desk, client: TestClient) -> None:
    told: list[Response] = []

    def meanwhile(_: RunRequest) -> Ended:
        told.append(write(client, "/issuing/packet", status="draft"))
        return Ended(())

    desk.runs.start(ME, "papers", meanwhile)
    desk.runs.stop()
    assert "正在处理别的事，这件没有开始" in told[0].text
    assert client.get("/issuing/work/packet").headers["location"] == "/issuing/packet"
    assert client.get("/issuing/work/other").status_code == 409


# --- words ---


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("请收回原件后运行 gengang issue P-1 --again --why 原因（另给新号，旧号作废）。",
         "请收回原件后在登记册里换发（另给新号，旧号作废）。"),
        ("请用 --why 写明原因，例如 遗失、姓名印错。", "请写明原因，例如 遗失、姓名印错。"),
        ("密钥换了。请运行 gengang backup。", "密钥换了。请管理员备份。"),
    ],
)  # fmt: skip
def test_no_command_is_named_at_the_desk(sentence: str, said: str) -> None:
    assert at_desk(sentence) == said


def test_no_page_of_the_room_names_a_command(senior: TestClient) -> None:
    for address in ("/issuing", "/issuing/check", "/issuing/register", "/issuing/packet", "/issuing/papers",
                    "/issuing/overprint", "/issuing/meetings", "/issuing/register/J-2016-000001"):  # fmt: skip
        page = senior.get(address).text
        assert not re.search(r"gengang |--\w", page.replace(token_of(page), "")), address  # a token may have anything

"""会议信息 typed on a page, the packet's gaps and files, office papers asked for, and the province's workbook."""

import io
import re
import time
from datetime import date

import pytest
from httpx2 import Response
from openpyxl import Workbook, load_workbook
from starlette.testclient import TestClient

from gengang.convening import BEFORE, rows_known, take_in_meetings
from gengang.desk import working
from gengang.desk.office import Desk
from gengang.desk.running import Ended
from gengang.desk.views.meetings import at_page, meeting_page, rows_typed
from gengang.desk.views.office_papers import PRINTS
from gengang.desk.views.packets import packet_files, packet_lacks, sums_in
from gengang.desk.views.paper_kinds import asking_typed, papers_typed, parts
from gengang.desk.views.printed import result_of
from gengang.findings import Finding
from gengang.issuing import NOT_APPROVED, Written
from gengang.ledger_lease import lease
from gengang.meetingbook import FILE, meetings_in, sheets_of_rows
from gengang.meetings import Meeting
from gengang.night import material_from
from gengang.office.catalogue import KINDS
from gengang.papers.draft import Draft
from gengang.papers.packet import FOLDER
from gengang.papers.packet_files import SUMS, sums_of
from gengang.press import Pressed
from tests.desk.desks import token_of, write
from tests.desk.rooms.people import LI, ZHANG, last
from tests.unit.facts_of_papers import AT, ME
from tests.whole.samples import TOLD

SHOWCASE = {"event": "showcase", "会议:0:held_on": "2016-12-09", "会议:0:starts": "09:00", "会议:0:place": "报告厅",
            "会议:0:chair": "赵主任", "会议:0:name_order": "笔画", "议程:0:item": "领导讲话", "议程:0:who": "孙局长",
            "议程:1:item": "", "汇报:0:name": "张三", "汇报:0:title": "让课堂慢下来"}  # fmt: skip


def told(desk: Desk) -> Meeting | None:
    """What is known of the showcase."""
    return desk.standings.fold().judged.season.meetings.get("showcase")


def saved(client: TestClient, seen: str = "", **typed: str) -> Response:
    page = client.get("/issuing/meetings?event=showcase").text
    shown = re.search(r'name="seen" value="(\d+)"', page)
    assert shown is not None
    answer = write(client, "/issuing/meetings", **{**SHOWCASE, "seen": seen or shown[1], **typed})
    return client.get(answer.headers["location"]) if answer.status_code == 303 else answer


# --- meetings ---


def test_what_is_typed_is_what_the_workbook_would_say(desk: Desk, client: TestClient) -> None:
    answer = saved(client)
    assert (answer.status_code, "已保存" in answer.text) == (200, True)
    meeting = told(desk)
    assert meeting is not None
    assert (meeting.held_on, meeting.starts, meeting.place) == (date(2016, 12, 9), "09:00", "报告厅")
    assert [(one.item, one.who) for one in meeting.agenda] == [("领导讲话", "孙局长")]
    assert [(one.person, one.title) for one in meeting.talks] == [(ZHANG.key, "让课堂慢下来")]
    assert meeting.duties == ()
    page = client.get("/issuing/meetings?event=showcase").text
    assert all(f'value="{value}"' in page for value in ("2016-12-09", "张三", "孙局长"))
    assert not (desk.settings.workspace / FILE).exists()


def test_every_meeting_goes_to_a_page_and_back(desk: Desk) -> None:
    scheme, roster = (judged := desk.standings.now().judged).scheme, judged.season.roster
    rows = rows_known(scheme, roster, {"showcase": TOLD})
    [meeting] = [one for one in meetings_in(sheets_of_rows(rows), scheme, roster).meetings if one.event == "showcase"]
    assert meeting == TOLD


def test_a_fault_keeps_what_was_typed_and_says_where(desk: Desk, client: TestClient) -> None:
    head = desk.ledger.head()
    told = saved(client, **{"会议:0:contact_phone": "13800138000", "议程:0:minutes": "很久"})
    assert (told.status_code, desk.ledger.head()) == (422, head)
    assert "会议“办公电话”：通知和会议手册人人看得到" in told.text
    assert "议程第1行“分钟”：应是1到600的整数，现在是“很久”" in told.text
    assert all(f'value="{value}"' in told.text for value in ("13800138000", "很久", "报告厅"))
    assert at_page("工作表“领导”第3行“姓名”：空") == "领导第2行“姓名”：空"


def test_what_was_typed_stays_while_a_run_holds_the_ledger_or_the_workbook_is_wrong(
    desk: Desk, client: TestClient
) -> None:
    with lease(desk.ledger, "李老师"):
        held = saved(client)
    assert (held.status_code, "台账正被占用：李老师" in held.text, 'value="报告厅"' in held.text) == (409, True, True)
    assert "数据没有更新" not in held.text
    (desk.settings.workspace / FILE).write_bytes(put_in(client.get("/issuing/meetings.xlsx").content, showcase=""))
    sheet, wrong = load_workbook(desk.settings.workspace / FILE), io.BytesIO()
    sheet["会议"]["C4"].value = "很早"
    sheet.save(wrong)
    (desk.settings.workspace / FILE).write_bytes(wrong.getvalue())
    told = saved(client)
    assert (told.status_code, f"{FILE} 有1处要改" in told.text, 'value="报告厅"' in told.text) == (422, True, True)
    assert "工作表“会议”第4行“开始时间”" in told.text  # its place in the workbook, which is not the page's


def test_two_clerks_at_one_meeting_and_the_workbook_follows_the_page(desk: Desk, client: TestClient) -> None:
    book = desk.settings.workspace / FILE
    book.write_bytes(client.get("/issuing/meetings.xlsx").content)
    answer = saved(client)
    assert "您的没有保存" in answer.text  # the workbook said something first
    desk.standings.fold()
    assert saved(client).status_code == 200
    assert (meeting := told(desk)) is not None
    take_in_meetings(book, desk.standings.now().judged.scheme, desk.ledger, ME, AT)
    assert told(desk) == meeting
    second = saved(client, seen="1", **{"会议:0:place": "食堂"})
    assert (second.status_code, "刚刚被别人改过" in second.text, told(desk)) == (409, True, meeting)


def test_a_workbook_that_cannot_be_written_keeps_the_page_from_saving(desk: Desk, client: TestClient) -> None:
    book = desk.settings.workspace / FILE
    book.write_bytes(client.get("/issuing/meetings.xlsx").content)
    take_in_meetings(book, desk.standings.now().judged.scheme, desk.ledger, ME, AT)
    desk.standings.fold()
    (barred := book.with_name(f"~{FILE}.tmp")).mkdir()  # as Excel does on Windows, the machine refuses
    head = desk.ledger.head()
    answer = saved(client)
    assert (answer.status_code, "请先关掉打开它的" in answer.text, desk.ledger.head()) == (409, True, head)
    barred.rmdir()
    saved(client)
    assert (meeting := told(desk)) is not None
    assert meeting.place == "报告厅"


def put_in(data: bytes, **places: str) -> bytes:
    """A workbook with the places of meetings filled in, as Excel saves it. places: id of the event -> 地点."""
    names = {"showcase": "成果汇报会", "briefing": "跟岗研修工作预备会"}
    sheet, filled = load_workbook(io.BytesIO(data)), io.BytesIO()
    for event, place in places.items():
        next(row for row in sheet["会议"].iter_rows(min_row=2) if row[0].value == names[event])[5].value = place
    sheet.save(filled)
    return filled.getvalue()


def brought(client: TestClient, data: bytes) -> Response:
    fields = {"token": token_of(client.get("/").text)}
    return client.post("/issuing/meetings.xlsx", data=fields, files={"book": (FILE, data)})


def places(desk: Desk) -> tuple[str, str]:
    """Where the briefing and the showcase are."""
    meetings = desk.standings.fold().judged.season.meetings
    return meetings["briefing"].place, meetings["showcase"].place


def test_the_workbook_is_brought_filled_in(desk: Desk, client: TestClient) -> None:
    data = client.get("/issuing/meetings.xlsx").content
    assert brought(client, put_in(data, showcase="报告厅")).status_code == 303
    assert places(desk) == ("", "报告厅")
    assert brought(client, put_in(data, showcase="礼堂")).status_code == 303  # the same file, filled in further
    assert places(desk) == ("", "礼堂")
    sheet, wrong = load_workbook(io.BytesIO(data)), io.BytesIO()
    sheet["会议"]["C4"].value = "很早"
    sheet.save(wrong)
    refused = brought(client, wrong.getvalue())
    assert (refused.status_code, "不是时间" in refused.text, places(desk)) == (409, True, ("", "礼堂"))
    broken = brought(client, b"no workbook")
    assert (broken.status_code, "打不开" in broken.text) == (409, True)


def test_a_workbook_does_not_undo_what_was_told_since_it_was_downloaded(desk: Desk, client: TestClient) -> None:
    data = client.get("/issuing/meetings.xlsx").content
    saved(client)
    clash = brought(client, put_in(data, showcase="食堂"))
    assert (clash.status_code, "成果汇报会的信息在您下载以后被别人改过" in clash.text) == (409, True)
    assert brought(client, put_in(data, briefing="会议室")).status_code == 303
    assert places(desk) == ("会议室", "报告厅")
    take_in_meetings(desk.settings.workspace / FILE, desk.standings.now().judged.scheme, desk.ledger, ME, AT)
    assert places(desk) == ("会议室", "报告厅")


def test_a_workbook_that_lies_there_is_read_and_kept_before_another_takes_its_place(
    desk: Desk, client: TestClient
) -> None:
    data, book = client.get("/issuing/meetings.xlsx").content, desk.settings.workspace / FILE
    book.write_bytes(by_hand := put_in(data, showcase="报告厅"))
    for _ in range(2):
        clash = brought(client, put_in(data, showcase="食堂"))
        assert (clash.status_code, "被别人改过" in clash.text) == (409, True)
    assert brought(client, put_in(data, briefing="会议室")).status_code == 303
    assert places(desk) == ("会议室", "报告厅")
    assert (desk.settings.workspace / BEFORE).read_bytes() == by_hand


def test_a_meeting_has_the_papers_that_the_scheme_asks_for(desk: Desk) -> None:
    standing = desk.standings.now().standing
    small, show = (meeting_page(standing, id, {}) for id in ("briefing", "showcase"))
    assert small is not None
    assert show is not None
    assert [name for name, _ in small.papers] == ["会议通知", "签到表"]
    assert {"议程", "主持词", "座次图"} < {name for name, _ in show.papers}
    assert [still for _, _, still in show.events] == [9, 9, 9]
    typed = rows_typed({"议程:2:item": "乙", "议程:0:item": " 甲 ", "议程:x:item": "丙", "other": "1"}, show.event)
    assert [row["item"] for row in typed["议程"]] == ["甲", "乙"]


# --- the packet ---


def test_the_packet_says_what_it_lacks(desk: Desk) -> None:
    standing = desk.standings.now().standing
    found = packet_lacks(standing, material_from(standing.judged, standing.templates, ()))
    lacks = {one.title: one for one in found.lacks}
    assert found.event == "成果汇报会"
    assert (lacks["会议信息"].number, lacks["会议信息"].link) == (9, "/issuing/meetings")
    assert [key for key, _, _ in lacks["可以出而没有发的证书"].people] == [ZHANG.key]
    assert [key for key, _, _ in lacks["没有交研修成果的学员"].people] == [LI.key]
    assert lacks["没有佐证材料的学员"].number == 2


def test_what_was_bound_is_listed_and_handed_out_by_its_hash(desk: Desk, client: TestClient) -> None:
    assert "还没有汇编过" in client.get("/issuing/packet").text
    folder = desk.settings.outbox / FOLDER
    (folder / "各校").mkdir(parents=True)
    for name in ("会议手册_草稿.pdf", "各校/01张村小学.zip"):
        (folder / name).write_bytes(f"as bound: {name}".encode())
    (folder / SUMS).write_bytes(sums_of(folder) + f"{'0' * 64}  ../gengang.db\n".encode())
    files = packet_files(folder)
    assert ([one.name for one in files.volumes], [one.name for one in files.schools]) == (
        ["会议手册_草稿.pdf"], ["01张村小学.zip"]
    )  # fmt: skip
    assert client.get(f"/issuing/bound/{files.schools[0].sha256}").content == "as bound: 各校/01张村小学.zip".encode()
    assert (last(desk).kind, last(desk).subject) == ("looked_at", "packet")
    assert client.get(f"/issuing/bound/{'0' * 64}").status_code == 409
    (folder / "会议手册_草稿.pdf").write_bytes(b"changed")
    assert "已被人改过" in client.get(f"/issuing/bound/{files.volumes[0].sha256}").text
    assert sums_in(folder / "none") == ()


# --- office papers ---


def test_every_paper_stands_on_the_page_once(client: TestClient) -> None:
    page = client.get("/issuing/papers").text
    shown = [name for part in parts() for name, _ in part.papers]
    assert {*shown} | PRINTS.keys() == {kind.name for kind in KINDS}
    assert not {*shown} & PRINTS.keys()
    assert all(page.count(f'name="paper:{name}"') == 1 for name in shown)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "请先选要印的材料"),
        ({"paper:议程": "on", "month": "十月"}, "月份应写成 2016-10 的样子"),
        ({"paper:议程": "on", "number": "十二号"}, "发文字号应写成"),
        ({"paper:议程": "on", "number": "12号"}, "现在是“12号”"),
    ],
)
def test_what_was_asked_wrongly_is_told(client: TestClient, typed: dict[str, str], said: str) -> None:
    answer = write(client, "/issuing/papers", **typed)
    assert (answer.status_code, said in answer.text) == (409, True)


def test_papers_are_asked_for_as_the_command_does() -> None:
    asked = asking_typed({"school": "张村小学", "month": "2016-10", "number": "安教体[2016]12号", "person": " 张三 "})
    assert (asked.school, asked.month, asked.number, asked.person) == (
        "张村小学", date(2016, 10, 1), "安教体〔2016〕12号", "张三"
    )  # fmt: skip
    assert papers_typed({"paper:议程": "on", "paper:盒脊": "on", "other": ""}) == ("议程", "盒脊")


def test_a_paper_that_cannot_be_printed_says_why(desk: Desk, client: TestClient) -> None:
    begun = write(client, "/issuing/papers", **{"paper:签到表": "on", "event": "none"})
    assert begun.headers["location"] == "/issuing/work/papers"
    desk.runs.stop()
    assert "签到表：现在没有要印的" in client.get("/issuing/work/papers").text
    answer = write(client, "/issuing/hand-out", what="forms", person="王五")
    assert (answer.status_code, "花名册里没有“王五”" in answer.text) == (409, True)


def test_what_came_of_printing_is_told_with_its_files(desk: Desk) -> None:
    judged = desk.standings.now().judged
    draft = Draft(
        "certificate", "certificate", "papers", ZHANG.key, {"number": "第1号"}, "证书/张三_1号", 1, final=True
    )
    held = Draft("bulletin", "bulletin", "papers", "", {}, "通报/十月", 9)
    pressed = (
        Pressed(draft, "new", "证书/张三_1号", "d", "p", 1, (NOT_APPROVED,)),
        Pressed(held, "held", findings=(Finding("glyph", "印不出“𬱖”", severity="error"),)),
        Pressed(draft, "same", "证书/张三_1号", "d", "p", 1),
    )
    result = result_of(Written(pressed, ("新出1份。", "  未放行 通报/十月：印不出“𬱖”"), 1), judged)
    assert result is not None
    [made], [back] = result.fresh, result.held
    assert (made.key, made.number, made.pdf, made.said) == (ZHANG.key, "第1号", "p", ())
    assert (back.name, back.said, result.same, result.lines) == ("十月", ("印不出“𬱖”",), 1, ("新出1份。",))
    assert result_of(Ended(()), judged) is None


def test_a_long_list_says_how_many_there_are_and_how_many_it_shows(desk: Desk, client: TestClient) -> None:
    draft = Draft("certificate", "certificate", "papers", "", {}, "证书/甲", 1)
    many = tuple(Pressed(draft, status, "证书/甲", "d", "p", 1) for status in ("new", "held") for _ in range(305))
    desk.runs.start(ME, working.PAPERS, lambda _: Ended((), Written(many, (), 305)))
    desk.runs.stop()
    page = client.get("/issuing/work/papers").text
    assert page.count("305 份，只列前 300 份") == 2
    assert page.count('<tr><th scope="row">甲') == 600


def test_covers_and_forms_are_handed_out_in_the_background(desk: Desk, client: TestClient) -> None:
    begun = write(client, "/issuing/hand-out", what="bag", person="张三")
    assert begun.headers["location"] == f"/issuing/work/{working.PAPERS}"
    desk.runs.stop()
    page = client.get("/issuing/work/papers").text
    assert "新出1份" in page
    [file] = re.findall(r"/issuing/paper/([0-9a-f]{64})\"[^>]*PDF", page)
    assert client.get(f"/issuing/paper/{file}").content.startswith(b"%PDF")


# --- the province's platform ---


def test_a_platforms_workbook_is_filled_in(desk: Desk, client: TestClient) -> None:
    book, filled = Workbook(), io.BytesIO()
    book.worksheets[0].append(["序号", "姓名", "身份证号", "学时", "备注一"])
    book.save(filled)
    fields = {"token": token_of(client.get("/").text), "whom": "trainees"}
    begun = client.post("/issuing/platform", data=fields, files={"book": ("省平台 样表.xlsx", filled.getvalue())})
    address = begun.headers["location"]
    for _ in range(400):
        page = client.get(address).text
        if "正在填" not in page:
            break
        time.sleep(0.05)
    assert "已写出1人" in page
    assert "这些列程序不认识，留空待填：备注一" in page
    sheet = load_workbook(io.BytesIO(client.get(f"{address}?keep=yes").content)).worksheets[0]
    assert [cell.value for cell in sheet[2]][1:4] == ["张三", ZHANG.id_number, "60"]
    assert (last(desk).kind, last(desk).subject, last(desk).data["what"]) == ("looked_at", "cohort", "platform")
    assert client.get("/issuing/platform/none").status_code == 409
    wrong = client.post("/issuing/platform", data=fields)
    assert (wrong.status_code, "请选平台的样表" in wrong.text) == (409, True)

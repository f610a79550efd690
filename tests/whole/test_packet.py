"""The December packet of a whole season: two volumes, what a correction swaps, and equal bytes from equal facts."""

import hashlib
import io
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from gengang.convening import meeting_information
from gengang.errors import MeetingsError, WorkspaceError
from gengang.handing_out import office_papers
from gengang.issuing import Written
from gengang.ledger import kept_ledger
from gengang.meetingbook import FILE
from gengang.meetings import Meeting, Talk
from gengang.office.kinds import Asking
from gengang.packeting import packet_papers
from gengang.papers.print_proof import page_texts
from gengang.season import roster_of
from gengang.settings import Settings
from tests.whole.samples import AT, ME, TOLD, bytes_under, copied, request, told_meeting

HANDBOOK, OFFICE = "会议手册", "办公室底册"
DESK = "汇编"


def bind(settings: Settings, school: str = "", final: bool = False) -> Written:
    return packet_papers(request(settings), school, final)


def files(settings: Settings) -> Mapping[str, bytes]:
    return bytes_under(settings.outbox / DESK)


def text_of(data: bytes) -> str:
    return "".join("".join(page_texts(data)).split())


def titles(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        return [str(item.title) for item in outline.root]


def test_the_volume_for_the_room_names_nobody_who_lacks_or_failed_and_no_private_number(few_packet: Path) -> None:
    data = bytes_under(few_packet / "outbox" / DESK)[f"{HANDBOOK}_定稿.pdf"]
    text = text_of(data)
    with kept_ledger(Settings(few_packet)) as ledger:
        people = roster_of(ledger.read())
    for one in (*people.trainees, *people.mentors):
        assert one.id_number not in text
        assert not one.phone or one.phone not in text
    for word in ("得分", "不合格", "缓发", "未交", "缺勤", "迟到", "13800138000", "通报批评", "未到"):
        assert word not in text
    assert "让课堂慢下来" in text
    assert "孙局长" in text


def test_each_volume_has_its_parts_behind_cover_and_contents_with_numbered_pages(few_packet: Path) -> None:
    made = bytes_under(few_packet / "outbox" / DESK)
    room, office = (titles(made[f"{name}_定稿.pdf"]) for name in (HANDBOOK, OFFICE))
    assert room == ["封面", "目录", *(f"{number}　{title}" for number, title in (
        ("01", "会议通知"), ("02", "议程"), ("03", "主持词"), ("04", "参会人员名单"), ("05", "座次图"),
        ("06", "汇报顺序及时长"), ("07", "汇报材料目录"), ("08", "表彰名单及表彰通报"), ("11", "展示材料清单"),
        ("12", "成果汇编目录"), ("14", "新闻通稿草稿")))]  # fmt: skip
    assert office[:7] == ["封面", "目录", "09　证书发放清单", "10　签到表", "13　会务分工", "15　缺件及未到情况",
                          "证书缓发及不发情况"]  # fmt: skip
    assert {"培训结业证书", "学时证明书", "学员鉴定表", "缺件清单"} <= {*office}
    assert "丁秀（周寨小学，教体局存）" in text_of(made[f"{OFFICE}_定稿.pdf"]).replace("(", "（")
    pages = page_texts(made[f"{HANDBOOK}_定稿.pdf"])
    assert [page.split()[-1] for page in pages[1:]] == [str(number) for number in range(2, len(pages) + 1)]


def test_no_clock_and_no_maker_stands_in_a_volume(few_packet: Path) -> None:
    for name in (HANDBOOK, OFFICE):
        with pikepdf.open(few_packet / "outbox" / DESK / f"{name}_定稿.pdf") as pdf:
            assert dict(pdf.docinfo) == {}
            assert "/Metadata" not in pdf.Root


def test_the_same_facts_give_the_same_bytes_also_after_every_paper_was_printed_again(
    few_packet: Path, tmp_path: Path
) -> None:  # fmt: skip
    settings = copied(few_packet, tmp_path / "w")
    before = files(settings)
    shutil.rmtree(settings.outbox)
    settings.outbox.mkdir()
    shutil.rmtree(settings.workspace / ".press")
    done = bind(settings, final=True)
    assert any("要处理0处" in line for line in done.lines)
    after = {name: data for name, data in files(settings).items() if not name.startswith("换页清单")}
    sums = {name: {line for line in data.decode().splitlines() if "换页清单" not in line}
            for name, data in after.items() if name == "校验清单.txt"}  # fmt: skip
    assert {name for name, data in before.items() if after.get(name) != data} <= {"校验清单.txt"}
    assert sums["校验清单.txt"] == {*before["校验清单.txt"].decode().splitlines()}


def test_after_a_correction_the_list_names_the_pages_to_swap_and_no_other(few_packet: Path, tmp_path: Path) -> None:
    settings = copied(few_packet, tmp_path / "w")
    changed = replace(TOLD, place="县第一中学礼堂")
    told_meeting(settings, changed)
    done = bind(settings)
    pages = page_texts((settings.outbox / DESK / "换页清单.pdf").read_bytes())
    text = "".join("".join(pages).split())
    assert "对照2016年12月7日的定稿" in text
    for title in ("01会议通知", "02议程", "05座次图", "14新闻通稿草稿", "10签到表"):
        assert title in text
    for title in ("03主持词", "04参会人员名单", "培训结业证书", "学员鉴定表", "13会务分工", "封面"):
        assert title not in text
    assert any("换页清单" in line for line in done.lines)


def test_a_school_gets_its_peoples_papers_and_nobody_elses(few_packet: Path, tmp_path: Path) -> None:
    settings = copied(few_packet, tmp_path / "w")
    before = files(settings)
    stages: list[tuple[str, int, int]] = []
    packet_papers(replace(request(settings), told=lambda *told: stages.append(told)), "周寨小学")
    assert stages[-1] == ("各校材料", 1, 1)
    [name] = [name for name in before if "周寨小学" in name and name.endswith(".zip")]
    with zipfile.ZipFile(io.BytesIO(before[name])) as package:
        members = package.namelist()
        pdf = package.read(members[0])
    assert any(member.startswith("Word版/学员鉴定表/") for member in members)
    assert "丁秀" in text_of(pdf)
    assert "叶玉桂" not in text_of(pdf)
    with pytest.raises(WorkspaceError, match="没有“无名小学”"):
        bind(settings, school="无名小学")


def test_every_file_is_on_the_list_of_hashes(few_packet: Path) -> None:
    made = bytes_under(few_packet / "outbox" / DESK)
    lines = [line.partition("  ") for line in made["校验清单.txt"].decode().splitlines()]
    listed = {name: sha256 for sha256, _, name in lines}
    assert listed == {name: hashlib.sha256(data).hexdigest() for name, data in made.items() if name != "校验清单.txt"}
    with zipfile.ZipFile(io.BytesIO(made["Word文件.zip"])) as package:
        assert "会议手册/01会议通知.docx" in package.namelist()


def test_a_workbook_with_faults_binds_nothing_and_names_them_all(few_packet: Path, tmp_path: Path) -> None:
    settings = copied(few_packet, tmp_path / "w")
    before = files(settings)
    told_meeting(settings, Meeting("showcase", contact_phone="13800138000", chair="赵主任", talks=(
        Talk("", "李老师", "", "", 9999),)))  # fmt: skip
    with pytest.raises(MeetingsError) as raised:
        bind(settings)
    assert len(raised.value.faults) == 2
    assert files(settings) == before


def test_a_paper_of_a_meeting_is_printed_as_the_workbook_says_now(few_packet: Path, tmp_path: Path) -> None:
    settings = copied(few_packet, tmp_path / "w")
    told_meeting(settings, replace(TOLD, place="县第一中学礼堂"))
    done = office_papers(request(settings), ("议程",), Asking(event="成果汇报会"))
    assert [(one.status, one.draft.values["place"]) for one in done.pressed] == [("new", "县第一中学礼堂")]
    told_meeting(settings, replace(TOLD, contact_phone="13800138000"))
    with pytest.raises(MeetingsError):
        office_papers(request(settings), ("议程",), Asking())


def test_the_workbook_is_laid_ready_then_taken_in(few_packet: Path, tmp_path: Path) -> None:
    settings = copied(few_packet, tmp_path / "w")
    (settings.workspace / FILE).unlink()
    laid = meeting_information(settings, ME, AT)
    assert (laid.exit_code, "已备好" in laid.lines[0]) == (0, True)
    taken = meeting_information(settings, ME, AT)
    assert taken.lines[0] == "已记下3次会议。"
    assert [line[:8] for line in taken.lines[1:]] == ["跟岗研修工作预备", "跟岗研修对接会还"]

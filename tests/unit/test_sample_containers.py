"""Mails, zips, joined PDFs and workbooks of the sample: what is inside, how names are written, no clock."""

import email
import email.policy
import io
import zipfile
from datetime import date
from email.message import EmailMessage

import openpyxl
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gengang.sample.containers import Attachment, foreign_form, joined, mailed, workbook_of_list, zipped
from gengang.sample.pictures import jpeg, pages_of
from tests.unit.sample_pages import box_pages

DAY = date(2016, 12, 6)
PNG = b"\x89PNG\r\n\x1a\nsmall"
NAMES = st.text("王芳李店镇初级中学的鉴定表（最终版）-_1aA", min_size=1, max_size=30)


def parsed(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def payloads(message: EmailMessage) -> list[object]:
    parts = (part for part in message.walk() if part.get_content_type() == "application/octet-stream")
    return [part.get_payload(decode=True) for part in parts]


# --- mail ---


def test_a_forwarded_mail_lies_inside_with_its_own_attachments() -> None:
    inner = mailed("材料", "李店镇初级中学", DAY, [Attachment("一.docx", b"one")])
    outer = parsed(mailed("转发：材料", "安和县实验学校", DAY, [Attachment("二.docx", b"two")], forwarded=[inner]))
    assert payloads(outer) == [b"two", b"one"]
    [carried] = [part for part in outer.walk() if part.get_content_type() == "message/rfc822"]
    assert carried.get_content()["subject"] == "材料"


def test_mails_can_be_forwarded_twice() -> None:
    data = mailed("材料", "李店镇初级中学", DAY, [Attachment("一.docx", b"one")])
    for number in range(2):
        data = mailed(f"转发{number}", "安和县实验学校", DAY, [], forwarded=[data])
    assert payloads(parsed(data)) == [b"one"]


def test_a_logo_is_shown_and_is_no_attachment() -> None:
    message = parsed(mailed("材料", "李店镇初级中学", DAY, [Attachment("一.docx", b"one")], logo=PNG))
    [picture] = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert picture.get_payload(decode=True) == PNG
    assert (picture.get_content_disposition(), picture["content-id"]) == ("inline", "<logo0001>")
    [page] = [part for part in message.walk() if part.get_content_type() == "text/html"]
    assert "老师好" in page.get_content()
    assert "cid:logo0001" in page.get_content()
    assert payloads(message) == [b"one"]


# --- zip ---


@given(members=st.dictionaries(NAMES, st.binary(max_size=300), max_size=5))
def test_names_of_a_windows_zip_decode_as_gbk_and_the_members_are_whole(members: dict[str, bytes]) -> None:
    data = zipped([Attachment(name, content) for name, content in members.items()])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        found = {info.filename.encode("cp437").decode("gbk"): archive.read(info) for info in archive.infolist()}
        assert found == members
        assert {info.flag_bits & 0x800 for info in archive.infolist()} <= {0}


def test_other_zips_say_that_their_names_are_utf_8() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped([Attachment("王芳.docx", b"x" * 99)], names_in_gbk=False))) as archive:
        [info] = archive.infolist()
    assert (info.filename, info.date_time) == ("王芳.docx", (2016, 12, 5, 9, 30, 0))
    assert info.compress_size < info.file_size


# --- joined PDFs ---


@given(pages=st.lists(st.integers(1, 3), min_size=1, max_size=4))
def test_the_ranges_of_joined_papers_cover_the_pages_in_order(pages: list[int]) -> None:
    whole, ranges = joined([box_pages(number) for number in pages])
    assert [last - first + 1 for first, last in ranges] == pages
    assert [number for first, last in ranges for number in range(first, last + 1)] == list(range(1, sum(pages) + 1))
    with pikepdf.open(io.BytesIO(whole)) as document:
        assert len(document.pages) == sum(pages)


def test_each_page_is_where_its_range_says() -> None:
    blank = pikepdf.new()
    blank.add_blank_page(page_size=(595, 842))
    made = io.BytesIO()
    blank.save(made)
    whole, ranges = joined([box_pages(2), made.getvalue(), box_pages(1)])
    assert ranges == ((1, 2), (3, 3), (4, 4))
    assert [bool((page < 100).any()) for page in pages_of(whole, 20)] == [True, True, False, True]
    assert joined([box_pages(2), made.getvalue(), box_pages(1)])[0] == whole


# --- workbook ---

HEADS = ("序号", "姓名", "身份证号", "联系电话")
ROWS = ((1, "王芳", "000000198003010021", "13900001111"), (2, "马建国", "00000019790512001X", "13900002222"))


@pytest.mark.parametrize("seed", range(4))
def test_a_workbook_has_title_headings_rows_and_total(seed: int) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_of_list("跟岗教师名单", HEADS, ROWS, seed))).worksheets[0]
    lines = [tuple(cell for cell in row if cell is not None) for row in sheet.iter_rows(values_only=True)]
    lines = [line for line in lines if line]
    assert lines[:4] == [("跟岗教师名单",), HEADS, *ROWS]
    assert lines[4][0] == "合计"
    assert str(lines[4][1]).startswith("2")
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:D1"]


def test_long_numbers_stand_as_text() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_of_list("名单", HEADS, ROWS, 1))).worksheets[0]
    long = [cell for row in sheet.iter_rows() for cell in row if len(str(cell.value)) >= 11]
    assert len(long) == 4
    assert {(cell.data_type, cell.number_format) for cell in long} == {("s", "@")}


def test_a_workbook_has_no_clock() -> None:
    made = [workbook_of_list("名单", HEADS, ROWS, seed) for seed in range(6)]
    assert made == [workbook_of_list("名单", HEADS, ROWS, seed) for seed in range(6)]
    assert len(set(made)) > 1
    with zipfile.ZipFile(io.BytesIO(made[0])) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2016-12-05T09:30:00Z" in package.read("docProps/core.xml")


def test_everything_is_made_the_same_twice() -> None:
    members = [Attachment("王芳.docx", b"one"), Attachment("照片.jpg", jpeg(pages_of(box_pages(1), 20)[0], 80))]
    assert zipped(members) == zipped(members)
    assert mailed("材料", "甲", DAY, members, logo=PNG) == mailed("材料", "甲", DAY, members, logo=PNG)
    assert foreign_form("表", (("甲", "乙"),)) == foreign_form("表", (("甲", "乙"),))

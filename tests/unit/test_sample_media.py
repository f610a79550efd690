"""Prints, scans, photos and mails of the sample: what they are made of, and that a seed fixes every byte."""

import email
import email.policy
import io
from datetime import date

import numpy as np
import pikepdf
import pypdfium2
import pytest

from gengang.rendering import writer_of
from gengang.sample.containers import Attachment, foreign_form, mailed
from gengang.sample.printing import printed
from gengang.sample.scanning import scanned
from gengang.wordxml import sheet_of_word
from gengang.workspace import BUILT_IN


@pytest.fixture
def pdf() -> bytes:
    """Two pages, a black box on each."""
    document = pikepdf.new()
    for _ in range(2):
        page = document.add_blank_page(page_size=(595, 842))
        page.Contents = pikepdf.Stream(document, b"0 g 100 400 300 200 re f")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_a_scan_has_the_pages_and_nothing_but_pictures(pdf: bytes) -> None:
    with pypdfium2.PdfDocument(scanned(pdf, 1)) as document:
        pages = [(page.get_size(), page.get_textpage().get_text_bounded()) for page in document]
    assert [text for _, text in pages] == ["", ""]
    assert pages[0][0] == pytest.approx((595, 842), abs=1)


def test_a_scan_keeps_the_ink_and_is_not_straight(pdf: bytes) -> None:
    with pypdfium2.PdfDocument(scanned(pdf, 1)) as document:
        picture = document[0].render(scale=200 / 72, grayscale=True).to_numpy()
    inside, outside = picture[700:1200, 330:1050], picture[100:400]
    assert inside.mean() < 60
    assert outside.mean() > 230
    edge = [int(np.argmax(picture[:, column] < 128)) for column in (320, 1080)]
    assert abs(edge[0] - edge[1]) >= 4


def test_a_print_has_its_text_and_no_clock() -> None:
    writer = writer_of((BUILT_IN / "forms" / "training_log.docx").read_bytes(), "training_log")
    document = writer.fill({"name": "李\U0002cc56", "log_date": "2016-09-06"})
    [first] = printed([document], BUILT_IN / "fonts")
    [second] = printed([document], BUILT_IN / "fonts")
    assert first == second
    with pypdfium2.PdfDocument(first) as made:
        assert "跟岗研修学员研修日志" in made[0].get_textpage().get_text_bounded()


def test_a_mail_names_its_attachments_as_old_clients_do() -> None:
    data = mailed("跟岗材料", "李店镇初级中学", date(2016, 12, 6), [Attachment("王芳鉴定表.docx", b"\x00\x01word")])
    mail = email.message_from_bytes(data, policy=email.policy.default)
    assert mail["subject"] == "跟岗材料"
    assert mail["date"].datetime.date() == date(2016, 12, 6)
    [attachment] = mail.iter_attachments()
    assert attachment.get_payload(decode=True) == b"\x00\x01word"
    assert b'filename="=?GBK?B?' in data
    assert "王芳鉴定表.docx".encode() not in data


def test_the_foreign_form_is_a_word_file() -> None:
    sheet = sheet_of_word(foreign_form("国培计划报名表", (("姓名", "张<三>"),)))
    assert [cell.text for row in sheet.rows for cell in row.cells][:3] == ["国培计划报名表", "姓名", "张<三>"]

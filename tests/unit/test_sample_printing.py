"""Prints and old Word files of the sample: one batch, one result each, and no clock in any of them."""

import pypdfium2

from gengang.rendering import writer_of
from gengang.sample.printing import olddoc, printed
from gengang.tools import probe_fonts
from gengang.workspace import BUILT_IN

FONTS = BUILT_IN / "fonts"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def logs(*names: str) -> list[bytes]:
    writer = writer_of((BUILT_IN / "forms" / "training_log.docx").read_bytes(), "training_log")
    return [writer.fill({"name": name, "log_date": "2016-09-06"}) for name in names]


def test_each_file_of_a_batch_is_printed_in_its_place() -> None:
    texts = []
    for pdf in printed(logs("王芳", "马建国"), FONTS):
        with pypdfium2.PdfDocument(pdf) as document:
            texts.append(document[0].get_textpage().get_text_bounded())
    assert ["王芳" in text for text in texts] == [True, False]
    assert ["马建国" in text for text in texts] == [False, True]


def test_two_runs_save_the_same_old_file() -> None:
    documents = logs("王芳", "马建国")
    first, second = olddoc(documents), olddoc(documents[::-1])[::-1]
    assert first == second
    assert [data[:8] for data in first] == [OLE, OLE]
    assert "马建国".encode("utf-16-le") in first[1]


def test_nothing_starts_no_office_program() -> None:
    assert (printed([], None), olddoc([])) == ((), ())


def test_the_hand_faces_are_found_and_print_faces_are_what_they_were() -> None:
    asked = ["Long Cang", "Ma Shan Zheng", "仿宋_GB2312", "黑体"]
    assert list(probe_fonts(asked, FONTS).values()) == ["Long Cang", "Ma Shan Zheng", "FandolFang", "Noto Sans CJK SC"]

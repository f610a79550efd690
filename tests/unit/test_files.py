"""The read contract's files: one entry each, in order, whatever happens; containers as one, their pictures joined."""

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from extractors.bitmap import Decoded, decoded
from extractors.files import known_of, read_bytes, read_files
from extractors.identify import kind_of
from gengang.reading import FieldReading, FileReading
from tests.faults.hostile import saved
from tests.unit.packing import mailed, zipped
from tests.unit.prints import FORMS, docx_of, file_of, pdf_of, pictures_of
from tests.unit.wordfiles import form_with, p

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def codes(file: FileReading) -> list[str]:
    return [finding.code for finding in file.findings]


def value(file: FileReading, name: str) -> object:
    field = file.submissions[0].fields[name]
    assert isinstance(field, FieldReading)
    return field.value


def test_one_entry_for_each_path_in_order_as_typed(tmp_path: Path) -> None:
    good, bad = tmp_path / "张三 报名表.docx", tmp_path / "坏.pdf"
    good.write_bytes(docx_of("training_log"))
    bad.write_bytes(b"%PDF-1.7 nothing")
    typed = [str(bad), f"{tmp_path}/./张三 报名表.docx", str(tmp_path / "没有.docx"), str(good), str(tmp_path)]
    files = read_files(typed, FORMS)
    assert [file.file for file in files] == typed
    assert [codes(file) for file in files] == [["unreadable_file"], [], ["missing_file"], [], ["missing_file"]]
    assert [len(file.submissions) for file in files] == [0, 1, 0, 1, 0]
    assert files[1].sha256 == files[3].sha256 == hashlib.sha256(docx_of("training_log")).hexdigest()


@pytest.mark.parametrize(
    ("name", "data", "medium"),
    [("a.docx", docx_of, "word"), ("a.pdf", pdf_of, "pdf")],
)
def test_word_and_its_print_say_the_same(name: str, data: object, medium: str) -> None:
    assert callable(data)
    file = read_bytes(name, data("training_log"), FORMS)
    assert (file.medium, value(file, "log_date"), value(file, "day_number")) == (medium, "2016-10-18", 4)


def test_a_lying_ending_is_told_and_the_content_read() -> None:
    file = read_bytes("徐丽.pdf", docx_of("training_log"), FORMS)
    assert codes(file) == ["wrong_extension"]
    assert (file.medium, value(file, "name")) == ("word", "徐丽")


def test_rtf_is_read_through_libreoffice() -> None:
    file = read_bytes("信.rtf", rb"{\rtf1\ansi hello}", FORMS)
    assert codes(file) == ["unknown_form"]


def test_a_broken_old_document_says_how_to_save_it(tmp_path: Path) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(2000)
    (tmp_path / "a.doc").write_bytes(old)
    (tmp_path / "b.docx").write_bytes(docx_of("training_log"))
    broken, good = read_files([str(tmp_path / "a.doc"), str(tmp_path / "b.docx")], FORMS)
    assert len(good.submissions) == 1
    assert broken.submissions == ()
    assert set(codes(broken)) <= {"unreadable_file", "unknown_form"}


def test_members_of_a_zip_are_named() -> None:
    members = {"甲/研修日志.docx": docx_of("training_log"), "b.pdf": pdf_of("training_log"), "__MACOSX/._b.pdf": b"x"}
    file = read_bytes("材料/a.zip", zipped(members), FORMS)
    assert [reading.members for reading in file.submissions] == [("a.zip!甲/研修日志.docx",), ("a.zip!b.pdf",)]
    assert file.medium == "word"
    assert codes(file) == []


def test_a_zip_in_a_mail_is_opened() -> None:
    inner = zipped({"日志.docx": docx_of("training_log")})
    file = read_bytes("a.eml", mailed("材料.zip", inner), FORMS)
    assert [reading.members for reading in file.submissions] == [("a.eml!材料.zip!日志.docx",)]


def test_one_bad_member_is_told_by_name_and_stops_no_other() -> None:
    members = {"坏.pdf": b"%PDF-1.7 nothing", "好.docx": docx_of("training_log"), "信.txt": "你好".encode()}
    file = read_bytes("a.zip", zipped(members), FORMS)
    assert len(file.submissions) == 1
    assert ["坏.pdf" in finding.message or "信.txt" in finding.message for finding in file.findings] == [True, True]


def test_pictures_in_a_container_are_pages_of_one_form() -> None:
    first, second = (file_of(page, "JPEG") for page in pictures_of("appraisal"))
    file = read_bytes("a.zip", zipped({"p10.jpg": second, "p2.jpg": first}), FORMS)
    assert file.medium == "scan"
    [reading] = file.submissions
    assert reading.form == "appraisal"
    assert reading.pages == (1, 2)
    assert reading.members == ("a.zip!p2.jpg", "a.zip!p10.jpg")
    assert value(file, "id_number") == "00000019760305123X"
    assert value(file, "grade") == "合格"


def test_a_photo_in_heic_is_read_as_any_photo() -> None:
    file = read_bytes("IMG_0001.HEIC", (GOLDEN / "training_log_page.heic").read_bytes(), FORMS)
    [reading] = file.submissions
    assert (reading.form, file.medium, file.findings) == ("training_log", "scan", ())
    assert (value(file, "name"), value(file, "log_date")) == ("徐丽", "2016-10-18")


def test_pages_of_a_tif_and_a_webp_are_pictures() -> None:
    first, second = (Image.new("L", (300, 400), shade) for shade in (200, 100))
    kept = {"a.tif": saved(first, "TIFF", [second]), "a.webp": saved(first, "WEBP")}
    found = {name: decoded(data) for name, data in kept.items()}
    assert {name: one.count for name, one in found.items() if isinstance(one, Decoded)} == {"a.tif": 2, "a.webp": 1}
    assert {name: kind_of(data, "x.dat") for name, data in kept.items()} == dict.fromkeys(kept, "image")


def test_photos_of_two_forms_in_one_zip_are_two_submissions() -> None:
    pages = [*pictures_of("appraisal"), *pictures_of("training_log")]
    members = {f"p{number}.jpg": file_of(page, "JPEG") for number, page in enumerate(pages, 1)}
    file = read_bytes("a.zip", zipped(members), FORMS)
    assert [(one.form, one.pages) for one in file.submissions] == [("appraisal", (1, 2)), ("training_log", (3,))]
    assert file.submissions[1].members == ("a.zip!p3.jpg",)


@pytest.mark.parametrize(
    ("name", "medium"),
    [("没有.pdf", "pdf"), ("没有.JPG", "scan"), ("没有.xlsx", "sheet"), ("没有.eml", "mail"), ("没有.zip", "archive"),
     ("没有.docx", "word"), ("没有", "word"), ("pdf", "word")],
)  # fmt: skip
def test_what_nobody_could_look_into_is_called_what_its_name_says(name: str, medium: str) -> None:
    [file] = read_files([name], FORMS)
    assert (file.medium, codes(file)) == (medium, ["missing_file"])


def test_containers_without_forms_are_called_what_they_are() -> None:
    assert read_bytes("a.zip", zipped({}), FORMS).medium == "archive"
    mail = read_bytes("a.eml", b"From: a@example.cn\r\nSubject: x\r\n\r\nhello", FORMS)
    assert (mail.medium, codes(mail)) == ("mail", ["no_attachment"])


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", b"", "empty_file"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.rar", b"Rar!\x1a\x07\x00", "unreadable_file"),
        ("a.xyz", bytes(range(256)), "unreadable_file"),
        ("~$报名表.docx", b"\x05user", "unreadable_file"),
        ("a.txt", "姓名：张三".encode(), "unreadable_file"),
        ("a.docx", docx_of("training_log")[:5000], "unreadable_file"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(name: str, data: bytes, code: str) -> None:
    file = read_bytes(name, data, FORMS)
    assert file.submissions == ()
    assert codes(file) == [code]
    assert any(word in file.findings[0].message for word in ("请", "删除"))


def test_a_foreign_paper_gives_no_field() -> None:
    file = read_bytes("a.docx", docx_of("training_log"), [form for form in FORMS if form.stem == "registration"])
    assert (file.submissions, codes(file)) == ((), ["unknown_form"])


def test_a_lone_letter_of_a_label_is_no_word_that_one_reading_is_enough_for() -> None:
    """The last line of somebody's text may be 荐, which a label that is printed downwards has too."""
    form = form_with(p("推"), p("荐"), p("推荐意见"), p("{{ said | prose }}"))
    assert known_of([form]).printed == {"推荐意见"}

"""LibreOffice and fontconfig as they really are: one bad file stops nobody, a hung program is ended."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from gengang.errors import ToolError
from gengang.tools import convert_office, probe_fonts, probe_soffice, settled_pdf
from tests.unit.prints import docx_of


def test_soffice_says_its_version() -> None:
    version = probe_soffice()
    assert version is not None
    assert version.startswith("LibreOffice")


def test_a_missing_soffice_is_no_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert probe_soffice() is None


def test_without_soffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolError, match="libreoffice-writer-nogui"):
        convert_office([tmp_path / "a.docx"], "pdf", tmp_path, 10)


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.docx", "坏.docx", "c.docx", "没有.docx")]
    files[0].write_bytes(docx_of("training_log"))
    files[1].write_bytes(docx_of("training_log")[:3000])
    files[2].write_bytes(docx_of("training_log"))
    done = convert_office(files, "pdf", tmp_path / "out", 120)
    assert [one.source for one in done] == files
    assert [one.result is not None for one in done] == [True, False, True, False]
    assert "坏.docx" in done[1].message
    assert "另存为" in done[1].message


def test_files_of_one_name_keep_two_results(tmp_path: Path) -> None:
    files = []
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        files.append(tmp_path / folder / "报名表.docx")
        files[-1].write_bytes(docx_of("training_log"))
    results = [one.result for one in convert_office(files, "pdf", tmp_path / "out", 120)]
    assert [result and result.name for result in results] == ["报名表.pdf", "报名表-2.pdf"]


def test_many_files_go_in_two_processes_and_come_back_in_order(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.docx" for number in range(22)]
    for file in files:
        file.write_bytes(docx_of("training_log"))
    done = convert_office(files, "pdf", tmp_path / "out", 180)
    assert [one.source for one in done] == files
    assert {one.result.stem for one in done if one.result} == {str(number) for number in range(22)}


def test_a_program_over_its_time_is_ended_and_leaves_no_result(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(docx_of("training_log"))
    [done] = convert_office([file], "pdf", tmp_path / "out", 0.05)
    assert done.result is None
    assert list((tmp_path / "out").iterdir()) == []


def test_two_prints_of_one_document_are_equal_once_settled(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(docx_of("training_log"))
    prints = []
    for run in ("1", "2"):
        [done] = convert_office([file], "pdf", tmp_path / run, 120)
        assert done.result is not None
        prints.append(done.result.read_bytes())
    assert prints[0] != prints[1]
    first, second = (settled_pdf(data) for data in prints)
    assert first == second
    with pikepdf.open(BytesIO(first)) as pdf:
        assert len(pdf.pages) == 1


def test_what_is_no_pdf_cannot_be_settled() -> None:
    with pytest.raises(ToolError, match="不完整"):
        settled_pdf(b"%PDF-1.4 nothing")


def test_fonts_of_a_folder_replace_the_systems(tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>@FONTS@</dir>'
        '<match target="pattern"><test name="family"><string>办公室字体</string></test>'
        '<edit name="family" mode="assign" binding="same"><string>Noto Serif CJK SC</string></edit></match>'
        "</fontconfig>",
        "utf-8",
    )
    assert probe_fonts(["办公室字体"], tmp_path) == {"办公室字体": "Noto Serif CJK SC"}
    assert probe_fonts(["办公室字体"])["办公室字体"] != "Noto Serif CJK SC"

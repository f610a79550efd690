"""Files read in processes apart: in order, as they are read here, and a mishap costs the one file, page or member."""

import hashlib
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.files import read_files
from extractors.guarded import Asked, Readers, read_guarded
from gengang.errors import MachineError
from gengang.reading import FileReading
from gengang.settings import Limits
from tests.unit.packing import mailed, zipped
from tests.unit.prints import FORMS, converted, docx_of, file_of, pdf_of, pdf_of_pictures, pictures_of
from tests.unit.test_identify import ole

USUAL = Limits()
HURRIED = Limits(readers=2, page_seconds=2.0, file_seconds=6.0)
UNLUCKY = "tests.faults.mishaps:main"
MISHAPS = {
    "segfault": ("reader_failed", ""),
    "exit": ("reader_failed", ""),
    "unforeseen": ("reader_failed", "LookupError"),
    "deep": ("reader_failed", "RecursionError"),
    "loop": ("too_costly", "6 秒"),
    "memory": ("too_costly", "1000 MB"),
}


def written(folder: Path, files: dict[str, bytes]) -> list[str]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [str(folder / name) for name in files]


def unlucky(paths: list[str], limits: Limits = HURRIED) -> list[FileReading]:
    with Readers(FORMS, limits, UNLUCKY) as readers:
        return [taken.file for taken in readers.read([Asked(Path(path).name, path) for path in paths])]


def codes(file: FileReading) -> list[str]:
    return [finding.code for finding in file.findings]


def test_files_are_read_as_they_are_read_here_and_told_one_by_one(tmp_path: Path) -> None:
    files = {
        "a.docx": docx_of("training_log"),
        "b.rtf": converted(docx_of("appraisal"), "docx", "rtf"),
        "c.zip": zipped({"d.doc": converted(docx_of("training_log"), "docx", "doc"), "e.pdf": pdf_of("appraisal")}),
        "f.pdf": b"%PDF-1.7 nothing",
        "g.docx": b"",
    }
    paths = [*written(tmp_path, files), str(tmp_path / "没有.docx"), str(tmp_path)]
    told: list[int] = []
    assert read_guarded(paths, FORMS, USUAL, told.append) == read_files(paths, FORMS)
    assert told == [1] * len(paths)


def test_a_mishap_costs_that_file_alone(tmp_path: Path) -> None:
    names = [name for number, mishap in enumerate(MISHAPS) for name in (f"{mishap}.docx", f"{number}.docx")]
    data = docx_of("training_log")
    read = dict(zip(names, unlucky(written(tmp_path, dict.fromkeys(names, data))), strict=True))
    for mishap, (code, said) in MISHAPS.items():
        bad = read.pop(f"{mishap}.docx")
        [finding] = bad.findings
        assert (finding.code, finding.severity, bad.submissions) == (code, "error", ())
        assert said in finding.message
        assert "请" in finding.message
        assert (bad.sha256, bad.medium) == (hashlib.sha256(data).hexdigest(), "word")
    assert [len(good.submissions) for good in read.values()] == [1] * len(read)


def test_a_page_that_costs_a_reader_is_left_out_and_told(tmp_path: Path) -> None:
    pages = pdf_of_pictures((*pictures_of("training_log"), *pictures_of("appraisal"), *pictures_of("training_log")))
    limits = replace(HURRIED, page_seconds=30, file_seconds=60)
    [file] = unlucky(written(tmp_path, {"第2页!segfault.pdf": pages}), limits)
    assert [one.form for one in (file.submissions[0], file.submissions[-1])] == ["training_log", "training_log"]
    findings = [*file.findings, *(finding for one in file.submissions for finding in one.findings)]
    assert [finding.place for finding in findings if finding.code == "reader_failed"] == ["第2页"]


def test_a_page_over_which_a_worn_reader_fell_is_read_by_a_fresh_one(tmp_path: Path) -> None:
    pages = pdf_of_pictures((*pictures_of("training_log"), *pictures_of("training_log")))
    limits = replace(HURRIED, page_seconds=30, file_seconds=60)
    [file] = unlucky(written(tmp_path, {"第1页!once.pdf": pages}), limits)
    assert [one.form for one in file.submissions] == ["training_log"] * 2
    assert "reader_failed" not in codes(file)


def test_what_is_left_of_a_form_whose_first_page_was_not_read_is_no_unknown_form(tmp_path: Path) -> None:
    pages = pdf_of_pictures(pictures_of("appraisal"))
    limits = replace(HURRIED, page_seconds=30, file_seconds=60)
    [file] = unlucky(written(tmp_path, {"第1页!segfault.pdf": pages}), limits)
    assert file.submissions == ()
    assert "unknown_form" not in codes(file)
    assert codes(file)[-1] == "reader_failed"  # which the sender is told


def test_a_member_that_costs_a_reader_is_left_out_and_told(tmp_path: Path) -> None:
    members = {"a.docx": docx_of("training_log"), "b.docx": docx_of("appraisal"), "c.docx": docx_of("training_log")}
    name = "b.docx!loop.zip"
    [path] = written(tmp_path, {"a.zip": zipped(members)})
    with Readers(FORMS, HURRIED, UNLUCKY) as readers:
        [taken] = readers.read([Asked(name, path)])
    assert [one.form for one in taken.file.submissions] == ["training_log", "training_log"]
    assert codes(taken.file) == ["too_costly"]
    assert "b.docx" in taken.file.findings[0].message


def test_more_files_than_before_get_more_readers(tmp_path: Path) -> None:
    paths = written(tmp_path, {f"{number}.docx": docx_of("training_log") for number in range(4)})
    with Readers(FORMS, USUAL) as readers:
        [one] = readers.read([Asked("a", paths[0])])
        several = readers.read([Asked(path, path) for path in paths])
        assert readers.read([]) == ()
    assert {taken.file.sha256 for taken in several} == {one.file.sha256}
    assert one.file.file == "a"


def test_readers_at_rest_hold_nothing_and_read_again(tmp_path: Path) -> None:
    [path] = written(tmp_path, {"1.docx": docx_of("appraisal")})
    with Readers(FORMS, USUAL) as readers:
        [first] = readers.read([Asked(path, path)])
        assert children_of(os.getpid())
        readers.rest()
        assert not children_of(os.getpid())
        assert readers.read([Asked(path, path)]) == (first,)


def children_of(process: int) -> str:
    """The readers that a process started."""
    found = Path(f"/proc/{process}/task").glob("*/children")
    started = " ".join(path.read_text("ascii") for path in found).split()
    return " ".join(one for one in started if b"extractors" in Path(f"/proc/{one}/cmdline").read_bytes())


def test_a_mail_tells_its_day_in_china(tmp_path: Path) -> None:
    data = b"Date: Mon, 5 Dec 2016 17:00:00 +0000\r\n" + mailed("日志.docx", docx_of("training_log"))
    [path] = written(tmp_path, {"a.eml": data})
    with Readers(FORMS, USUAL) as readers:
        [taken] = readers.read([Asked("a.eml", path)])
    assert taken.received == "2016-12-06"


def test_a_full_disk_is_the_machines_fault_and_no_forms(tmp_path: Path) -> None:
    paths = written(tmp_path, {"a.docx": docx_of("training_log"), "b.doc": ole("WordDocument")})
    with Readers(FORMS, USUAL, "tests.faults.mishaps:no_room") as readers:
        [sound] = readers.read([Asked("a.docx", paths[0])])
        with pytest.raises(MachineError, match="磁盘已满"):
            readers.read([Asked(path, path) for path in paths])
    assert [one.form for one in sound.file.submissions] == ["training_log"]


def test_without_a_folder_for_scratch_files_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [path] = written(tmp_path, {"a.docx": docx_of("training_log")})
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "没有"))
    with pytest.raises(MachineError, match="没有写入权限"):
        read_guarded([path], FORMS, USUAL)


def test_what_is_no_file_is_told() -> None:
    [device] = read_guarded(["/dev/zero"], FORMS, USUAL)
    assert codes(device) == ["unreadable_file"]


def test_a_picture_may_take_more_memory_than_a_document(tmp_path: Path) -> None:
    [path] = written(tmp_path, {"a.png": file_of(pictures_of("training_log")[0])})
    [file] = read_guarded([path], FORMS, Limits(megabytes=300))
    assert [one.form for one in file.submissions] == ["training_log"]

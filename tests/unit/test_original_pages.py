"""Originals enter a packet as their own pages: a PDF's as they are, a Word file printed once, a picture on a sheet."""

import hashlib
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from PIL import Image

from gengang.original_pages import Original, originals_of
from gengang.originals import Folder, Store, archive_path, keep_bytes
from gengang.reading import Reading
from gengang.reconcile import Match
from gengang.season import HeldPaper, Source
from gengang.submission import Paper, Submission
from tests.unit.cohorts import FONTS
from tests.unit.packing import zipped
from tests.unit.prints import docx_of, joined, pdf_of


def held(data: bytes, name: str, folder: Path, *pages: int, members: tuple[str, ...] = (), stored: bool = True
         ) -> HeldPaper:  # fmt: skip
    """A report as it came in, its bytes in the archive."""
    sha256 = hashlib.sha256(data).hexdigest()
    if stored:
        path = archive_path(folder / "archive", sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    paper = Paper(f"{sha256}#0", "P-1", Submission("study_report", {}), date(2016, 12, 5), file=name)
    reading = Reading("study_report", "1", {}, pages, members)
    return HeldPaper(paper, reading, Source(sha256, name, "", None), Match("sure", "P-1"))


def originals(folder: Path, *papers: HeldPaper) -> list[Original]:
    found = originals_of(papers, Folder(folder / "archive"), folder / ".press", FONTS, lambda _done, _of: None)
    return [found[one.paper.key] for one in papers]


def sizes(one: Original) -> list[tuple[int, int]]:
    assert one.file is not None
    document = pypdfium2.PdfDocument(one.file)
    return [tuple(map(round, document[page - 1].get_size())) for page in one.pages]


def picture(width: int, height: int, kind: str = "JPEG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "grey").save(made, kind)
    return made.getvalue()


def test_a_pdf_gives_its_own_pages_and_no_others(tmp_path: Path) -> None:
    pile = joined(pdf_of("appraisal"), pdf_of("training_log"))
    paper = held(pile, "一叠.pdf", tmp_path, 2, 3)
    [one] = originals(tmp_path, paper)
    assert one.file is not None
    assert (one.file.read_bytes(), one.pages) == (pile, (2, 3))


def test_a_pdf_in_an_object_store_is_shown_as_one_in_a_folder(tmp_path: Path) -> None:
    pile = pdf_of("appraisal")
    paper = held(pile, "鉴定表.pdf", tmp_path, stored=False)
    store = Store(MemoryFileSystem(), "/original-pages", tmp_path / "incoming")
    sha256 = keep_bytes(store, pile)
    found = originals_of([paper], store, tmp_path / ".press", FONTS, lambda _done, _of: None)
    assert (found[paper.paper.key].pages, sha256) == ((1, 2), paper.source.sha256)


def test_a_word_file_is_printed_once_and_kept(tmp_path: Path) -> None:
    paper = held(docx_of("appraisal"), "报告.docx", tmp_path)
    [first] = originals(tmp_path, paper)
    assert sizes(first) == [(595, 842), (595, 842)]
    assert first.file is not None
    stamp = first.file.stat().st_mtime_ns
    assert originals(tmp_path, paper) == [first]
    assert first.file.stat().st_mtime_ns == stamp
    assert not list((tmp_path / ".press").rglob("*.docx"))


@pytest.mark.parametrize(("data", "size"), [(picture(600, 900), (595, 842)), (picture(900, 600, "PNG"), (842, 595))])
def test_a_picture_stands_whole_on_a_sheet_of_its_own_way(data: bytes, size: tuple[int, int], tmp_path: Path) -> None:
    [one] = originals(tmp_path, held(data, "报告.jpg", tmp_path))
    assert sizes(one) == [size]


def test_what_cannot_be_shown_as_pages_says_why(tmp_path: Path) -> None:
    papers = (
        held(docx_of("training_log"), "a.zip", tmp_path, members=("a.zip!b.docx",)),
        held(b"gone", "b.docx", tmp_path, stored=False),
        held(b"%PDF-1.7 broken", "c.pdf", tmp_path),
        held(b"\xff\xd8\xff broken", "d.jpg", tmp_path),
        held(b"plain words", "e.txt", tmp_path),
        held(b"{\\rtf broken" + bytes(30), "f.rtf", tmp_path),
    )
    told = originals(tmp_path, *papers)
    assert [one.file for one in told[:5]] == [None] * 5
    assert [one.why[:7] for one in told[:5]] == [
        "邮件或压缩包里", "原件不在档案里", "原件的 PDF", "原件的图片打不", "原件不是可以打",
    ]  # fmt: skip


def test_what_came_in_an_archive_is_taken_out_of_it(tmp_path: Path) -> None:
    data = zipped({"报告/张三.pdf": pdf_of("appraisal"), "p1.jpg": picture(600, 900), "p2.jpg": picture(900, 600)})
    report = held(data, "again.zip", tmp_path, 1, members=("first.zip!报告/张三.pdf",))
    photos = held(data, "again.zip", tmp_path, 1, 2, members=("first.zip!p1.jpg", "first.zip!p2.jpg"))
    photos = replace(photos, paper=replace(photos.paper, key="photos#1"))
    first, second = originals(tmp_path, report, photos)
    assert sizes(first) == [(595, 842)]
    assert sizes(second) == [(595, 842), (842, 595)]

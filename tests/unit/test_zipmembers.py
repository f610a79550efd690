"""Members of zips that state a smaller size than they have: never more memory than allowed, never silently cut."""

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator

import pytest
from openpyxl import Workbook

from extractors.archive import contents_of_zip
from extractors.files import read_bytes
from gengang.zipmembers import TooLargeError, member_of
from tests.unit.prints import FORMS, docx_of

MEGABYTE = 1 << 20
MORE = b" " * 64 * MEGABYTE
WAYS = {"deflated": zipfile.ZIP_DEFLATED, "bzip2": zipfile.ZIP_BZIP2, "lzma": zipfile.ZIP_LZMA}


def blown(data: bytes, part: str, way: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The zip with very much more in one of its parts, which states the size that it had."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", way) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name) + (MORE if name == part else b""))
        size = source.getinfo(part).file_size
    blown = made.getvalue()
    at = blown.index(part.encode(), blown.index(b"PK\x01\x02")) - 46
    return blown[: at + 24] + struct.pack("<I", size) + blown[at + 28 :]


def workbook() -> bytes:
    made = io.BytesIO()
    book = Workbook()
    book.worksheets[0].append(["姓名", "学校"])
    book.save(made)
    return made.getvalue()


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("a.txt", b"a" * 100)
    return made.getvalue()


@pytest.fixture
def peak() -> Iterator[Callable[[], int]]:
    """Most bytes that Python's objects took since the test began."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_a_member_that_is_more_than_it_states_is_damaged(way: int) -> None:
    with zipfile.ZipFile(io.BytesIO(blown(zipped(), "a.txt", way))) as package, pytest.raises(zipfile.BadZipFile):
        member_of(package, "a.txt", MEGABYTE)


def test_a_member_that_is_more_than_it_states_costs_no_memory(peak: Callable[[], int]) -> None:
    data = blown(zipped(), "a.txt")
    tracemalloc.reset_peak()
    with zipfile.ZipFile(io.BytesIO(data)) as package, pytest.raises(zipfile.BadZipFile):
        member_of(package, "a.txt", MEGABYTE)
    assert peak() < 8 * MEGABYTE


def test_a_member_is_given_whole_or_said_to_be_too_large() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped())) as package:
        assert member_of(package, "a.txt", 100) == b"a" * 100
        with pytest.raises(TooLargeError):
            member_of(package, "a.txt", 99)
        with pytest.raises(KeyError):
            member_of(package, "b.txt", 99)


@pytest.mark.parametrize(
    ("name", "make", "part"),
    [
        ("a.zip", zipped, "a.txt"),
        ("a.docx", lambda: docx_of("training_log"), "word/document.xml"),
        ("a.xlsx", workbook, "xl/worksheets/sheet1.xml"),
    ],
    ids=["zip", "word", "workbook"],
)
def test_no_reader_unfolds_more_than_a_file_states(
    name: str, make: Callable[[], bytes], part: str, peak: Callable[[], int]
) -> None:
    sound = make()
    read_bytes(name, sound, FORMS)
    data = blown(sound, part)
    tracemalloc.reset_peak()
    file = read_bytes(name, data, FORMS)
    assert peak() < len(MORE) / 2
    assert [one.code for one in file.findings] == ["unreadable_file"]


def test_the_other_members_of_such_a_zip_are_kept() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("a.txt", b"a" * 100)
        package.writestr("b.txt", b"b")
    contents = contents_of_zip(blown(made.getvalue(), "a.txt"))
    assert [one.name for one in contents.members] == ["b.txt"]
    assert "“a.txt”已损坏" in contents.findings[0].message

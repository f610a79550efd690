"""No file whatever raises: cut, flipped, nested, blown up. Each is one entry, and what is wrong with it is told.

`make soak` makes every hostile file and thousands of damaged ones; `make test` a few that are quickly made.
"""

import io
import os
import re
import time
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.archive import MOST_MEMBERS, contents_of_zip, decoded_name
from extractors.files import read_bytes
from extractors.guarded import ENGINE_MEGABYTES, ENGINE_MEGABYTES_A_THREAD, MOST_THREADS, Asked, Readers
from gengang.settings import Limits
from gengang.template import form_of
from gengang.tools import OfficeFormat
from gengang.wordxml import sheet_of_word
from tests.faults.damage import damaged
from tests.faults.foreign import SOUND, ending, many, sound
from tests.faults.hostile import everything, listed
from tests.unit.packing import zipped
from tests.unit.prints import FORMS, converted, docx_of
from tests.unit.wordfiles import SPACES, docx

SOAK = "GENGANG_SOAK" in os.environ
LIMITS = Limits()
QUICK = (
    "tables_10000_deep.docx", "tables_80_deep.docx", "paragraph_50_mb.docx", "row_of_10000_cells.docx", "laughs.docx",
    "outside.docx", "span_huge.docx", "attributes_100000.docx", "far.xlsx", "merged_all.xlsx", "laughs.xlsx",
    "outside.xlsx", "formulas_million.xlsx", "50000.png", "30000.png", "strip.png", "3000_frames.gif", "cut.heic",
    "macro.docx", "jinja.docx", "injection.xlsx", "million.zip", "names.zip", "names.rar", "names.7z", "names.tar",
    "deck.pptx", "invoice.ofd", "circle.pdf", "itself.pdf", "arrays_deep.pdf", "pages_5000.pdf",
    "mails_5000_deep.eml", "parts_100_deep.eml", "subject.eml", "zips_16_wide.zip", "overlapping.zip", "page.html",
    "random.doc",
)  # fmt: skip
MOST_KILOBYTES = (LIMITS.megabytes + ENGINE_MEGABYTES + MOST_THREADS * ENGINE_MEGABYTES_A_THREAD + 300) << 10
COSTLY = {"doubling.pdf", "picture_5000_times.pdf", "strokes_million.pdf"}  # a page of these may cost its reader
DAMAGED = 2_000 if SOAK else 40
FOREIGN = None if SOAK else 25  # of more than five hundred
SECONDS_A_FILE = 2.0


OLD: tuple[OfficeFormat, ...] = ("doc", "rtf", "odt")


@pytest.mark.parametrize("kind", SOUND)
@settings(max_examples=400 if SOAK else 5)  # a PDF whose text is damaged is looked at as a picture, for a second
@given(seed=st.integers(0, 1 << 32))
def test_damage_is_told_or_harmless(kind: str, seed: int) -> None:
    file = read_bytes(f"a.{kind}", damaged(ending(kind), sound(kind), Random(seed)), FORMS)
    assert len(file.sha256) == 64
    assert file.submissions or file.findings


def test_a_folder_of_damaged_files_costs_less_than_two_seconds_a_file(tmp_path: Path) -> None:
    chance = Random(2016)
    seeds = {kind: sound(kind) for kind in SOUND}
    seeds |= {kind: converted(docx_of("appraisal"), "docx", kind) for kind in OLD}
    for number, kind in enumerate(chance.choices(sorted(seeds), k=DAMAGED)):
        (tmp_path / f"{number:04d}.{kind}").write_bytes(damaged(ending(kind), seeds[kind], chance))
    start = time.monotonic()
    with Readers(FORMS, LIMITS) as readers:
        taken = readers.read([Asked(path.name, str(path)) for path in sorted(tmp_path.iterdir())])
    assert time.monotonic() - start < SECONDS_A_FILE * DAMAGED
    assert [one.file.file for one in taken if not one.file.submissions and not one.file.findings] == []
    told = Counter(finding.code for one in taken for finding in one.file.findings)
    assert told["reader_failed"] + told["too_costly"] == 0, told


@dataclass(frozen=True, slots=True)
class Place:
    """A folder for everything that reading may touch: the files, the reader's scratch, its home, where it stands."""

    inbox: Path
    empty: tuple[Path, ...]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    for name in SOUND:  # which LibreOffice prints, and it writes into its home
        sound(name)
    inbox, scratch, home, here = (tmp_path / name for name in ("inbox", "scratch", "home", "here"))
    for folder in (inbox, scratch, home, here):
        folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(here)
    return Place(inbox, (scratch, home, here))


def kilobytes_of_readers() -> list[int]:
    """The most that each process started here and still alive has held of its own; what it began as counts for none."""
    tasks = Path(f"/proc/{os.getpid()}/task").iterdir()
    children = {number for task in tasks for number in (task / "children").read_text().split()}
    states = [Path(f"/proc/{number}/status").read_text() for number in children]
    return [int(held[1]) for state in states if (held := re.search(r"VmHWM:\s+(\d+) kB", state))]


def test_there_are_five_hundred_foreign_and_hostile_files() -> None:
    assert len({name for name, _ in many()} | everything().keys()) >= 500


def test_foreign_files_cost_no_crash_no_time_no_memory_and_leave_nothing(place: Place) -> None:
    makers = dict(many())
    names = sorted(makers) if FOREIGN is None else Random(2016).sample(sorted(makers), FOREIGN)
    kept = {name: makers[name]() for name in names}
    for name, data in kept.items():
        (place.inbox / name).write_bytes(data)
    start = time.monotonic()
    with Readers(FORMS, LIMITS) as readers:
        taken = readers.read([Asked(name, str(place.inbox / name)) for name in names])
        kilobytes = kilobytes_of_readers()
    assert time.monotonic() - start < SECONDS_A_FILE * len(names) + 10
    assert [one.file.file for one in taken if not one.file.submissions and not one.file.findings] == []
    told = Counter(finding.code for one in taken for finding in one.file.findings)
    assert told["reader_failed"] + told["too_costly"] == 0, told
    assert {path.name: path.read_bytes() for path in place.inbox.iterdir()} == kept
    assert [[*folder.iterdir()] for folder in place.empty] == [[], [], []]
    assert 0 < max(kilobytes) < MOST_KILOBYTES


def test_hostile_files_are_refused_within_their_limits(tmp_path: Path) -> None:
    makers = everything()
    with Readers(FORMS, LIMITS) as readers:
        for name in makers if SOAK else QUICK:
            (tmp_path / name).write_bytes(makers[name]())
            start = time.monotonic()
            [taken] = readers.read([Asked(name, str(tmp_path / name))])
            assert time.monotonic() - start < LIMITS.file_seconds + 30, name
            told = [finding.code for finding in taken.file.findings]
            assert (taken.file.submissions, bool(told), len(told) < 100) == ((), True, True), (name, told)
            assert name in COSTLY or not {"reader_failed", "too_costly"} & {*told}, (name, told)
            (tmp_path / name).unlink()


@given(
    st.binary(max_size=3000), st.sampled_from(["", "a.doc", "a.pdf", "~$a.docx", "a.eml", "报名表（1）", "a/b\\c.zip"])
)
def test_any_bytes_under_any_name_are_told(data: bytes, name: str) -> None:
    if data.startswith((b"{\\rtf", b"\xd0\xcf")):
        return
    assert read_bytes(name, data, FORMS).findings


def test_a_zip_bomb_is_not_inflated() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("a.docx", "w", force_zip64=True) as member:
            for _ in range(80):
                member.write(bytes(1_000_000))
        archive.writestr("b.docx", docx_of("training_log"))
    contents = contents_of_zip(data.getvalue())
    assert [finding.code for finding in contents.findings] == ["too_large"]
    assert [member.name for member in contents.members] == ["b.docx"]


LARGE = f"<w:hdr {SPACES}>{(' ' * 1_000_000 + '<w:p/>') * 26}</w:hdr>"  # bytes of a header, unfolded


@pytest.mark.parametrize(
    "data",
    [docx(" " * 50_000_000), docx("正文", parts={f"h{n}.xml": ("header", LARGE) for n in range(4)})],
    ids=["a part", "all parts together"],
)
def test_a_word_file_that_is_too_large_is_told_so(data: bytes) -> None:
    file = read_bytes("a.docx", data, FORMS)
    assert [(one.code, one.severity) for one in file.findings] == [("too_large", "error")]
    assert "拆" in file.findings[0].message
    assert [(fault.code, "过大" in fault.message) for fault in form_of(data, "a").faults] == [("not_word", True)]


def test_an_embedded_word_file_that_is_too_large_leaves_the_others_words() -> None:
    data = docx("正文", '<w:altChunk r:id="inner"/>', parts={"inner.docx": ("aFChunk", bytes(50_000_000))})
    sheet = sheet_of_word(data)
    assert ([row.cells[0].text for row in sheet.rows], [one.code for one in sheet.findings]) == (
        ["正文", ""], ["embedded_document"])  # fmt: skip


def test_a_picture_that_is_too_large_is_told_so() -> None:
    data = everything()["30000.png"]()
    assert [finding.code for finding in read_bytes("a.png", data, FORMS).findings] == ["too_large"]


def test_too_many_members_are_not_opened() -> None:
    contents = contents_of_zip(zipped({f"{number}.txt": b"" for number in range(MOST_MEMBERS + 1)}))
    assert ([finding.code for finding in contents.findings], contents.members) == (["too_large"], ())


def test_a_million_entries_are_not_listed() -> None:
    data = listed(1_000_000)
    start = time.monotonic()
    file = read_bytes("a.zip", data, FORMS)
    assert time.monotonic() - start < 5
    assert [finding.code for finding in file.findings] == ["too_large"]


def test_one_bad_member_costs_no_other() -> None:
    data = bytearray(zipped({"前.txt": b"before", "坏.txt": b"x" * 900, "锁.txt": b"secret", "后.txt": b"after"}))
    data[data.index("坏.txt".encode()) + len("坏.txt".encode())] ^= 0xFF
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        places = [found.start() for found in re.finditer(re.escape(mark), data)]
        data[places[2] + flags] |= 1
    contents = contents_of_zip(bytes(data))
    assert [member.data for member in contents.members] == [b"before", b"after"]
    assert [(finding.code, name in finding.message)
            for finding, name in zip(contents.findings, ("锁.txt", "坏.txt"), strict=True)] == [
        ("encrypted", True), ("unreadable_file", True)]  # fmt: skip


def test_zips_in_zips_end() -> None:
    data = docx_of("training_log")
    for _ in range(6):
        data = zipped({"深.zip": data})
    file = read_bytes("a.zip", data, FORMS)
    assert [finding.code for finding in file.findings] == ["too_large"]


def test_a_members_path_is_only_a_name() -> None:
    [member] = contents_of_zip(zipped({"../../outside.docx": b"x"})).members
    assert member.name == "../../outside.docx"
    assert read_bytes("a.zip", zipped({"../../outside.docx": docx_of("training_log")}), FORMS).submissions


def test_names_of_chinese_windows_are_decoded() -> None:
    data = bytearray(zipped({"AAAA.docx": b"x"}))
    spelled = "报名".encode("gbk")
    assert [member.name for member in contents_of_zip(bytes(data.replace(b"AAAA", spelled))).members] == ["报名.docx"]


def test_a_locked_zip_is_told() -> None:
    data = bytearray(zipped({"a.docx": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert [finding.code for finding in contents_of_zip(bytes(data)).findings] == ["encrypted"]


@pytest.mark.parametrize("name", ["前", "前后左右", "报名表.docx", "a.docx", "café"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_name_in_no_stated_encoding_is_decoded(name: str, encoding: str) -> None:
    if (name, encoding) != ("café", "utf-8"):  # which is GBK for something else
        assert decoded_name(name.encode(encoding)) == name

"""RAR, 7z, tar and gz: what was packed is read, whatever it is called; what cannot be is told member by member."""

import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import packed
from extractors.archive import MOST_ENTRIES, MOST_MEMBERS, RATIO_FREE_BYTES, Contents, Room
from extractors.files import read_bytes
from extractors.guarded import read_guarded
from extractors.packed import Packed, contents_of_gz, contents_of_packed
from gengang.settings import Limits
from tests.unit.packing import zipped
from tests.unit.packing_archives import Stored, rar4, rar5, seven_zip, tarred
from tests.unit.prints import FORMS, docx_of
from tests.unit.test_processes import ended

MAKERS: Mapping[str, tuple[Packed, Callable[[Mapping[str, Stored | bytes]], bytes]]] = {
    "rar 4": ("rar", rar4),
    "rar 5": ("rar", rar5),
    "7z": ("7z", seven_zip),
}
ROOM = Room()
NAMES = st.text(st.sampled_from("ab 张三报名表1（）.-"), min_size=1, max_size=20).map(lambda name: f"{name}x")
ALL = pytest.mark.parametrize("how", MAKERS)


def contents(how: str, members: Mapping[str, Stored | bytes], room: Room = ROOM) -> Contents:
    kind, make = MAKERS[how]
    return contents_of_packed(make(members), kind, room)


def given_of(found: Contents) -> dict[str, bytes]:
    return {member.name: member.data for member in found.members}


def told(found: Contents) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in found.findings]


@ALL
@settings(max_examples=4)
@given(members=st.dictionaries(NAMES, st.binary(max_size=300), min_size=1, max_size=5))
def test_what_was_packed_comes_out_in_order(how: str, members: dict[str, bytes]) -> None:
    found = contents(how, members)
    assert [(member.name, member.data) for member in found.members] == list(members.items())
    assert found.findings == ()


@ALL
def test_a_form_is_read_out_of_its_archive(how: str) -> None:
    kind, make = MAKERS[how]
    file = read_bytes(f"材料.{kind}", make({"张村小学/日志.docx": docx_of("training_log")}), FORMS)
    [one] = file.submissions
    assert (one.form, one.members, file.findings) == ("training_log", (f"材料.{kind}!张村小学/日志.docx",), ())


def test_a_tar_that_was_packed_is_read() -> None:
    data = tarred({"张三/日志.docx": docx_of("training_log")}, "w:gz")
    [one] = read_bytes("材料.tar.gz", data, FORMS).submissions
    assert one.members == ("材料.tar.gz!材料.tar!张三/日志.docx",)
    assert read_bytes("材料.tgz", data, FORMS).submissions[0].members == ("材料.tgz!材料.tar!张三/日志.docx",)


@ALL
def test_archives_in_archives_are_opened(how: str) -> None:
    _, make = MAKERS[how]
    inner = make({"日志.docx": docx_of("training_log")})
    [one] = read_bytes("a.zip", zipped({"内.dat": inner}), FORMS).submissions
    assert one.members == ("a.zip!内.dat!日志.docx",)


@ALL
def test_one_bad_member_costs_no_other(how: str) -> None:
    members: dict[str, Stored | bytes] = {
        "前.txt": b"before",
        "坏.txt": Stored(b"damaged" * 9, crc=1),
        "锁.txt": Stored(bytes(32), is_locked=True),
        "大.txt": b"\7" * 5_000,
        "后.txt": b"after",
    }
    found = contents(how, members, Room(size=4_000))
    assert given_of(found) == {"前.txt": b"before", "后.txt": b"after"}
    assert [code for code, _ in told(found)] == ["encrypted", "unreadable_file", "too_large"]
    assert all(name in message and "请" in message
               for name, (_, message) in zip(("锁.txt", "坏.txt", "大.txt"), told(found), strict=True))  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["../../etc/x.txt", "/etc/x.txt", "C:\\aux.txt", "CON", "长" * 84 + ".txt", "..\\..\\x.txt", "a/../../x", "~/x"],
)
@ALL
def test_a_members_path_is_only_a_name(how: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    found = contents(how, {name: b"here", "后.txt": b"after"})
    assert [member.data for member in found.members] == [b"here", b"after"]
    assert re.sub(r"[\\/:]+", "/", found.members[0].name) == re.sub(r"[\\/:]+", "/", name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", ["rar 5", "7z"])
def test_a_name_that_deceives_the_eye_is_made_honest(how: str) -> None:
    [member] = contents(how, {"报名表\u202excod.ex\x01\ne": b"x"}).members
    assert member.name == "报名表_xcod.ex__e"


def test_links_are_told_and_not_followed() -> None:
    found = contents("rar 5", {"密.txt": Stored(b"", links_to="/etc/passwd"), "密.txt/x": b"x", "b.txt": b"y"})
    assert given_of(found) == {"密.txt/x": b"x", "b.txt": b"y"}
    assert ("链接" in told(found)[0][1], told(found)[0][0]) == (True, "unreadable_file")


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("rar", rar4({"a.txt": b"x"}, flags=0x80)),
        ("rar", rar5({"a.txt": b"x"}, locked_names=True)),
        ("7z", seven_zip({"a.txt": b"x"}, locked_names=True)),
        ("rar", rar4({"a.txt": Stored(bytes(32), is_locked=True)})),
        ("rar", rar5({"a.txt": Stored(bytes(32), is_locked=True)})),
        ("7z", seven_zip({"a.txt": Stored(bytes(32), is_locked=True)})),
    ],
)
def test_a_locked_archive_says_what_to_do(kind: Packed, data: bytes) -> None:
    found = contents_of_packed(data, kind, ROOM)
    assert ([code for code, _ in told(found)], found.members) == (["encrypted"], ())
    assert "取消密码" in told(found)[0][1]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.part1.rar", rar4({"a.txt": b"x"}, flags=1)),
        ("a.part2.rar", rar5({"a.txt": b"x"}, flags=1)),
        ("a.7z.001", seven_zip({"a.txt": bytes(300)})[:200]),
        ("a.zip.001", zipped({"a.txt": b"x"})[:40]),
        ("a.z01", bytes(range(256))),
    ],
)
def test_one_volume_of_several_asks_for_one_archive(name: str, data: bytes) -> None:
    for file in (read_bytes(name, data, FORMS), read_bytes("b.zip", zipped({name: data}), FORMS)):
        assert ([one.code for one in file.findings], file.medium) == (["split_archive"], "archive")
        assert "一个压缩包" in file.findings[0].message


@ALL
def test_a_damaged_archive_is_told(how: str) -> None:
    kind, make = MAKERS[how]
    data = make({"a.txt": b"x" * 3_000, "b.txt": b"y" * 3_000})
    for broken in (data[:60], data[:20] + bytes(40) + data[60:], data[:9]):
        file = read_bytes(f"a.{kind}", broken, FORMS)
        assert {one.code for one in file.findings if one.severity == "error"} == {"unreadable_file"}, file.findings


def test_a_rar_that_ends_between_two_members_is_told() -> None:
    found = contents_of_packed(rar5({"a.txt": b"x" * 30})[:-8], "rar", ROOM)
    assert ([member.name for member in found.members], [code for code, _ in told(found)]) == (
        ["a.txt"], ["unreadable_file"])  # fmt: skip


def test_what_stands_before_the_damage_is_read() -> None:
    data = rar4({"a.txt": b"x" * 300, "b.txt": b"y" * 3_000})[:1_000]
    found = contents_of_packed(data, "rar", ROOM)
    assert [member.name for member in found.members] == ["a.txt"]
    assert "unreadable_file" in [code for code, _ in told(found)]


@ALL
def test_too_many_members_are_not_unpacked(how: str) -> None:
    found = contents(how, {f"{number}.txt": b"x" for number in range(MOST_MEMBERS + 1)})
    assert ([code for code, _ in told(found)], found.members) == (["too_large"], ())


@pytest.mark.parametrize("make", [rar4, rar5])
def test_a_rar_of_very_many_members_is_not_even_listed(
    make: Callable[[Mapping[str, Stored | bytes]], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = make({f"{number}.txt": b"x" for number in range(MOST_ENTRIES + 1)})
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [code for code, _ in told(contents_of_packed(data, "rar", ROOM))] == ["too_large"]


def test_a_list_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "LONGEST_LIST", 1_000)
    found = contents("rar 5", {f"{number}.txt": b"x" for number in range(100)})
    assert [code for code, _ in told(found)] == ["too_large"]


def test_a_bomb_is_not_inflated() -> None:
    big = 2 * RATIO_FREE_BYTES
    found = contents_of_gz(tarred({"a.txt": bytes(big)}, "w:gz"), "a.tgz", ROOM)
    assert ([code for code, _ in told(found)], found.members) == (["too_large"], ())


# What an archive program may do: say nothing for ever, or speak without end.
@pytest.mark.parametrize("does", ["sleep 60", "yes"])
@pytest.mark.parametrize("name", ["lsar", "unar"])
def test_a_program_that_does_not_end_is_ended(
    does: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = rar5({"a.txt": b"x", "b.txt": b"z"})
    program = tmp_path / name
    program.write_text(f"#!/bin/sh\nexec {does}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(packed, "SECONDS", 1.0)
    monkeypatch.setattr(packed, "LONGEST_LIST", 100_000)
    start = time.monotonic()
    found = contents_of_packed(data, "rar", ROOM)
    assert time.monotonic() - start < 5
    assert found.members == ()
    assert found.findings


def test_a_reader_that_is_over_its_time_leaves_no_program_and_no_file_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch, told_by = tmp_path / "scratch", tmp_path / "told"
    scratch.mkdir()
    program = tmp_path / "lsar"
    program.write_text(f"#!/bin/sh\necho $$ > {told_by}\nexec sleep 60\n")
    program.chmod(0o755)
    (tmp_path / "a.rar").write_bytes(rar5({"a.txt": b"x"}))
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr("tempfile.tempdir", None)
    [file] = read_guarded([str(tmp_path / "a.rar")], FORMS, Limits(1, 2.0, 2.0))
    assert [one.code for one in file.findings] == ["too_costly"]
    assert ended(int(told_by.read_text()))
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("name", ["a.rar", "a.7z", "a.tar"])
def test_without_unar_the_office_is_told_what_to_install(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {"a.rar": rar5({"a.txt": b"x"}), "a.7z": seven_zip({"a.txt": b"x"}), "a.tar": tarred({"a.txt": b"x"})}
    monkeypatch.setenv("PATH", str(tmp_path))
    [finding] = read_bytes(name, data[name], FORMS).findings
    assert finding.code == "missing_program"
    assert "unar" in finding.message
    assert "解压" in finding.message

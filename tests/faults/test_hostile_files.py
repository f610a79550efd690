"""No file whatever raises: cut, flipped, nested, blown up. Each is one entry, and what is wrong with it is told."""

import io
import random
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.archive import MOST_MEMBERS, contents_of_zip
from extractors.files import read_bytes
from tests.unit.prints import FORMS, docx_of, file_of, pdf_of, pictures_of
from tests.unit.test_files import mailed, zipped


def small_picture(kind: str) -> bytes:
    """Too small to be looked at for text, so that only its file is under attack."""
    return file_of(pictures_of("training_log")[0][:150:2, :150:2], kind)


SEEDS: dict[str, Callable[[], bytes]] = {
    "docx": lambda: docx_of("training_log"),
    "pdf": lambda: pdf_of("training_log"),
    "zip": lambda: zipped({"日志.docx": docx_of("training_log")}),
    "eml": lambda: mailed("日志.docx", docx_of("training_log")),
    "png": lambda: small_picture("PNG"),
    "jpg": lambda: small_picture("JPEG"),
    "tif": lambda: small_picture("TIFF"),
    "bmp": lambda: small_picture("BMP"),
    "webp": lambda: small_picture("WEBP"),
}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Cut off, a piece lost, a piece added, or bytes changed."""
    at = chance.randrange(len(data))
    way = chance.randrange(4)
    if way == 0:
        return data[:at]
    if way == 1:
        return data[:at] + data[at + chance.randrange(1, 2000) :]
    if way == 2:
        return data[:at] + chance.randbytes(chance.randrange(1, 200)) + data[at:]
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 60))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


@pytest.mark.parametrize("kind", SEEDS)
@settings(max_examples=40)
@given(seed=st.integers(0, 1 << 32))
def test_damage_is_told_or_harmless(kind: str, seed: int) -> None:
    file = read_bytes(f"a.{kind}", damaged(SEEDS[kind](), random.Random(seed)), FORMS)
    assert len(file.sha256) == 64
    assert file.submissions or file.findings


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
    assert sum(len(member.data) for member in contents.members) < 30_000_000


def test_too_many_members_are_not_opened() -> None:
    contents = contents_of_zip(zipped({f"{number}.txt": b"" for number in range(MOST_MEMBERS + 1)}))
    assert ([finding.code for finding in contents.findings], contents.members) == (["too_large"], ())


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

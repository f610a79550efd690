"""What an office sends when a form reads wrong holds the shape of a paper, and nobody's name, number or file name."""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lxml import etree
from PIL import Image

from extractors.bitmap import as_colour, crop
from extractors.guarded import read_guarded
from extractors.ocr import find_frames, read_lines
from extractors.tilt import rects_of
from gengang.masked import masked_line, masked_shape
from gengang.masked_archive import members_of, searched
from gengang.settings import Limits
from gengang.template import forms_of_folder
from gengang.workspace import BUILT_IN
from tests.whole import samples

FORMS, _ = forms_of_folder(BUILT_IN / "forms")
WORD_KINDS = ("registration", "appraisal", "leave_request", "personal_info")
NUMBER = re.compile(rb"(?<!\d)(?!0+\b)\d{11}(?!\d)|(?<!\d)(?!0{17})\d{17}[\dXx](?!\d)")
DOCTOR = ("✗ templates：张三请假.docx 第2页有错", "✓ mail：office@example.cn 连得上 /srv/zhangsan/跟岗2016")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples.made_sample(tmp_path_factory)


@pytest.fixture(scope="module")
def packs(sample: Path) -> dict[str, dict[str, bytes]]:
    """Members by file name, of Word papers of several kinds, a PDF and a scan; before they are searched."""
    papers = [one for one in samples.papers_in_truth(sample) if one["carrier"] == "file" and one["layout"] == "form"]
    chosen = [next(one for one in papers if one["kind"] == kind and one["medium"] == "word") for kind in WORD_KINDS]
    chosen += [one for one in papers if one["medium"] == "pdf"][:1]
    chosen += [one for one in papers if one["medium"] == "scan"][:1]
    paths = [sample / "inbox" / one["file"] for one in chosen]
    read = read_guarded([str(path) for path in paths], FORMS, Limits())
    settings = samples.settings_for(sample)
    return {path.name: members_of(settings, path.read_bytes(), file, FORMS, DOCTOR)
            for path, file in zip(paths, read, strict=True)}  # fmt: skip


def texts_in(members: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Every member's bytes, those inside a Word file too, and there also what its runs say when they are joined."""
    for name, content in members.items():
        yield name, content
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                for part in package.namelist():
                    text = package.read(part)
                    yield f"{name}!{part}", text
                    yield f"{name}!{part}", re.sub(rb"<[^>]+>", b"", text)


def secrets_of(sample: Path) -> set[str]:
    truth = json.loads((sample / "truth.json").read_text(encoding="utf-8"))
    people: list[dict[str, Any]] = truth["people"]
    told = {one.get(key) for one in people for key in ("name", "id_number", "phone")}
    stems = {Path(paper["file"]).stem for paper in truth["papers"]}
    # Two figures alone, or just what a form is called, name nobody.
    ordinary = "".join(cell.printed for form in FORMS for row in form.rows for cell in row.cells)
    return {str(one) for one in told if one} | {stem for stem in stems if len(stem) > 3 and stem not in ordinary}


def test_no_member_has_a_name_a_number_or_a_file_name(sample: Path, packs: dict[str, dict[str, bytes]]) -> None:
    secrets = {secret.encode() for secret in secrets_of(sample) if len(secret) > 1}
    assert len(secrets) > 400
    found = [(place, secret.decode()) for members in packs.values() for place, text in texts_in(members)
             for secret in secrets if secret in text]  # fmt: skip
    assert found == []


def test_no_member_has_a_long_number(packs: dict[str, dict[str, bytes]]) -> None:
    own = [text for members in packs.values() for name, text in texts_in(members) if not name.startswith("templates/")]
    assert [found for text in own if not text.startswith((b"PK", b"\x89PNG")) for found in NUMBER.findall(text)] == []


def test_a_page_shows_no_writing(packs: dict[str, dict[str, bytes]]) -> None:
    pictures = [content for members in packs.values() for name, content in members.items() if name.endswith(".png")]
    assert len(pictures) >= 2
    for content in pictures:
        with Image.open(io.BytesIO(content)) as picture:
            assert picture.info == {}
            pixels = as_colour(np.asarray(picture.convert("L")))
        read = read_lines([crop(pixels, box) for box in rects_of(find_frames(pixels))])
        assert not [one.text for one in read if len(re.findall(r"[一-鿿]", one.text)) >= 2 and one.confidence > 0.8]


def test_a_word_paper_keeps_its_tables_and_what_the_form_prints(packs: dict[str, dict[str, bytes]]) -> None:
    members = next(members for members in packs.values() if "templates/leave_request.docx" in members)
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(members["paper.docx"])).read("word/document.xml"))
    words = "".join(map(str, root.itertext()))
    assert "请假" in words
    assert masked_shape("张") in words
    assert len([*root.iter("{*}tc")]) > 10


def test_the_reading_says_how_and_not_what(packs: dict[str, dict[str, bytes]]) -> None:
    for members in packs.values():
        said = json.loads(members["reading.json"])
        for submission in said["submissions"]:
            assert {one["status"] for one in submission["fields"].values()} <= {
                "accepted",
                "review",
                "blank",
                "missing",
                "unread",
            }
        assert "packages" in json.loads(members["versions.json"])
        assert "message" not in members["reading.json"].decode()


def test_what_still_names_somebody_is_left_out_and_said() -> None:
    made = searched({"a.txt": "李𬱖来过".encode(), "b.txt": b"ok"}, ["李𬱖", "某"])
    assert (dict(made.members), made.left_out) == ({"b.txt": b"ok"}, ("a.txt",))


@pytest.mark.parametrize(
    ("text", "shape"),
    [("张三 1974-02", "某某 0000-00"), ("Wáng１２③", "x某xx000"), ("☑优秀 □合格\n", "☑某某 □某某\n")],
)
def test_a_shape_has_the_length_of_its_text_and_none_of_its_words(text: str, shape: str) -> None:
    assert masked_shape(text) == shape


def test_a_line_of_the_check_up_loses_names_of_files_and_people() -> None:
    said = [masked_line(line) for line in DOCTOR]
    assert not [line for line in said if "张三" in line or "zhangsan" in line or "office@" in line]
    assert said[0].startswith("✗ templates：")


def test_the_command_packs_a_paper_by_its_number(few_run: Path, tmp_path: Path) -> None:
    workspace = samples.copied(few_run, tmp_path / "ws").workspace
    kept = next(path for path in sorted((workspace / "archive").glob("??/*")) if path.read_bytes()[:2] == b"PK")
    program = Path(sys.executable).with_name("gengang")
    command: list[str | Path] = [program, "doctor", "--workspace", workspace, "--bundle", f"{kept.name[:12]}#0"]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    with zipfile.ZipFile(workspace / "outbox" / f"诊断_{kept.name[:12]}.zip") as archive:
        assert {"reading.json", "versions.json", "doctor.txt", "说明.txt"} <= {*archive.namelist()}

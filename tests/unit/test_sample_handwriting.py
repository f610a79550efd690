"""Forms filled by hand: labels stay in print, values stand in the hand face, and the template reads as before."""

import io
import re
import zipfile
from pathlib import Path

import pdfplumber
import pytest
from lxml import etree

from gengang.rendering import writer_of
from gengang.sample.handwriting import FACES, HAND_FONTS, LARGER, W, hand_template, lacks, written_by_hand
from gengang.sample.printing import printed
from gengang.template import form_of
from gengang.wordxml import sheet_of_word
from gengang.workspace import BUILT_IN
from tests.unit.packing import part_replaced

FORMS = sorted(path for path in (BUILT_IN / "forms").glob("*.docx"))
LOG = (BUILT_IN / "forms" / "training_log.docx").read_bytes()
APPRAISAL = (BUILT_IN / "forms" / "appraisal.docx").read_bytes()
PERSON = {"name": "王芳", "school": "李店镇初级中学", "self_appraisal": "认真听课，骣。", "self_signature": "王芳",
          "self_signed_on": "2016-12-01"}  # fmt: skip
RARE = "劐阢坶塥蒈蓰猸弪艴骣桊轷戤赇牿犋毪胲脶膪憝铴镩稆瘭耠耢耥蟓筢蹯鲰齄"


def everything(_name: str) -> bool:
    return True


def filled(family: str, fields: set[str] | None = None) -> bytes:
    template = hand_template(APPRAISAL, family, everything if fields is None else fields.__contains__)
    return written_by_hand(writer_of(template, "appraisal").fill(PERSON), 1)


def faces_of(document: bytes) -> dict[str, set[str]]:
    """Character -> names of the faces in which it is printed, without the mark of a subset."""
    [pdf] = printed([document], BUILT_IN / "fonts")
    found: dict[str, set[str]] = {}
    with pdfplumber.open(io.BytesIO(pdf)) as pages:
        for page in pages.pages:
            for char in page.chars:
                found.setdefault(char["text"], set()).add(char["fontname"].partition("+")[2])
    return found


def runs_of(document: bytes) -> list[tuple[str, str, str]]:
    """Text, face and colour of each run of the main part."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    runs = []
    for run in root.iter(f"{W}r"):
        text = "".join(part.text or "" for part in run.iter(f"{W}t"))
        face = "".join(fonts.get(f"{W}eastAsia", "") for fonts in run.iter(f"{W}rFonts"))
        runs.append((text, face, "".join(colour.get(f"{W}val", "") for colour in run.iter(f"{W}color"))))
    return runs


@pytest.mark.parametrize("family", FACES)
def test_values_are_printed_in_the_hand_face_and_labels_are_not(family: str) -> None:
    faces = faces_of(filled(family))
    hand = FACES[family].partition("-")[0]
    assert all(any(hand in face for face in faces[char]) for char in "芳李店镇2016")
    assert not any(hand in face for char in "姓签族骣年" for face in faces[char])


def test_a_signature_alone_is_by_hand() -> None:
    runs = runs_of(filled("Long Cang", {"self_signature"}))
    assert {text for text, face, _ in runs if face == "Long Cang"} <= {"王芳", "王", "芳"}
    assert ("李店镇初级中学", "仿宋_GB2312", "") in runs
    assert any(text == "签名：" and face == "仿宋_GB2312" for text, face, _ in runs)


def test_who_writes_a_date_writes_its_numbers() -> None:
    runs = runs_of(filled("Ma Shan Zheng", {"self_signed_on"}))
    assert "".join(text for text, face, _ in runs if face == "Ma Shan Zheng") == "2016121"


def test_an_empty_place_looks_as_it_was_printed() -> None:
    template = hand_template(APPRAISAL, "Long Cang", everything)
    empty = written_by_hand(writer_of(template, "appraisal").fill({}), 1)
    assert [run for run in runs_of(empty) if run[1] == "Long Cang"] == []
    plain = runs_of(writer_of(APPRAISAL, "appraisal").fill({}))
    assert "".join(text for text, *_ in runs_of(empty)) == "".join(text for text, *_ in plain)


def test_what_the_face_lacks_is_printed_in_ink() -> None:
    runs = runs_of(filled("Long Cang"))
    assert ("骣", "仿宋_GB2312", "1B2A5C") in runs


@pytest.mark.parametrize("path", FORMS, ids=lambda path: str(path.stem))
@pytest.mark.parametrize("family", FACES)
def test_a_hand_template_is_the_same_form(path: Path, family: str) -> None:
    data = path.read_bytes()
    was, now = form_of(data, "form"), form_of(hand_template(data, family, everything), "form")
    assert now.rows == was.rows
    assert now.faults == was.faults


@pytest.mark.parametrize("path", FORMS, ids=lambda path: str(path.stem))
def test_a_tick_stays_in_print(path: Path) -> None:
    data = path.read_bytes()
    for text, face, _ in runs_of(hand_template(data, "Long Cang", everything)):
        if "| tick" in text or not re.search(r"\{\{", text):
            assert face != "Long Cang", text


def test_no_field_leaves_the_text_as_it_was() -> None:
    def said(document: bytes) -> list[str]:
        return [cell.text for row in sheet_of_word(document).rows for cell in row.cells]

    assert said(hand_template(LOG, "Long Cang", lambda _: False)) == said(LOG)
    assert said(hand_template(LOG, "Long Cang", everything)) == said(LOG)


def with_text(data: bytes, was: str, now: str) -> bytes:
    return part_replaced(data, "word/document.xml", lambda part: part.replace(was.encode(), now.encode()))


def test_a_tag_that_an_editor_spread_over_runs_is_found() -> None:
    spread = with_text(APPRAISAL, "{{ name | text }}", "{{ na</w:t></w:r><w:r><w:t>me | </w:t><w:t>text }}")
    assert spread != APPRAISAL
    runs = runs_of(hand_template(spread, "Long Cang", {"name"}.__contains__))
    assert [text for text, face, _ in runs if face == "Long Cang"] == ["{{ name | text }}"]


def test_columns_of_a_list_are_asked_by_their_name() -> None:
    template = hand_template(LOG, "Long Cang", {"topic"}.__contains__)
    hand = [text for text, face, _ in runs_of(template) if face == "Long Cang"]
    assert len(hand) == 1
    assert ".topic" in hand[0]


def test_ink_and_size_are_those_asked_for() -> None:
    assert {ink for _, face, ink in runs_of(hand_template(LOG, "Long Cang", everything, "112233"))
            if face == "Long Cang"} == {"112233"}  # fmt: skip
    assert all(1 < larger < 1.5 for larger in LARGER.values())


def test_a_seed_fixes_every_byte() -> None:
    document = writer_of(hand_template(APPRAISAL, "Long Cang", everything), "appraisal").fill(PERSON)
    assert written_by_hand(document, 1) == written_by_hand(document, 1) != written_by_hand(document, 2)
    assert hand_template(LOG, "Long Cang", everything) == hand_template(LOG, "Long Cang", everything)


@pytest.mark.parametrize("family", FACES)
def test_what_a_face_lacks_of_gb2312_is_known(family: str) -> None:
    pairs = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    characters = "".join(pair.decode("gb2312", "ignore") for pair in pairs)
    assert len(characters) == 6763
    assert "".join(lacks(family, characters)) == RARE
    assert lacks(family, "abcXYZ 0123456789，。：（）年月日") == ()
    assert lacks(family, "√王☑□·√") == ("√", "☑", "□", "·")


@pytest.mark.parametrize("family", FACES)
def test_each_face_comes_with_its_licence(family: str) -> None:
    licence = HAND_FONTS / FACES[family].replace("-Regular.ttf", "-OFL.txt")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text(encoding="utf-8")

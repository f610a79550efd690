"""Bag covers and date sheets in print: read back equal, their codes read from print, scan and fax, and never a form."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pikepdf
import pytest

from extractors.files import read_bytes
from extractors.marks import codes_of_print
from extractors.scan import page_of_picture, pictures_of_pdf
from gengang.night import read_back
from gengang.papers.bag import asked_of, bag_draft, day_draft
from gengang.papers.draft import Draft
from gengang.press import Press, Pressed, press
from gengang.reading import FileReading
from gengang.rendering import writer_of
from gengang.roster import Person
from gengang.sample.scanning import ScanStyle, faxed, scanned
from gengang.separators import BagCover, DaySheet, Separator
from tests.unit.cohorts import (
    FAILED,
    FONTS,
    GUIDE,
    OUR_SCHEME,
    PASSED,
    TEMPLATES,
    WITHHELD,
    papers_of,
    roster_of,
    verdicts_of,
)
from tests.unit.prints import FORMS, file_of, joined, pdf_of, pdf_of_pictures, side_by_side
from tests.unit.seasons import AFTER

LONG = replace(WITHHELD, name="阿卜杜热合曼·买买提艾力·阿卜杜拉", school="青石岭回族自治乡第二九年一贯制寄宿制学校")
SHORT = replace(GUIDE, school="", subject="")
DAY = date(2016, 12, 6)


def cover(person: Person, like: Person) -> Draft:
    asked = asked_of(person, papers_of(like) if like is not GUIDE else (), verdicts_of().get(like.key), OUR_SCHEME)
    return bag_draft(person, asked, OUR_SCHEME, roster_of(), AFTER)


DRAFTS: Mapping[str, Draft] = {
    "done": cover(PASSED, PASSED),
    "little": cover(FAILED, FAILED),
    "longest": cover(LONG, WITHHELD),
    "shortest": cover(SHORT, GUIDE),
    "day": day_draft(DAY, OUR_SCHEME),
}
SAYS: Mapping[str, Separator] = {
    "done": BagCover(PASSED.key),
    "little": BagCover(FAILED.key),
    "longest": BagCover(LONG.key),
    "shortest": BagCover(SHORT.key),
    "day": DaySheet(DAY),
}


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Press:
    writers = {
        ("papers", stem): writer_of((TEMPLATES / "papers" / f"{stem}.docx").read_bytes(), stem)
        for stem in ("bag_cover", "day_sheet")
    }
    folder = tmp_path_factory.mktemp("bags")
    return Press(writers, read_back, folder / "outbox", folder / ".press", FONTS, codes_of_print)


@pytest.fixture(scope="module")
def pressed(at: Press) -> dict[str, Pressed]:
    return dict(zip(DRAFTS, press(tuple(DRAFTS.values()), at), strict=True))


@pytest.fixture(scope="module")
def prints(at: Press, pressed: dict[str, Pressed]) -> dict[str, bytes]:
    return {name: (at.outbox / f"{one.file}.pdf").read_bytes() for name, one in pressed.items()}


@pytest.mark.parametrize("name", DRAFTS)
def test_each_is_one_page_that_reads_back_equal(name: str, pressed: dict[str, Pressed]) -> None:
    assert (pressed[name].status, pressed[name].pages, pressed[name].findings) == ("new", 1, ())


def separators(pdf: bytes) -> list[Separator | None]:
    count = len(pikepdf.Pdf.open(io.BytesIO(pdf)).pages)
    return [page_of_picture(one)[0].separator for one in pictures_of_pdf(pdf, range(1, count + 1))]


@pytest.mark.parametrize("name", ["longest", "day"])
def test_its_code_is_read_from_print_scan_and_fax(name: str, prints: dict[str, bytes]) -> None:
    pdf = prints[name]
    askew = ScanStyle(tilt=2.0, noise=8.0, quality=50, turned=((1, 180),))
    made = (pdf, scanned(pdf, 1), scanned(pdf, 2, askew), faxed(pdf, 3))
    assert [separators(one) for one in made] == [[SAYS[name]]] * 4


@pytest.mark.parametrize("name", ["done", "shortest", "day"])
def test_alone_it_is_no_form_in_any_medium(name: str, at: Press, pressed: dict[str, Pressed]) -> None:
    for ending in ("pdf", "docx"):
        path = Path(at.outbox, f"{pressed[name].file}.{ending}")
        read = read_bytes(path.name, path.read_bytes(), FORMS)
        assert read.submissions == ()
        assert [one.severity for one in read.findings if one.code in ("bag_empty", "unknown_form")]


def test_a_paper_whose_code_cannot_be_read_on_its_print_is_held(at: Press) -> None:
    draft = replace(DRAFTS["day"], file="材料袋封面/别的", codes=("GG1D/2016-12-07",))
    [held] = press([draft], at)
    assert (held.status, [one.code for one in held.findings]) == ("held", ["code_unread"])


# --- a whole pile ---


def told(read: FileReading) -> list[tuple[str, str, tuple[int, ...], date | None]]:
    return [(one.form, one.bag, one.pages, one.handed_in) for one in read.submissions]


def test_a_pile_is_parted_by_its_covers_and_each_form_read_as_it_would_be_alone(prints: dict[str, bytes]) -> None:
    log = pdf_of("training_log")
    data = joined(prints["day"], prints["done"], log, prints["longest"], log, prints["shortest"])
    read = read_bytes("一堆.pdf", data, FORMS)
    assert told(read) == [("training_log", PASSED.key, (3,), DAY), ("training_log", LONG.key, (5,), DAY)]
    assert [(one.code, one.place) for one in read.findings] == [("bag_without_papers", "第6页")]
    [alone] = read_bytes("一份.pdf", log, FORMS).submissions
    values = [{name: getattr(found, "value", None) for name, found in one.fields.items()}
              for one in (alone, *read.submissions)]  # fmt: skip
    assert values[0] == values[1] == values[2]


def test_a_form_beside_a_cover_on_one_sheet_is_read_and_lies_in_its_bag(prints: dict[str, bytes]) -> None:
    sheet = scanned(side_by_side(((prints["done"], 0), (pdf_of("training_log"), 0))), 6)
    read = read_bytes("封面和日志.pdf", sheet, FORMS)
    assert told(read) == [("training_log", PASSED.key, (1,), None)]


def test_what_stands_beside_a_cover_and_cannot_be_cut_off_is_told(prints: dict[str, bytes]) -> None:
    pages = [page for one in (prints["done"], prints["longest"]) for page in pictures_of_pdf(one, [1])]
    [read] = [read_bytes("两个封面.png", file_of(np.hstack([page.pixels for page in pages])), FORMS)]
    assert [one.code for one in read.findings if one.code in ("two_pages", "bag_empty", "bag_without_papers")]


def test_a_cover_that_lies_on_its_side_is_a_cover(prints: dict[str, bytes]) -> None:
    turned = scanned(prints["done"], 7, ScanStyle(turned=((1, 90),)))
    assert separators(turned) == [SAYS["done"]]
    assert not any(one.code == "two_pages" for one in read_bytes("封面.pdf", turned, FORMS).findings)


def test_a_scanned_pile_is_parted_and_a_cover_with_a_spoilt_code_ends_the_bag_before_it(
    prints: dict[str, bytes],
) -> None:
    whole = scanned(joined(prints["done"], prints["shortest"], pdf_of("training_log")), 4)
    first, spoilt, log = [one.pixels.copy() for one in pictures_of_pdf(whole, (1, 2, 3))]
    height, width = spoilt.shape[:2]
    spoilt[height * 14 // 100 : height * 26 // 100, width * 74 // 100 : width * 90 // 100] = 120
    read = read_bytes("一堆.pdf", pdf_of_pictures((first, spoilt, log)), FORMS)
    assert read.medium == "scan"
    assert told(read) == [("training_log", "", (3,), None)]
    assert [(one.code, one.place) for one in read.findings] == [
        ("separator_unclear", "第2页"),
        ("bag_without_papers", "第1页"),
    ]

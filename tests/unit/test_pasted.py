"""A form that was pasted into Word as a picture is read like a scan; a photo, a seal or a logo starts no reading."""

from io import BytesIO

import numpy as np
import pytest
from docx import Document

from extractors import pasted as pasting
from extractors.files import read_bytes
from extractors.pasted import MOST_PAGES, Pixels, is_paper, pages_pasted
from extractors.scan import Picture
from gengang.findings import Finding
from gengang.reading import FieldReading
from gengang.sheet import Pasted
from tests.unit.prints import FORMS, LOG, docx_of, file_of, photographed, pictures_of
from tests.unit.wordfiles import docx, p

CM = 360_000


def pasted(*pictures: bytes, text: str = "") -> bytes:
    """A Word file with pictures as wide as the page, each in a paragraph of its own."""
    drawings = [p(f'<w:r><w:drawing><wp:inline><wp:extent cx="{16 * CM}" cy="{22 * CM}"/><a:blip r:embed="p{number}"/>'
                  "</wp:inline></w:drawing></w:r>") for number in range(len(pictures))]  # fmt: skip
    parts = {f"p{number}.png": ("image", data) for number, data in enumerate(pictures)}
    return docx(*filter(None, [text]), *drawings, parts=parts)


def coloured(share: float) -> Pixels:
    """Paper with a coloured part."""
    pixels = np.full((900, 700, 3), 250, np.uint8)
    pixels[: round(900 * share)] = (40, 160, 60)
    return pixels


def test_a_pasted_form_is_read_as_a_scan_is() -> None:
    file = read_bytes("a.docx", pasted(file_of(pictures_of("training_log")[0])), FORMS)
    assert file.medium == "scan"
    [reading] = file.submissions
    assert (reading.form, reading.pages) == ("training_log", (1,))
    assert [finding.code for finding in file.findings] == ["pasted_form"]
    name, gains = reading.fields["name"], reading.fields["gains"]
    assert isinstance(name, FieldReading)
    assert isinstance(gains, FieldReading)
    assert (name.value, gains.value) == (LOG.values["name"], LOG.values["gains"])
    assert name.confidence not in (None, 0.99)  # as sure as it was recognised, not as digital text is


def test_a_form_in_the_body_and_one_as_a_picture_are_both_read() -> None:
    both = read_bytes("a.docx", with_picture(docx_of("training_log"), file_of(pictures_of("training_log")[0])), FORMS)
    assert both.medium == "word"
    assert [(one.form, one.pages) for one in both.submissions] == [("training_log", ()), ("training_log", (1,))]


def with_picture(data: bytes, picture: bytes) -> bytes:
    """A Word file with a picture behind its last table."""
    document = Document(BytesIO(data))
    document.add_picture(BytesIO(picture), width=16 * CM)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_pictures_that_are_no_form_change_nothing() -> None:
    plain = file_of(np.full((900, 700, 3), 250, np.uint8))
    file = read_bytes("a.docx", pasted(plain, file_of(coloured(0.9)), text="活动照片"), FORMS)
    assert (file.medium, file.submissions) == ("word", ())
    assert [finding.code for finding in file.findings] == ["unknown_form"]


@pytest.mark.parametrize(("pixels", "paper"), [
    (coloured(0.0), True), (coloured(0.9), False), (coloured(0.0)[:200], False),
    (np.full((900, 700, 3), 40, np.uint8), False),
])  # fmt: skip
def test_only_what_is_light_and_hardly_coloured_is_taken_for_paper(pixels: Pixels, paper: bool) -> None:
    assert is_paper(pixels) == paper


def test_a_photographed_page_is_paper() -> None:
    assert is_paper(photographed(pictures_of("training_log")[0]))


def test_a_picture_is_cut_and_turned_as_word_shows_it() -> None:
    pixels = np.full((800, 600, 3), 250, np.uint8)
    pixels[:400] = 200
    [page] = pages_pasted([Pasted(file_of(pixels), (0.0, 0.5, 1.0, 1.0), 90.0)])
    assert isinstance(page, Picture)
    assert page.number == 1
    assert page.pixels.shape == (600, 400, 3)
    assert int(page.pixels.min()) == 250


def test_pages_over_the_most_are_told_and_nothing_behind_them_is_opened() -> None:
    paper, photo, broken = (Pasted(data) for data in (file_of(coloured(0.0)), file_of(coloured(0.9)), b"no picture"))
    begun: list[int] = []

    def begins(number: int) -> bool:
        begun.append(number)
        return True

    *pages, told = pages_pasted([*[paper] * MOST_PAGES, photo, paper, broken], begins)
    assert [page.number for page in pages if isinstance(page, Picture)] == begun == [*range(1, MOST_PAGES + 1)]
    assert isinstance(told, Finding)
    assert (told.code, told.severity) == ("too_large", "error")
    assert f"第 {MOST_PAGES + 1} 张起没有读取，请" in told.message


def test_the_most_pages_and_photos_behind_them_lose_nothing() -> None:
    paper, photo = Pasted(file_of(coloured(0.0))), Pasted(file_of(coloured(0.9)))
    assert all(isinstance(page, Picture) for page in pages_pasted([*[paper] * MOST_PAGES, photo]))


def test_a_form_beyond_the_most_pages_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pasting, "MOST_PAGES", 1)
    page = file_of(pictures_of("training_log")[0])
    file = read_bytes("a.docx", pasted(page, page), FORMS)
    [reading] = file.submissions
    assert reading.pages == (1,)
    assert "too_large" in [finding.code for finding in (*file.findings, *reading.findings)]


def test_a_large_picture_that_is_damaged_is_told() -> None:
    file = read_bytes("a.docx", pasted(file_of(coloured(0.9)), b"no picture"), FORMS)
    assert [finding.code for finding in file.findings] == ["unknown_form", "unreadable_page"]
    assert "第 2 张大图打不开" in file.findings[1].message


def test_a_picture_of_too_many_pixels_is_told_beside_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.bitmap.MOST_PIXELS", 900 * 700 - 1)
    file = read_bytes("a.docx", with_picture(docx_of("training_log"), file_of(coloured(0.0))), FORMS)
    assert [reading.form for reading in file.submissions] == ["training_log"]
    assert [finding.code for finding in file.findings] == ["too_large"]
    assert "第 1 张大图" in file.findings[0].message

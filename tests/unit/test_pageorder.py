"""Pages of one file to the forms on them: in the order they make sense in, and nobody's pages with another's."""

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO

import pikepdf
import pytest

from extractors.files import read_bytes
from gengang.reading import FieldReading, FileReading, Reading
from tests.unit.prints import FORMS, SENT, pdf_of
from tests.unit.repainted import saved

Page = tuple[str, int]
FRONT, BACK = ("appraisal", 0), ("appraisal", 1)
LOG = ("training_log", 0)


def file_of(pages: Sequence[Page | None]) -> bytes:
    """These pages of prints in one file; None is a blank page."""
    made = pikepdf.new()
    sources = {stem: pikepdf.open(BytesIO(pdf_of(stem))) for stem in SENT}
    for page in pages:
        if page is None:
            made.add_blank_page(page_size=(595, 842))
        else:
            made.pages.append(sources[page[0]].pages[page[1]])
    return saved(made)


def read(*pages: Page | None) -> FileReading:
    return read_bytes("all.pdf", file_of(pages), FORMS)


@lru_cache
def alone(stem: str) -> dict[str, tuple[str, object]]:
    [reading] = read_bytes("one.pdf", pdf_of(stem), FORMS).submissions
    return fields(reading)


def fields(reading: Reading) -> dict[str, tuple[str, object]]:
    return {name: (one.status, one.value) for name, one in reading.fields.items() if isinstance(one, FieldReading)}


def codes(file: FileReading) -> set[str]:
    return {finding.code for reading in file.submissions for finding in reading.findings} | {
        finding.code for finding in file.findings
    }


@pytest.mark.parametrize("pages", [
    [FRONT, BACK, LOG], [LOG, FRONT, BACK], [BACK, FRONT], [FRONT, LOG, BACK], [FRONT, BACK, FRONT, BACK],
    [FRONT, None, BACK, None, LOG],
], ids=str)  # fmt: skip
def test_pages_are_read_as_if_each_form_came_alone(pages: list[Page | None]) -> None:
    file = read(*pages)
    stems = sorted({page[0] for page in pages if page} if pages.count(FRONT) < 2 else ["appraisal", "appraisal"])
    assert sorted(reading.form for reading in file.submissions) == stems
    assert all(fields(reading) == alone(reading.form) for reading in file.submissions)


def test_pages_that_were_put_in_order_are_told() -> None:
    file = read(BACK, FRONT)
    assert "pages_reordered" in codes(file)
    assert file.submissions[0].pages == (1, 2)


def test_a_blank_back_is_skipped_and_told() -> None:
    assert "page_skipped" in codes(read(FRONT, None, BACK))


def test_pages_that_nobody_can_put_together_are_asked_about() -> None:
    file = read(FRONT, FRONT, BACK, BACK)
    assert "page_order" in codes(file)
    assert len(file.submissions) == 2
    assert not any(status == "accepted" for reading in file.submissions for status, _ in fields(reading).values())


def test_a_lost_page_is_told_and_its_fields_are_missing() -> None:
    [reading] = read(FRONT).submissions
    assert fields(reading)["name"] == alone("appraisal")["name"]
    assert fields(reading)["score"][0] == "missing"
    assert "page_missing" in codes(read(FRONT))

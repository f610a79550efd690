"""A clerk presses the seal over year and month: near the words that ask for it, on the date beside or under them."""

import pypdfium2
import pytest

from gengang.rendering import writer_of
from gengang.sample.pictures import MM_PER_INCH
from gengang.sample.printing import printed
from gengang.sample.seals import DIAMETER_MM, seal_places
from gengang.workspace import BUILT_IN

DATED = {
    "leave_request": "base_signed_on",
    "mentor_summary": "base_signed_on",
    "appraisal": "base_signed_on",
    "assessment_register": "base_signed_on",
    "task_summary": "signed_on",
    "base_school_appraisal": "signed_on",
}


@pytest.fixture(scope="module")
def prints() -> dict[str, bytes]:
    documents = [
        writer_of((BUILT_IN / "forms" / f"{stem}.docx").read_bytes(), stem).fill({field: "2016-12-05"})
        for stem, field in DATED.items()
    ]
    return dict(zip(DATED, printed(documents, BUILT_IN / "fonts"), strict=True))


@pytest.mark.parametrize("stem", DATED)
def test_a_seal_covers_the_date_it_belongs_to(stem: str, prints: dict[str, bytes]) -> None:
    place = seal_places(prints[stem])[0]
    with pypdfium2.PdfDocument(prints[stem]) as document:
        page = document[place.page - 1]
        width, height = page.get_size()
        text = page.get_textpage()
        found = text.search("2016年12月5日").get_next()
        assert found is not None
        left, bottom, right, top = text.get_charbox(found[0] + 4)  # 年
    across, down = (left + right) / 2 - place.centre[0] * width, height - (bottom + top) / 2 - place.centre[1] * height
    assert (across**2 + down**2) ** 0.5 * MM_PER_INCH / 72 < DIAMETER_MM / 2

"""A form that comes back is read with the template it was handed out on; lost and foreign pages are seen at once."""

import io
from pathlib import Path

import pikepdf
import pytest

from extractors.files import read_bytes
from gengang.form import Form
from gengang.issued import Issued
from gengang.reading import FieldReading, Reading
from gengang.rendering import Writer, writer_of
from gengang.tools import convert_office
from gengang.wordmarks import marked
from tests.laws.test_word_law import EVERY_FORM, FORMS, TEMPLATES
from tests.unit.prints import side_by_side
from tests.unit.wordfiles import replaced_in_word

ONE, TWO = "P-000000000001", "P-000000000002"
SEPTEMBER = FORMS["leave_request"]


def edited() -> Writer:
    """The leave request after the office called one thing otherwise and one field by another name."""
    data = replaced_in_word(SEPTEMBER.data, {"reason | prose": "why | prose", "请假类别": "请假种类"})
    return writer_of(data, "leave_request")


OCTOBER = edited()
TODAY: tuple[Form, ...] = (OCTOBER.form, *(form for form in EVERY_FORM if form.stem != "leave_request"))
WITH_OLDER = (*TODAY, SEPTEMBER.form)
LEAVE = {"name": "张三", "reason": "发热，遵医嘱休息。"}


def read_one(data: bytes, forms: tuple[Form, ...], name: str = "a.docx") -> Reading:
    [reading] = read_bytes(name, data, forms).submissions
    return reading


def value(reading: Reading, name: str) -> object:
    found = reading.fields[name]
    assert isinstance(found, FieldReading)
    return found.value if found.status == "accepted" else found.status


@pytest.mark.parametrize("handed_out", [True, False])
def test_a_form_of_september_is_read_with_septembers_template(handed_out: bool) -> None:
    data = SEPTEMBER.fill(LEAVE)
    if handed_out:
        data = marked(data, Issued("leave_request", SEPTEMBER.form.version, ONE))
    reading = read_one(data, WITH_OLDER)
    assert reading.version == SEPTEMBER.form.version
    assert value(reading, "reason") == LEAVE["reason"]
    assert [(one.code, one.severity) for one in reading.findings] == [
        ("older_version", "info"),
        ("electronic_copy", "info"),
    ]


def test_a_form_of_october_is_read_with_octobers() -> None:
    reading = read_one(OCTOBER.fill({"name": "张三", "why": "发热。"}), WITH_OLDER)
    assert reading.version == OCTOBER.form.version
    assert value(reading, "why") == "发热。"
    assert [one.code for one in reading.findings] == ["electronic_copy"]


def test_a_version_that_is_nowhere_is_told() -> None:
    data = marked(OCTOBER.fill({"name": "张三"}), Issued("leave_request", "0123456789ab", ONE))
    reading = read_one(data, TODAY)
    assert reading.version == OCTOBER.form.version
    assert [one.code for one in reading.findings] == ["version_unknown", "electronic_copy"]


@pytest.mark.parametrize("stem", ["2.1", "2_1"])
def test_templates_that_a_mark_calls_alike_are_told_apart_by_their_version(stem: str) -> None:
    both = {"2.1": writer_of(SEPTEMBER.data, "2.1"), "2_1": writer_of(OCTOBER.data, "2_1")}
    data = marked(both[stem].fill({"name": "张三"}), Issued("2_1", both[stem].form.version, ONE))
    reading = read_one(data, tuple(writer.form for writer in both.values()))
    assert reading.issued == Issued(stem, both[stem].form.version, ONE)
    assert (reading.form, [one.code for one in reading.findings]) == (stem, ["electronic_copy"])


def test_what_was_pasted_into_a_handed_out_file_is_read_as_what_it_is() -> None:
    data = marked(FORMS["reflection"].fill({"name": "李四", "strengths": "问题问得准。"}),
                  Issued("leave_request", SEPTEMBER.form.version, ONE))  # fmt: skip
    reading = read_one(data, WITH_OLDER)
    assert reading.form == "reflection"
    assert reading.issued is None


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pikepdf.Pdf]:
    """Two people's own 鉴定表 as PDFs of two pages."""
    folder = tmp_path_factory.mktemp("pages")
    writer = FORMS["appraisal"]
    for name, key in (("张三", ONE), ("李四", TWO)):
        data = marked(writer.fill({"name": name}), Issued("appraisal", writer.form.version, key))
        (folder / f"{name}.docx").write_bytes(data)
    made = convert_office(sorted(folder.glob("*.docx")), "pdf", folder / "pdf", 120, TEMPLATES / "fonts")
    return {Path(one.source).stem: pikepdf.open(one.result) for one in made if one.result}


def put_together(pages: dict[str, pikepdf.Pdf], *wanted: tuple[str, int]) -> bytes:
    """One PDF of some of the pages, numbered from 1."""
    joined = pikepdf.new()
    for name, number in wanted:
        joined.pages.append(pages[name].pages[number - 1])
    saved = io.BytesIO()
    joined.save(saved)
    return saved.getvalue()


def told(pages: dict[str, pikepdf.Pdf], *wanted: tuple[str, int]) -> list[tuple[str, tuple[int, ...], bool]]:
    """Whose each submission is, its pages, and whether a page is said to be missing."""
    file = read_bytes("a.pdf", put_together(pages, *wanted), EVERY_FORM)
    return [(one.issued.person if one.issued else "", one.pages, any(f.code == "page_missing" for f in one.findings))
            for one in file.submissions]  # fmt: skip


def test_several_peoples_pages_are_parted_by_their_marks(pages: dict[str, pikepdf.Pdf]) -> None:
    both = (("张三", 1), ("张三", 2), ("李四", 1), ("李四", 2))
    assert told(pages, *both) == [(ONE, (1, 2), False), (TWO, (3, 4), False)]


def test_marks_part_peoples_pages_that_lie_two_by_two_on_sheets(pages: dict[str, pikepdf.Pdf]) -> None:
    one, two = (put_together(pages, (name, 1), (name, 2)) for name in ("张三", "李四"))
    file = read_bytes("a.pdf", side_by_side(((one, 0), (two, 1)), ((two, 0), (one, 1))), EVERY_FORM)
    assert [(reading.issued.person if reading.issued else "", reading.pages) for reading in file.submissions] == [
        (ONE, (1, 2)),
        (TWO, (1, 2)),
    ]
    assert "page_missing" not in {finding.code for reading in file.submissions for finding in reading.findings}


def test_copies_of_one_persons_form_are_parted(pages: dict[str, pikepdf.Pdf]) -> None:
    copies = (("张三", 1), ("张三", 2), ("张三", 1), ("张三", 2))
    assert told(pages, *copies) == [(ONE, (1, 2), False), (ONE, (3, 4), False)]


def test_a_lost_page_is_told(pages: dict[str, pikepdf.Pdf]) -> None:
    assert told(pages, ("张三", 2)) == [(ONE, (1,), True)]


def test_a_foreign_page_is_no_part_of_the_form_before(pages: dict[str, pikepdf.Pdf]) -> None:
    assert told(pages, ("张三", 1), ("李四", 2)) == [(ONE, (1,), False), (TWO, (2,), True)]

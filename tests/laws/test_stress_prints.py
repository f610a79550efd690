"""Nothing is clipped: the longest content and sixty rows of every form stand whole on the print, and read back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.files import read_bytes
from gengang.codecs import CODECS, Period, Value
from gengang.form import FieldType, Form
from gengang.papers.print_proof import print_findings
from gengang.reading import ListReading
from gengang.submission import Submission
from gengang.tools import convert_office
from tests.laws.test_pdf_law import silently_wrong, told
from tests.laws.test_word_law import EVERY_FORM, FORMS, TEMPLATES

LONG_NAME = "阿卜杜热合曼·买买提江·吐尔逊"
LONG_TEXT = "安和县李塘乡九年一贯制学校东沟村教学点（原李塘乡第二初级中学）教务处"
SENTENCE = "听课时我留意到每一个环节都有明确的目标，学生先独立思考，再小组交流，最后全班汇报，教师只在关键处点拨。"
LONG_PROSE = "\n".join([SENTENCE * 5] * 3)  # about 750 characters
NAMES = ("name", "mentor", "teacher", "signature", "trainee", "speaker", "host", "assessor", "witness", "person")
ROWS = 60


def longest(name: str, kind: FieldType) -> Value | None:
    """The longest that a person would write in a field."""
    if kind.codec == "text":
        return LONG_NAME if name.endswith(NAMES) else LONG_TEXT
    if kind.codec == "prose":
        return LONG_PROSE
    if kind.options:
        return max(kind.options, key=len)
    long: dict[str, Value] = {"period": Period("2016-10-10", "2016-12-12"), "date": "2016-12-12", "month": "2016-12",
                              "count": 1000, "days": "10.5", "score": "92.25"}  # fmt: skip
    return None if kind.codec == "picture" else long.get(kind.codec, CODECS[kind.codec].sample)


def short(name: str, kind: FieldType, number: int) -> Value | None:
    """What a row usually says; rows differ."""
    if kind.codec == "count":
        return number
    return f"{name[:2]}第{number}行" if kind.codec in ("text", "prose") else longest(name, kind)


def fullest(form: Form) -> Submission:
    """Every field as long as it gets, two rows in each list."""
    values = {name: longest(name, kind) for name, kind in form.fields().items()}
    lists = {name: tuple({column: longest(column, kind) for column, kind in columns.items()} for _ in range(2))
             for name, columns in form.lists().items()}  # fmt: skip
    return Submission(form.stem, values, lists)


def many_rows(form: Form) -> Submission:
    """Sixty rows in each list."""
    lists = {name: tuple({column: short(column, kind, row) for column, kind in columns.items()}
                         for row in range(1, ROWS + 1)) for name, columns in form.lists().items()}  # fmt: skip
    return Submission(form.stem, dict.fromkeys(form.fields()), lists)


CASES = {
    **{f"{stem}-longest": fullest(writer.form) for stem, writer in FORMS.items()},
    **{f"{stem}-rows": many_rows(writer.form) for stem, writer in FORMS.items() if writer.form.lists()},
}


@pytest.fixture(scope="module")
def prints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """All cases printed in one batch."""
    folder = tmp_path_factory.mktemp("stress")
    sources = []
    for name, stated in CASES.items():
        sources.append(folder / f"{name}.docx")
        sources[-1].write_bytes(FORMS[stated.form].fill_submission(stated))
    made = convert_office(sources, "pdf", folder / "pdf", 300, TEMPLATES / "fonts")
    return {Path(one.source).stem: one.result.read_bytes() for one in made if one.result}


def faults(stated: Submission, pdf: bytes) -> Iterator[str]:
    form = FORMS[stated.form].form
    pages, found = print_findings(pdf, form, stated, 40)
    yield from (f"{finding.field}: {finding.message}" for finding in found)
    [reading] = read_bytes("a.pdf", pdf, EVERY_FORM).submissions
    assert reading.pages == tuple(range(1, pages + 1))
    yield from (f"{path}: {found.status} {found.value}" for path, found, value in told(reading, stated)
                if silently_wrong(found, value))  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_print_shows_all_of_it(name: str, prints: dict[str, bytes]) -> None:
    assert list(faults(CASES[name], prints[name])) == []


@pytest.mark.parametrize("name", [name for name in CASES if name.endswith("-rows")])
def test_sixty_rows_are_sixty_rows(name: str, prints: dict[str, bytes]) -> None:
    [reading] = read_bytes("a.pdf", prints[name], EVERY_FORM).submissions
    rows = {name: len(found.rows) for name, found in reading.fields.items() if isinstance(found, ListReading)}
    assert rows == dict.fromkeys(CASES[name].lists, ROWS)

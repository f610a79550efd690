"""Law 2: what is printed to PDF is read back from it, or the field is said to need a person; never silently wrong."""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from extractors.files import read_bytes
from gengang.codecs import Value
from gengang.reading import FieldReading, ListReading, Reading
from gengang.submission import Submission
from gengang.tools import convert_office
from tests.laws.often import often
from tests.laws.strategies import PRINTED_VALUES, submissions
from tests.laws.test_word_law import EVERY_FORM, FORMS, TEMPLATES, examples

EXAMPLES = often(10)
Told = tuple[str, FieldReading, Value | None]


def _drawn(stem: str) -> list[Submission]:
    drawn: list[Submission] = []

    @seed(20161207)
    @settings(
        max_examples=examples(stem, EXAMPLES),
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(submissions(FORMS[stem].form, 3, PRINTED_VALUES))
    def collect(stated: Submission) -> None:
        drawn.append(stated)

    collect()
    return drawn


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Submission, bytes]]]:
    """Submissions of each form and their prints, all printed in one batch."""
    folder = tmp_path_factory.mktemp("law2")
    stated = {stem: _drawn(stem) for stem in FORMS}
    sources = {}
    for stem, drawn in stated.items():
        for number, submission in enumerate(drawn):
            path = folder / f"{stem}_{number}.docx"
            path.write_bytes(FORMS[stem].fill_submission(submission))
            sources[path] = (stem, submission)
    found: dict[str, list[tuple[Submission, bytes]]] = {stem: [] for stem in FORMS}
    for converted in convert_office(list(sources), "pdf", folder / "pdf", 300, TEMPLATES / "fonts"):
        assert converted.result is not None, converted.message
        stem, submission = sources[converted.source]
        found[stem].append((submission, converted.result.read_bytes()))
    return found


def told(reading: Reading, stated: Submission) -> Iterator[Told]:
    """Each field as read beside what was stated; a list whose row count differs must itself ask for a person."""
    for name, value in stated.values.items():
        found = reading.fields[name]
        assert isinstance(found, FieldReading)
        yield name, found, value
    for name, rows in stated.lists.items():
        listed = reading.fields[name]
        assert isinstance(listed, ListReading)
        if len(listed.rows) != len(rows):
            assert listed.status == "review", f"{name}: {len(rows)} rows stated, {len(listed.rows)} read"
            continue
        for number, (row, read) in enumerate(zip(rows, listed.rows, strict=True), 1):
            yield from ((f"{name}[{number}].{column}", read[column], value) for column, value in row.items())


def silently_wrong(found: FieldReading, value: Value | None) -> bool:
    if found.status == "accepted":
        return found.value != value
    return found.status in ("blank", "missing") and value is not None


@pytest.mark.parametrize("stem", FORMS)
def test_a_printed_form_is_never_silently_wrong(stem: str, printed: dict[str, list[tuple[Submission, bytes]]]) -> None:
    wrong = []
    counts: Counter[str] = Counter()
    for stated, pdf in printed[stem]:
        file = read_bytes("a.pdf", pdf, EVERY_FORM)
        assert len(file.submissions) == 1, file.findings
        for path, found, value in told(file.submissions[0], stated):
            counts[found.status] += 1
            if silently_wrong(found, value):
                wrong.append((path, found.status, found.value, value))
    assert wrong == []
    assert counts["accepted"] > counts["review"], counts

"""A form saved in an old office format is read through LibreOffice, and is never silently wrong."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from extractors.files import read_files
from gengang.submission import Submission
from gengang.tools import OfficeFormat, convert_office
from tests.laws.often import SOAK, often
from tests.laws.strategies import PRINTED_VALUES, submissions
from tests.laws.test_pdf_law import silently_wrong, told
from tests.laws.test_word_law import EVERY_FORM, FORMS

OLD: tuple[OfficeFormat, ...] = ("doc", "odt", "rtf")  # each form in one of them, in `make soak` in all
FORMS_IN_ORDER = sorted(FORMS)


def _drawn(stem: str) -> Submission:
    drawn: list[Submission] = []

    @seed(19970305)
    @settings(max_examples=often(5), database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(submissions(FORMS[stem].form, 3, PRINTED_VALUES))
    def collect(stated: Submission) -> None:
        drawn.append(stated)

    collect()
    return drawn[-1]


@pytest.mark.parametrize("old", OLD)
def test_every_form_survives_an_old_format(old: OfficeFormat, tmp_path: Path) -> None:
    stated = {stem: _drawn(stem) for stem in FORMS if SOAK or FORMS_IN_ORDER.index(stem) % len(OLD) == OLD.index(old)}
    for stem, submission in stated.items():
        (tmp_path / f"{stem}.docx").write_bytes(FORMS[stem].fill_submission(submission))
    sources = [tmp_path / f"{stem}.docx" for stem in stated]
    saved = [str(one.result) for one in convert_office(sources, old, tmp_path / "old", 120)]
    wrong, accepted, filled = [], 0, 0
    for stem, file in zip(stated, read_files(saved, EVERY_FORM), strict=True):
        [reading] = file.submissions
        assert reading.form == stem
        for path, found, value in told(reading, stated[stem]):
            filled += value is not None
            accepted += found.status == "accepted"
            if silently_wrong(found, value):
                wrong.append((stem, path, found.status, found.value, value))
    assert wrong == []
    assert accepted >= 0.9 * filled

"""Papers of prose by many hands (tests/golden/prose): nothing is accepted that is not so, what is in doubt is asked.

`pytest -s -k without_a_question` prints which papers a person must look at, and why.
"""

import functools
from pathlib import Path

import pypdfium2
import pytest

from extractors.files import read_bytes
from gengang.reading import FileReading
from gengang.tools import convert_office
from tests.unit.prose_corpus import FORMS, FURTHER, Judged, Sent, corpus, judged, read_sent, word_of

EVERY = {sent.stem: sent for sent in corpus()}
MORE = {sent.stem: sent for sent in corpus(FURTHER)}
POSITIVE = {stem: sent for stem, sent in EVERY.items() if len(sent.forms) == 1 and sent.forms != ("",)}
PLAIN = {stem: sent for stem, sent in POSITIVE.items() if not sent.asks & {"form", "name"}}
PRINTED = (
    "a01_classic_research_report", "a02_title_without_kind_word",
    "b02_base_plan_with_table", "k01_appraisal_letter", "l03_approvals_below",
    "m01_mentor_summary", "n01_county_plan", "n09_reading_notes", "r01_author_in_brackets", "r12_long_nested",
    "s01_form_headings", "s07_long",
)  # fmt: skip
BASIC = ("name", "school", "date", "title", "body")


@functools.cache
def judgement(stem: str) -> Judged:
    return judged(EVERY[stem], read_sent(EVERY[stem]))


@functools.cache
def further(stem: str) -> FileReading:
    return read_sent(MORE[stem])


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Some papers as PDF."""
    folder = tmp_path_factory.mktemp("prose")
    paths = [_typed(folder, EVERY[stem]) for stem in PRINTED]
    pdfs = convert_office(paths, "pdf", folder / "pdf", 180.0)
    return {stem: one.result.read_bytes() for stem, one in zip(PRINTED, pdfs, strict=True) if one.result}


@pytest.fixture(scope="module")
def in_pdf(printed: dict[str, bytes]) -> dict[str, FileReading]:
    """Their readings."""
    return {stem: read_bytes(EVERY[stem].file.replace(".docx", ".pdf"), data, FORMS) for stem, data in printed.items()}


@pytest.mark.parametrize("stem", EVERY)
def test_no_accepted_value_differs_from_the_truth(stem: str) -> None:
    assert (judgement(stem).wrong, judgement(stem).unlisted) == ((), ())


@pytest.mark.parametrize("stem", EVERY)
def test_the_kind_is_right_or_asked_about(stem: str) -> None:
    assert judgement(stem).kind == ()


@pytest.mark.parametrize("stem", EVERY)
def test_what_a_careful_reader_asks_about_is_not_accepted(stem: str) -> None:
    assert judgement(stem).bold == ()


@pytest.mark.parametrize("stem", MORE)
def test_papers_of_odder_shapes_are_asked_about_sooner_than_read_wrong(stem: str) -> None:
    found = judged(MORE[stem], further(stem))
    assert (found.wrong, found.bold, found.unlisted) == ((), (), ())
    asked = [one for one in found.kind if one.startswith(("asks about", "no submission"))]
    assert [*found.kind] == asked


def test_of_papers_of_odder_shapes_that_are_one_of_the_kinds_one_alone_is_left_unread() -> None:
    one_kind = {stem for stem, sent in MORE.items() if len(sent.forms) == 1 and sent.forms != ("",)}
    assert len(one_kind) >= 105
    assert {stem for stem in one_kind if not further(stem).submissions} == {"s56_title_only_poetic_kind_in_text"}


@pytest.mark.parametrize("stem", POSITIVE)
def test_what_heads_or_signs_a_paper_is_not_called_missing(stem: str) -> None:
    assert [lost for lost in judgement(stem).lost if lost.split(" ")[0] in BASIC] == []


@pytest.mark.parametrize("stem", PRINTED)
def test_a_paper_printed_to_pdf_is_read_as_carefully(stem: str, in_pdf: dict[str, FileReading]) -> None:
    found = judged(EVERY[stem], in_pdf[stem])
    assert (found.kind, found.wrong, found.bold) == ((), (), ())


@pytest.mark.parametrize("stem", PRINTED)
def test_a_printed_paper_is_said_to_stand_on_every_page_of_its_file(
    stem: str, printed: dict[str, bytes], in_pdf: dict[str, FileReading]
) -> None:
    every = tuple(range(1, len(pypdfium2.PdfDocument(printed[stem])) + 1))
    assert [reading.pages for reading in in_pdf[stem].submissions if reading.pages != every] == []


def test_most_plain_papers_are_read_without_a_question() -> None:
    questions = {stem: _questions(judgement(stem)) for stem in PLAIN}
    for stem, asked in questions.items():
        print(f"{stem}: {'; '.join(asked) or 'no question'}")
    without = sum(not asked for asked in questions.values())
    print(f"{without} of {len(questions)} without a question")
    assert without > len(questions) / 2


def _questions(found: Judged) -> tuple[str, ...]:
    return (*found.kind, *found.wrong, *found.asked, *(lost for lost in found.lost if lost.split(" ")[0] in BASIC))


def _typed(folder: Path, sent: Sent) -> Path:
    path = folder / f"{sent.stem}.docx"
    path.write_bytes(word_of(sent))
    return path

"""An office's own papers: what a template may ask for, and that one which asks for more is held and says why."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from docx import Document

from gengang.drafting import Judged
from gengang.judging import judged_of
from gengang.ledger import kept_ledger
from gengang.own_papers import NAMES, ROWS, faults_of, own_drafts
from gengang.rendering import writer_of
from gengang.template import form_of
from gengang.workspace import OWN, OWN_PER, own_papers_of, scheme_of
from tests.whole import samples


def word_of_lines(lines: Sequence[str]) -> bytes:
    """A Word file of these paragraphs."""
    document, file = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def rows_of(per: str) -> Iterator[str]:
    """A line for every name that a folder has."""
    for one in NAMES:
        if per in one.per:
            yield f"{one.says}：{{{{ {one.name} | {one.codec} }}}}"


@pytest.fixture(scope="module")
def judged(few_run: Path) -> Judged:
    settings = samples.settings_for(few_run)
    with kept_ledger(settings) as ledger:
        return judged_of(tuple(ledger.read()), scheme_of(settings), samples.CLOSING)


@pytest.mark.parametrize("per", OWN_PER)
def test_every_documented_name_can_be_filled(per: str, judged: Judged) -> None:
    writer = writer_of(word_of_lines([*rows_of(per)]), "own")
    assert faults_of(f"{per}/own", writer.form) == ()
    drafts = own_drafts(judged, {(OWN, f"{per}/own"): writer})
    people = len(judged.trainees)
    assert len(drafts) == {"person": people, "school": len({one.school for one in judged.trainees}), "cohort": 1}[per]
    assert len({draft.file for draft in drafts}) == len(drafts)
    for draft in drafts:
        assert writer.fill(draft.values, draft.lists)


@pytest.mark.parametrize(("tag", "code"), [("{{ nobody | text }}", "own_name"), ("{{ county | count }}", "own_type")])
def test_a_template_that_asks_for_what_there_is_not_is_printed_for_nobody(tag: str, code: str, judged: Judged) -> None:
    writer = writer_of(word_of_lines([f"某项：{tag}"]), "own")
    [draft] = own_drafts(judged, {(OWN, "person/own"): writer})
    assert [fault.code for fault in draft.faults] == [code]


def test_names_of_one_folder_are_not_another_s() -> None:
    form = form_of(word_of_lines(["姓名：{{ name | text }}"]), "own")
    assert faults_of("person/own", form) == ()
    assert [fault.field for fault in faults_of("cohort/own", form)] == ["name"]
    assert {one.codec for columns in ROWS.values() for one in columns} <= {"text", "date", "score"}


def test_a_template_that_cannot_be_compiled_is_told_and_stops_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / OWN / "person"
    folder.mkdir(parents=True)
    (folder / "坏.docx").write_bytes(b"no word")
    (folder / "好.docx").write_bytes(word_of_lines(["姓名：{{ name | text }}"]))
    writers, broken = own_papers_of(samples.settings_for(tmp_path))
    assert [*writers] == [(OWN, "person/好")]
    assert [fault.place for fault in broken] == ["templates/own/person/坏.docx"]

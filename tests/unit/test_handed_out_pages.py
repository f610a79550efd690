"""A blank form fills its pages: no page is left half empty, and none holds a lonely note or signature."""

from pathlib import Path

import numpy as np
import pytest

from gengang.papers.handouts import blank_draft
from gengang.rendering import writer_of
from gengang.sample.pictures import Picture, pages_of
from gengang.sample.printing import printed
from tests.unit.agreed_forms import AGREED

TEMPLATES = Path(__file__).parents[2] / "templates"
PAGES = {
    "action_research_report": 3, "study_report": 3,
    **dict.fromkeys(("appraisal", "assessment_register", "base_school_plan", "development_plan", "lesson_taught",
                     "mentor_summary", "personal_info", "placement_report", "project_result", "study_essay",
                     "study_plan", "study_summary", "task_summary", "teaching_design"), 2),
}  # fmt: skip
FOOTER = 0.93  # share of a page above it
FILLED = 0.80


@pytest.fixture(scope="module")
def blanks() -> dict[str, list[Picture]]:
    """The pages of every form as it is handed out."""
    writers = [writer_of((TEMPLATES / "forms" / f"{stem}.docx").read_bytes(), stem) for stem in AGREED]
    drafts = [blank_draft(writer.form) for writer in writers]
    documents = [writer.fill(draft.values, draft.lists) for writer, draft in zip(writers, drafts, strict=True)]
    return {stem: pages_of(pdf, 60) for stem, pdf in zip(AGREED, printed(documents, TEMPLATES / "fonts"), strict=True)}


def filled_down_to(page: Picture) -> float:
    """The share of the page's height at which the lowest ink above the footer stands."""
    body = page[: round(page.shape[0] * FOOTER)]
    return float(np.flatnonzero((body < 160).any(axis=(1, 2))).max() / page.shape[0])


@pytest.mark.parametrize("stem", AGREED)
def test_a_blank_form_has_its_pages_and_fills_them(stem: str, blanks: dict[str, list[Picture]]) -> None:
    pages = blanks[stem]
    assert len(pages) == PAGES.get(stem, 1)
    assert [filled_down_to(page) >= FILLED for page in pages] == [True] * len(pages)

"""Every form on one picture, blank as it is handed out: `python -m scripts.contact_sheet docs/pictures/forms.png`."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from gengang.papers.handouts import blank_draft
from gengang.rendering import Writer, writer_of
from gengang.tools import convert_office
from gengang.workspace import BUILT_IN

ACROSS, WIDE, HIGH, GAP, CAPTION = 8, 420, 594, 18, 30
DESK, INK = (226, 226, 222), (40, 40, 40)
FACE = BUILT_IN / "fonts" / "FandolFang-Regular.otf"
# As a season goes; the lying sheets last, each as wide as two upright ones.
ORDER = (
    "personal_info", "study_plan", "development_plan", "day_plan", "mentor_assignment", "base_school_plan",
    "training_log", "lesson_observation", "lesson_taught", "reflection", "activity_record", "leave_request",
    "action_research_report", "study_report", "task_summary", "mentor_summary", "appraisal", "assessment_register",
    "base_school_appraisal", "sign_in", "teaching_design", "teaching_journal", "weekly_report", "study_notes",
    "observation_essay", "lesson_review", "improvement_measures", "study_essay", "placement_report", "study_summary",
    "self_reflection", "project_result", "process_evaluation", "performance_review", "self_evaluation",
    "activity_evaluation", "student_feedback", "checkpoint", "growth_file", "registration", "attendance",
    "question_response", "score_sheet",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """The first page of a form, its title and how many pages it has."""

    page: Image.Image
    title: str
    pages: int

    @property
    def places(self) -> int:
        """How many places of an upright page it takes."""
        return 2 if self.page.width > self.page.height else 1


def shown_forms(folder: Path) -> list[Shown]:
    """Each form of a folder, printed blank with rows to write on."""
    writers = [writer_of(path.read_bytes(), path.stem) for path in sorted(folder.glob("*.docx"), key=_as_a_season_goes)]
    with tempfile.TemporaryDirectory() as work:
        sources = [Path(work) / f"{writer.form.stem}.docx" for writer in writers]
        for source, writer in zip(sources, writers, strict=True):
            draft = blank_draft(writer.form)
            source.write_bytes(writer.fill(draft.values, draft.lists))
        prints = convert_office(sources, "pdf", Path(work) / "pdf", 300, BUILT_IN / "fonts")
        return [_shown(one.result, writer) for one, writer in zip(prints, writers, strict=True) if one.result]


def _as_a_season_goes(path: Path) -> tuple[int, str]:
    return (ORDER.index(path.stem) if path.stem in ORDER else len(ORDER)), path.stem


def _shown(pdf: Path, writer: Writer) -> Shown:
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        scale = HIGH / page.get_height()
        drawn = page.render(scale=3 * scale).to_pil().convert("RGB")
        size = (round(page.get_width() * scale), round(page.get_height() * scale))
        return Shown(drawn.resize(size, Image.Resampling.LANCZOS), writer.form.title, len(document))


def contact_sheet(forms: Sequence[Shown]) -> Image.Image:
    """The pages in rows of eight upright ones on a desk, each with its title under it."""
    places = tuple(_places(forms))
    rows = places[-1] // ACROSS + 1
    sheet = Image.new("RGB", (ACROSS * (WIDE + GAP) + GAP, rows * (HIGH + GAP + CAPTION) + GAP), DESK)
    pen, face = ImageDraw.Draw(sheet), ImageFont.truetype(str(FACE), 18)
    for form, number in zip(forms, places, strict=True):
        middle = GAP + number % ACROSS * (WIDE + GAP) + (form.places * (WIDE + GAP) - GAP) // 2
        left, top = middle - form.page.width // 2, GAP + number // ACROSS * (HIGH + GAP + CAPTION)
        sheet.paste(form.page, (left, top))
        pen.rectangle((left - 1, top - 1, left + form.page.width, top + form.page.height), outline=(150, 150, 146))
        caption = f"{form.title}{f'（{form.pages}页）' if form.pages > 1 else ''}"
        pen.text((middle, top + form.page.height + 14), caption, INK, face, anchor="mm")
    return sheet


def _places(forms: Sequence[Shown]) -> Iterator[int]:
    """Where each page stands, counted in upright ones; one that does not fit into a row begins the next."""
    at = 0
    for form in forms:
        at += -at % ACROSS if at % ACROSS + form.places > ACROSS else 0
        yield at
        at += form.places


def main(target: Path) -> None:
    """Draw it; few colours, since a page has few."""
    contact_sheet(shown_forms(BUILT_IN / "forms")).quantize(32).save(target, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

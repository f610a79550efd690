"""One paper of each medium of the invented sample on one picture: `python -m scripts.media_sheet FILE.jpg`.

Kinds of paper without an ID number only; whoever is named on them is invented.
"""

import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont, ImageOps

from gengang.rendering import writer_of
from gengang.sample.bodies import SIGNED_FIELDS
from gengang.sample.handwriting import hand_template, written_by_hand
from gengang.sample.making import BLANKS, PRESET
from gengang.sample.papers import Filled, papers_of
from gengang.sample.people import Cohort, cohort_of
from gengang.sample.photographing import chat_pictures, photographed
from gengang.sample.printing import printed
from gengang.sample.scanning import ScanStyle, faxed, scanned
from gengang.sample.seals import Stamp, seal_places
from gengang.sample.season import season_of
from gengang.sample.stories import Kind, story_of
from gengang.schemefile import scheme_from_toml
from gengang.workspace import BUILT_IN

PEOPLE, SEED = 12, 20
ACROSS, WIDE, HIGH, GAP, CAPTION = 3, 500, 700, 20, 46
QUALITY = 84
DESK, INK = (226, 226, 222), (40, 40, 40)
FACE = BUILT_IN / "fonts" / "FandolFang-Regular.otf"
FAX_HEAD = "2016-10-19 16:42  FROM: 0000-0000000  TO: 0000-0000001"
Pictures = Callable[[bytes, tuple[Stamp, ...]], Image.Image]


@dataclass(frozen=True, slots=True)
class Medium:
    """How one paper comes. pen: the hand face of what is written, empty for print; wholly: not only signed by hand."""

    caption: str
    kind: Kind
    picture: Pictures
    pen: str = ""
    wholly: bool = False
    sealed: bool = False


def _first_page(pdf: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        page: Image.Image = document[0].render(scale=200 / 72).to_pil()
        return page.convert("RGB")


def _opened(jpeg: bytes) -> Image.Image:
    return ImageOps.exif_transpose(Image.open(io.BytesIO(jpeg))).convert("RGB")


COLOUR_SCAN = ScanStyle(colour=True, tilt=0.8)
MEDIA = (
    Medium("Word文档打印件：教育教学反思", "reflection", lambda pdf, _: _first_page(pdf)),
    Medium("盖章扫描件：请假申请", "leave_request",
           lambda pdf, seals: _first_page(scanned(pdf, 3, COLOUR_SCAN, seals)), "Ma Shan Zheng", sealed=True),
    Medium("传真件：活动记录", "activity_record",
           lambda pdf, seals: _first_page(faxed(pdf, 5, FAX_HEAD, seals)), "Ma Shan Zheng"),
    Medium("手机拍照：研修日志", "training_log", lambda pdf, seals: _opened(photographed(pdf, 8, seals)[0]),
           "Ma Shan Zheng"),
    Medium("聊天软件转发的图片：上课记录", "lesson_taught",
           lambda pdf, seals: _opened(chat_pictures(pdf, 4, 1080, seals)[0]), "Ma Shan Zheng"),
    Medium("手写件：听课记录", "lesson_observation",
           lambda pdf, seals: _first_page(scanned(pdf, 6, COLOUR_SCAN, seals)), "Long Cang", wholly=True),
)  # fmt: skip


def papers_of_all() -> tuple[Cohort, Iterator[Filled]]:
    """An invented cohort and what its trainees hand in."""
    text = (BUILT_IN / "schemes" / PRESET).read_text(encoding="utf-8")
    for blank, filled in BLANKS:
        text = text.replace(blank, filled)
    scheme = scheme_from_toml(text)
    cohort = cohort_of(PEOPLE, SEED, scheme.organisation.base_school)
    seasons = (
        season_of(trainee, cohort, story_of(index, "usual"), scheme.calendar, SEED)
        for index, trainee in enumerate(cohort.trainees)
    )
    return cohort, (paper for season in seasons for paper in papers_of(season))


def document_of(medium: Medium, paper: Filled) -> bytes:
    """The paper as a Word file, with what is written by hand."""
    template = (BUILT_IN / "forms" / f"{medium.kind}.docx").read_bytes()
    if not medium.pen:
        return writer_of(template, medium.kind).fill(paper.values, paper.lists)
    by_hand = hand_template(template, medium.pen, lambda name: medium.wholly or name.endswith(SIGNED_FIELDS))
    return written_by_hand(writer_of(by_hand, medium.kind).fill(paper.values, paper.lists), SEED)


def pictures() -> list[Image.Image]:
    """One picture a medium, in their order."""
    cohort, papers = papers_of_all()
    waiting = list(papers)
    chosen = [next(paper for paper in waiting if paper.kind == medium.kind) for medium in MEDIA]
    documents = [document_of(medium, paper) for medium, paper in zip(MEDIA, chosen, strict=True)]
    prints = printed(documents, BUILT_IN / "fonts")
    return [medium.picture(pdf, _stamps(pdf, cohort) if medium.sealed else ())
            for medium, pdf in zip(MEDIA, prints, strict=True)]  # fmt: skip


def _stamps(pdf: bytes, cohort: Cohort) -> tuple[Stamp, ...]:
    return tuple(Stamp(place.page, place.centre, cohort.base.name) for place in seal_places(pdf))


def media_sheet(shown: list[Image.Image]) -> Image.Image:
    """The pictures in two rows on a desk, each with its caption under it."""
    rows = -(-len(shown) // ACROSS)
    sheet = Image.new("RGB", (ACROSS * (WIDE + GAP) + GAP, rows * (HIGH + CAPTION) + GAP), DESK)
    pen, face = ImageDraw.Draw(sheet), ImageFont.truetype(str(FACE), 22)
    for number, (medium, picture) in enumerate(zip(MEDIA, shown, strict=True)):
        small = ImageOps.contain(picture, (WIDE, HIGH), Image.Resampling.LANCZOS)
        middle = GAP + number % ACROSS * (WIDE + GAP) + WIDE // 2
        top = GAP + number // ACROSS * (HIGH + CAPTION)
        sheet.paste(small, (middle - small.width // 2, top + (HIGH - small.height) // 2))
        pen.text((middle, top + HIGH + CAPTION // 2 - 4), medium.caption, INK, face, anchor="mm")
    return sheet


def main(target: Path) -> None:
    """Draw it; a JPEG, since photos have more colours than a palette holds."""
    media_sheet(pictures()).save(target, quality=QUALITY, optimize=True, progressive=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

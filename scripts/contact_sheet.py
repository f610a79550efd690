"""Every form on one picture, blank as it is handed out: `python -m scripts.contact_sheet docs/pictures/forms.png`."""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from gengang.papers.handouts import blank_draft
from gengang.rendering import Writer, writer_of
from gengang.tools import convert_office
from gengang.workspace import BUILT_IN

ACROSS, WIDE, HIGH, GAP, CAPTION = 6, 420, 594, 18, 30
DESK, INK = (226, 226, 222), (40, 40, 40)
FACE = BUILT_IN / "fonts" / "FandolFang-Regular.otf"


@dataclass(frozen=True, slots=True)
class Shown:
    """The first page of a form, its title and how many pages it has."""

    page: Image.Image
    title: str
    pages: int


def shown_forms(folder: Path) -> list[Shown]:
    """Each form of a folder, printed blank with rows to write on."""
    writers = [writer_of(path.read_bytes(), path.stem) for path in sorted(folder.glob("*.docx"))]
    with tempfile.TemporaryDirectory() as work:
        sources = [Path(work) / f"{writer.form.stem}.docx" for writer in writers]
        for source, writer in zip(sources, writers, strict=True):
            draft = blank_draft(writer.form)
            source.write_bytes(writer.fill(draft.values, draft.lists))
        prints = convert_office(sources, "pdf", Path(work) / "pdf", 300, BUILT_IN / "fonts")
        return [_shown(one.result, writer) for one, writer in zip(prints, writers, strict=True) if one.result]


def _shown(pdf: Path, writer: Writer) -> Shown:
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        scale = min(WIDE / page.get_width(), HIGH / page.get_height())
        drawn = page.render(scale=3 * scale).to_pil().convert("RGB")
        size = (round(page.get_width() * scale), round(page.get_height() * scale))
        return Shown(drawn.resize(size, Image.Resampling.LANCZOS), writer.form.title, len(document))


def contact_sheet(forms: Sequence[Shown]) -> Image.Image:
    """The pages in rows of six on a desk, each with its title under it."""
    rows = -(-len(forms) // ACROSS)
    sheet = Image.new("RGB", (ACROSS * (WIDE + GAP) + GAP, rows * (HIGH + GAP + CAPTION) + GAP), DESK)
    pen, face = ImageDraw.Draw(sheet), ImageFont.truetype(str(FACE), 18)
    for number, form in enumerate(forms):
        left = GAP + number % ACROSS * (WIDE + GAP) + (WIDE - form.page.width) // 2
        top = GAP + number // ACROSS * (HIGH + GAP + CAPTION) + (HIGH - form.page.height)
        sheet.paste(form.page, (left, top))
        pen.rectangle((left - 1, top - 1, left + form.page.width, top + form.page.height), outline=(150, 150, 146))
        caption = f"{form.title}{f'（{form.pages}页）' if form.pages > 1 else ''}"
        middle = GAP + number % ACROSS * (WIDE + GAP) + WIDE // 2
        pen.text((middle, top + form.page.height + 14), caption, INK, face, anchor="mm")
    return sheet


def main(target: Path) -> None:
    """Draw it; few colours, since a page has few."""
    contact_sheet(shown_forms(BUILT_IN / "forms")).quantize(32).save(target, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

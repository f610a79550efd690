"""What a paper will say before it is printed: its draft filled into its template, read again as text and rows."""

from dataclasses import dataclass
from functools import lru_cache

from gengang.papers.draft import Draft
from gengang.press import in_print
from gengang.rendering import RenderingError, Writer, writer_of
from gengang.settings import Settings
from gengang.wordxml import sheet_of_word
from gengang.workspace import folder_of


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or the rows of a table. rows: cells from left to right; of a paragraph there are none."""

    text: str
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PaperText:
    """A paper in words. file: where it will lie, under the outbox; fault: why it cannot be printed as it stands."""

    file: str
    blocks: tuple[Block, ...]
    fault: str = ""


@lru_cache(maxsize=32)
def _compiled(data: bytes, stem: str) -> Writer:
    return writer_of(data, stem)


def template_here(settings: Settings, stem: str) -> Writer | None:
    """The template in use of a paper, None where there is none. Raises RenderingError for what is no template."""
    path = folder_of(settings, "papers") / f"{stem}.docx"
    return _compiled(path.read_bytes(), stem) if path.is_file() else None


def paper_text(draft: Draft, writer: Writer | None) -> PaperText:
    """What a draft says on its template. A letterhead is put on at the print, and does not stand here."""
    if draft.faults:
        return PaperText(draft.file, (), draft.faults[0].message)
    if writer is None:
        return PaperText(draft.file, (), f"没有可用的模板 {draft.template}.docx。")
    draft = in_print(draft, writer.form)
    try:
        docx = writer.fill(draft.values, draft.lists)
    except RenderingError as fault:
        return PaperText(draft.file, (), str(fault))
    blocks: list[Block] = []
    tables: dict[int, int] = {}
    for row in (one for one in sheet_of_word(docx).rows if one.part == "body"):
        cells = tuple(cell.text for cell in row.cells)
        if not row.table:
            blocks += [Block(text) for text in cells if text.strip()]
        elif row.table in tables:
            place = tables[row.table]
            blocks[place] = Block("", (*blocks[place].rows, cells))
        else:
            tables[row.table] = len(blocks)
            blocks.append(Block("", (cells,)))
    return PaperText(draft.file, tuple(blocks))

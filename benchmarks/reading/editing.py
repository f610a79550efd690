"""Every edit by its name, and how a filler composes one to three of them."""

import random
from collections.abc import Callable, Mapping

from benchmarks.reading import edits_of_cells as cells
from benchmarks.reading import edits_of_rows as rows
from benchmarks.reading import edits_of_text as text
from benchmarks.reading.truth import Draft

Edit = Callable[[Draft, random.Random], bool]  # False where there is nothing to do it to

# Those that look for cells and runs of the form as it was handed out come before those that wrap or split them.
EDITS: Mapping[str, Edit] = {edit.__name__: edit for edit in (
    cells.value_in_label_cell, cells.value_under_label, cells.label_respelled, cells.label_synonym, cells.cells_merged,
    cells.cell_split, cells.value_broken, cells.nested_value, cells.values_swapped, cells.value_vague,
    cells.prompt_left, cells.label_lost, cells.ticks_drawn, cells.value_in_box,
    rows.ditto_written, rows.row_split, rows.row_added, rows.row_deleted, rows.rows_moved, rows.row_doubled,
    rows.entries_appended, rows.entry_skipped, rows.entry_deleted, rows.entry_doubled, rows.column_added,
    rows.table_split, rows.line_above, rows.note_box, rows.page_break, rows.header_added,
    rows.watermarked, rows.section_begun,
    text.underlined, text.fonts_mixed, text.paragraphs_added, text.labels_spaced, text.runs_split, text.value_inserted,
    text.value_struck, text.picture_added, text.commented, text.hidden_words, text.fields_around, text.controls_around,
    text.value_highlighted, text.value_tabbed, text.linked, text.smart_tagged,
)}  # fmt: skip


def edit(draft: Draft, chance: random.Random) -> None:
    """Do one to three edits to a draft, in the order of the table; their names are kept in it."""
    names = chance.sample(list(EDITS), chance.randint(1, 3))
    for name in sorted(names, key=list(EDITS).index):
        if EDITS[name](draft, chance):
            draft.edits.append(name)

"""What a filler does to rows, tables and lines: adds, deletes, moves, copies and splits them."""

import random
from copy import deepcopy

from benchmarks.reading.drawing import ENTRY, SLOT, Element, W, paragraph, parsed, run
from benchmarks.reading.edits_of_cells import floating_box
from benchmarks.reading.pointing import (
    begins_no_area,
    is_plain,
    marks_in,
    pairs_of,
    rows_of,
    set_span,
    set_text,
    span_of,
    tables,
)
from benchmarks.reading.truth import Draft, Stated

EXTRA = (("婚姻状况", "已婚"), ("血型", "O型"), ("特长", "书法、乒乓球"), ("普通话等级", "二级甲等"),
         ("紧急联系人", "配偶"), ("车牌号", "无"), ("外语水平", "CET-6"))  # fmt: skip

_DITTO = (
    "school",
    "base_school",
    "subject",
    "title",
    "degree",
    "place",
    "class_name",
    "topic",
    "level",
    "issuer",
    "kind",
)


def _grid_of(row: Element) -> int:
    return sum(span_of(cell) for cell in row.findall(f"{W}tc"))


def row_added(draft: Draft, chance: random.Random) -> bool:
    """A row of the filler's own, that no template knows."""
    able = [row for row in _plain_rows(draft) if _may_follow(row.getnext()) and _grid_of(row) > 1]
    if not able:
        return False
    row = chance.choice(able)
    label, value = chance.choice(EXTRA)
    grid = _grid_of(row)
    beside = min(4, grid - 1)
    row.addnext(parsed(_row_of((label, beside), (value, grid - beside))))
    return True


def _may_follow(following: Element | None) -> bool:
    return following is None or (begins_no_area(following) and following.get(ENTRY) is None)


def _row_of(*cells: tuple[str, int]) -> str:
    inside = "".join(f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{paragraph(run(text))}</w:tc>'
                     for text, span in cells)  # fmt: skip
    return f"<w:tr>{inside}</w:tr>"


def _plain_rows(draft: Draft) -> list[Element]:
    return [row for table in tables(draft) for row in rows_of(table) if is_plain(row) and marks_in(row)]


def row_deleted(draft: Draft, chance: random.Random) -> bool:
    """A row with its places gone, cut out or struck in tracked changes."""
    able = [row for row in _plain_rows(draft) if len(rows_of(row.getparent())) > 2]  # type: ignore[arg-type]
    if not able:
        return False
    row = chance.choice(able)
    if chance.random() < 0.25:
        properties = row.find(f"{W}trPr")
        assert properties is not None
        properties.append(parsed('<w:del w:id="901" w:author="a" w:date="2016-10-01T00:00:00Z"/>'))
        for mark in row.iter(f"{W}r"):
            _struck(mark)
        return True
    row.getparent().remove(row)  # type: ignore[union-attr]
    return True


def _struck(mark: Element) -> None:
    gone = parsed('<w:del w:id="902" w:author="a" w:date="2016-10-01T00:00:00Z"/>')
    mark.addprevious(gone)
    gone.append(mark)
    for text in mark.iter(f"{W}t"):
        text.tag = f"{W}delText"


def rows_moved(draft: Draft, chance: random.Random) -> bool:
    """Two rows that stand below each other change places."""
    able = [row for row in _plain_rows(draft) if row.getnext() is not None and row.getnext() in _plain_rows(draft)]
    if not able:
        return False
    row = chance.choice(able)
    following = row.getnext()
    assert following is not None
    following.addnext(row)
    return True


def row_doubled(draft: Draft, chance: random.Random) -> bool:
    """A row copied below itself, with all that stands in it."""
    return _doubled(_plain_rows(draft), chance)


def _doubled(able: list[Element], chance: random.Random) -> bool:
    if not able:
        return False
    row = chance.choice(able)
    row.addnext(deepcopy(row))
    return True


def row_split(draft: Draft, chance: random.Random) -> bool:
    """One value's cell split into two rows, all others of its row merged over both."""
    pairs = [pair for pair in pairs_of(draft) if is_plain(pair.row)]
    if not pairs:
        return False
    pair = chance.choice(pairs)
    below = parsed("<w:tr/>")
    for cell in pair.row.findall(f"{W}tc"):
        split = cell is pair.value
        merged = "" if split else "<w:vMerge/>"
        span = f'<w:gridSpan w:val="{span_of(cell)}"/>'
        below.append(parsed(f"<w:tc><w:tcPr>{span}{merged}</w:tcPr>{paragraph('')}</w:tc>"))
        if not split:
            _begin_area(cell)
    pair.row.addnext(below)
    return True


def _begin_area(cell: Element) -> None:
    properties = cell.find(f"{W}tcPr")
    assert properties is not None
    properties.insert(min(1, span_of(cell) - 1), parsed('<w:vMerge w:val="restart"/>'))


# --- entries of lists ---


def _entries(draft: Draft) -> list[Element]:
    return [row for table in tables(draft) for row in rows_of(table) if row.get(ENTRY)]


def _empty_copy(draft: Draft, row: Element, number: int) -> Element:
    copy = deepcopy(row)
    entry = f"{str(row.get(ENTRY)).partition('#')[0]}#{number}"
    copy.set(ENTRY, entry)
    for mark in marks_in(copy):
        set_text(mark, "")
        draft.stated[f"{entry}.{mark.get(SLOT)}"] = Stated(None)
    return copy


def entries_appended(draft: Draft, chance: random.Random) -> bool:
    """Empty rows at the end of a list."""
    entries = _entries(draft)
    if not entries:
        return False
    lists = {str(row.get(ENTRY)).partition("#")[0]: row for row in entries}
    last = lists[chance.choice(sorted(lists))]
    for number in range(chance.randint(1, 6)):
        last.addnext(_empty_copy(draft, last, 1000 + number))
    return True


def entry_skipped(draft: Draft, chance: random.Random) -> bool:
    """An empty row between two entries."""
    entries = _entries(draft)
    if not entries:
        return False
    row = chance.choice(entries)
    row.addprevious(_empty_copy(draft, row, 2000))
    return True


def entry_deleted(draft: Draft, chance: random.Random) -> bool:
    """One row of a list cut out."""
    entries = _entries(draft)
    if len(entries) < 2:
        return False
    row = chance.choice(entries)
    row.getparent().remove(row)  # type: ignore[union-attr]
    return True


def entry_doubled(draft: Draft, chance: random.Random) -> bool:
    """A row of a list copied below itself: the list says it twice."""
    return _doubled(_entries(draft), chance)


def ditto_written(draft: Draft, chance: random.Random) -> bool:
    """同上 where a row says what the one above it says: to be read as that, or asked about, never taken as a word."""
    pairs = [(above, mark) for row in _entries(draft) for above, mark in _same_column(row)
             if draft.slot_of(mark).concept in _DITTO and draft.is_filled(above)]  # fmt: skip
    if not pairs:
        return False
    above, mark = chance.choice(pairs)
    set_text(mark, chance.choice(("同上", "同上", "〃", "″")))
    draft.stated[draft.key_of(mark)] = Stated(draft.stated[draft.key_of(above)].value, sure=False)
    return True


def _same_column(row: Element) -> list[tuple[Element, Element]]:
    """The marked runs of the entry above and of this one that answer the same."""
    before = row.getprevious()
    if before is None or str(before.get(ENTRY)).partition("#")[0] != str(row.get(ENTRY)).partition("#")[0]:
        return []
    over = {mark.get(SLOT): mark for mark in marks_in(before)}
    return [(over[mark.get(SLOT)], mark) for mark in marks_in(row) if mark.get(SLOT) in over]


# --- columns and tables ---


def column_added(draft: Draft, chance: random.Random) -> bool:
    """A column of the filler's own at the right of a table with a list."""
    able = [table for table in tables(draft) if any(row.get(ENTRY) for row in rows_of(table))]
    if not able:
        return False
    table = chance.choice(able)
    rows = rows_of(table)
    head = next(number for number, row in enumerate(rows) if row.get(ENTRY)) - 1
    for number, row in enumerate(rows):
        text = "核查情况" if number == head else "已查" if row.get(ENTRY) and chance.random() < 0.5 else ""
        if number == head or row.get(ENTRY):
            row.append(parsed(f"<w:tc><w:tcPr/>{paragraph(run(text))}</w:tc>"))
        else:
            last = row.findall(f"{W}tc")[-1]
            set_span(last, span_of(last) + 1)
    grid = table.find(f"{W}tblGrid")
    assert grid is not None
    grid.append(parsed('<w:gridCol w:w="600"/>'))
    return True


def table_split(draft: Draft, chance: random.Random) -> bool:
    """One table becomes two, an empty line between them."""
    able = [row for table in tables(draft) for row in rows_of(table)[1:] if begins_no_area(row)]
    if not able:
        return False
    row = chance.choice(able)
    table = row.getparent()
    assert table is not None
    second = parsed("<w:tbl/>")
    for name in ("tblPr", "tblGrid"):
        second.extend(map(deepcopy, table.findall(f"{W}{name}")))
    rows = rows_of(table)
    for moved in rows[rows.index(row) :]:
        second.append(moved)
    table.addnext(second)
    table.addnext(parsed(paragraph("")))
    return True


# --- around the tables ---


def line_above(draft: Draft, chance: random.Random) -> bool:
    """A line typed above the first table."""
    text = chance.choice(
        ("请领导审阅。", "现将材料报上，如有不妥请联系。", "（第二次提交，以此份为准）", "报送材料之三")
    )
    _before_table(draft).addprevious(parsed(paragraph(run(text))))
    return True


def _before_table(draft: Draft) -> Element:
    found = tables(draft)
    return found[0] if found else draft.drawn.body[-1]


def note_box(draft: Draft, chance: random.Random) -> bool:
    """A text box with a note, floating over the form."""
    text = chance.choice(("请尽快审核", "加急", "原件已交"))
    _before_table(draft).addprevious(parsed(f"<w:p>{floating_box(run(text), drawn=chance.random() < 0.5)}</w:p>"))
    return True


def page_break(draft: Draft, chance: random.Random) -> bool:
    """A page break before or behind the first table; at the end where there is none."""
    broken = parsed('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
    target = _before_table(draft)
    if chance.random() < 0.5 or not tables(draft):
        target.addprevious(broken)
    else:
        target.addnext(broken)
    return True


def header_added(draft: Draft, chance: random.Random) -> bool:
    """A header with a school's name and a footer with page numbers."""
    texts = {"header9": chance.choice(("内部资料", "教师发展中心编印", "2016年秋季")), "footer9": "第 1 页"}
    section = draft.drawn.body.find(f"{W}sectPr")
    assert section is not None
    added = False
    for name, tag in (("header9", "hdr"), ("footer9", "ftr")):
        kind = name[:-1]
        if section.find(f"{W}{kind}Reference") is not None:
            continue
        draft.drawn.parts[name] = parsed(f"<w:{tag}>{paragraph(run(texts[name]))}</w:{tag}>")
        section.insert(0, parsed(f'<w:{kind}Reference w:type="default" r:id="{name}"/>'))
        added = True
    return added


def watermarked(draft: Draft, _chance: random.Random) -> bool:
    """A word drawn across every page, which old Word keeps as a shape in the header; it is no text of the form."""
    shape = parsed(
        '<w:p><w:r><w:pict><v:shape id="PowerPlusWaterMarkObject1" style="position:absolute;width:400pt;height:120pt;'
        'rotation:315;z-index:-251"><v:textpath style="font-family:宋体" string="样稿"/></v:shape></w:pict></w:r></w:p>'
    )
    section = draft.drawn.body.find(f"{W}sectPr")
    assert section is not None
    header = next((part for name, part in draft.drawn.parts.items() if name.startswith("header")), None)
    if header is not None:
        header.append(shape)
        return True
    draft.drawn.parts["header8"] = parsed("<w:hdr/>")
    draft.drawn.parts["header8"].append(shape)
    section.insert(0, parsed('<w:headerReference w:type="default" r:id="header8"/>'))
    return True


def section_begun(draft: Draft, _chance: random.Random) -> bool:
    """A new section before the first table, on the same page; its header and footer are those of the one before."""
    section = draft.drawn.body.find(f"{W}sectPr")
    table = _before_table(draft)
    assert section is not None
    if table is section:
        return False
    first = deepcopy(section)
    for kind in ("header", "footer"):
        for reference in section.findall(f"{W}{kind}Reference"):
            section.remove(reference)
    size = section.find(f"{W}pgSz")
    assert size is not None
    size.addprevious(parsed('<w:type w:val="continuous"/>'))
    broken = parsed("<w:p><w:pPr/></w:p>")
    broken[0].append(first)
    table.addprevious(broken)
    return True

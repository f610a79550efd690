"""The pieces of the family `held`, by another hand: each table is ruled by the edges of its own rows, as Word keeps it.

Rows are drawn on `FULL` columns and `ruled` keeps those that an edge of some cell stands on, so no two grids are alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from benchmarks.reading.model import Cell, Line, Piece, Row, Slot, Table
from benchmarks.reading.pen import Pen, shares

FULL = 48
WIDE = frozenset(("id_number", "school", "graduated", "address", "base_school", "certificate", "period", "email",
                  "project", "birthday", "award"))  # fmt: skip
PERSON = ("gender", "born", "ethnicity", "party", "degree", "graduated", "major", "start_work", "years", "title",
          "title_date", "post", "subject", "grade", "stage", "school", "phone", "id_number", "certificate", "mandarin",
          "backbone", "health", "email", "address", "workload", "result", "applied", "class_name")  # fmt: skip
COLUMNS = {
    "career": ("period", "school", "post", "subject", "witness"),
    "honours": ("published", "award", "level", "issuer", "note"),
    "works": ("project", "journal", "published", "role"),
    "training": ("period", "project", "issuer", "hours", "serial"),
    "members": ("name", "gender", "born", "title", "school", "subject", "role", "phone"),
    "budget": ("note", "money", "kind"),
    "staff": ("seq", "name", "gender", "born", "degree", "title", "subject", "class_name", "workload", "post",
              "id_number", "phone"),
    "signin": ("seq", "school", "name", "post", "phone", "signer", "mark_am", "mark_pm"),
    "contest": ("seq", "speaker", "school", "topic", "score", "class_name"),
    "lessons": ("day", "lesson_no", "class_name", "topic", "speaker", "students"),
    "visits": ("day", "address", "witness", "topic"),
    "family": ("relation", "name", "born", "party", "school"),
    "steps": ("period", "topic", "role", "result"),
}  # fmt: skip
CRITERIA = {
    "师德": ("爱国守法", "关爱学生", "为人师表", "廉洁从教"),
    "能力": ("教材把握", "课堂调控", "信息技术运用", "教学基本功"),
    "出勤": ("到岗情况", "值日值周", "会议学习"),
    "业绩": ("所教班级成绩", "教科研成果", "指导学生"),
    "课堂": ("目标明确", "环节清晰", "学生参与", "板书设计"),
    "班务": ("早读午休", "卫生保洁", "班级文化", "家校联系"),
}
QUESTIONS = ("您对授课教师的仪表教态", "内容是否切合农村学校实际", "活动组织是否紧凑有序", "对本人今后教学的帮助",
             "作业布置与批改", "上课有无迟到、提前下课", "是否愿意再次参加")  # fmt: skip


def ruled(rows: Sequence[Row], width: float) -> Table:
    """A table of rows on `FULL` columns, only the columns kept that some row needs. width: in millimetres."""
    edges = sorted({edge for row in rows for edge in accumulate(cell.span for cell in row.cells)})
    at = {edge: number for number, edge in enumerate(edges, 1)} | {0: 0}
    kept = [replace(row, cells=tuple(_respanned(row, at))) for row in rows]
    return Table(tuple(kept), tuple((end - start) * width / edges[-1] for start, end in pairwise([0, *edges])))


def _respanned(row: Row, at: dict[int, int]) -> Iterator[Cell]:
    start = 0
    for cell in row.cells:
        yield replace(cell, span=at[start + cell.span] - at[start])
        start += cell.span


def downwards(pen: Pen, text: str, span: int, merge: str = "") -> Cell:
    """A label written downwards: one or two characters a line, with a blank line between, or turned."""
    way = pen.chance.choice(("one", "two", "airy", "turned"))
    if way == "turned":
        line = pen.line(text, align="center", bold=pen.strong)
        return Cell((line,), span, merge, upright=True)
    step = 2 if way == "two" and len(text) > 3 else 1
    parts = [text[at : at + step] for at in range(0, len(text), step)]
    glue = "\n\n" if way == "airy" and len(text) < 5 else "\n"
    return pen.words_cell(glue.join(parts), span, merge)


def beside(pen: Pen, text: str, rows: Sequence[Row], span: int = 4) -> list[Row]:
    """Rows beside one label that is merged over all of them."""
    first, more = downwards(pen, text, span, "restart"), Cell((pen.line(),), span, "continue")
    return [replace(row, cells=(more if number else first, *row.cells)) for number, row in enumerate(rows)]


def full_row(pen: Pen, *lines: Line, height: float = 10.0, whole: bool = False, total: int = FULL) -> Row:
    """One cell over the whole width."""
    return Row((Cell(lines or (pen.line(),), total),), height, whole=whole)


def band(pen: Pen, text: str, total: int = FULL) -> Row:
    """A heading inside the table, over its whole width."""
    return Row((pen.words_cell(text, total),), 8)


# --- who somebody is ---


def asked(pen: Pen, concept: str, person: str = "") -> Slot:
    """A place; person: whose, where the paper asks several people the same."""
    return pen.slot(concept, name=f"{person}__{concept}" if person else "")


def aligned(pen: Pen, concepts: Sequence[str], across: int, total: int = FULL, person: str = "") -> list[Row]:
    """Pairs whose edges stand below each other, so many a row; what is long takes the room of two."""
    unit, label = total // across, {1: 10, 2: 8, 3: 6, 4: 5}[across]
    groups: list[list[tuple[str, int]]] = [[]]
    for concept in concepts:
        need = 2 if concept in WIDE and across > 2 else 1
        if sum(room for _, room in groups[-1]) + need > across:
            groups.append([])
        groups[-1].append((concept, need))
    return [_pairs(pen, group, unit, label, total, person) for group in groups]


def _pairs(pen: Pen, group: Sequence[tuple[str, int]], unit: int, label: int, total: int, person: str) -> Row:
    cells: list[Cell] = []
    used = 0
    for number, (concept, room) in enumerate(group, 1):
        span = total - used if number == len(group) else room * unit
        cells += [pen.words_cell(pen.label(concept), label), pen.value(asked(pen, concept, person), span - label)]
        used += span
    return Row(tuple(cells), pen.chance.uniform(8.5, 13))


def strips(pen: Pen, concepts: Sequence[str]) -> list[Row]:
    """Labels in one row, their values in the next one, at most six beside each other."""
    rows = []
    for at in range(0, len(concepts), 6):
        part = concepts[at : at + 6]
        spans = shares(len(part), FULL - 4 * sum(one in WIDE for one in part), FULL // len(part) - 4, pen.chance)
        spans = [span + 4 * (one in WIDE) for span, one in zip(spans, part, strict=True)]
        rows.append(Row(tuple(pen.words_cell(pen.label(one), span) for one, span in zip(part, spans, strict=True)), 9))
        rows.append(Row(tuple(pen.value(pen.slot(one), span) for one, span in zip(part, spans, strict=True)), 11))
    return rows


def inside(pen: Pen, concepts: Sequence[str], across: int) -> list[Row]:
    """Label and value in one cell, a colon between them."""
    rows = []
    for at in range(0, len(concepts), across):
        part = concepts[at : at + across]
        spans = [FULL // across] * (len(part) - 1)
        lines = (pen.line(f"{''.join(pen.label(one).split())}：", pen.slot(one)) for one in part)
        cells = (Cell((line,), span) for line, span in zip(lines, (*spans, FULL - sum(spans)), strict=True))
        rows.append(Row(tuple(cells), 9))
    return rows


def identity(pen: Pen, count: int, photo: bool = False, total: int = FULL) -> list[Row]:
    """The name first and so many more things, beside a photo or not."""
    concepts = ["name", *pen.chance.sample(PERSON, count)]
    if not photo:
        way = pen.chance.random()
        if way < 0.17:
            return strips(pen, concepts)
        if way < 0.34:
            return inside(pen, concepts, pen.chance.choice((2, 3)))
        return aligned(pen, concepts, pen.chance.choice((2, 3, 4)) if total > 36 else 2, total)
    narrow = total - 9
    above = concepts[: pen.chance.randint(5, 8)]
    rows = aligned(pen, above, 3 if narrow > 36 else 2, narrow)
    place = Cell((pen.line(pen.slot("photo"), align="center"),), 9, "restart")
    if pen.chance.random() < 0.6:
        place = replace(place, lines=(pen.line("一寸\n免冠\n彩照", align="center"), *place.lines))
    more = Cell((pen.line(),), 9, "continue")
    joined = [replace(row, cells=(*row.cells, more if number else place)) for number, row in enumerate(rows)]
    rest = concepts[len(above) :]
    return [*joined, *(aligned(pen, rest, pen.chance.choice((2, 3)), total) if rest else [])]


def two_people(pen: Pen, heads: tuple[str, str], concepts: Sequence[str]) -> list[Row]:
    """Two people beside each other under a head each, or each beside a label of their own."""
    people = ("first", "second")
    if pen.chance.random() < 0.5:
        return [row for head, person in zip(heads, people, strict=True)
                for row in beside(pen, head, aligned(pen, concepts, 3, FULL - 4, person))]  # fmt: skip
    half = FULL // 2
    rows = [Row(tuple(pen.words_cell(head, half) for head in heads), 9)]
    for concept in concepts:
        cells = [(pen.words_cell(pen.label(concept), 8), pen.value(asked(pen, concept, person), half - 8))
                 for person in people]  # fmt: skip
        rows.append(Row(tuple(cell for pair in cells for cell in pair), 9))
    return rows


def schooling(pen: Pen) -> list[Row]:
    """Degrees by full-time and in-service study, beside one label over both."""
    rows = []
    for person, way in (("full_time", "全日制\n教　育"), ("in_service", "在　职\n教　育")):
        degree, school = asked(pen, "degree", person), asked(pen, "graduated", person)
        cells = (pen.words_cell(way, 7), pen.value(degree, 9), pen.words_cell("毕业院校\n系及专业", 9))
        rows.append(Row((*cells, pen.value(school, FULL - 30)), 10))
    return beside(pen, "学历学位", rows, 5)


# --- signatures and opinions ---


def signature(pen: Pen, own: bool = False, narrow: bool = False) -> list[Line]:
    """Signature, seal and date at the foot of a cell: on one line, on two, or on three.

    own: of who fills it in; narrow: a cell in which one line has no room for both.
    """
    signs = [sign for sign in pen.words.signs if sign.startswith("本人") == own]
    sign, name, gap = pen.chance.choice(signs), pen.slot("signer"), "　" * pen.chance.randint(2, 7)
    gap = gap[:1] if narrow else gap
    if own and pen.chance.random() < 0.6:
        return [pen.line(f"{sign}：", name, f"{gap}", *_day(pen), align="right")]
    match pen.chance.randint(1, 2) if narrow else pen.chance.randrange(5):
        case 0:
            return [pen.line(f"{sign}：", name, f"{gap}（公章）{gap}", *_day(pen), align="right")]
        case 1:
            return [pen.line(f"{sign}：", name), pen.line(f"{gap}时间：", *_day(pen))]
        case 2:
            return [pen.line(f"{sign}：", name, align="center"), pen.line("（单位公章）", align="center"),
                    pen.line(*_day(pen), align="right")]  # fmt: skip
        case 3:
            return [pen.line("盖　章", align="right"), pen.line(f"{sign}　", name, f"{gap}", *_day(pen), align="right")]
    return [pen.line(f"{gap}{gap}{sign}：", name, f"{gap}", *_day(pen))]


def _day(pen: Pen) -> list[Piece]:
    """A date in one place, or as three numbers between 年, 月 and 日."""
    if pen.chance.random() < 0.75:
        return [pen.slot("day")]
    parts = [pen.slot(part) for part in ("year", "month", "monthday")]
    return [parts[0], " 年 ", parts[1], " 月 ", parts[2], " 日"]


def _text(pen: Pen, label: str) -> Slot:
    return pen.slot("opinion" if label in pen.words.opinions else "prose")


def told(pen: Pen, label: str, height: float, signed: bool, total: int = FULL) -> Row:
    """A long text: its label written downwards, at the left in lines of its own, or as the first line of the cell."""
    foot = (
        [*(pen.line() for _ in range(pen.chance.randint(0, 3))), *signature(pen, label not in pen.words.opinions)]
        if signed
        else []
    )
    whole, top = pen.chance.random() < 0.4, pen.chance.random() < 0.6
    lines = (pen.line(_text(pen, label)), *foot)
    match pen.chance.randrange(3):
        case 0:
            head = pen.line(label + pen.chance.choice(("：", "（可另附页）：", "")), bold=pen.strong)
            return Row((Cell((head, *lines), total, top=top),), height, whole=whole)
        case 1:
            return Row((downwards(pen, label, 4), Cell(lines, total - 4, top=top)), height, whole=whole)
    return Row((pen.words_cell(broken(label), 8), Cell(lines, total - 8, top=top)), height, whole=whole)


def broken(label: str) -> str:
    """A long label in lines of four, what is in brackets on a line of its own."""
    words, bracket, rest = label.partition("（")
    lines = [words[at : at + 4] for at in range(0, len(words), 4)] if len(words) > 5 else [words]
    return "\n".join([*lines, *([bracket + rest] if bracket else [])])


def approvals(pen: Pen, count: int) -> list[Row]:
    """Opinions below each other, or two or three beside each other: under heads, in their cells, behind labels."""
    opinions = pen.chance.sample(pen.words.opinions, count)
    if count == 1 or pen.chance.random() < 0.4:
        return [told(pen, label, pen.chance.uniform(28, 48), True) for label in opinions]
    spans = [FULL // count] * (count - 1)
    spans.append(FULL - sum(spans))
    match pen.chance.randrange(3 if count == 2 else 2):
        case 0:
            heads = Row(tuple(map(pen.words_cell, opinions, spans)), 9)
            return [heads, Row(tuple(_opinion(pen, span) for span in spans), 45)]
        case 1:
            lines = (pen.line(f"{label}：", bold=pen.strong) for label in opinions)
            cells = (_opinion(pen, span, head) for head, span in zip(lines, spans, strict=True))
            return [Row(tuple(cells), 48)]
    pairs = ((downwards(pen, label, 4), _opinion(pen, span - 4)) for label, span in zip(opinions, spans, strict=True))
    return [Row(tuple(cell for pair in pairs for cell in pair), 50)]


def _opinion(pen: Pen, span: int, *head: Line) -> Cell:
    return Cell((*head, pen.line(pen.slot("opinion")), pen.line(), *signature(pen, narrow=span < 22)), span)

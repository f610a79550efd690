"""The pieces that county offices compose their forms of: rows of pairs, sums in a sentence, opinions, lists, notes.

Those of the two families on which readers are mended; the third family has its own in `pieces_held`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks.reading.model import GRID, Cell, Line, Piece, Row
from benchmarks.reading.pen import Pen, shares

PERSON = ("gender", "born", "ethnicity", "phone", "school", "subject", "grade", "title", "title_date", "post", "degree",
          "graduated", "major", "certificate", "start_work", "years", "party", "email", "backbone", "id_number",
          "base_school", "mentor", "stage", "address", "health", "birthday", "period")  # fmt: skip
WIDE = frozenset(("id_number", "school", "graduated", "address", "base_school", "certificate", "period", "email"))
COLUMNS = {
    "roll": ("name", "gender", "school", "stage", "subject", "title", "phone", "id_number", "born", "degree", "mentor"),
    "log": ("lesson_no", "kind", "topic", "speaker", "place", "class_name", "day"),
    "resume": ("period", "school", "post", "signer", "note"),
    "attendance": ("day", "weekday", "mark_am", "mark_pm", "topic", "signer"),
    "lessons": ("day", "lesson_no", "subject", "class_name", "topic", "speaker", "note"),
    "costs": ("day", "topic", "money", "note"),
}
ITEMS = ("师德表现", "出勤情况", "听课评课", "课堂教学", "教研活动", "反思质量", "学习态度", "团队合作", "教学设计",
         "语言表达", "板书设计", "目标达成")  # fmt: skip
CHINESE = "一二三四五六七八九十"
UNIT_LABELS = {"day": ("填表日期", "填报时间"), "school": ("学校（盖章）", "填报单位"), "signer": ("填表人", "经办人"),
               "phone": ("电话", "电话")}  # fmt: skip


# --- rows of labels and values ---


def pair_row(pen: Pen, concepts: Sequence[str], total: int = GRID) -> Row:
    """Label and value, side by side, a label of two or three columns."""
    label = 3 if len(concepts) < 4 else 2
    least = total // len(concepts) - label - (1 if len(concepts) < 4 else 0)
    spans = shares(len(concepts), total - label * len(concepts), max(2, least), pen.chance)
    wide = [number for number, concept in enumerate(concepts) if concept in WIDE]
    if wide:  # the widest place for what is longest
        most = spans.index(max(spans))
        spans[most], spans[wide[0]] = spans[wide[0]], spans[most]
    cells: list[Cell] = []
    for concept, span in zip(concepts, spans, strict=True):
        cells += [pen.words_cell(pen.label(concept), label), _value_cell(pen, concept, span)]
    return Row(tuple(cells), pen.chance.uniform(8, 12))


def _value_cell(pen: Pen, concept: str, span: int) -> Cell:
    slot = pen.slot(concept)
    if concept == "years" and pen.chance.random() < 0.5:
        return Cell((pen.line(slot, "年", align="center"),), span)
    return pen.value(slot, span)


def _grouped(pen: Pen, concepts: Sequence[str], wide: int) -> Iterator[list[str]]:
    """Concepts in rows of two to four; a long one takes the room of two."""
    row: list[str] = []
    room = pen.chance.choice((2, 3, 3, 4)) if wide > 18 else 2
    used = 0
    for concept in concepts:
        needed = 2 if concept in WIDE and room > 2 else 1
        if row and used + needed > room:
            yield row
            row, used = [], 0
            room = pen.chance.choice((2, 3, 3, 4)) if wide > 18 else 2
        row.append(concept)
        used += needed
    if row:
        yield row


def person_rows(pen: Pen, count: int, photo: bool, total: int = GRID) -> list[Row]:
    """Who somebody is, the name first. photo: a place for one at the right, over the first rows."""
    drawn = pen.chance.sample(PERSON, count)
    always = [concept for concept in ("id_number", "phone") if count > 8 and concept not in drawn]
    concepts = ["name", *drawn, *always]
    if "birthday" in concepts and "born" in concepts:
        concepts.remove("birthday")
    beside = total - 4 if photo else total
    groups = list(_grouped(pen, concepts, beside))[: 4 if photo else None]
    rows = [pair_row(pen, group, beside) for group in groups]
    if not photo:
        return rows
    picture = _photo_cells(pen, len(rows))
    joined = [replace(row, cells=(*row.cells, cell)) for row, cell in zip(rows, picture, strict=True)]
    rest = [pair_row(pen, group, total) for group in _grouped(pen, concepts[sum(map(len, groups)) :], total)]
    return [*joined, *rest]


def _photo_cells(pen: Pen, rows: int) -> list[Cell]:
    """A place for a photo, merged downwards over the rows."""
    slot = pen.slot("photo")
    lines = (pen.line(pen.chance.choice(("照片", "贴\n照\n片\n处", "一寸\n免冠照片")), align="center"),)
    first = (pen.line(slot, align="center"),) if pen.second else (*lines, pen.line(slot, align="center"))
    return [Cell(first if number == 0 else (pen.line(),), 4, "continue" if number else "restart")
            for number in range(rows)]  # fmt: skip


def under_one_label(pen: Pen, label: str, rows: Sequence[Row]) -> list[Row]:
    """Rows drawn two columns narrower, beside one label that is merged over all of them."""
    first = Cell(pen.upright(label, 2).lines, 2, "restart")
    more = Cell((pen.line(),), 2, "continue")
    return [replace(row, cells=(more if number else first, *row.cells)) for number, row in enumerate(rows)]


# --- sentences with numbers ---


def sum_row(pen: Pen, kinds: Sequence[tuple[str, str]], concept: str, label: str) -> Row:
    """Several numbers in one sentence: 听课__节，上课__节."""
    ruled = pen.chance.random() < 0.4
    comma = pen.chance.choice(("，", "、", "　　", "  ", "；"))
    pieces: list[Piece] = []
    for number, (word, unit) in enumerate(kinds):
        slot = pen.slot(concept, name=pen.name(f"{concept}_{number + 1}"))
        rule = "__" if ruled else ""
        pieces += [f"{comma if number else ''}{word}{rule}", slot, f"{rule}{unit}"]
    return Row((pen.words_cell(label, 4), Cell((pen.line(*pieces, "。" if "，" in comma else ""),), GRID - 4)), 11)


def parted_day(pen: Pen) -> list[Piece]:
    """A date as three numbers, as an office tags it that does not know of dates."""
    parts = [pen.slot(part, name=pen.name(part)) for part in ("year", "month", "monthday")]
    return [parts[0], "年", parts[1], "月", parts[2], "日"]


def cost_row(pen: Pen) -> Row:
    """Sums of money in one sentence."""
    pieces: list[Piece] = []
    for number, word in enumerate(
        pen.chance.sample(("交通费", "住宿费", "资料费", "伙食补助"), pen.chance.randint(2, 3))
    ):
        pieces += [f"{'，' if number else ''}{word}", pen.slot("money"), "元"]
    return Row((pen.words_cell("经费预算" if pen.second else "所需经费", 4), Cell((pen.line(*pieces),), GRID - 4)), 10)


def tick_row(pen: Pen, label: str) -> Row:
    ranks = pen.chance.choice(pen.words.ranks)
    slot = pen.slot("rank", ranks=ranks)
    return Row((pen.words_cell(label, 5), Cell((pen.line(slot),), GRID - 5)), 9)


def verdict_row(pen: Pen) -> Row:
    rank = pen.slot("rank", ranks=pen.chance.choice(pen.words.ranks[:2]))
    cells = (pen.words_cell(pen.label("score"), 3), pen.value(pen.slot("score"), 4),
             pen.words_cell("考核等次" if not pen.second else "评定结果", 3), Cell((pen.line(rank),), 8),
             pen.words_cell(pen.label("hours"), 3), pen.value(pen.slot("hours"), 3))  # fmt: skip
    return Row(cells, 10)


# --- long texts and opinions ---


def prose_row(pen: Pen, label: str, height: float, signed: bool) -> Row:
    slot = pen.slot("opinion" if label in pen.words.opinions else "prose")
    lines = [pen.line(slot)]
    if signed:
        lines += [pen.line() for _ in range(pen.chance.randint(0, 2))]
        lines += signed_lines(pen)
    beside = pen.chance.random() < 0.7
    if not beside:
        head = pen.line(label + pen.chance.choice(("：", "", "（不少于300字）")))
        return Row((Cell((head, *lines), GRID),), height)
    first = pen.upright(label, 2) if len(label) < 9 and pen.chance.random() < 0.6 else pen.words_cell(label, 4)
    return Row((first, Cell(tuple(lines), GRID - first.span)), height)


def signed_lines(pen: Pen) -> list[Line]:
    """Signature and date at the foot of a cell, on one line or on two, with or without the word 日期."""
    sign = pen.chance.choice(pen.words.signs)
    name, day = pen.slot("signer"), pen.slot("day")
    gap = "　" * pen.chance.randint(2, 6)
    way = pen.chance.randrange(4)
    if way == 0:
        return [pen.line(f"{sign}：", name, gap, day, align="right")]
    if way == 1:
        return [pen.line(f"{sign}：", name, f"{gap}日期：", day, align="right")]
    if way == 2 and pen.second and pen.chance.random() < 0.5:
        return [pen.line(f"{sign}：", name, align="right"), pen.line(*parted_day(pen), align="right")]
    if way == 2:
        return [pen.line(f"{sign}：", name, align="right"), pen.line(day, align="right")]
    return [pen.line(f"（盖章）{gap}", day, align="right")]


def opinion_rows(pen: Pen, count: int) -> list[Row]:
    """One below the other; the second family also sets two or three beside each other."""
    opinions = pen.chance.sample(pen.words.opinions, count)
    rows: list[Row] = []
    while opinions:
        beside = pen.chance.choice((1, 2, 3) if pen.second else (1, 1, 2))
        group, opinions = opinions[:beside], opinions[beside:]
        if len(group) == 1:
            rows.append(prose_row(pen, group[0], pen.chance.uniform(30, 55), True))
            continue
        span = GRID // len(group)
        cells = (_opinion_pair(pen, label, span) for label in group)
        rows.append(Row(tuple(cell for pair in cells for cell in pair), 45))
    return rows


def _opinion_pair(pen: Pen, label: str, span: int) -> tuple[Cell, Cell]:
    lines = (pen.line(pen.slot("opinion")), *signed_lines(pen))
    return pen.upright(label, 2), Cell(lines, span - 2)


# --- lists ---


def list_rows(pen: Pen, kind: str, item: str, total: int = GRID) -> list[Row]:
    """A heading of one or of two rows, and the row that repeats."""
    count = pen.chance.randint(3, min(7, len(COLUMNS[kind])))
    first = COLUMNS[kind][:2]
    concepts = [*first, *pen.chance.sample(COLUMNS[kind][2:], count - 2)]
    loop = pen.name(f"{item}s")
    spans = shares(len(concepts), total, 2, pen.chance)
    labels = [_column_label(pen, concept, number) for number, concept in enumerate(concepts)]
    slots = [pen.slot(concept, loop) for concept in concepts]
    body = Row(tuple(pen.value(slot, span) for slot, span in zip(slots, spans, strict=True)), 8, loop)
    return [*_heads(pen, labels, spans, two=pen.chance.random() < 0.35), body]


def _column_label(pen: Pen, concept: str, number: int) -> str:
    known = {"signer": ("签名", "证明人") if not pen.second else ("签 字", "证明人"),
             "mark_am": ("上午",), "mark_pm": ("下午",)}  # fmt: skip
    if concept in known:
        chosen = known[concept][number % len(known[concept])]
        pen.labels.add(chosen)
        return chosen
    return pen.label(concept)


def _heads(pen: Pen, labels: Sequence[str], spans: Sequence[int], two: bool) -> list[Row]:
    if not two or len(labels) < 4:
        return [Row(tuple(map(pen.words_cell, labels, spans)), 9)]
    at = pen.chance.randint(1, len(labels) - 3)
    group = "基本信息" if pen.second else "活动情况"
    over = [pen.words_cell(label, span, "restart") for label, span in zip(labels, spans, strict=True)]
    under = [Cell((pen.line(),), span, "continue") for span in spans]
    over[at : at + 2] = [pen.words_cell(group, spans[at] + spans[at + 1])]
    under[at : at + 2] = [pen.words_cell(labels[at + n], spans[at + n]) for n in (0, 1)]
    return [Row(tuple(over), 8), Row(tuple(under), 8)]


def day_rows(pen: Pen) -> list[Row]:
    """A row for each day, printed: no heading at all, or one over the columns."""
    days = [f"第{CHINESE[n]}天" for n in range(pen.chance.randint(5, 10))] if pen.chance.random() < 0.5 else [
        f"星期{day}" for day in "一二三四五"]  # fmt: skip
    parts = pen.chance.choice((("上午", "下午"), ("上午", "下午", "晚上")))
    spans = shares(len(parts), GRID - 4, 4, pen.chance)
    rows = []
    if not pen.second or pen.chance.random() < 0.4:
        rows.append(Row((pen.words_cell("日程", 4), *map(pen.words_cell, parts, spans)), 9))
    for number, day in enumerate(days, 1):
        slots = [pen.slot("topic", name=pen.name(f"d{number}_{part}")) for part in ("am", "pm", "night")[: len(parts)]]
        rows.append(Row((pen.words_cell(day, 4), *map(pen.value, slots, spans)), 10))
    return rows


def score_rows(pen: Pen) -> list[Row]:
    """Printed items, each with its points and a place for the score."""
    items = pen.chance.sample(ITEMS, pen.chance.randint(4, 8))
    head = Row((pen.words_cell("序号", 2), pen.words_cell("评价项目", 6), pen.words_cell("分值", 3),
                pen.words_cell("得分", 4), pen.words_cell("评语", 9)), 9)  # fmt: skip
    rows = [head]
    for number, item in enumerate(items, 1):
        rows.append(Row((pen.words_cell(str(number), 2), pen.words_cell(item, 6),
                         pen.words_cell(str(pen.chance.choice((5, 10, 15, 20))), 3),
                         pen.value(pen.slot("score", name=pen.name(f"item{number}_score")), 4),
                         pen.value(pen.slot("note", name=pen.name(f"item{number}_note")), 9)), 9))  # fmt: skip
    total = (pen.words_cell("合　计", 11), pen.value(pen.slot("score", name=pen.name("total")), GRID - 11))
    return [*rows, Row(total, 9)]


def matrix_rows(pen: Pen) -> list[Row]:
    """Items down and judges across, a score where they meet."""
    judges = pen.chance.sample(("自评", "小组评", "导师评", "学校评"), pen.chance.randint(2, 4))
    spans = shares(len(judges), GRID - 6, 3, pen.chance)
    rows = [Row((pen.words_cell("评议内容", 6), *map(pen.words_cell, judges, spans)), 9)]
    for number, item in enumerate(pen.chance.sample(ITEMS, pen.chance.randint(3, 5)), 1):
        slots = (pen.slot("score", name=pen.name(f"m{number}_{judge + 1}")) for judge in range(len(judges)))
        rows.append(Row((pen.words_cell(item, 6), *map(pen.value, slots, spans)), 9))
    return rows


def closing_row(pen: Pen) -> Row:
    """Who filled it in and when, in the last row over the whole width."""
    return Row((Cell((foot_line(pen),), GRID),), 10)


def survey_rows(pen: Pen) -> list[Row]:
    questions = ("课程内容安排", "指导教师水平", "学习环境条件", "后勤服务保障", "活动组织管理", "总体评价")
    ranks = pen.words.ranks[-1]
    rows = []
    for number, question in enumerate(questions[: pen.chance.randint(3, 6)], 1):
        slot = pen.slot("rank", name=pen.name(f"q{number}"), ranks=ranks)
        rows.append(Row((pen.words_cell(f"{number}．{question}", 8), Cell((pen.line(slot),), GRID - 8)), 9))
    return rows


# --- lines outside tables ---


def title_lines(pen: Pen, text: str) -> list[Line]:
    lines = [Line((text,), "center", 18, "黑体", True)]
    if pen.chance.random() < 0.4:
        lines.insert(
            0, pen.line(f"附件{pen.chance.randint(1, 9)}：" if pen.second else f"附件{pen.chance.randint(1, 9)}")
        )
    if pen.chance.random() < 0.3:
        lines.append(pen.line("（2016年度）" if pen.second else f"（{pen.words.county}）", align="center"))
    return lines


def unit_line(pen: Pen, concepts: Sequence[str]) -> Line:
    """Unit, filler and date above the table: 单位（盖章）：…　　填表日期：…."""
    pieces: list[Piece] = []
    for number, concept in enumerate(concepts):
        label = UNIT_LABELS[concept][pen.second]
        pieces += [f"{'　　' if number else ''}{label}：", pen.slot(concept)]
    return pen.line(*pieces)


def note_lines(pen: Pen) -> list[Line]:
    return [pen.line(pen.chance.choice(pen.words.notes))] if pen.chance.random() < 0.75 else []


def foot_line(pen: Pen) -> Line:
    return pen.line(f"{pen.chance.choice(pen.words.signs)}：", pen.slot("signer"), "　　　　", pen.slot("day"),
                    align="right")  # fmt: skip

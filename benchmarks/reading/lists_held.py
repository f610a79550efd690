"""Lists, marks, ticks and numbers in sentences of the family `held`."""

from collections.abc import Mapping, Sequence

from benchmarks.reading.model import Cell, Line, Piece, Row
from benchmarks.reading.pen import Pen, shares
from benchmarks.reading.pieces_held import COLUMNS, CRITERIA, FULL, QUESTIONS, beside, broken

ROOM = {"seq": 3, "gender": 3, "id_number": 8, "period": 8, "school": 7, "award": 7, "project": 7, "topic": 7,
        "born": 5, "published": 5, "day": 6, "phone": 6, "address": 7, "journal": 7}  # fmt: skip
HEADS: Mapping[str, Mapping[str, str]] = {
    "signin": {"mark_am": "上午\n签到", "mark_pm": "下午\n签到", "signer": "本人\n签名"},
    "career": {"period": "自何年何月至何年何月", "school": "在何单位", "post": "任何职"},
    "honours": {"published": "授予时间"},
    "training": {"period": "培训起止日期", "project": "培训内容"},
    "budget": {"note": "开支科目", "kind": "经费来源"},
    "family": {"school": "工作单位及职务", "name": "家属\n姓名"},
    "steps": {"period": "阶段", "topic": "拟达成目标", "role": "主要任务", "result": "检验方式"},
    "visits": {"topic": "家访事由", "witness": "家长签字"},
    "contest": {"class_name": "抽签班级", "topic": "参赛课题"},
}
GROUPS = ("基本信息", "有关情况")


def list_of(pen: Pen, kind: str, least: int, total: int = FULL) -> list[Row]:
    """A head of one line or of two, printed again on each page or not, and the row that repeats."""
    known = COLUMNS[kind]
    first = 2 if known[0] == "seq" else 1
    chosen = pen.chance.sample(known[first:], min(len(known) - first, pen.chance.randint(least, least + 3) - first))
    concepts = [*known[:first], *sorted(chosen, key=known.index)]
    spans = _room(pen, concepts, total)
    loop = pen.name(f"{kind}_rows")
    labels = [_column(pen, kind, concept) for concept in concepts]
    cells = tuple(pen.value(pen.slot(concept, loop), span) for concept, span in zip(concepts, spans, strict=True))
    again, whole = pen.chance.random() < 0.5, pen.chance.random() < 0.5
    return [*_heads(pen, labels, spans, again), Row(cells, pen.chance.uniform(7, 10), loop, whole=whole)]


def _room(pen: Pen, concepts: Sequence[str], total: int) -> list[int]:
    """Columns by what they hold; what is over goes where chance will have it."""
    least = [ROOM.get(concept, 4) for concept in concepts]
    while sum(least) > total:
        most = least.index(max(least))
        least[most] -= 1
    more = shares(len(concepts), total - sum(least), 0, pen.chance)
    return [room + extra for room, extra in zip(least, more, strict=True)]


def _column(pen: Pen, kind: str, concept: str) -> str:
    if concept in HEADS.get(kind, {}):
        pen.labels.add(HEADS[kind][concept])
        return HEADS[kind][concept]
    label = pen.label(concept)
    return broken(label) if len(label) > 6 and "\n" not in label else label


def _heads(pen: Pen, labels: Sequence[str], spans: Sequence[int], again: bool) -> list[Row]:
    if len(labels) < 5 or pen.chance.random() < 0.5:
        return [Row(tuple(map(pen.words_cell, labels, spans)), 10, head=again)]
    width = pen.chance.randint(2, min(4, len(labels) - 3))
    at = pen.chance.randint(1, len(labels) - width)
    over = [pen.words_cell(label, span, "restart") for label, span in zip(labels, spans, strict=True)]
    under = [Cell((pen.line(),), span, "continue") for span in spans]
    over[at : at + width] = [pen.words_cell(GROUPS[at > 2], sum(spans[at : at + width]))]
    under[at : at + width] = [pen.words_cell(labels[n], spans[n]) for n in range(at, at + width)]
    return [Row(tuple(over), 8, head=again), Row(tuple(under), 8, head=again)]


def listed_beside(pen: Pen, text: str, kind: str, least: int) -> list[Row]:
    """A list, two times out of three beside a label written downwards."""
    if pen.chance.random() < 0.35:
        return list_of(pen, kind, least)
    return beside(pen, text, list_of(pen, kind, least, FULL - 4))


# --- marks ---


def graded(pen: Pen) -> list[Row]:
    """Criteria in groups merged downwards, each with its points and its mark, and the sum below."""
    rows = [Row(tuple(map(pen.words_cell, ("一级指标", "二级指标", "满分", "自评分", "考评得分"),
                          (8, 16, 6, 9, 9))), 9)]  # fmt: skip
    groups, number = pen.chance.sample(list(CRITERIA), pen.chance.randint(2, 4)), 0
    most = str(-(-100 // sum(len(CRITERIA[group]) for group in groups)))
    for group in groups:
        inner = []
        for item in CRITERIA[group]:
            number += 1
            own = pen.slot("score", name=pen.name(f"own{number}_score"))
            marked = pen.slot("score", name=pen.name(f"item{number}_score"))
            inner.append(
                Row((pen.words_cell(item, 16), pen.words_cell(most, 6), pen.value(own, 9), pen.value(marked, 9)), 8)
            )
        rows += beside(pen, group, inner, 8)
    total = pen.value(pen.slot("score", name=pen.name("total")), 18)
    return [*rows, Row((pen.words_cell("总　分", 30), total), 9)]


def judged_across(pen: Pen) -> list[Row]:
    """Criteria across, their points below them, and the marks in one row."""
    items = pen.chance.sample((*CRITERIA["能力"], *CRITERIA["课堂"]), pen.chance.randint(4, 6))
    spans = shares(len(items), FULL - 14, 4, pen.chance)
    heads = (pen.words_cell("评分项目", 8), *map(pen.words_cell, items, spans), pen.words_cell("总分", 6))
    points = (pen.words_cell(f"{-(-100 // len(items))}分", span) for span in spans)
    slots = [pen.slot("score", name=pen.name(f"item{number}_score")) for number in range(1, len(items) + 1)]
    total = pen.value(pen.slot("score", name=pen.name("total")), 6)
    marks = (pen.words_cell("得　分", 8), *map(pen.value, slots, spans), total)
    return [Row(heads, 10), Row((pen.words_cell("分值", 8), *points, pen.words_cell("100", 6)), 8), Row(marks, 12)]


def ticked_matrix(pen: Pen) -> list[Row]:
    """Criteria down, assessors across, boxes where they meet."""
    ranks = pen.chance.choice((pen.words.ranks[3], pen.words.ranks[5]))
    judges = pen.chance.choice((("本人自评", "学校评定"), ("教师互评", "考核组评")))
    half = (FULL - 12) // 2
    rows = [Row((pen.words_cell("考核内容", 12), *(pen.words_cell(judge, half) for judge in judges)), 9)]
    items = [item for group in pen.chance.sample(list(CRITERIA), 2) for item in CRITERIA[group]]
    for number, item in enumerate(items, 1):
        boxes = (pen.slot("rank", name=pen.name(f"m{number}_{judge}"), ranks=ranks) for judge in (1, 2))
        cells = (Cell((pen.line(box, align="center"),), half) for box in boxes)
        rows.append(Row((pen.words_cell(item, 12), *cells), 8.5))
    return rows


def timetable(pen: Pen) -> list[Row]:
    """Days across and lessons down, mornings and afternoons beside a label each; a place where they meet."""
    days = [f"周{day}" for day in "一二三四五"[: pen.chance.randint(4, 5)]]
    spans = shares(len(days), FULL - 9, 6, pen.chance)
    rows = [Row((pen.words_cell("节　次", 9), *map(pen.words_cell, days, spans)), 9)]
    number = 0
    for half, lessons in (("上午", pen.chance.randint(3, 4)), ("下午", pen.chance.randint(2, 3))):
        inner = []
        for _ in range(lessons):
            number += 1
            slots = (pen.slot("topic", name=f"p{number}_d{day}") for day in range(1, len(days) + 1))
            inner.append(Row((pen.words_cell(f"第{number}节", 6), *map(pen.value, slots, spans)), 14))
        rows += beside(pen, half, inner, 3)
    return rows


def questions(pen: Pen) -> list[Row]:
    """Questions with their boxes below them in the same cell, or in a narrow column at the right."""
    ranks, below = pen.chance.choice(pen.words.ranks[-2:]), pen.chance.random() < 0.5
    rows = [] if below else [Row((pen.words_cell("评价项目", 20), pen.words_cell("请选择一项打“√”", FULL - 20)), 9)]
    for number, question in enumerate(pen.chance.sample(QUESTIONS, pen.chance.randint(4, 6)), 1):
        box = pen.line(pen.slot("rank", name=pen.name(f"q{number}"), ranks=ranks))
        if below:
            rows.append(Row((Cell((pen.line(f"{number}. {question}？"), box), FULL),), 13))
        else:
            rows.append(Row((pen.words_cell(f"（{number}）{question}", 20), Cell((box,), FULL - 20)), 10))
    return rows


# --- ticks and numbers in sentences ---


def tick_row(pen: Pen, *labelled: tuple[str, tuple[str, ...]]) -> Row:
    """One or two labels, each with its boxes."""
    span = FULL // len(labelled)
    cells: list[Cell] = []
    for label, ranks in labelled:
        box = pen.line(pen.slot("rank", ranks=ranks))
        cells += [pen.words_cell(label, 8), Cell((box,), span - 8)]
    return Row(tuple(cells), 10)


def amounts(pen: Pen, label: str, kinds: Sequence[tuple[str, str]], concept: str) -> Row:
    """Numbers in a sentence beside a label, one a line or all in one line, ruled or not."""
    rule, one_a_line = pen.chance.choice(("", "__", "  ")), pen.chance.random() < 0.35
    groups: list[list[Piece]] = [[]]
    for number, (word, unit) in enumerate(kinds):
        slot = pen.slot(concept, name=pen.name(f"{concept}_{number + 1}"))
        last = number == len(kinds) - 1
        groups[-1] += [f"{word}{rule}", slot, f"{rule}{unit}{'。' if last else '；'}"]
        if one_a_line and not last:
            groups.append([])
    return Row((pen.words_cell(label, 8), Cell(tuple(pen.line(*group) for group in groups), FULL - 8)), 12)


def sums(pen: Pen, labels: Sequence[str]) -> Row:
    """Sums of money in a row of pairs."""
    spans = shares(len(labels), FULL, FULL // len(labels) - 1, pen.chance)
    cells: list[Cell] = []
    for label, span in zip(labels, spans, strict=True):
        cells += [pen.words_cell(label, 7), Cell((pen.line(pen.slot("money"), "元"),), span - 7)]
    return Row(tuple(cells), 9)


# --- lines outside tables ---


def heading(pen: Pen, text: str) -> list[Line]:
    """The title on one line or on two, a number above it at the right, a year or a unit below."""
    size, face = pen.chance.choice(((16, "黑体"), (22, "方正小标宋简体"), (18, "华文中宋"), (15, "宋体")))
    county = pen.words.county
    first = pen.chance.choice((text, f"{county}{text}", f"{county}教育和科技局\n{text}"))
    lines = [Line((first,), "center", size, face, pen.chance.random() < 0.7)]
    draw = pen.chance.random()
    if draw < 0.25:
        lines.insert(0, pen.line(f"{pen.label('serial')}：", pen.slot("serial"), align="right"))
    elif draw < 0.45:
        lines.insert(0, pen.line(f"附表{pen.chance.choice('一二三四')}"))
    if pen.chance.random() < 0.3:
        lines.append(pen.line(pen.chance.choice(("（2016—2017学年度第一学期）", "（样表）", "（2016年版）")),
                              align="center"))  # fmt: skip
    return lines


def over_table(pen: Pen, *concepts: str) -> Line:
    """Several places on one line above a table, blanks between them."""
    known = {"school": "填报学校（章）", "day": "填报日期", "signer": "制表人", "phone": "联系电话"}
    pieces: list[Piece] = []
    for number, concept in enumerate(concepts):
        label = known.get(concept) or "".join(pen.label(concept).split("\n"))
        pieces += [f"{'　　　' if number else ''}{label}：", pen.slot(concept)]
    return pen.line(*pieces)


def under_table(pen: Pen) -> list[Line]:
    """Who signs below a table: two people on one line, or one above the date."""
    if pen.chance.random() < 0.5:
        return [pen.line("审核人（签字）：", pen.slot("signer"), "　　　　制表人：", pen.slot("signer"),
                         "　　　　", pen.slot("day"))]  # fmt: skip
    return [
        pen.line("学校负责人（签章）：", pen.slot("signer"), align="right"),
        pen.line(pen.slot("day"), align="right"),
    ]


def remarks(pen: Pen) -> list[Line]:
    """One remark, two of them, or none."""
    return [pen.line(note) for note in pen.chance.sample(pen.words.notes, pen.chance.choice((0, 1, 1, 2)))]

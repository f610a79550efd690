"""The papers on which readers are mended, composed as county offices compose them; no two are alike.

The two mending families differ in their vocabulary and in the ways of their pieces.
"""

import random
from collections.abc import Callable
from dataclasses import replace

from benchmarks.reading.model import GRID, Block, Cell, Line, Paper, Piece, Row
from benchmarks.reading.pen import WIDE_MM, Pen, table_of
from benchmarks.reading.pieces import (
    closing_row,
    cost_row,
    day_rows,
    foot_line,
    list_rows,
    matrix_rows,
    note_lines,
    opinion_rows,
    pair_row,
    person_rows,
    prose_row,
    score_rows,
    sum_row,
    survey_rows,
    tick_row,
    title_lines,
    under_one_label,
    unit_line,
    verdict_row,
)
from benchmarks.reading.words import Words


def _person(pen: Pen) -> list[Block]:
    rows = _who(pen, pen.chance.randint(9, 16), pen.chance.random() < 0.75)
    if pen.chance.random() < 0.75:
        rows += _resume(pen)
    rows += [prose_row(pen, label, pen.chance.uniform(25, 50), False)
             for label in pen.chance.sample(pen.words.prose, pen.chance.randint(1, 3))]  # fmt: skip
    rows += opinion_rows(pen, pen.chance.randint(1, 2))
    unit = [unit_line(pen, pen.chance.choice((("school", "day"), ("school", "signer", "day"))))]
    return [*(unit if pen.chance.random() < 0.5 else []), table_of(rows), *note_lines(pen)]


def _who(pen: Pen, count: int, photo: bool) -> list[Row]:
    """Who somebody is, at times beside one label over all rows."""
    if pen.chance.random() < (0.35 if pen.second else 0.2):
        label = "基本情况" if not pen.second else "个人信息"
        return under_one_label(pen, label, person_rows(pen, count, photo, GRID - 2))
    return person_rows(pen, count, photo)


def _resume(pen: Pen) -> list[Row]:
    if pen.chance.random() < 0.5:
        label = "工作简历" if not pen.second else "从教经历"
        return under_one_label(pen, label, list_rows(pen, "resume", "resume", GRID - 2))
    return list_rows(pen, "resume", "resume")


def _appraisal(pen: Pen) -> list[Block]:
    rows = _who(pen, pen.chance.randint(6, 11), False)
    rows.append(sum_row(pen, pen.words.dayed, "days", "出 勤" if pen.second else "出勤"))
    kinds = pen.chance.sample(pen.words.counted, pen.chance.randint(3, len(pen.words.counted)))
    rows.append(sum_row(pen, kinds, "count", "完成任务" if pen.second else "任务完成"))
    rows.append(prose_row(pen, pen.chance.choice(pen.words.prose), 60, True))
    rows += [*opinion_rows(pen, pen.chance.randint(2, 4)), verdict_row(pen)]
    return [table_of(rows), *note_lines(pen)]


def _roll(pen: Pen) -> list[Block]:
    concepts = pen.chance.choice((("school", "day"), ("school", "signer", "phone", "day")))
    *heads, body = list_rows(pen, "roll", "person")
    again, whole = pen.chance.random() < 0.5, pen.chance.random() < 0.5
    rows = [*(replace(row, head=again) for row in heads), replace(body, whole=whole)]
    return [unit_line(pen, concepts), table_of(rows, WIDE_MM), foot_line(pen), *note_lines(pen)]


def _log(pen: Pen) -> list[Block]:
    rows = [pair_row(pen, ("name", "school", "subject")), pair_row(pen, ("day", "base_school", "mentor"))]
    rows += list_rows(pen, "log", "activity")
    rows += [prose_row(pen, label, pen.chance.uniform(40, 70), False)
             for label in pen.chance.sample(pen.words.prose, 2)]  # fmt: skip
    rows.append(prose_row(pen, pen.words.opinions[1 if not pen.second else 0], 30, True))
    return [table_of(rows), *note_lines(pen)]


def _days(pen: Pen) -> list[Block]:
    who = pen.line(f"{pen.label('name')}：", pen.slot("name"), f"　　{pen.label('school')}：", pen.slot("school"))
    inside = pen.chance.random() < 0.5
    head = [pair_row(pen, ("name", "school"))] if inside else []
    return [*([] if inside else [who]), table_of([*head, *day_rows(pen)]), foot_line(pen)]


def _leave(pen: Pen) -> list[Block]:
    slot, during = pen.slot("days"), pen.slot("period")
    costs = [cost_row(pen)] if pen.chance.random() < 0.6 else []
    rows = [
        *person_rows(pen, pen.chance.randint(3, 6), False),
        tick_row(pen, "请假类别" if not pen.second else "假 别"),
        Row((pen.words_cell("请假时间" if not pen.second else "起止日期", 4),
             Cell((pen.line(during, "，共", slot, "天"),), GRID - 4)), 10),
        *costs,
        prose_row(pen, "请假事由" if not pen.second else "事由说明", 35, True),
        *opinion_rows(pen, 2),
    ]  # fmt: skip
    return [table_of(rows), *note_lines(pen)]


def _leave_letter(pen: Pen) -> list[Block]:
    ask = "恳请批准。" if pen.second else "请予批准。"
    body = pen.line("　　本人", pen.slot("name"), "，系", pen.slot("school"), "教师，因", pen.slot("reason"),
                    "，需请假", pen.slot("days"), "天（", pen.slot("period"), "），", ask)  # fmt: skip
    first = pen.line("尊敬的领导：" if pen.second else "学校领导：")
    sign = [pen.line("申请人：" if pen.second else "请假人：", pen.slot("signer"), align="right"),
            pen.line(pen.slot("day"), align="right")]  # fmt: skip
    phone = pen.line("联系方式：" if pen.second else "联系电话：", pen.slot("phone"))
    return [first, body, pen.line("　　此致"), pen.line("敬礼！"), *sign, phone]


def _praise_letter(pen: Pen) -> list[Block]:
    rank = pen.slot("rank", ranks=pen.words.ranks[0])
    counts = pen.chance.sample(pen.words.counted, 3)
    pieces: list[Piece] = ["　　兹有", pen.slot("school"), "教师", pen.slot("name"), "（身份证号",
                           pen.slot("id_number"), "）于", pen.slot("period"), "在我校跟岗学习，出勤",
                           pen.slot("days"), "天"]  # fmt: skip
    for number, (word, unit) in enumerate(counts, 1):
        pieces += [f"，{word}", pen.slot("count", name=pen.name(f"count_{number}")), unit]
    body = pen.line(*pieces, "。")
    more = [
        pen.line("　　主要表现：" if pen.second else "　　工作表现：", pen.slot("prose")),
        pen.line("　　综合评定：", rank),
    ]
    return [body, *more, pen.line("校长（签名）：", pen.slot("signer"), align="right"),
            pen.line(pen.slot("day"), align="right")]  # fmt: skip


def _scores(pen: Pen) -> list[Block]:
    matrix = pen.second and pen.chance.random() < 0.5
    rows = [pair_row(pen, ("name", "school", "subject")), *(matrix_rows(pen) if matrix else score_rows(pen))]
    rows += opinion_rows(pen, 1)
    if pen.chance.random() < 0.5:
        rows.insert(1, pair_row(pen, ("topic", "class_name")))
    closing = [closing_row(pen)] if pen.chance.random() < 0.5 else []
    return [table_of([*rows, *closing]), *note_lines(pen)]


def _lesson(pen: Pen) -> list[Block]:
    rows = [pair_row(pen, ("subject", "speaker", "class_name")), pair_row(pen, ("topic", "day", "lesson_no")),
            tick_row(pen, "课型" if not pen.second else "课 类"), pair_row(pen, ("name", "school"))]  # fmt: skip
    one, other = pen.chance.sample(pen.words.prose, 2)
    rows.append(Row((pen.words_cell(one, GRID // 2), pen.words_cell(other, GRID - GRID // 2)), 9))
    rows.append(Row((Cell((pen.line(pen.slot("prose")),), GRID // 2),
                     Cell((pen.line(pen.slot("prose")),), GRID - GRID // 2)), 90))  # fmt: skip
    rows.append(prose_row(pen, "总体评价" if not pen.second else "听后感", 30, pen.chance.random() < 0.5))
    return [table_of(rows)]


def _sections(pen: Pen) -> list[Block]:
    """Several tables, each under its heading."""
    first, second, third, fourth = pen.words.sections
    middle = pen.chance.choice(("lessons", "resume", "costs"))
    blocks: list[Block] = [pen.line(first, bold=True), table_of(person_rows(pen, 7, pen.chance.random() < 0.4))]
    blocks += [pen.line(second, bold=True), table_of(list_rows(pen, middle, "entry"))]
    tasks = sum_row(pen, pen.words.counted[:3], "count", "数量")
    blocks += [pen.line(third, bold=True), table_of([tasks, tick_row(pen, "等次"), prose_row(pen, "说 明", 30, False)])]
    return [*blocks, pen.line(fourth, bold=True), table_of(opinion_rows(pen, 2)), *note_lines(pen)]


def _survey(pen: Pen) -> list[Block]:
    rows = [pair_row(pen, ("name", "school", "phone")), *survey_rows(pen),
            prose_row(pen, "意见和建议" if not pen.second else "您的建议", 40, False)]  # fmt: skip
    return [pen.line("　　请在相应的“□”内打“√”。" if not pen.second else "　　老师您好！请根据实际情况勾选（单选）。"),
            table_of(rows), foot_line(pen)]  # fmt: skip


def _attendance(pen: Pen) -> list[Block]:
    sums = [sum_row(pen, pen.words.dayed, "days", "合 计" if pen.second else "合计")]
    who = pair_row(pen, ("name", "school", "base_school"))
    return [table_of([who, *list_rows(pen, "attendance", "day"), *sums]), foot_line(pen), *note_lines(pen)]


KINDS: dict[str, Callable[[Pen], list[Block]]] = {
    "person": _person, "appraisal": _appraisal, "roll": _roll, "log": _log, "days": _days, "leave": _leave,
    "letter": _leave_letter, "praise": _praise_letter, "scores": _scores, "lesson": _lesson,
    "sections": _sections, "survey": _survey,
    "attendance": _attendance,
}  # fmt: skip


def paper_of(words: Words, kind: str, title: str, chance: random.Random, number: int, second: bool = False) -> Paper:
    """One paper of a mending family. second: in the ways of `tune2`."""
    size, face = chance.choice((9.0, 10.5, 10.5, 12.0)), chance.choice(("宋体", "仿宋_GB2312", "楷体_GB2312"))
    pen = Pen(chance, words, second, size=size, face=face)
    blocks = (*title_lines(pen, f"{words.county}{title}" if chance.random() < 0.5 else title), *KINDS[kind](pen))
    header = _page_header(pen)
    footer = (pen.line(f"{title}　2016版", align="center"),) if chance.random() < 0.25 else ()
    return Paper(f"{kind}_{number:02d}", blocks, kind == "roll", header, footer)


def _page_header(pen: Pen) -> tuple[Line, ...]:
    """Nothing on most pages, on some the office's name, on some a unit and a date to fill in."""
    draw = pen.chance.random()
    if draw < 0.15:
        return (unit_line(pen, ("school", "day")),)
    return (pen.line(f"{pen.words.county}教师发展中心"),) if draw < 0.35 else ()

"""The papers of the family `held`: what a county office hands out beside its own programme, and how it lays it out.

Some lie, some are of the smaller 16开 sheet, several run over pages, with rows that a page may break and rows that it
may not.
"""

import random
from collections.abc import Callable, Sequence

from benchmarks.reading.lists_held import (
    amounts,
    graded,
    heading,
    judged_across,
    list_of,
    listed_beside,
    over_table,
    questions,
    remarks,
    sums,
    tick_row,
    ticked_matrix,
    timetable,
    under_table,
)
from benchmarks.reading.model import A4, Block, Cell, Line, Paper, Piece, Row
from benchmarks.reading.pen import Pen
from benchmarks.reading.pieces_held import (
    FULL,
    aligned,
    approvals,
    band,
    beside,
    full_row,
    identity,
    ruled,
    schooling,
    signature,
    told,
    two_people,
)
from benchmarks.reading.words import Words

SIXTEENMO = (195.0, 270.0)
MARGIN = 20.0
LYING = frozenset(("workload", "signin", "timetable"))
OWN, STUDY, TEACHING = slice(0, 5), slice(5, 8), slice(8, 12)  # of `Words.prose`
FACES = ("宋体", "仿宋_GB2312", "微软雅黑", "华文仿宋")


def _table(pen: Pen, rows: Sequence[Row]) -> Block:
    """As wide as the sheet allows, at times a little narrower."""
    return ruled(rows, pen.width - pen.chance.choice((0, 0, 6, 12)))


def _framed(pen: Pen, rows: Sequence[Row]) -> list[Block]:
    """A table with its remarks, a line with places above it at times."""
    above = [over_table(pen, *pen.chance.choice((("school", "day"), ("school", "phone"), ("serial", "day"))))]
    return [*(above if pen.chance.random() < 0.4 else []), _table(pen, rows), *remarks(pen)]


def _prose(pen: Pen, about: slice, count: int) -> list[Row]:
    return [told(pen, label, pen.chance.uniform(35, 80), pen.chance.random() < 0.3)
            for label in pen.chance.sample(pen.words.prose[about], count)]  # fmt: skip


def _support(pen: Pen) -> list[Block]:
    rows = identity(pen, pen.chance.randint(8, 12), pen.chance.random() < 0.6)
    rows += [tick_row(pen, ("选派方式", pen.words.ranks[4]), ("是否党员", pen.words.ranks[3])),
             *aligned(pen, ("base_school", "period", "distance"), 3),
             amounts(pen, "近三年\n工　作", pen.chance.sample(pen.words.counted, 4), "count"),
             *listed_beside(pen, "工作经历", "career", 3)]  # fmt: skip
    return _framed(pen, [*rows, *_prose(pen, OWN, 1), *approvals(pen, pen.chance.randint(2, 3))])


def _pairing(pen: Pen) -> list[Block]:
    concepts = ["name", *pen.chance.sample(("gender", "school", "subject", "title", "degree", "years", "phone"), 5)]
    rows = two_people(pen, pen.chance.choice((("师　父", "徒　弟"), ("甲　方", "乙　方"))), concepts)
    during: tuple[Piece, ...] = ("自", pen.slot("period"), "，为期", pen.slot("count"), "个月。")
    rows.append(Row((pen.words_cell("结对期限", 8), Cell((pen.line(*during),), FULL - 8)), 10))
    rows += [band(pen, "双方约定"), *_prose(pen, TEACHING, 2)]
    signed = (Cell((pen.line(f"{who}签名："), pen.line(pen.slot("signer")), pen.line(pen.slot("day"), align="right")),
                   FULL // 2) for who in ("师父", "徒弟"))  # fmt: skip
    return _framed(pen, [*rows, Row(tuple(signed), 24), *approvals(pen, 1)])


def _credits(pen: Pen) -> list[Block]:
    rows = [*identity(pen, pen.chance.randint(4, 7)), *list_of(pen, "training", 4),
            *aligned(pen, ("hours", "score"), 2)]  # fmt: skip
    if pen.chance.random() < 0.5:
        rows += listed_beside(pen, "成果奖励", "honours", 3)
    return _framed(pen, [*rows, *approvals(pen, 2)])


def _project(pen: Pen) -> list[Block]:
    """An application over several pages: a cover with lines to fill in, then tables under headings."""
    sections = pen.words.sections
    asked_for = ("project", "name", "school", "phone", "day")
    labels = ("".join(pen.label(concept).split("\n")) for concept in asked_for)
    cover = [Line((f"　　　　{label}：", pen.slot(concept)), "left", 14, pen.face)
             for label, concept in zip(labels, asked_for, strict=True)]  # fmt: skip
    blocks: list[Block] = [pen.line(), pen.line(), *cover, pen.line("\f"), pen.line(sections[0], bold=True)]
    blocks.append(_table(pen, [*identity(pen, 7), *listed_beside(pen, "课题组成员", "members", 4)]))
    blocks += [pen.line(sections[1], bold=True), _table(pen, [told(pen, label, height, False) for label, height
               in zip(pen.words.prose[STUDY], (150, 60, 90), strict=True)])]  # fmt: skip
    blocks += [pen.line(sections[4], bold=True),
               _table(pen, [*list_of(pen, "budget", 3), sums(pen, ("申请经费", "自筹经费", "合计"))])]  # fmt: skip
    return [*blocks, pen.line(sections[3], bold=True), _table(pen, approvals(pen, 2)), *remarks(pen)]


def _contest(pen: Pen) -> list[Block]:
    if pen.chance.random() < 0.4:
        head = [over_table(pen, "stage", "subject", "place"), _table(pen, list_of(pen, "contest", 5))]
        return [*head, *under_table(pen), *remarks(pen)]
    rows = [*aligned(pen, ("speaker", "school", "topic", "lesson_no", "day"), 2),
            *(graded(pen) if pen.chance.random() < 0.5 else judged_across(pen)),
            tick_row(pen, ("奖次建议", pen.words.ranks[1])), *_prose(pen, TEACHING, 1)]  # fmt: skip
    return [_table(pen, rows), *under_table(pen), *remarks(pen)]


def _promotion(pen: Pen) -> list[Block]:
    rows = [*identity(pen, pen.chance.randint(9, 13), True), *schooling(pen)]
    told_of = (("任职经历", "career"), ("表彰奖励", "honours"), ("论文著作", "works"), ("进修培训", "training"),
               ("家庭主要成员", "family"))  # fmt: skip
    for text, kind in pen.chance.sample(told_of, pen.chance.randint(2, 3)):
        rows += listed_beside(pen, text, kind, 3)
    rows += [amounts(pen, "任现职\n以来", pen.chance.sample(pen.words.counted, 5), "count"), *_prose(pen, OWN, 2)]
    return _framed(pen, [*rows, *approvals(pen, pen.chance.randint(2, 4))])


def _annual(pen: Pen) -> list[Block]:
    middle = pen.chance.choice((graded, ticked_matrix))
    own = told(pen, pen.chance.choice(pen.words.prose[OWN]), pen.chance.uniform(90, 160), True)
    rows = [*identity(pen, pen.chance.randint(4, 8)), *(schooling(pen) if pen.chance.random() < 0.4 else []),
            amounts(pen, "考　勤", pen.words.dayed, "days"), own,
            *middle(pen), tick_row(pen, ("考核等次", pen.words.ranks[2])), *approvals(pen, 3)]  # fmt: skip
    agreed = (pen.line("本人对考核结果（　　）异议。"), *signature(pen, own=True))
    return _framed(pen, [*rows, full_row(pen, *agreed, height=26, whole=True)])


def _open(pen: Pen) -> list[Block]:
    rows = [*aligned(pen, ("speaker", "title", "school", "subject", "topic", "class_name", "day", "place"),
                     pen.chance.choice((2, 3))),
            tick_row(pen, ("公开范围", ("校级", "学区", "县级"))), *_prose(pen, TEACHING, 2)]  # fmt: skip
    if pen.chance.random() < 0.5:
        rows += listed_beside(pen, "活动安排", "lessons", 4)
    return _framed(pen, [*rows, *approvals(pen, 2)])


def _signin(pen: Pen) -> list[Block]:
    above = [over_table(pen, "topic", "place", "day"), over_table(pen, "speaker", "students")]
    return [*above[: pen.chance.randint(1, 2)], _table(pen, list_of(pen, "signin", 5)), *under_table(pen)]


def _honour(pen: Pen) -> list[Block]:
    rows = [*identity(pen, pen.chance.randint(7, 10), pen.chance.random() < 0.7),
            *listed_beside(pen, "曾获荣誉", "honours", 3), *_prose(pen, OWN, 1)]  # fmt: skip
    rows.append(told(pen, "推荐理由", 170, False))
    return _framed(pen, [*rows, *approvals(pen, 3)])


def _visit(pen: Pen) -> list[Block]:
    rows = [*aligned(pen, ("name", "class_name", "day", "subject", "lesson_no", "topic"), 3),
            tick_row(pen, ("总评", pen.words.ranks[5]), ("跟踪", pen.words.ranks[3]))]  # fmt: skip
    left, right = pen.chance.sample(pen.words.prose[TEACHING], 2)
    rows.append(Row((pen.words_cell(left, 28), pen.words_cell(right, 20)), 9))
    rows.append(Row((Cell((pen.line(pen.slot("prose")),), 28), Cell((pen.line(pen.slot("prose")),), 20)), 80))
    foot = full_row(pen, *signature(pen), height=16, whole=True)
    return [_table(pen, [*rows, *(list_of(pen, "visits", 3) if pen.chance.random() < 0.5 else []), foot])]


def _workload(pen: Pen) -> list[Block]:
    return [over_table(pen, "school", "signer", "phone", "day"), _table(pen, list_of(pen, "staff", 7)),
            *under_table(pen), *remarks(pen)]  # fmt: skip


def _form(pen: Pen) -> list[Block]:
    who = identity(pen, pen.chance.randint(5, 8))
    bank = [*aligned(pen, ("serial", "issuer"), 2), sums(pen, ("学费", "交通费")), *aligned(pen, ("address",), 1)]
    why = pen.line("　　本人因", pen.slot("reason"), "，特申请办理，所填内容属实。")
    reason = full_row(pen, why, *signature(pen, own=True), height=34)
    return _framed(pen, [band(pen, "申请人填写"), *who, *bank, reason, band(pen, "审批单位填写"), *approvals(pen, 2)])


def _certified(pen: Pen) -> list[Block]:
    """A certificate in running sentences."""
    who: tuple[Piece, ...] = ("　　兹证明", pen.slot("name"), "同志，性别", pen.slot("gender"), "，身份证号码为",
                              pen.slot("id_number"), "，系我校在职教师，现任", pen.slot("post"), "，专业技术职务为",
                              pen.slot("title"), "。")  # fmt: skip
    did: tuple[Piece, ...] = ("　　该同志于", pen.slot("period"), "在", pen.slot("base_school"), "承担",
                              pen.slot("subject"), "学科教学任务，周课时", pen.slot("workload"), "节，服务期考核为",
                              pen.slot("rank", ranks=pen.words.ranks[2]), "。")  # fmt: skip
    end = [pen.line("单位名称（盖章）：", pen.slot("school"), align="right"),
           pen.line("经办人：", pen.slot("signer"), "　联系电话：", pen.slot("phone"), align="right"),
           pen.line("开具日期：", pen.slot("day"), align="right")]  # fmt: skip
    return [pen.line(), pen.line(*who), pen.line(*did), pen.line("　　特此证明。"), pen.line(), *end]


def _vow(pen: Pen) -> list[Block]:
    """Clauses that are printed, a few places between them, signatures of both sides at the end."""
    clauses = ("　　一、遵守培训纪律，按时到课，不无故缺席。", "　　二、往返途中注意交通安全，不私自外出。",
               "　　三、廉洁从教，不参与有偿补课。", "　　四、如有违反，自愿接受处理。")  # fmt: skip
    me: tuple[Piece, ...] = ("　　我是", pen.slot("school"), "的教师", pen.slot("name"), "，自愿参加",
                             pen.slot("project"), "，培训时间为", pen.slot("period"), "，现郑重承诺：")  # fmt: skip
    urgent: tuple[Piece, ...] = ("　　紧急联系人：", pen.slot("witness"), "，联系电话：", pen.slot("phone"), "。")
    own = (pen.line("承诺人："), pen.line(pen.slot("signer")), pen.line(pen.slot("day")))
    school = (pen.line("学校意见："), pen.line(pen.slot("opinion")), *signature(pen))
    both = Row((Cell(own, FULL // 2), Cell(school, FULL // 2)), 35)
    end: list[Block] = [_table(pen, [both])] if pen.chance.random() < 0.5 else [
        pen.line("承诺人（签名）：", pen.slot("signer"), align="right"), pen.line(pen.slot("day"), align="right")
    ]  # fmt: skip
    return [pen.line(*me), *map(pen.line, clauses), pen.line(*urgent), pen.line(), *end]


def _inquiry(pen: Pen) -> list[Block]:
    first: Line = pen.line("各位老师：为改进工作，请如实填写本单，结果仅作统计之用。")
    rows = [*aligned(pen, ("school", "day", "topic", "speaker"), 2), *questions(pen),
            told(pen, "您最大的收获", 35, False), told(pen, "改进建议", 35, False)]  # fmt: skip
    return [first, _table(pen, rows), *remarks(pen)]


def _growth(pen: Pen) -> list[Block]:
    """A plan in phases, each a table under its heading; or one table with bands."""
    who, steps = identity(pen, pen.chance.randint(5, 8)), listed_beside(pen, "分年度目标", "steps", 3)
    texts = [
        told(pen, label, pen.chance.uniform(70, 130), False) for label in pen.chance.sample(pen.words.prose[OWN], 3)
    ]
    mentor = beside(pen, "导师", aligned(pen, ("mentor", "title", "phone"), 3, FULL - 4, "guide"))
    end = approvals(pen, 2)
    parts = (("基本信息", [*who, *mentor]), ("自我分析", texts[:2]), ("阶段安排", [*steps, texts[2]]), ("审核", end))
    if pen.chance.random() < 0.5:
        return [_table(pen, [row for head, rows in parts for row in (band(pen, head), *rows)]), *remarks(pen)]
    return [block for number, (head, rows) in enumerate(parts)
            for block in (pen.line(f"（{'一二三四'[number]}）{head}", bold=True), _table(pen, rows))]  # fmt: skip


def _timetable(pen: Pen) -> list[Block]:
    above = over_table(pen, "name", "base_school", "period")
    return [above, _table(pen, timetable(pen)), *under_table(pen), *remarks(pen)]


def _letter(pen: Pen) -> list[Block]:
    """A letter of application."""
    said = pen.line("　　我叫", pen.slot("name"), "，现在", pen.slot("school"), "任教", pen.slot("subject"), "，教龄",
                    pen.slot("years"), "年。因", pen.slot("reason"), "，申请调整到", pen.slot("base_school"),
                    "工作，请组织考虑。")  # fmt: skip
    why = [pen.line("　　具体情况如下："), pen.line(pen.slot("prose")), pen.line("　　此致"), pen.line("敬礼！")]
    by = [pen.line("申请人：", pen.slot("signer"), align="right"), pen.line(pen.slot("day"), align="right")]
    return [pen.line("县教育和科技局："), said, *why, pen.line(), *by]


def _reply(pen: Pen) -> list[Block]:
    """An invitation with a slip to cut off and send back."""
    asks = pen.line("　　兹邀请", pen.slot("name"), "老师于", pen.slot("day"), "到", pen.slot("place"), "参加",
                    pen.slot("project"), "活动。")  # fmt: skip
    cut = pen.line("- - - - - - - - - - - - - - 沿此线剪下 - - - - - - - - - - - - - -", align="center")
    slip = [*aligned(pen, ("school", "phone", "post", "subject"), 2),
            tick_row(pen, ("能否参加", ("能", "不能")), ("是否住宿", pen.words.ranks[3]))]  # fmt: skip
    head = pen.line("回　执", align="center", bold=True)
    return [asks, pen.line(), cut, head, _table(pen, slip), pen.line("填表人：", pen.slot("signer"), align="right")]


KINDS: dict[str, Callable[[Pen], list[Block]]] = {
    "support": _support, "pairing": _pairing, "credits": _credits, "project": _project, "contest": _contest,
    "promotion": _promotion, "annual": _annual, "open": _open, "signin": _signin, "honour": _honour, "visit": _visit,
    "workload": _workload, "form": _form, "paper": _certified, "vow": _vow, "inquiry": _inquiry, "growth": _growth,
    "timetable": _timetable, "letter": _letter, "reply": _reply,
}  # fmt: skip


def held_paper_of(words: Words, kind: str, title: str, chance: random.Random, number: int) -> Paper:
    """One paper of the family `held`."""
    size = SIXTEENMO if chance.random() < 0.25 else A4
    wide = kind in LYING and chance.random() < 0.8
    pen = Pen(chance, words, size=chance.choice((9.0, 10.0, 10.5, 11.0, 12.0)), face=chance.choice(FACES),
              strong=chance.random() < 0.4, width=size[wide] - 2 * MARGIN)  # fmt: skip
    blocks = (*heading(pen, title), *KINDS[kind](pen))
    return Paper(f"{kind}_{number:02d}", blocks, wide, _header(pen), _footer(pen, title), size)


def _header(pen: Pen) -> tuple[Line, ...]:
    draw = pen.chance.random()
    if draw < 0.15:
        return (pen.line("档案编号：", pen.slot("serial"), "　　密级：内部", align="right"),)
    return (pen.line(f"{pen.words.county}教育和科技局　监制", align="right"),) if draw < 0.3 else ()


def _footer(pen: Pen, title: str) -> tuple[Line, ...]:
    draw = pen.chance.random()
    if draw < 0.12:
        return (pen.line("填表人：", pen.slot("signer"), "　　联系电话：", pen.slot("phone")),)
    return (pen.line(f"《{title}》　　共　页　第　页", align="center"),) if draw < 0.3 else ()

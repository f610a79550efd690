"""Papers that are no form of ours: notices, letters, minutes, and forms of other programmes that ask the same things.

They share labels with our forms on purpose; nothing may be read from them.
"""

import random
from collections.abc import Callable, Sequence

from benchmarks.reading.drawing import Drawn, Typed, filled_of
from benchmarks.reading.model import GRID, Block, Cell, Line, Paper, Row, Table
from benchmarks.reading.values import Somebody, a_day, person_name, prose, school_name, somebody, spelt_date

_OTHERS = ("“国培计划”教师培训学员报名表", "乡村医生基本情况登记表", "低保家庭申请审批表", "普通话水平测试报名表",
           "青少年科技创新大赛申报表", "车辆通行证申领表", "新生入学登记表", "党员发展对象登记表")  # fmt: skip
_NOTICES = (
    "关于做好2016年秋季学期学校安全工作的通知",
    "关于召开全县教育工作会议的通知",
    "关于印发《教师请假制度》的通知",
)
_LETTERS = ("感谢信", "邀请函", "介绍信", "情况说明", "承诺书")


def stranger(chance: random.Random) -> Drawn:
    """One paper that is no form of ours."""
    kinds: Sequence[Callable[[random.Random], Sequence[Block]]] = (
        _notice,
        _letter,
        _minutes,
        _foreign,
        _foreign,
        _list,
    )
    paper = Paper("stranger", tuple(chance.choice(kinds)(chance)), False)
    return filled_of(paper, lambda _slot, _number: Typed(), {})


def _line(text: str, align: str = "left") -> Line:
    return Line((text,), align)


def _title(text: str) -> Line:
    return Line((text,), "center", 18, "黑体", True)


def _notice(chance: random.Random) -> list[Block]:
    items = (f"　　{head}、{prose(chance, 1)}" for head in "一二三四"[: chance.randint(2, 4)])
    contact = f"　　联系人：{person_name(chance)}，联系电话：{somebody(chance).phone}"
    return [_title(chance.choice(_NOTICES)), _line("各乡镇中心学校、县直学校："), *map(_line, items), _line(contact),
            _line("望川县教育局", "right"), _line(spelt_date(a_day(chance), chance), "right")]  # fmt: skip


def _letter(chance: random.Random) -> list[Block]:
    who = somebody(chance)
    said = f"　　{who.name}同志系{who.school}{who.subject}教师，{prose(chance, 1)}"
    ending = (person_name(chance), spelt_date(a_day(chance), chance))
    return [_title(chance.choice(_LETTERS)), _line(f"{school_name(chance)}："), _line(said), _line("　　此致"),
            _line("敬礼！"), *(_line(text, "right") for text in ending)]  # fmt: skip


def _minutes(chance: random.Random) -> list[Block]:
    return [_title("校务会议纪要"), _line(f"时间：{spelt_date(a_day(chance), chance)}"), _line("地点：会议室"),
            _line(f"主持人：{person_name(chance)}"), *(_line(text) for text in prose(chance).split("\n"))]  # fmt: skip


def _foreign(chance: random.Random) -> list[Block]:
    """A form of another programme: the same labels, other ones between them, another title."""
    who = somebody(chance)
    known = _known(who, chance)
    chosen = chance.sample(list(known), chance.randint(5, 9))
    rows = []
    for first, second in zip(chosen[::2], chosen[1::2], strict=False):
        cells = [_cell(first, 4), _cell(known[first], 8), _cell(second, 4), _cell(known[second], 8)]
        rows.append(Row(tuple(cells)))
    rows.append(
        Row((_cell(chance.choice(("申请理由", "个人承诺", "家庭主要成员")), 4), _cell(prose(chance, 2), GRID - 4)))
    )
    rows.append(Row((_cell("审批单位意见", 4), _cell(f"同意。\n{spelt_date(a_day(chance), chance)}", GRID - 4))))
    return [_title(chance.choice(_OTHERS)), Table(tuple(rows), (7.0,) * GRID)]


def _known(who: Somebody, chance: random.Random) -> dict[str, str]:
    return {
        "姓名": who.name, "性别": who.gender, "身份证号": who.id_number, "工作单位": who.school, "联系电话": who.phone,
        "民族": "汉族", "户籍地": "本县", "家庭人口": "4人", "年收入": "3万元", "培训项目": "国培2016",
        "准考证号": "20160932", "出生年月": who.born[:7], "报考级别": "二级甲等", "车牌号码": "无",
        "执业证号": "000123", "监护人": person_name(chance),
    }  # fmt: skip


def _cell(text: str, span: int) -> Cell:
    return Cell((_line(text, "center"),), span)


def _list(chance: random.Random) -> list[Block]:
    heads = chance.choice(
        (("序号", "姓名", "学校", "电话", "金额"), ("班级", "姓名", "学号", "成绩"), ("序号", "书名", "册数", "单价"))
    )
    spans = [GRID // len(heads)] * (len(heads) - 1)
    spans.append(GRID - sum(spans))
    rows = [Row(tuple(map(_cell, heads, spans)))]
    for number in range(chance.randint(3, 12)):
        who = somebody(chance)
        texts = {"序号": str(number + 1), "姓名": who.name, "学校": who.school, "电话": who.phone}
        rows.append(Row(tuple(_cell(texts.get(head, str(chance.randint(1, 99))), span)
                              for head, span in zip(heads, spans, strict=True))))  # fmt: skip
    return [_title(chance.choice(("教师捐款名单", "期末成绩册", "图书采购清单"))), Table(tuple(rows), (7.0,) * GRID)]

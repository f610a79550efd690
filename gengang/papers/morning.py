"""今日要点: what came, what changed, what needs a person and what is overdue, as one HTML page.

The page opens by a double click and prints well; it needs no script, no network and no other file. ID numbers and
mobile numbers are masked. It is a function of the values given: no clock is read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape
from typing import Literal
from urllib.parse import quote

from gengang.papers.morning_style import STYLE
from gengang.papers.words import chinese_date, masked

FILE = "今日要点.html"


@dataclass(frozen=True, slots=True)
class Link:
    """Something to open. target: path relative to the outbox, empty for words alone."""

    title: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """Something new: what it is, whose, and from which file."""

    what: str
    whose: str
    file: Link
    note: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A verdict or a value that is not what it was."""

    whose: str
    what: str
    before: str
    after: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """Something only a person can settle. field: the form's label of the place, empty for the whole paper."""

    whose: str
    file: Link
    field: str
    why: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Overdue:
    """Something not in: who owes it, what, and how late (`已过期3天`, or empty while there is time)."""

    who: str
    what: str
    clause: str
    late: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that blocks nothing and that a person should know. whom: a name, or the first of several."""

    whom: str
    what: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Chat:
    """What one sender is told, ready to paste. file: where the texts lie."""

    whom: str
    texts: Sequence[str]
    file: Link


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one trainee stands. score: words, empty while none."""

    name: str
    school: str
    subject: str
    score: str
    outcome: str
    missing: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Sum:
    """What must balance: total = the sum of the parts."""

    name: str
    total: int
    parts: tuple[tuple[str, int], ...]
    unit: str = "个"

    @property
    def balances(self) -> bool:
        """Whether nothing is lost."""
        return self.total == sum(number for _, number in self.parts)


@dataclass(frozen=True, slots=True)
class MorningNote:
    """Everything the page says.

    as_of: the day it speaks of; remarks: sentences that ask nothing; papers: what lies ready in the outbox.
    """

    programme: str
    as_of: date
    sums: Sequence[Sum] = ()
    came: Sequence[Came] = ()
    changed: Sequence[Changed] = ()
    needs: Sequence[Need] = ()
    overdue: Sequence[Overdue] = ()
    standings: Sequence[Standing] = ()
    papers: Sequence[Link] = ()
    remarks: Sequence[str] = field(default=())
    notices: Sequence[Notice] = field(default=())
    receipts: Sequence[Chat] = field(default=())


def morning_note(note: MorningNote) -> str:
    """The whole page."""
    sections = (
        _section("needs", "需要您处理", len(note.needs), _needs(note.needs), "没有需要您处理的事。"),
        _section("overdue", "还没交来的", len(note.overdue), _overdue(note.overdue), "应交的都已交来。"),
        _section("notices", "请留意", len(note.notices) + len(note.remarks), _noted(note), "没有要留意的事。"),
        _section("came", "新收到的", len(note.came), _came(note.came), "没有新材料。"),
        _section("receipts", "收件回执", len(note.receipts), _receipts(note.receipts), "没有要回的。"),
        _section("changed", "有变化的", len(note.changed), _changed(note.changed), "结论没有变化。"),
        _section("standings", "学员一览", len(note.standings), _standings(note.standings), "还没有学员名单。"),
        _section("papers", "已备好的材料", len(note.papers), _papers(note.papers), "还没有备好的材料。"),
    )
    title = f"今日要点　{chinese_date(note.as_of)}"
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_words(title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<header>\n<h1>今日要点</h1>\n<p>{_words(note.programme)}<br>{chinese_date(note.as_of)}</p>\n</header>\n"
        f"{_tiles(note)}{_sums(note.sums)}{''.join(sections)}"
        "<footer>身份证号、手机号已遮盖。本页由程序按收到的材料生成，数字以材料为准。</footer>\n"
        "</main>\n</body>\n</html>\n"
    )


# --- the head ---


def _tiles(note: MorningNote) -> str:
    """The five numbers a reader wants first, each leading to its section."""
    numbers: tuple[tuple[str, str, int, Literal["", "hot"]], ...] = (
        ("needs", "需要处理", len(note.needs), "hot"),
        ("overdue", "未交", len(note.overdue), "hot"),
        ("came", "新收到", len(note.came), ""),
        ("changed", "有变化", len(note.changed), ""),
        ("papers", "材料已备", len(note.papers), ""),
    )
    tiles = "".join(
        f'<a class="tile{" hot" if kind and number else ""}" href="#{place}"><b>{number}</b><span>{name}</span></a>'
        for place, name, number, kind in numbers
    )
    return f'<nav class="tiles">{tiles}</nav>\n'


def _sums(sums: Sequence[Sum]) -> str:
    lines = "".join(f"<p{'' if one.balances else ' class=bad'}>{_sum_words(one)}</p>" for one in sums)
    return f'<section class="sums" aria-label="收支平衡">{lines}</section>\n' if lines else ""


def _sum_words(one: Sum) -> str:
    parts = " ＋ ".join(f"{_words(name)} {number}" for name, number in one.parts) or "0"
    mark = "✓ 平" if one.balances else "✗ 不平，请把本页发给管理员"
    return f"{_words(one.name)} <b>{one.total}</b> {_words(one.unit)} ＝ {parts}<span>{mark}</span>"


# --- sections ---


def _section(place: str, title: str, number: int, body: str, nothing: str) -> str:
    count = f" <small>{number}</small>" if number else ""
    inside = body if number else f'<p class="none">{nothing}</p>\n'
    return f'<section id="{place}">\n<h2>{title}{count}</h2>\n{inside}</section>\n'


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are HTML already."""
    head = "".join(f"<th>{name}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def _needs(needs: Sequence[Need]) -> str:
    rows = ((_words(one.whose), _link(one.file), _words(one.field), f"{_words(one.why)}{_clause(one.clause)}")
            for one in needs)  # fmt: skip
    return _table(("谁的", "文件", "哪一栏", "为什么、怎么办"), rows)


def _overdue(owed: Sequence[Overdue]) -> str:
    rows = ((_words(one.who), f"{_words(one.what)}{_clause(one.clause)}",
             f'<em class="late">{_words(one.late)}</em>' if one.late else "") for one in owed)  # fmt: skip
    return _table(("谁欠", "欠什么", "期限"), rows)


def _noted(note: MorningNote) -> str:
    return (_notices(note.notices) if note.notices else "") + (_remarks(note.remarks) if note.remarks else "")


def _notices(notices: Sequence[Notice]) -> str:
    rows = ((_words(one.whom), f"{_words(one.what)}{_clause(one.clause)}") for one in notices)
    return _table(("谁的", "什么事"), rows)


def _remarks(remarks: Sequence[str]) -> str:
    lines = "".join(f"<li>{_words(remark)}</li>\n" for remark in remarks)
    return f'<ul class="remarks">\n{lines}</ul>\n'


def _came(came: Sequence[Came]) -> str:
    rows = ((_words(one.what), _words(one.whose), _link(one.file), _words(one.note)) for one in came)
    return _table(("材料", "谁的", "文件", "说明"), rows)


def _receipts(receipts: Sequence[Chat]) -> str:
    """The texts stand in boxes of their own, so that one click and a drag select just what is to be sent."""
    rows = (
        (_link(replace(one.file, title=one.whom)), "".join(f'<p class="chat">{_words(text)}</p>' for text in one.texts))
        for one in receipts
    )
    return _table(("发给谁", "可直接粘贴到微信、QQ"), rows)


def _changed(changed: Sequence[Changed]) -> str:
    rows = (
        (_words(one.whose), _words(one.what),
         f"{f'<s>{_words(one.before)}</s> → ' if one.before else ''}<b>{_words(one.after)}</b>", _words(one.why))
        for one in changed
    )  # fmt: skip
    return _table(("谁", "什么", "由 → 到", "原因"), rows)


_TONES = {"合格": "good", "完成": "good", "合格（证书缓发）": "wait", "不合格": "poor", "未完成": "poor"}


def _standings(standings: Sequence[Standing]) -> str:
    """A programme without points has no column for them."""
    scored = any(one.score for one in standings)
    heads = ("学员", "学校", "学段学科", *(("得分",) if scored else ()), "结论", "缺件", "待核")
    return _table(heads, (_standing(one, scored) for one in standings))


def _standing(one: Standing, scored: bool) -> tuple[str, ...]:
    score = (f'<span class="number">{_words(one.score)}</span>',) if scored else ()
    outcome = f'<em class="{_TONES.get(one.outcome, "open")}">{_words(one.outcome)}</em>'
    return (_words(one.name), _words(one.school), _words(one.subject), *score, outcome, _number(one.missing),
            _number(one.waiting))  # fmt: skip


def _papers(papers: Sequence[Link]) -> str:
    lines = "".join(f"<li>{_link(one)}</li>\n" for one in papers)
    return f'<ul class="papers">\n{lines}</ul>\n'


# --- words ---


def _words(text: str) -> str:
    return escape(masked(text))


def _clause(clause: str) -> str:
    return f' <span class="clause">{_words(clause)}</span>' if clause else ""


def _number(number: int) -> str:
    return f'<span class="number">{number}</span>' if number else '<span class="number dim">0</span>'


def _link(link: Link) -> str:
    """A link relative to the page, which lies in the outbox; masked words alone where there is nothing to open."""
    if not link.target:
        return _words(link.title)
    target = quote(link.target, safe="/.~-_")
    # A colon in the first segment of a relative address would be taken for a scheme.
    return f'<a href="./{escape(target)}">{_words(link.title)}</a>'

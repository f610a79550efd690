"""A person's page: the chain as one HTML file that opens by a double click and prints on A4, numbers masked.

Every figure leads to its records, every record to its clause and to the file in which it stands. No script, no network.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from urllib.parse import quote

from gengang.chain import Chain, ClauseSaid, Decided, Entry, Figure, Lack, Line, Part, Remark, Source, Spot, Task, Way
from gengang.differing import CERTIFICATE_WORDS
from gengang.explaining import SEVERITY_WORDS
from gengang.papers.person_style import STYLE
from gengang.papers.words import chinese_date, masked
from gengang.person_links import Links, file_links
from gengang.place_words import place_words
from gengang.points import plain, shown
from gengang.scheme import Debtor

Label = Callable[[str, str], str]  # what a field of a form is called on the printed form
MOST_RAW, MOST_WAITING = 40, 8  # characters of a raw text, and open fields of a paper, that a page shows
SURE = 0.95  # from which a page does not say how sure a reading is
MOST_SAID = 3  # papers of which the page says one thing each time
MADE_BY = '<meta name="generator" content="gengang person">'
_TONES = {"合格": "good", "完成": "good", "合格（证书缓发）": "wait", "不合格": "poor", "未完成": "poor"}
_MEDIA = {"word": "Word", "pdf": "PDF", "scan": "扫描", "sheet": "电子表格"}
_DEBTORS: dict[Debtor, str] = {
    "school": "学校", "base_school": "基地校", "mentor": "指导教师", "trainee": "学员", "office": "办公室",
}  # fmt: skip
_STATES = {
    "met": ("good", "达到"),
    "short": ("poor", "不足"),
    "open": ("open", "待定"),
    "uncounted": ("open", "不计数"),
}
_RECEIVED = {"stated": "", "mail": "（邮件）", "": ""}


_HEADS = ("", "内容", "", "出处与原文")
_FOOT = (
    "身份证号、手机号已遮盖。位置：Word、表格写第几表第几行第几格；图像写页数，方括号里是框的左、上–右、下占页面的百分数。"
    "机器识读的把握低于95%的才写出。指纹是原件 SHA-256 的前12位，可用 gengang verify originals 核对。"
)


@dataclass(frozen=True, slots=True)
class _Page:
    """What the parts of a page share. numbers: paper key -> M1, M2 …; label: names a field."""

    chain: Chain
    numbers: dict[str, str]
    sources: dict[str, Source]
    label: Label
    links: Links


def person_page(chain: Chain, label: Label, up: str = "../") -> str:
    """The whole page, equal for equal chains. up: from the page's folder to the outbox."""
    title = f"{chain.who.name}　个人情况"
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n{MADE_BY}\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_words(title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{_head(chain)}{person_body(chain, label, file_links(up))}"
        f"<footer>{_FOOT}</footer>\n"
        "</main>\n</body>\n</html>\n"
    )


def person_body(chain: Chain, label: Label, links: Links) -> str:
    """What stands under the head, as HTML in which everything is escaped: verdict, way, sections."""
    numbers = {source.key: f"M{number}" for number, source in enumerate(chain.sources, 1)}
    page = _Page(chain, numbers, {source.key: source for source in chain.sources}, label, links)
    sections = [one for one in _sections(page) if one[2]]
    way = "".join(f'<a href="#{place}">{title}</a>' for place, title, _ in sections)
    body = "".join(
        f'<section id="{place}">\n<h2>{title}</h2>\n{inside}</section>\n' for place, title, inside in sections
    )
    return f'{_verdict(page)}<p class="way">{way}</p>\n{body}'


def _sections(page: _Page) -> Iterator[tuple[str, str, str]]:
    chain = page.chain
    yield "why", "结论的由来", _steps(page)
    yield "points", "得分", _lines(page) if chain.judged_by_points else ""
    yield "tasks", "任务要求", _tasks(page)
    yield "lacks", f"缺的材料{_small(len(chain.lacks))}", _lacks(page)
    yield "remarks", f"提示{_small(len(chain.remarks))}", _remarks(page)
    yield "ruled", f"人的决定{_small(len(chain.ruled))}", _ruled(page)
    yield "records", "逐项记录与出处", "".join(_figure(page, one) for one in chain.figures if one.items or one.left_out)
    yield "pieces", f"佐证材料{_small(len(chain.pieces))}", _pieces(page)
    yield "maybe", f"可能是此人、还没有认定的材料{_small(len(chain.maybe))}", _maybe(page)
    yield "sources", f"材料{_small(len(chain.sources))}", _sources(page)
    yield "clauses", "条款：原文与理解", _clauses(chain.clauses)


# --- the head -----------------------------------------------------------------------------------------------------


def _head(chain: Chain) -> str:
    who = chain.who
    mentors = f"　指导教师：{'、'.join(who.mentors)}" if who.mentors else ""
    number = f"编号 {who.key}{f'　身份证号 {who.id_number}' if who.id_number else ''}"
    under = f"{who.school}　{who.stage}{who.subject}{mentors}"
    return (
        f"<header>\n<h1>{_words(who.name)}<small>{_words(under)}</small><small>{_words(number)}</small></h1>\n"
        f"<p>{_words(chain.programme)}<br>截至{chinese_date(chain.as_of)}</p>\n</header>\n"
    )


def _verdict(page: _Page) -> str:
    chain = page.chain
    facts: list[tuple[str, str]] = []
    if chain.judged_by_points:
        score = f'<a class="n" href="#points">{shown(chain.points_now)}</a>'
        facts.append(("得分", score) if chain.score is not None else ("已有分数（未定）", score))
    days = chain.figure("workdays")
    if days is not None and (days.items or days.left_out):
        facts.append(("到岗", f"{_number(days)}天"))
    facts += [("学时", str(chain.hours))] if chain.hours is not None else []
    facts += [("证书", CERTIFICATE_WORDS[chain.certificate]),
              ("材料", f"{_counted(len(chain.sources), 'sources')}份")]  # fmt: skip
    told = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    said = "".join(
        f"<p>{_words(one)}</p>" for one in (chain.outlook, *(f"还需要：{need}" for need in chain.needs)) if one
    )
    tone = _TONES.get(chain.outcome, "open")
    return (
        f'<div class="verdict is-{tone}"><strong class="{tone}">{chain.outcome}</strong><dl>{told}</dl>'
        f"{f'<div class=said>{said}</div>' if said else ''}</div>\n"
    )


# --- rules --------------------------------------------------------------------------------------------------------


def _steps(page: _Page) -> str:
    lines = []
    for one in page.chain.steps:
        to = f" {_to_figure(page, one.figure, '看是哪几天')}" if one.figure else ""
        items = "".join(
            f'<span class="also">{_words(item.words)}　{_places(page, item.spots, named=False)}</span>'
            for item in one.items
        )
        lines.append(f"<li>{_words(one.said)}{_chips(one.clauses)}{to}{items}</li>\n")
    return f'<ol class="steps">\n{"".join(lines)}</ol>\n' if lines else ""


def _lines(page: _Page) -> str:
    rows = ((f"{_words(one.name)}{_chips((one.clause,))}", _parts(page, one), _right(shown(one.points)),
             _right(plain(one.max))) for one in page.chain.lines)  # fmt: skip
    last = ("合计", "", _right(f"<b>{shown(page.chain.points_now)}</b>"),
            _right(plain(sum((one.max for one in page.chain.lines), Decimal(0)))))  # fmt: skip
    return _table(("项目", "怎么算的", "得分", "分值"), (*rows, last))


def _parts(page: _Page, line: Line) -> str:
    if not line.parts:
        return f'<span class="open">{_words(line.how)}</span>'
    parts = "".join(f"<li><span>{_part(page, one)}</span><b>{shown(one.points)}</b></li>" for one in line.parts)
    waits = line.at_most > line.points
    open_words = f'<span class="why">还没有定，最多{shown(line.at_most)}分</span>' if waits else ""
    return f'<ul class="parts">{parts}</ul>{open_words}'


def _part(page: _Page, part: Part) -> str:
    figure = page.chain.figure(part.figure) if part.figure else None
    from_it = f"（共{_number(figure)}{figure.unit}）" if figure and (figure.items or figure.left_out) else ""
    return f"{_words(part.words)}{from_it}{_places(page, part.spots, named=False)}"


def _tasks(page: _Page) -> str:
    rows = []
    for one in page.chain.tasks:
        tone, word = _STATES[one.state]
        asked = "；或".join(_words(way.asked) for way in one.ways)
        have = "；".join(_have(page, way) for way in one.ways)
        said = f'<span class="also">{_words(one.said)}</span>' if one.said and one.state != "met" else ""
        rows.append((f"{_words(one.name)}{_chips((one.clause,))}", asked, have,
                     f'<em class="{tone}">{word}</em>{said}{_spans(one)}'))  # fmt: skip
    return _table(("任务", "要求", "现有", "结果"), rows) if rows else ""


def _have(page: _Page, way: Way) -> str:
    figure = page.chain.figure(way.figure)
    return f"{_number(figure) if figure else 0}{way.unit}"


def _spans(task: Task) -> str:
    """Each stretch with its number; of days only those with too few, since the records are listed by day."""
    told = [span for way in task.ways for span in way.spans]
    few = [span for span in told if not span.enough] if len(told) > 12 else told
    words = "".join(f'<i class="{"" if one.enough else "low"}">{_words(one.name)} {one.number}</i>' for one in few)
    return f'<p class="spans">{words}</p>' if words else ""


def _lacks(page: _Page) -> str:
    rows = []
    for one in page.chain.lacks:
        days = "".join(f'<span class="also">{_words(day.words)}　{_places(page, day.spots)}</span>' for day in one.days)
        rows.append((f"{_words(one.said)}{_chips((one.clause,))}{days}", _DEBTORS[one.owed_by], _due(one)))
    return _table(("缺什么", "谁交", "期限"), rows) if rows else ""


def _due(one: Lack) -> str:
    if one.due is None:
        return ""
    tone, passed = ("tight late", "已过") if one.overdue else ("tight", "")
    return f'<span class="{tone}">{one.due.month}月{one.due.day}日{passed}</span>'


def _remarks(page: _Page) -> str:
    rows = (
        (f'<span class="tight">{SEVERITY_WORDS[one.severity]}</span>', _remark(page, one)) for one in page.chain.remarks
    )
    return _table(("轻重", "什么事"), rows) if page.chain.remarks else ""


def _remark(page: _Page, one: Remark) -> str:
    where = _places(page, one.spots) or "".join(f" {_source_link(page, key)}" for key in one.papers[:3])
    return f"{_words(one.said)}{_chips((one.clause,))}{f' <span class=raw>{where}</span>' if where else ''}"


def _ruled(page: _Page) -> str:
    rows = ((f"{_words(one.said)}{_chips((one.clause,))}", _words(one.by)) for one in page.chain.ruled)
    return _table(("决定", "谁、何时、依据"), rows) if page.chain.ruled else ""


# --- figures and their records ------------------------------------------------------------------------------------


def _figure(page: _Page, figure: Figure) -> str:
    odd = any(one.amount != 1 for one in figure.items)
    rows = [_row(page, one, number, odd) for number, one in enumerate(figure.items, 1)]
    counted = _rows_table(("", "内容", figure.unit if odd else "", "出处与原文"), rows, "") if rows else ""
    left = [_row(page, one, 0, False) for one in figure.left_out]
    out = f"<h4>写了而没有计入的（{len(left)}）</h4>{_rows_table(_HEADS, left, 'out')}" if left else ""
    clauses = _chips(_clauses_of(page.chain, figure.id))
    name = f"{_words(figure.name)}<b>{plain(figure.amount)}{figure.unit}</b>{clauses}"
    return f'<section class="figure" id="f-{_anchor(figure.id)}">\n<h3>{name}</h3>\n{counted}{out}</section>\n'


def _clauses_of(chain: Chain, figure: str) -> tuple[str, ...]:
    """The clauses by which a figure matters."""
    named = [line.clause for line in chain.lines if any(part.figure == figure for part in line.parts)]
    named += [task.clause for task in chain.tasks if any(way.figure == figure for way in task.ways)]
    named += [lack.clause for lack in chain.lacks if lack.figure == figure]
    named += [clause for step in chain.steps if step.figure == figure for clause in step.clauses]
    return tuple(dict.fromkeys(filter(None, named)))


def _row(page: _Page, one: Entry, number: int, odd: bool) -> str:
    amount = plain(one.amount) if odd else ""
    words = f"{_words(one.words)}{_also(_words(one.why), 'why')}{_also(_words(one.by))}"
    others = "".join(_also(_other(page, one, other)) for other in one.others)
    place = f"{_places(page, one.spots)}{others}" or '<span class="open">没有扫描件</span>'
    return (
        f'<tr data-amount="{plain(one.amount)}"><td class="open">{number or ""}</td>'
        f'<td>{words}</td><td class="amount">{amount}</td><td>{place}</td></tr>\n'
    )


def _other(page: _Page, one: Entry, other: Entry) -> str:
    """A further record of the same thing; its words only where they are others."""
    words = "" if other.words == one.words else f"{other.words}　"
    return f"又见：{_words(words)}{_places(page, other.spots)}"


def _places(page: _Page, spots: Iterable[Spot], named: bool = True) -> str:
    """Where something stands, one line a paper: number and place, the raw words, how sure, and who settled it.

    named: with the name of the file.
    """
    by_paper: dict[str, list[Spot]] = {}
    for spot in spots:
        by_paper.setdefault(spot.paper, []).append(spot)
    return "".join(
        f'<span class="place">{_place_line(page, key, found, named)}</span>' for key, found in by_paper.items()
    )


def _place_line(page: _Page, key: str, spots: Sequence[Spot], named: bool) -> str:
    where = place_words([spot.place for spot in spots if spot.place])
    raws = [_raw(page, spot) for spot in spots if spot.raw or spot.said]
    raw = f'<span class="raw"><q>{" | ".join(raws)}</q></span>' if raws else ""
    number = next((spot.place.page for spot in spots if spot.place and spot.place.page), None)
    link = _source_link(page, key, number) if named else _paper_link(page, key)
    return " ".join(filter(None, (link, where, raw, _sure(spots))))


def _raw(page: _Page, spot: Spot) -> str:
    return _linked(page.links.spot(spot), _words(_shortened(" ".join((spot.raw or spot.said).split()))))


def _shortened(text: str) -> str:
    """Enough of a long text to find it; the file has the rest."""
    return text if len(text) <= MOST_RAW else f"{text[:MOST_RAW]}……"


def _sure(spots: Sequence[Spot]) -> str:
    decided = next((spot.decided for spot in spots if spot.decided), None)
    if decided is not None:
        return f'<span class="good">{_decided(decided)}</span>'
    told = [spot for spot in spots if spot.path]
    if any(spot.status not in ("accepted", "blank") for spot in told):
        return '<span class="why">待核</span>'
    known = [spot.confidence for spot in told if spot.confidence is not None]
    return f'<span class="open tight">识读{_percent(min(known))}</span>' if known and min(known) < SURE else ""


def _percent(share: float) -> str:
    """Never rounded up to a certainty that it is not."""
    return f"{int(share * 100)}%"


def _decided(one: Decided) -> str:
    return _words(f"{one.who}于{one.at[:10]}核定{f'：{one.why}' if one.why else ''}")


# --- papers and clauses -------------------------------------------------------------------------------------------


def _sources(page: _Page) -> str:
    """Every paper; what is said of many of them is said once below."""
    often = Counter(said for one in page.chain.sources for said in {remark.said for remark in one.remarks})
    common = [said for said, number in sorted(often.items()) if number > MOST_SAID]
    rows = [_source(page, one, common) for one in page.chain.sources]
    below = "".join(f'<p class="common">{_words(said)}　{_whose_remark(page, said)}</p>\n' for said in common)
    return f"{_rows_table(('', '材料', '文件、原件指纹', '收到、归属'), rows, '')}{below}" if rows else ""


def _source(page: _Page, one: Source, common: Collection[str]) -> str:
    own = Counter(remark.said for remark in one.remarks if remark.said not in common)
    remarks = "".join(_also(_times(said, often)) for said, often in own.items())
    number = page.numbers[one.key]
    what = f"{_words(one.name)}{_stands(one)}{_also(_waiting(page, one), 'why')}{remarks}"
    return (
        f'<tr id="{number}"><td class="tight"><b>{number}</b></td><td>{what}</td>'
        f"<td>{_file(page, one)}</td><td>{_came(one)}</td></tr>\n"
    )


def _maybe(page: _Page) -> str:
    """Papers that nothing of counts until somebody says whose they are."""
    rows = [f"<tr><td></td><td>{_words(one.name)}</td><td>{_file(page, one)}</td><td>{_came(one)}</td></tr>\n"
            for one in page.chain.maybe]  # fmt: skip
    return _rows_table(("", "材料", "文件、原件指纹", "收到、为什么没有认定"), rows, "") if rows else ""


def _whose_remark(page: _Page, said: str) -> str:
    named = [one.key for one in page.chain.sources if any(remark.said == said for remark in one.remarks)]
    return f"（{len(named)}份：{'、'.join(_paper_link(page, key) for key in named)}）"


def _waiting(page: _Page, source: Source) -> str:
    """The fields that wait, the first with what stands there and where; how many there are where there are more."""
    told = [_waits(page, source, spot) for spot in source.waiting[:MOST_WAITING]]
    more = f"……共{len(source.waiting)}处" if len(source.waiting) > MOST_WAITING else ""
    return f"待核：{'；'.join(told)}{more}" if told else ""


def _waits(page: _Page, source: Source, spot: Spot) -> str:
    where = place_words([spot.place]) if spot.place else ""
    raw = f"“{_words(_shortened(spot.raw))}”" if spot.raw else ""
    return f"{_words(page.label(source.form, spot.path))}{raw}{where}"


def _times(said: str, often: int) -> str:
    return f"{_words(said)}{f'（{often}处）' if often > 1 else ''}"


def _stands(one: Source) -> str:
    decided = f"（{_decided(one.stands_decided)}）" if one.stands_decided else ""
    return _also(f"{_words(one.stands)}{decided}")


def _file(page: _Page, one: Source) -> str:
    pages = f"　第{'、'.join(map(str, one.pages))}页" if one.pages else ""
    also = "<br>".join(f"又名 {_words(name)}" for name in one.names[1:])
    inside = f"其中：{_words(' › '.join(one.members))}" if one.members else ""
    mark = f'<span class="hash">{one.sha256[:12]}</span>{pages}'
    return f"{_opens(page, one, one.names[0])}{_also(inside)}{_also(also)}{_also(mark)}"


def _came(one: Source) -> str:
    day = f"{one.received.month}月{one.received.day}日" if one.received else "日期未知"
    decided = f"（{_decided(one.whose_decided)}）" if one.whose_decided else ""
    medium = _MEDIA.get(one.medium, one.medium)
    return f"{day}{_RECEIVED.get(one.received_by, '')}　{medium}{_also(_words(one.whose) + decided)}"


def _opens(page: _Page, one: Source, words: str, number: int | None = None) -> str:
    """A link to the file as it was named."""
    return _linked(page.links.paper(one, number), _words(words))


def _linked(target: str, words: str) -> str:
    return f'<a href="{escape(target)}">{words}</a>' if target else words


def _source_link(page: _Page, key: str, number: int | None = None) -> str:
    source = page.sources.get(key)
    if source is None:
        return ""
    return f"{_paper_link(page, key)} {_opens(page, source, source.names[0].rpartition('/')[2], number)}"


def _paper_link(page: _Page, key: str) -> str:
    number = page.numbers.get(key)
    return f'<a class="m" href="#{number}">{number}</a>' if number else ""


def _pieces(page: _Page) -> str:
    rows = []
    for one in page.chain.pieces:
        what = f"{one.kind}{f'　{one.day.month}月{one.day.day}日' if one.day else ''}"
        said = f"{_words(one.caption or '没有说明')}{_also(_words(one.why), 'why')}"
        file = f'{_linked(page.links.piece(one), _words(one.name))} <span class="hash">{one.sha256[:12]}</span>'
        rows.append((what, said, _words(one.task or "未归类"), file))
    return _table(("佐证（不计分）", "说明", "任务", "文件、指纹"), rows) if rows else ""


def _clauses(clauses: Iterable[ClauseSaid]) -> str:
    told = []
    for one in clauses:
        quoted = f'<p class="raw">原文：“{_words(one.quote)}”</p>' if one.quote else ""
        weight = f"（{SEVERITY_WORDS[one.severity]}）" if one.known else ""
        told.append(f'<div id="c-{_anchor(one.id)}"><dt><span class="clause">{_words(one.id)}</span></dt>'
                    f"<dd>{quoted}<p>{_words(one.reading)}{weight}</p></dd></div>\n")  # fmt: skip
    return f'<dl class="clauses">\n{"".join(told)}</dl>\n' if told else ""


# --- words --------------------------------------------------------------------------------------------------------


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are HTML already."""
    return _rows_table(heads, [f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows], "")


def _rows_table(heads: Sequence[str], rows: Iterable[str], kind: str) -> str:
    head = "".join(f"<th>{name}</th>" for name in heads)
    named = f' class="{kind}"' if kind else ""
    return f"<table{named}>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>\n</table>\n"


def _also(cell: str, tone: str = "") -> str:
    """A line of its own under what a cell says first; nothing of nothing."""
    return f'<span class="{" ".join(filter(None, ("also", tone)))}">{cell}</span>' if cell else ""


def _words(text: str) -> str:
    return escape(masked(text))


def _anchor(text: str) -> str:
    return escape(quote(text, safe="@:_-."))


def _chips(clauses: Iterable[str]) -> str:
    return "".join(f' <a class="clause" href="#c-{_anchor(one)}">{_words(one)}</a>' for one in clauses if one)


def _number(figure: Figure) -> str:
    if not figure.items and not figure.left_out:
        return "0"
    return f'<a class="n" href="#f-{_anchor(figure.id)}">{plain(figure.amount)}</a>'


def _counted(number: int, place: str) -> str:
    """How many there are in a section, which is there unless there are none."""
    return f'<a class="n" href="#{place}">{number}</a>' if number else "0"


def _to_figure(page: _Page, id: str, words: str) -> str:
    figure = page.chain.figure(id)
    if figure is None:
        return ""
    return f'<a href="#f-{_anchor(id)}">{words}</a>'


def _right(cell: str) -> str:
    return f'<span class="right">{cell}</span>'


def _small(number: int) -> str:
    return f"<small>{number}</small>" if number else ""

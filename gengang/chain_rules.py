"""The rules of a chain: the decision, each line of points, each task, each missing paper and each finding, opened."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gengang.assess import Verdict
from gengang.calendar_days import written
from gengang.chain import (
    ClauseSaid,
    Entry,
    Figure,
    Lack,
    Line,
    Part,
    Remark,
    Ruled,
    Span,
    Spot,
    Step,
    Task,
    TaskState,
    Way,
)
from gengang.chain_figures import MEASURE_OF_FORM, OPEN_HALVES, SLIPS, UNEXCUSED, Opened
from gengang.chain_places import remark_of
from gengang.findings import Finding
from gengang.judgements import NOT_JUDGED, SIGNED, judged_by
from gengang.outcome import gate_findings
from gengang.owed import MissingPaper
from gengang.points import PointLine, plain, point_lines, shown
from gengang.rhythm import as_far_as, asked_words, stretches
from gengang.ruling_effects import ruling_findings
from gengang.rulings import RULING_WORDS, Ruling
from gengang.scheme import Alternative, Item, Requirement, Scheme
from gengang.tasks import Shortfall

_EACH_DAY = "workday"


@dataclass(frozen=True, slots=True)
class Rules:
    """A verdict and what it is opened with. figures: by id."""

    opened: Opened
    verdict: Verdict
    figures: Mapping[str, Figure]
    as_of: date

    @property
    def scheme(self) -> Scheme:
        """The programme's rules."""
        return self.opened.scheme


# --- the decision -------------------------------------------------------------------------------------------------


def steps_of(rules: Rules) -> tuple[Step, ...]:
    """How the outcome follows, in the order in which it was decided."""
    ruled = (Step(f"{RULING_WORDS[one.kind]}：{one.why}（{one.by_whom}）") for one in rules.opened.rulings
             if one.kind in ("withdraw", "substitute", "conclude"))  # fmt: skip
    kind = rules.scheme.evaluation.kind
    own = {"points": _by_points, "qualitative": _by_conclusion, "self": _by_conclusion}.get(kind, _by_papers)
    needs = (Step(f"还不能下结论，需要：{'；'.join(rules.verdict.needs)}。") for _ in rules.verdict.needs[:1])
    return (*ruled, *own(rules), *_gates(rules), *needs)


def _known(scheme: Scheme, *ids: str) -> tuple[str, ...]:
    """Of these clauses those that the scheme has, else the one on which its evaluation rests."""
    every = {one.id for one in scheme.clauses}
    return tuple(one for one in ids if one in every) or tuple(filter(None, (scheme.evaluation.clause,)))


def _by_points(rules: Rules) -> Iterator[Step]:
    verdict, scheme = rules.verdict, rules.scheme
    pass_at = scheme.evaluation.pass_at
    open_words = f"，尚有未定的项目，最多{shown(sum((one.at_most for one in verdict.points), Decimal(0)))}分"
    said = f"{len(verdict.points)}项合计{shown(verdict.points_now)}分{'' if verdict.score is not None else open_words}"
    enough = "够" if verdict.points_now >= pass_at else "不够"
    yield Step(f"{said}；满{plain(pass_at)}分为合格，现在{enough}。", _known(scheme, "G-05", "G-06"))
    limit = scheme.outcomes.withhold_unexcused_at
    if limit:
        reached = verdict.unexcused >= limit
        words = f"无故缺勤{plain(verdict.unexcused)}天，{'已' if reached else '未'}满{plain(limit)}天"
        words = words if rules.opened.basis.records.presence.known else "没有考勤表，无故缺勤天数待定"
        yield Step(f"{words}{'，结业证书缓发' if reached else ''}。", _known(scheme, "G-07"), UNEXCUSED)
    waiting = rules.figures.get(OPEN_HALVES)
    if waiting and waiting.amount:
        yield Step(f"另有{plain(waiting.amount)}个半天待人核定。", _known(scheme, "L-07"), OPEN_HALVES)


def _by_conclusion(rules: Rules) -> Iterator[Step]:
    evaluation, opened = rules.scheme.evaluation, rules.opened
    papers = opened.basis.records.papers.get(evaluation.form, ())
    items = tuple(Entry(text, paper.received, Decimal(1), "", "", opened.ink.spots(paper, evaluation.conclusion))
                  for paper in papers if (text := paper.submission.text(evaluation.conclusion)))  # fmt: skip
    name = opened.names.get(evaluation.form, evaluation.form)
    what = f"《{name}》的结论" if evaluation.form else f"{evaluation.assessor}的评价结论"
    passed = f"，写“{'”或“'.join(evaluation.passed)}”为合格" if evaluation.passed else ""
    yield Step(f"以{what}为准{passed}；现有{len(items)}份。", _known(rules.scheme), "", items)


def _by_papers(rules: Rules) -> Iterator[Step]:
    if not rules.scheme.evaluation.kind:
        note = next((one.note for one in rules.scheme.unknowns if one.place == "evaluation.kind"), "")
        yield Step(f"方案没有写明评价办法{f'（{note}）' if note else ''}。")
        return
    verdict = rules.verdict
    yield Step(
        f"方案不给个人打分，看要求的是否都已完成：没有达到的要求{len(verdict.shortfall)}项，缺{len(verdict.missing)}种材料。",
        _known(rules.scheme),
    )


def _gates(rules: Rules) -> Iterator[Step]:
    """What a person decides before a certificate although the points are enough."""
    if rules.verdict.outcome == "合格":
        for one in gate_findings(rules.scheme, rules.opened.basis.records, rules.verdict.points):
            yield Step(one.message, (one.clause,))


# --- points -------------------------------------------------------------------------------------------------------


def lines_of(rules: Rules) -> tuple[Line, ...]:
    """Each item of the rubric, with the parts whose sum its points are."""
    before = point_lines(rules.scheme, rules.opened.basis.records) if rules.verdict.points else ()
    return tuple(
        _line(rules, item, plain_line, line)
        for item, plain_line, line in zip(rules.scheme.items, before, rules.verdict.points, strict=False)
    )


def _line(rules: Rules, item: Item, before: PointLine, line: PointLine) -> Line:
    parts = [*_computed(rules, item), *_judged(rules, item)]
    rest = before.points - sum((one.points for one in parts), Decimal(0))
    if rest:
        parts.append(Part("不超过本项分值" if rest < 0 else "扣分不低于0分", rest))
    if line.points != before.points:
        parts.append(Part(line.how.partition("；")[0], line.points - before.points))
    return Line(line.item, line.name, line.max, line.points, line.at_most, line.how, line.clause, tuple(parts))


def _computed(rules: Rules, item: Item) -> Iterator[Part]:
    """What is computed from records; nothing where the days are not known."""
    records = rules.opened.basis.records
    if item.rule == "attendance" and records.presence.known:
        yield from _attended(rules, item)
    elif item.rule == "count" and item.measure:
        number = min(item.at_most, Decimal(records.count(item.measure)))
        yield Part(f"计{plain(number)}×{plain(item.each)}分", number * item.each, item.measure)
    elif item.rule == "lessons":
        lessons = max(0, records.counts["lessons_taught"] - records.counts["report_lessons"])
        number = min(item.at_most, Decimal(lessons))
        yield Part(f"研究课计{plain(number)}节×{plain(item.each)}分", number * item.each, "lessons_taught")
        yield Part(f"其中汇报课{records.counts['report_lessons']}节，由人评分", Decimal(0), "report_lessons")
    elif item.rule == "papers":
        for form in item.evidence:
            number = min(item.at_most, Decimal(records.number_of(form)))
            name = rules.opened.names.get(form, form)
            yield Part(f"{name}计{plain(number)}份×{plain(item.each)}分", number * item.each,
                       MEASURE_OF_FORM.get(form, form))  # fmt: skip


def _attended(rules: Rules, item: Item) -> Iterator[Part]:
    records, discipline = rules.opened.basis.records, rules.scheme.discipline
    days, presence = min(records.days, item.at_most), rules.opened.basis.records.presence
    yield Part(f"到岗计{plain(days)}天×{plain(item.each)}分", days * item.each, "workdays")
    if records.days > 0:
        yield Part("遵守纪律", discipline.bonus)
    if presence.unexcused:
        taken = presence.unexcused * 2 * discipline.unexcused_half_day
        yield Part(f"无故缺勤每半天扣{plain(discipline.unexcused_half_day)}分", -taken, UNEXCUSED)
    if presence.slips:
        taken = presence.slips * discipline.late_or_early
        yield Part(f"迟到、早退每次扣{plain(discipline.late_or_early)}分", -taken, SLIPS)


def _judged(rules: Rules, item: Item) -> Iterator[Part]:
    """What the word that counts gives above what is computed, with its place on the register."""
    records = rules.opened.basis.records
    given = records.judged.get(item.id, NOT_JUDGED).counts
    if item.rule in ("attendance", "count") or given is None:
        return
    computed = sum((one.points for one in _computed(rules, item)), Decimal(0))
    room = item.max - computed
    if item.rule == "lessons":
        room = item.judged_max if records.counts["report_lessons"] else Decimal(0)
    points = max(Decimal(0), min(room, given.points - computed))
    spots: tuple[Spot, ...] = ()
    if given.medium == "register" and records.register is not None:
        spots = rules.opened.ink.spots(records.register, item.register, *filter(None, (SIGNED.get(item.assessor),)))
    words = f"{judged_by(given)}，计{plain(points)}分"
    words += f"，见“{given.file}”" if given.medium == "sheet" and given.file else ""
    yield Part(words if points == given.points else f"{words}（已按材料计的和超过上限的不再加）", points, "", spots)


# --- tasks --------------------------------------------------------------------------------------------------------


def tasks_of(rules: Rules) -> tuple[Task, ...]:
    """Every requirement of the scheme, met or not."""
    short = {one.requirement: one for one in rules.verdict.shortfall}
    return tuple(_task(rules, one, short.get(one.id)) for one in rules.scheme.requirements)


def _task(rules: Rules, asked: Requirement, short: Shortfall | None) -> Task:
    ways = tuple(_way(rules, asked, way) for way in asked.alternatives or (_only(asked),))
    presence, seen = rules.opened.basis.records.presence, rules.opened.basis.records.seen
    unknown = asked.measure == "workdays" and not presence.known and "workdays" not in seen
    thin = [span for way in ways for span in way.spans if not span.enough]
    said = short.sentence if short else ""
    if asked.per == _EACH_DAY and thin:
        said = f"有{len(thin)}天不足{plain(asked.need)}{asked.unit}。"
    dated = bool(rules.scheme.calendar.start and rules.scheme.calendar.end)
    if asked.need == 0:
        return Task(asked.id, asked.name, "uncounted", said, asked.clause, asked.severity, ways)
    if unknown:
        said = "没有考勤表，出勤待定。"
    elif asked.per not in ("total", _EACH_DAY) and not dated:
        unknown, said = True, "研修起止日期未定，不核对节奏。"
    elif not short and not said and asked.per == "total" and not asked.alternatives and ways[0].have < asked.need:
        said = "程序读不到这种材料，不催，由人看。"
        unknown = not asked.tracked
    lacks = short is not None or (asked.per == _EACH_DAY and bool(thin))
    state: TaskState = "short" if lacks else "open" if unknown else "met"
    return Task(asked.id, asked.name, state, said, asked.clause, asked.severity, ways)


def _only(asked: Requirement) -> Alternative:
    return Alternative(asked.measure, asked.need, asked.per, asked.name, asked.unit)


def _way(rules: Rules, asked: Requirement, way: Alternative) -> Way:
    figure = MEASURE_OF_FORM.get(way.measure, way.measure)
    found = rules.figures.get(figure)
    entries = found.items if found else ()
    asks = asked_words(asked) if not asked.alternatives else f"{way.name}不少于{plain(way.need)}{way.unit}"
    have = found.amount if found else Decimal(0)
    return Way(asks, figure if found else "", have, way.unit, tuple(_spans(rules, asked, way, entries)))


def _spans(rules: Rules, asked: Requirement, way: Alternative, entries: Iterable[Entry]) -> Iterator[Span]:
    days = [one.day for one in entries if one.day and not one.by]
    if way.per == _EACH_DAY:
        records = rules.opened.basis.records
        for day in records.presence.dates or records.logs.days:
            yield Span(written(day), day, day, days.count(day), days.count(day) >= way.need)
        return
    within = next((one for one in rules.scheme.phases if one.id == asked.phase), None)
    for one in stretches(as_far_as(rules.scheme.calendar, rules.as_of), way.per, within):
        if one.last < rules.as_of:
            number = sum(one.first <= day <= one.last for day in days)
            yield Span(one.name, one.first, one.last, number, number >= way.need)


# --- papers that are owed, findings, rulings ----------------------------------------------------------------------


def lacks_of(rules: Rules) -> tuple[Lack, ...]:
    """Each paper that is owed, with the days for which it is."""
    return tuple(_lack(rules, one) for one in rules.verdict.missing)


def _lack(rules: Rules, one: MissingPaper) -> Lack:
    figure = MEASURE_OF_FORM.get(one.form, one.form)
    attended = rules.figures.get("workdays")
    days = tuple(entry for entry in (attended.items if attended else ()) if entry.day in one.days)
    return Lack(one.document, one.sentence, one.owed_by, one.due, one.overdue, one.clause,
                figure if figure in rules.figures else "", days)  # fmt: skip


def remarks_of(rules: Rules, further: Iterable[Finding]) -> tuple[Remark, ...]:
    """Every finding but what stands under 人的决定 already. further: of papers that are like other people's."""
    return tuple(_remark(rules, one) for one in (*rules.verdict.findings, *further) if one.code != "ruling")


def _remark(rules: Rules, one: Finding) -> Remark:
    named = [paper for paper in rules.opened.basis.own if one.place and one.place in (paper.file, paper.key)]
    named = [
        paper for paper in named if not one.field or one.field in paper.submission.values or "[" in one.field
    ] or named
    spots: tuple[Spot, ...] = ()
    for paper in named if one.field else ():
        spots = (*spots, *rules.opened.ink.spots(paper, one.field))
    return remark_of(one, tuple(paper.key for paper in named), spots)


def ruled_of(rulings: Iterable[Ruling]) -> tuple[Ruled, ...]:
    """Each ruling with its clause."""
    own = tuple(rulings)
    said = ruling_findings(own)
    return tuple(Ruled(finding.message, one.why, one.by_whom, finding.clause)
                 for one, finding in zip(own, said, strict=True))  # fmt: skip


# --- clauses ------------------------------------------------------------------------------------------------------


def clauses_of(scheme: Scheme, named: Iterable[str]) -> tuple[ClauseSaid, ...]:
    """The clauses that are named, in the scheme's order, those that it has not at the end."""
    wanted = set(filter(None, named))
    known = tuple(
        ClauseSaid(one.id, one.quote, one.reading, one.severity) for one in scheme.clauses if one.id in wanted
    )
    rest = sorted(wanted - {one.id for one in known})
    return (*known, *(ClauseSaid(one, "", "这一条不在本方案里，是程序自己的核对。", "info", False) for one in rest))


def names_of(scheme: Scheme, titles: Mapping[str, str]) -> dict[str, str]:
    """Form stem -> what the office calls it, in the scheme's order of documents. titles: of the forms that we read."""
    names = {one.form: one.name for one in scheme.documents if one.form}
    return {**names, **{form: title for form, title in titles.items() if form not in names}}

"""The rubric applied: a line of points per item with how it arose, its records, and what more it could still be.

Computed points come from records alone; judged points from an assessor's word (`judgements`), never above what the
item allows.
All in Decimal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, Decimal

from gengang.activities import Logs
from gengang.attendance import Presence
from gengang.distinct import Counted, distinct
from gengang.judgements import (
    NOT_JUDGED,
    Judgement,
    Settled,
    judged_by,
    register_judgements,
    settled_by_item,
    waiting_words,
)
from gengang.likeness import different_texts
from gengang.noted import NOTHING_NOTED, Noted, Seen, who_and_when
from gengang.records import KINDS, Entries, entries_of, forms_of
from gengang.scheme import Item, Measure, Scheme
from gengang.submission import Paper

CENT = Decimal("0.01")
REGISTER = "assessment_register"  # stem of the 考核登记表


@dataclass(frozen=True, slots=True)
class PointLine:
    """Points of one item.

    points: counted now; at_most: what they can still become when open fields and judgements are settled.
    how: Chinese, how the points arose; sources: keys of the papers; assessor, assessed_on: who judged, when.
    """

    item: str
    name: str
    max: Decimal
    points: Decimal
    how: str
    clause: str
    sources: tuple[str, ...] = ()
    at_most: Decimal = Decimal(0)
    assessor: str = ""
    assessed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that is counted of one person.

    entries: what each paper shows; found: of each measure every lesson or activity once, by its best evidence.
    counts: how many distinct records of each measure, or more where a clerk saw more on paper; noted: what was recorded
    of the person without a scan; seen: that by measure. register: the 考核登记表, None while there is none.
    shown: what photos and the like there are of a measure, in words; they are not counted. judged: item id -> what the
    words of those who judge it come to, from whatever paper.
    """

    presence: Presence
    logs: Logs
    entries: Entries
    found: Mapping[Measure, tuple[Counted, ...]]
    papers: Mapping[str, tuple[Paper, ...]]
    counts: Mapping[Measure, int]
    sources: Mapping[Measure, tuple[str, ...]]
    register: Paper | None
    noted: Noted = NOTHING_NOTED
    seen: Mapping[Measure, Seen] = field(default_factory=dict)
    shown: Mapping[Measure, str] = field(default_factory=dict)
    judged: Mapping[str, Settled] = field(default_factory=dict)

    @property
    def begun_to_judge(self) -> bool:
        """Whether anybody has judged anything: a register is in, or points were given without one."""
        return self.register is not None or any(one.counts or one.asked for one in self.judged.values())

    def waiting(self, measure: Measure) -> tuple[str, ...]:
        """Open places that may change a measure."""
        if measure == "workdays":
            return self.presence.waiting
        undated = self.logs.waiting if measure == "logs" else ()
        return (*undated, *self.entries.waiting.get(measure, ()))

    def count(self, measure: Measure) -> int:
        """How many of a measure; of a form's stem the papers of it."""
        return self.counts[measure] if measure in self.counts else self.number_of(measure)

    def days_of(self, measure: Measure) -> tuple[date, ...]:
        """The day of each record that counts, in order."""
        return tuple(one.best.day for one in self.found[measure])

    @property
    def days(self) -> Decimal:
        """Days attended, or more where a clerk saw more on paper."""
        seen = self.seen.get("workdays")
        return max(self.presence.days, Decimal(seen.number)) if seen else self.presence.days

    def number_of(self, form: str) -> int:
        """How many papers of a form are in; one that a clerk counted on paper is in without a scan."""
        copies = self.noted.copies_of(form)
        number = max(len(self.papers.get(form, ())), int(copies is not None and copies.number > 0))
        return max(number, self.counts["reflections"]) if form == "reflection" else number


def records_of(
    scheme: Scheme, presence: Presence, logs: Logs, papers: Sequence[Paper], noted: Noted = NOTHING_NOTED,
    judgements: Sequence[Judgement] = (),
) -> Records:  # fmt: skip
    """The counted records of one person's papers, each of them once (`copies.counted_once`), whatever the order.

    judgements: the words on the person that do not stand in the 考核登记表.
    """
    by_form: dict[str, tuple[Paper, ...]] = {}
    for paper in sorted(papers, key=lambda one: one.key):
        by_form[paper.submission.form] = (*by_form.get(paper.submission.form, ()), paper)
    by_form |= {"reflection": different_texts(by_form["reflection"])} if "reflection" in by_form else {}
    reflections = by_form.get("reflection", ())
    entries = entries_of(scheme, papers, presence)
    found = {measure: distinct(entries.of(measure), forms_of(scheme, measure)) for measure in KINDS}
    counts: dict[Measure, int] = {measure: len(every) for measure, every in found.items()}
    sources: dict[Measure, tuple[str, ...]] = {
        measure: tuple(dict.fromkeys(one.best.source for one in every)) for measure, every in found.items()
    }
    counts |= {"logs": len(logs.days), "reflections": len(reflections)}
    sources |= {"logs": logs.sources, "reflections": tuple(paper.key for paper in reflections)}
    seen = noted.seen_of(scheme)
    counts |= {measure: max(counts.get(measure, len(by_form.get(measure, ()))), one.number)
               for measure, one in seen.items() if measure != "workdays"}  # fmt: skip
    register = next(iter(by_form.get(REGISTER, ())), None)
    judged = settled_by_item(scheme, (*register_judgements(scheme, register), *judgements))
    return Records(
        presence, logs, entries, found, by_form, counts, sources, register, noted, seen, judged=judged
    )  # fmt: skip


def point_lines(scheme: Scheme, records: Records) -> tuple[PointLine, ...]:
    """A line for each item of the rubric, in its order."""
    return tuple(_line_of(scheme, item, records) for item in scheme.items)


def _line_of(scheme: Scheme, item: Item, records: Records) -> PointLine:
    if item.rule == "attendance":
        return _attendance_line(scheme, item, records)
    if item.rule == "count":
        return _count_line(scheme, item, records)
    if item.rule == "lessons":
        return _lessons_line(item, records)
    return _papers_line(item, records) if item.rule == "papers" else _judged_line(item, records)


def shown(points: Decimal) -> str:
    """Points with two decimals, never rounded up (G-05)."""
    return str(points.quantize(CENT, ROUND_DOWN))


def total_of(lines: Sequence[PointLine]) -> Decimal:
    """The sum of the points, exact."""
    return sum((line.points for line in lines), Decimal(0))


def plain(number: Decimal | int) -> str:
    """A number without needless noughts: 9.5, 10."""
    return f"{Decimal(number).normalize():f}"


# --- computed ----------------------------------------------------------------------------------------------------


def _attendance_line(scheme: Scheme, item: Item, records: Records) -> PointLine:
    presence, rules = records.presence, scheme.discipline
    days = min(records.days, item.at_most)
    bonus = rules.bonus if records.days > 0 else Decimal(0)
    half_days = presence.unexcused * 2
    taken = half_days * rules.unexcused_half_day + presence.slips * rules.late_or_early
    points = max(Decimal(0), min(item.max, item.each * days + bonus - taken))
    how = f"到岗{plain(records.days)}天{_seen_words(records, 'workdays')}，"
    how += f"{plain(days)}天×{plain(item.each)}分，纪律{plain(bonus)}分"
    if half_days:
        how += f"，无故缺勤{plain(half_days)}个半天扣{plain(half_days * rules.unexcused_half_day)}分"
    if presence.slips:
        how += f"，迟到早退{presence.slips}次扣{plain(presence.slips * rules.late_or_early)}分"
    if presence.asked:
        how += f"，另有缺勤{presence.asked}个半天待核定（请假、改期），核定前不扣分"
    if not presence.known:
        # The mentor owes the sheet: until it is in, nobody can say how often the person was there.
        return PointLine(item.id, item.name, item.max, Decimal(0), "没有考勤表，出勤待定。", item.clause, (), item.max)
    return _line(item, points, how, presence.sources, presence.waiting)


def _line(item: Item, points: Decimal, how: str, sources: Sequence[str], waiting: Sequence[str]) -> PointLine:
    """A computed line; whatever waits may still bring the whole item."""
    at_most = item.max if waiting else points
    how = f"{how}；另有{len(waiting)}处待核，核定前不计" if waiting else how
    return PointLine(item.id, item.name, item.max, points, f"{how}。", item.clause, tuple(sources), at_most)


def _count_line(scheme: Scheme, item: Item, records: Records) -> PointLine:
    assert item.measure is not None, "schemefile asks for the measure of rule count"
    count = records.count(item.measure)
    points = min(item.max, item.each * min(item.at_most, Decimal(count)))
    requirement = scheme.requirement(item.measure)
    unit = requirement.unit if requirement else "次"
    how = f"记录{count}{unit}{_seen_words(records, item.measure)}，"
    how += f"每{unit}{plain(item.each)}分，最多计{plain(item.at_most)}{unit}"
    return _line(item, points, how, records.sources[item.measure], records.waiting(item.measure))


def _seen_words(records: Records, measure: Measure) -> str:
    """By whose word a number counts that no scan shows."""
    seen = records.seen.get(measure)
    return f"（含查阅纸质材料{seen.number}{who_and_when(seen)}）" if seen else ""


# --- computed in part --------------------------------------------------------------------------------------------


def _lessons_line(item: Item, records: Records) -> PointLine:
    reports = records.counts["report_lessons"]
    lessons = max(0, records.counts["lessons_taught"] - reports)
    points = item.each * min(item.at_most, Decimal(lessons))
    room = item.judged_max if reports else Decimal(0)
    seen = _seen_words(records, "lessons_taught") + _seen_words(records, "report_lessons")
    how = f"研究课{lessons}节{seen}，每节{plain(item.each)}分，最多计{plain(item.at_most)}节，计{plain(points)}分"
    how += f"；汇报课{reports}节" if reports else "；没有汇报课记录"
    sources = (*records.sources["lessons_taught"], *records.sources["report_lessons"])
    waiting = dict.fromkeys((*records.waiting("lessons_taught"), *records.waiting("report_lessons")))
    return _with_judgement(item, records, points, room, how, sources, tuple(waiting))


def _papers_line(item: Item, records: Records) -> PointLine:
    numbers = [records.number_of(form) for form in item.evidence]
    points = sum((item.each * min(item.at_most, Decimal(number)) for number in numbers), Decimal(0))
    sources = [paper.key for form in item.evidence for paper in records.papers.get(form, ())]
    seen = _seen_words(records, "reflections") if "reflection" in item.evidence else ""
    how = f"材料{sum(numbers)}份{seen}，计{plain(points)}分"
    # Where no paper is in, the judgement may rest on what the assessor saw: it is taken, and the gap is a finding.
    return _with_judgement(item, records, points, item.max - points, how, sources, ())


def _judged_line(item: Item, records: Records) -> PointLine:
    sources = [paper.key for form in item.evidence for paper in records.papers.get(form, ())]
    return _with_judgement(item, records, Decimal(0), item.max, "", sources, ())


def _with_judgement(
    item: Item, records: Records, computed: Decimal, room: Decimal, how: str, sources: Sequence[str],
    waiting: Sequence[str],
) -> PointLine:  # fmt: skip
    """Computed points and, up to `room` more, what the word that counts gives above them."""
    word = records.judged.get(item.id, NOT_JUDGED)
    given = word.counts
    judged = Decimal(0) if given is None else max(Decimal(0), min(room, given.points - computed))
    open_room = room if given is None else judged
    if given is None:
        said = (
            f"{waiting_words(item, word) or f'{item.assessor}的评分未到'}，最多{plain(open_room)}分"
            if open_room
            else ""
        )
    else:
        said = f"{judged_by(given)}，另计{plain(judged)}分"
    how = "；".join(part for part in (how, said) if part)
    if waiting:
        how = f"{how}；另有{len(waiting)}处待核，核定前不计"
    at_most = item.max if waiting else computed + open_room
    papers = dict.fromkeys((*sources, *((given.source,) if given and given.source else ())))
    return PointLine(
        item.id, item.name, item.max, computed + judged, f"{how}。", item.clause, tuple(papers), at_most,
        given.assessor if given else item.assessor, given.on if given else None,
    )  # fmt: skip

"""Where each number of the cohort report comes from: its list of people, and of the papers that were counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gengang.assess import Verdict
from gengang.debts import Debt
from gengang.papers.figures import Figures, done_by, plain
from gengang.papers.form_words import form_words
from gengang.papers.words import plain_name, stage_subject
from gengang.roster import Person, Roster, School
from gengang.scheme import Measure, Requirement, Scheme
from gengang.submission import Paper

NOBODY = "无"
LONGEST_ROW = 500  # characters, so that a row stands on one page


@dataclass(frozen=True, slots=True)
class Traced:
    """A number: what it is called in the report, its value with its unit, and what it was counted from."""

    name: str
    value: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What numbers are traced in.

    trainees: in the order of the lists; papers: person key -> their papers; schools: that send trainees or should;
    late: names of those whose sign-up list came late.
    """

    scheme: Scheme
    roster: Roster
    trainees: tuple[Person, ...]
    verdicts: Mapping[str, Verdict]
    figures: Mapping[str, Figures]
    debts: Sequence[Debt]
    papers: Mapping[str, Sequence[Paper]]
    mentors_back: Mapping[str, object]
    schools: Sequence[School] = ()
    late: Sequence[str] = ()


def traced(counted: Counted) -> tuple[Traced, ...]:
    """Every number of the report's text and tables, in the order in which it stands there."""
    return (*_people(counted), *_tasks(counted), *_outcomes(counted), *_short(counted), *_owed(counted))


def _people(counted: Counted) -> Iterator[Traced]:
    people, roster = counted.trainees, counted.roster
    sending = {one.school for one in people}
    due = [one.name for one in counted.schools if one.rural]
    yield Traced("应报学校", f"{len(due)}所", _listed(due))
    reported = [one.name for one in counted.schools if one.name in sending]
    yield Traced("实报学校", f"{len(reported)}所", _listed(reported))
    yield Traced("迟报学校", f"{len(counted.late)}所", _listed(counted.late))
    yield _group("学员", people, lambda one: one.school)
    for stage in ("小学", "初中"):
        yield _group(f"{stage}学员", [one for one in people if one.stage == stage])
    for gender in "男女":
        yield _group(f"{gender}学员", [one for one in people if one.gender == gender])
    for word, found in _by(people, stage_subject).items():
        yield _group(word or "学科未填", found)
    for word, found in _by(people, lambda one: one.title).items():
        yield _group(word or "职称未填", found)
    yield _group("指导教师", roster.mentors)


def _by(people: Iterable[Person], word_of: Callable[[Person], str]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for one in people:
        found.setdefault(word_of(one), []).append(one)
    return found


def _group(name: str, people: Sequence[Person], note: Callable[[Person], str] | None = None) -> Traced:
    words = [f"{one.name}（{note(one)}）" if note and note(one) else one.name for one in people]
    return Traced(name, f"{len(people)}名", _listed(words))


def _listed(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(words) or (NOBODY,)


def in_rows(found: Iterable[Traced]) -> Iterator[tuple[str, str, str]]:
    """Name, value and list of each; a list longer than LONGEST_ROW goes on in further rows without name and value."""
    for one in found:
        name, value, row = one.name, one.value, ""
        for part in one.parts:
            if row and len(row) + len(part) > LONGEST_ROW:
                yield name, value, f"{row}；"
                name, value, row = "", "", part
            else:
                row = f"{row}；{part}" if row else part
        yield name, value, row


# --- what was done -----------------------------------------------------------------------------------------------


def _tasks(counted: Counted) -> Iterator[Traced]:
    for asked in counted.scheme.in_all:
        if asked.tracked and counted.figures:
            have, _ = done_by((counted.figures[one.key] for one in counted.trainees), asked.measure)
            whole = sum(have, Decimal(0))
            parts = [_of_person(counted, one, asked) for one in counted.trainees]
            yield Traced(asked.name, f"{plain(whole)}{asked.unit}", tuple(parts))


def _of_person(counted: Counted, one: Person, asked: Requirement) -> str:
    """`张三20节（听课记录12份、研修日志8份）`."""
    papers = _papers(counted, one, asked.measure)
    from_what = f"（{papers}）" if papers else ""
    have = counted.figures[one.key].done(asked.measure)
    return f"{one.name}没有考勤表" if have is None else f"{one.name}{plain(have)}{asked.unit}{from_what}"


def _papers(counted: Counted, one: Person, measure: Measure) -> str:
    """The papers on which a measure is found, by kind."""
    form_of = {paper.key: paper.submission.form for paper in counted.papers.get(one.key, ())}
    if measure == "workdays":
        keys = [key for key, form in form_of.items() if form == "attendance"]
    elif measure in ("logs", "reflections"):
        keys = [key for key, form in form_of.items() if form == {"logs": "training_log"}.get(measure, "reflection")]
    else:
        keys = [key for key in counted.figures[one.key].sources.get(measure, ()) if key in form_of]
    counts = Counter(form_of[key] for key in keys)
    return "、".join("{0}{2}{1}".format(*form_words(form), number) for form, number in sorted(counts.items()))


# --- what came of it ---------------------------------------------------------------------------------------------


def _outcomes(counted: Counted) -> Iterator[Traced]:
    def those(*outcomes: str) -> list[Person]:
        return [one for one in counted.trainees if counted.verdicts[one.key].outcome in outcomes]

    def scored(one: Person) -> str:
        score = counted.verdicts[one.key].score
        return "" if score is None else f"{plain(score)}分"

    yield _group("考核合格", those("合格", "合格（证书缓发）"), scored)
    yield _group("证书缓发", those("合格（证书缓发）"), scored)
    yield _group("不合格", those("不合格"), scored)
    yield _group("未考核", those("未考核"))
    with_hours = [one for one in counted.trainees if counted.verdicts[one.key].hours]
    hours = sum(counted.verdicts[one.key].hours or 0 for one in with_hours)
    yield Traced("学员认定学时", f"{hours}学时", _listed(
        f"{one.name}{counted.verdicts[one.key].hours}" for one in with_hours))  # fmt: skip
    mentors = [one for one in counted.roster.mentors if one.key not in counted.mentors_back]
    given = counted.scheme.outcomes.hours_mentor
    yield Traced("指导教师认定学时", f"{given * len(mentors)}学时", _listed(f"{one.name}{given}" for one in mentors))
    settled = {one: score for one in counted.trainees if (score := counted.verdicts[one.key].score) is not None}
    yield _group("已定得分", list(settled), scored)
    if settled:
        whole = f"已定得分{len(settled)}名的得分合计{plain(sum(settled.values(), Decimal(0)))}分"
        yield Traced(
            "平均、最高、最低得分", "见正文", (whole, *_edge(settled, max, "最高"), *_edge(settled, min, "最低"))
        )
    passed, number = len(those("合格", "合格（证书缓发）")), len(counted.verdicts)
    yield Traced("合格率", "见正文", (f"合格{passed}名，学员{number}名，不进位",))


def _edge(scores: Mapping[Person, Decimal], edge: Callable[[Iterable[Decimal]], Decimal], word: str) -> Iterator[str]:
    best = edge(scores.values())
    yield f"{word}{plain(best)}分：{'、'.join(one.name for one, score in scores.items() if score == best)}"


def _short(counted: Counted) -> Iterator[Traced]:
    for asked in counted.scheme.requirements:
        found = {one: short for one in counted.trainees for short in counted.verdicts[one.key].shortfall
                 if short.requirement == asked.id}  # fmt: skip
        if found:
            words = (f"{one.name}（{plain(short.have)}）" for one, short in found.items())
            yield Traced(f"{asked.name}未达到规定数量", f"{len(found)}名", _listed(words))


def _owed(counted: Counted) -> Iterator[Traced]:
    items = [(debt, item) for debt in counted.debts for item in debt.items]
    if items:
        counts = Counter((debt.name, plain_name(item.document)) for debt, item in items)
        words = (f"{name}{paper}{number if number > 1 else ''}" for (name, paper), number in counts.items())
        yield Traced("未交材料", f"{len(items)}项", _listed(words))

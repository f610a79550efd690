"""Today (今日要点): what came, what changed, what needs somebody, what is missing, who is ready, what was refused."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gengang.assess import Verdict
from gengang.desk.standing import Now, Standing
from gengang.desk.views.asked import asked_of
from gengang.desk.views.copies import version_pages
from gengang.desk.views.lists import Cell, Listed
from gengang.desk.views.matching import waiting as in_doubt
from gengang.desk.views.papers import address_of
from gengang.desk.views.queue import copies, still_open_papers, title_of
from gengang.drafting import Judged, certificate_drafts, spent_numbers
from gengang.facts import DOOR_KINDS, FILING, Balance, Fact, balance
from gengang.in_force import scheme_in_force
from gengang.judging import judged_of
from gengang.papers.certificate import HeldBack
from gengang.papers.figures import plain
from gengang.papers.missing import KINDS, lacking_words, overdue_words
from gengang.papers.morning import Need
from gengang.papers.words import masked, plain_name, programme_of
from gengang.season import HeldPaper
from gengang.telling_copies import likeness_needs, receipt_needs
from gengang.telling_evidence import evidence_needs
from gengang.telling_words import whose

TONES = {"合格": "good", "完成": "good", "合格（证书缓发）": "wait", "不合格": "poor", "未完成": "poor"}
MOST_SHOWN = 6  # rows of a list on the first page


@dataclass(frozen=True, slots=True)
class Task:
    """Something only a person can settle. number: how many of it; link: where it is settled."""

    title: str
    said: str
    number: int
    link: str


@dataclass(frozen=True, slots=True)
class SchoolOwes:
    """What one school, mentor or trainee owes. late: how many of it are overdue."""

    who: str
    number: int
    late: int


@dataclass(frozen=True, slots=True)
class Today:
    """The page. outcomes: verdict -> how many; fresh: everything that is in the ledger is counted."""

    programme: str
    as_of: str
    counts: Balance
    outcomes: tuple[tuple[str, int, str], ...]
    people: int
    tasks: tuple[Task, ...]
    came: Listed
    changed: Listed
    refused: Listed
    missing: Listed
    ready: Listed
    held: Listed
    fresh: bool
    has_run: bool

    @property
    def waiting(self) -> int:
        """How many things wait for somebody."""
        return sum(task.number for task in self.tasks)


def today_of(now: Now) -> Today:
    """The page."""
    standing, judged = now.standing, now.judged
    lists = {one.name: one for one in standing.of(all_lists)}
    verdicts = judged.verdicts.values()
    counted: dict[str, int] = defaultdict(int)
    for verdict in verdicts:
        counted[verdict.outcome] += 1
    told = tuple((outcome, number, TONES.get(outcome, "open")) for outcome, number in counted.items())
    return Today(
        programme=programme_of(judged.scheme),
        as_of=judged.as_of.isoformat(),
        counts=standing.of(door_counts),
        outcomes=told,
        people=len(judged.verdicts),
        tasks=tasks_of(now, lists),
        came=lists["came"],
        changed=lists["changed"],
        refused=lists["refused"],
        missing=lists["missing"],
        ready=lists["ready"],
        held=lists["held"],
        fresh=now.is_current,
        has_run=bool(standing.of(runs_of)),
    )


def tasks_of(now: Now, lists: dict[str, Listed]) -> tuple[Task, ...]:
    """What needs somebody, each with the page on which it is settled; without what is settled already."""
    fields = [field for _, fields in still_open_papers(now) for field in fields]
    grave = sum(field.consequence.rank == 0 for field in fields)
    tasks = (
        Task("核对", f"其中{grave}栏决定结论或证书" if grave else "读不准的栏目", len(fields), "/review"),
        Task("归属", "不知道是谁的材料", len(in_doubt(now)), "/whose"),
        Task("版本", "收到几份、内容不同", sum(one.waits for one in version_pages(now)), "/versions"),
        Task("重交", "要请对方重交，话已写好", len(asked_of(now)), "/today/again"),
        Task("退回", "打不开或不是本项目的文件", lists["refused"].number, "/today/refused"),
        Task("结论", "考核中要人定的事", lists["verdicts"].number, "/today/verdicts"),
        Task("其他", "收到日期、佐证、雷同", lists["others"].number, "/today/others"),
    )
    return tuple(task for task in tasks if task.number)


def door_counts(standing: Standing) -> Balance:
    """Counts at the door."""
    return balance(fact for fact in standing.facts if fact.kind in DOOR_KINDS)


def runs_of(standing: Standing) -> tuple[Fact, ...]:
    """The lines of runs that came to their end, in order; asked for as often as the page."""
    return tuple(fact for fact in standing.facts if fact.kind == "run" and fact.data.get("phase") == "done")


# --- lists ---


def all_lists(standing: Standing) -> tuple[Listed, ...]:
    """Every list behind a number of the page."""
    judged = standing.judged
    return (
        came_list(standing), changed_list(standing), refused_list(judged), missing_list(judged),
        *certificate_lists(standing), verdict_list(judged),
        standing.lasting("others", standing.quiet, lambda: others_list(standing)),
    )  # fmt: skip


def came_list(standing: Standing) -> Listed:
    """Papers that the last run read, those of one kind and person in one line; what was decided of a paper is told."""
    runs = standing.of(runs_of)
    since = runs[-2].sequence if len(runs) > 1 else 0
    new = {fact.subject for fact in standing.facts if fact.kind in FILING and fact.sequence > since}
    groups: dict[tuple[str, str], list[HeldPaper]] = defaultdict(list)
    for key, held in standing.papers.items():
        if key in new:
            groups[whose(standing.judged, held), title_of(standing, held.reading.form)].append(held)
    rows = tuple(
        (Cell(name), Cell(f"{title}{f' {len(papers)}份' if len(papers) > 1 else ''}",
                          f"/review/{address_of(papers[0].paper.key)}"),
         Cell(papers[0].paper.received.isoformat() if papers[0].paper.received else "日期待确认"),
         Cell(_open_words(papers), "", "wait" if any(one.paper.open_fields for one in papers) else "good"))
        for (name, title), papers in sorted(groups.items())
    )  # fmt: skip
    return Listed("came", "新收到的", ("谁的", "材料", "收到", "读得怎样"), rows, "上次运行没有收到新材料。")


def _open_words(papers: Sequence[HeldPaper]) -> str:
    waiting = sum(len(one.paper.open_fields) for one in papers)
    return f"{waiting}栏待核" if waiting else "都读准了"


def changed_list(standing: Standing) -> Listed:
    """Verdicts that are not what they were before the last run, by the rules of then."""
    runs = standing.of(runs_of)
    rows: tuple[tuple[Cell, ...], ...] = ()
    if len(runs) > 1:
        judged, last = standing.judged, runs[-2].sequence
        before = standing.lasting("before", (last, judged.as_of), lambda: verdicts_then(standing, last))
        rows = tuple(_changed(before, judged))
    return Listed("changed", "有变化的", ("谁", "原来", "现在"), rows, "结论没有变化。")


def verdicts_then(standing: Standing, last: int) -> Mapping[str, Verdict]:
    """Everybody's verdict by what was known up to a line, on today's day."""
    known = tuple(fact for fact in standing.facts if fact.sequence <= last)
    judged = standing.judged
    return judged_of(known, scheme_in_force(known) or judged.scheme, judged.as_of).verdicts


def _changed(before: Mapping[str, Verdict], after: Judged) -> Iterator[tuple[Cell, ...]]:
    for person in after.trainees:
        old, new = before.get(person.key), after.verdicts[person.key]
        if old is not None and (old.outcome, old.score) != (new.outcome, new.score):
            tone = TONES.get(new.outcome, "open")
            yield Cell(f"{person.school} {person.name}"), Cell(_outcome(old)), Cell(_outcome(new), "", tone)


def _outcome(verdict: Verdict) -> str:
    return verdict.outcome if verdict.score is None else f"{verdict.outcome} {plain(verdict.score)}分"


def refused_list(judged: Judged) -> Listed:
    """Files that could not be taken, and what to do."""
    rows = tuple(
        (Cell(next((mail.whose for mail in one.mails if mail.whose), one.source.where_from) or "收件箱"),
         Cell(masked(one.source.path.rpartition("/")[2])), Cell(masked(one.sentence)))
        for one in judged.season.refusals
    )  # fmt: skip
    said = "退回的文件副本在 outbox/待处理 里，原件都在存档里。"
    return Listed("refused", "退回的", ("谁交来的", "文件", "为什么、怎么办"), rows, "没有退回的文件。", said)


def missing_list(judged: Judged) -> Listed:
    """What is owed, by who owes it."""
    rows = tuple(
        (
            Cell(f"{KINDS[debt.debtor]} {debt.name}"),
            Cell(masked(owed.about)),
            Cell(plain_name(owed.document), beside=owed.clause),
            Cell(lacking_words(owed)),
            Cell(overdue_words(owed.due, judged.as_of), "", "poor" if owed.overdue else ""),
        )
        for debt in judged.debts
        for owed in debt.items
    )
    return Listed("missing", "还没交来的", ("谁交", "关于谁", "什么材料", "现状", "期限"), rows, "应交的都已交来。")


def owed_by_school(judged: Judged) -> tuple[SchoolOwes, ...]:
    """How much each owes, the most first."""
    owing = (SchoolOwes(f"{KINDS[debt.debtor]} {debt.name}", len(debt.items), sum(one.overdue for one in debt.items))
             for debt in judged.debts)  # fmt: skip
    return tuple(sorted(owing, key=lambda one: (-one.late, -one.number)))


def certificate_lists(standing: Standing) -> tuple[Listed, Listed]:
    """Who can be given a certificate now, and who is kept back by what."""
    judged = standing.judged
    numbered = {one.person for one in spent_numbers(standing.facts) if one.issued_on is not None}
    ready, held = [], []
    for one in certificate_drafts(judged):
        person = judged.season.roster.person(one.person)
        holder = Cell(f"{person.school} {person.name}" if person else one.person, f"/persons/{one.person}")
        if isinstance(one, HeldBack):
            tone = "poor" if one.state == "不发" else "wait"
            held.append((holder, Cell(one.state, "", tone), Cell(one.why, beside=one.clause)))
        elif one.person not in numbered:
            kind = "培训结业证书" if one.kind == "certificate" else "学时证明书"
            ready.append((holder, Cell(kind), Cell("去出证", "/issuing")))
    return (
        Listed("ready", "可以出证的", ("谁", "什么证书", "状态"), tuple(ready), "没有等着出证的人。"),
        Listed("held", "暂不出证的", ("谁", "状态", "为什么"), tuple(held), "没有暂不出证的人。"),
    )


def verdict_list(judged: Judged) -> Listed:
    """What in the judging only a person can settle."""
    rows = tuple(
        (Cell(f"{person.school} {person.name}"), Cell(masked(finding.message), beside=finding.clause))
        for person in judged.trainees for finding in judged.verdicts[person.key].findings
        if finding.severity in ("error", "manual") and finding.code != "versions_differ"
    )  # fmt: skip
    return Listed("verdicts", "考核中要人定的", ("谁", "什么事"), rows, "没有要人定的事。")


def others_list(standing: Standing) -> Listed:
    """Days of receipt that nobody stated, evidence that asks something, papers in nearly the same words."""
    judged, every = standing.judged, standing.of(copies)
    needs: Iterable[Need] = (*receipt_needs(judged, every), *evidence_needs(judged), *likeness_needs(judged))
    rows = tuple((Cell(masked(one.whose)), Cell(masked(one.file.title)), Cell(masked(one.why), beside=one.clause))
                 for one in needs)  # fmt: skip
    return Listed("others", "其他要看的", ("谁的", "文件", "什么事"), rows, "没有别的事。")

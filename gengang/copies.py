"""Copies: which papers of one person are one paper, its versions and media side by side, and what of them counts.

What every version that says anything agrees on counts; what two of them say otherwise counts for nothing until a
person decides which version holds. So neither the order of arrival nor a further copy, scan or version changes what is
counted: the latest version is a proposal alone. Equal content in another file is one paper.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from gengang.codecs import Value
from gengang.findings import Finding
from gengang.scheme import Scheme
from gengang.submission import Paper
from gengang.versions import HEAD, TOLD_APART_BY, Difference, agreed, content_of, differences_of, says

MediumKind = Literal["electronic", "paper"]
# Forms of which a person hands in one.
ONE_EACH: Mapping[str, str] = {
    "personal_info": "个人信息登记表",
    "study_plan": "个人学习计划",
    "development_plan": "个人专业发展规划",
    "day_plan": "个人研修方案",
    "action_research_report": "行动研究报告",
    "study_report": "研修报告",
    "task_summary": "任务完成情况汇总表",
    "appraisal": "鉴定表",
    "assessment_register": "考核登记表",
    "base_school_appraisal": "基地学校鉴定书",
    "mentor_summary": "指导工作总结",
    "process_evaluation": "过程评价表",
    "performance_review": "表现评价与反馈意见书",
    "study_essay": "研修心得报告",
    "placement_report": "跟岗学习报告",
    "study_summary": "研修总结报告",
    "self_reflection": "反思总结",
    "project_result": "课题成果",
    "growth_file": "成长档案",
}
# Sheets of days: two with a day in common are versions. Half days on which they differ wait by themselves.
BY_DAYS: Mapping[str, str] = {"attendance": "考勤表"}


@dataclass(frozen=True, slots=True)
class Copies:
    """One paper in all that came of it.

    papers: everything, in order of key; versions: one for each content there is, the latest first, which is proposed.
    counts: what is judged in their place.
    chosen: key of the version a person decided on, empty while nobody did.
    asks: whether a person has to decide: versions dispute a field, and nobody decided who had seen them all.
    """

    papers: tuple[Paper, ...]
    versions: tuple[Paper, ...]
    counts: tuple[Paper, ...]
    differences: tuple[Difference, ...] = ()
    chosen: str = ""
    asks: bool = False

    @property
    def proposed(self) -> Paper:
        """The version received last, by its stated or mail date, else by order of arrival."""
        return self.versions[0]

    @property
    def media(self) -> tuple[MediumKind, ...]:
        """In what it came: a scan is the paper, everything else is electronic."""
        kinds = {kind_of_medium(one.medium) for one in self.papers}
        return tuple(sorted(kinds))


def kind_of_medium(medium: str) -> MediumKind:
    """A scan shows the paper itself, seals and signatures included; everything else is the electronic file."""
    return "paper" if medium == "scan" else "electronic"


def name_of_form(form: str) -> str:
    """What the office calls it."""
    many = TOLD_APART_BY.get(form)
    return many[0] if many else ONE_EACH.get(form) or BY_DAYS.get(form, form)


def counted_once(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """The papers of one person as they are judged: one for each, whatever came how often."""
    return tuple(one for copies in copies_of(papers) for one in copies.counts)


def copies_of(papers: Iterable[Paper]) -> tuple[Copies, ...]:
    """The papers of one person, those that are one paper together, in order of form and key."""
    by_form: dict[str, list[Paper]] = {}
    for paper in sorted(papers, key=lambda one: (one.submission.form, one.key)):
        by_form.setdefault(paper.submission.form, []).append(paper)
    return tuple(_copies(group) for form, found in by_form.items() for group in _groups(form, found))


# --- which papers are one ----------------------------------------------------------------------------------------


def _groups(form: str, papers: Sequence[Paper]) -> list[list[Paper]]:
    if form in ONE_EACH:
        return [list(papers)]
    if form in BY_DAYS:
        return _by_days(papers)
    groups: dict[tuple[str, ...], list[Paper]] = {}
    unknown: list[Paper] = []
    for paper in papers:
        name = _identity(form, paper.submission.values)
        if name:
            groups.setdefault(name, []).append(paper)
        else:
            unknown.append(paper)
    found = list(groups.values())
    # The one that says most first, so that one read less fully finds it.
    for paper in sorted(unknown, key=lambda one: (-says(one), one.key)):
        place = next((group for group in found if _belongs(form, paper, group)), None)
        if place is None:
            found.append([paper])
        else:
            place.append(paper)
    return sorted(([*sorted(group, key=lambda one: one.key)] for group in found), key=lambda group: group[0].key)


def _identity(form: str, values: Mapping[str, Value | None]) -> tuple[str, ...]:
    """What tells this one from the person's others of its form; empty while that is not certain."""
    for fields in TOLD_APART_BY.get(form, ("", ()))[1]:
        said = tuple("".join(str(values.get(name) or "").split()) for name in fields)
        if all(said):
            return said
    return ()


def _belongs(form: str, paper: Paper, group: Sequence[Paper]) -> bool:
    """Whether a paper of which is not certain which one it is is another copy of these.

    It is when it says nothing that one of them does not say, or, read with doubt, seems to be that very one and
    contradicts it in nothing.
    """
    for other in group if _says_something(paper) else ():
        differences = differences_of((paper, other))
        if any(one.disputed for one in differences):
            continue
        adds = any(one.said[paper.key] is not None and one.said[other.key] is None for one in differences)
        seeming = _identity(form, {**paper.submission.values, **paper.proposed})
        if not adds or (seeming and seeming == _identity(form, other.submission.values)):
            return True
    return False


def _by_days(papers: Sequence[Paper]) -> list[list[Paper]]:
    groups: list[tuple[set[Value | None], list[Paper]]] = []
    for paper in papers:
        own = ({row.get("date") for row in paper.submission.rows("days")} - {None}, [paper])
        apart = []
        for other in groups:
            if own[0] & other[0] or (not own[0] and not other[0] and not differences_of((paper, other[1][0]))):
                own = (own[0] | other[0], [*other[1], *own[1]])
            else:
                apart.append(other)
        groups = [*apart, own]
    return sorted((sorted(group, key=lambda one: one.key) for _, group in groups), key=lambda group: group[0].key)


def _says_something(paper: Paper) -> bool:
    """False for one that could be any of its form, as little as was read of it."""
    values = paper.submission.values
    own = any(value is not None for name, value in values.items() if name not in HEAD)
    return own or any(paper.submission.lists.values()) or not paper.open_fields


# --- what they say together --------------------------------------------------------------------------------------


def _copies(papers: Sequence[Paper]) -> Copies:
    if len(papers) == 1:
        return Copies(tuple(papers), tuple(papers), tuple(papers), (), papers[0].key if papers[0].choice else "")
    group = _distinct(papers)
    versions = _latest_first(group)
    chosen = max((one for one in group if one.choice), key=_number_of_choice, default=None)
    differences = differences_of(versions) if len(versions) > 1 else ()
    if not any(one.disputed for one in differences) or chosen is None:
        asks = any(one.disputed for one in differences)
        counts = group if asks and group[0].submission.form in BY_DAYS else (_merged(group),)
        return Copies(tuple(papers), versions, counts, differences, chosen.key if chosen else "", asks)
    with_it = [one for one in group if not _contradicts(one, chosen)]
    seen = chosen.choice.among if chosen.choice else ()
    asks = any(one.key not in seen for one in group if one not in with_it)
    kept = replace(_merged(with_it), key=chosen.key, file=chosen.file)
    return Copies(tuple(papers), versions, (kept,), differences, chosen.key, asks)


def _number_of_choice(paper: Paper) -> int:
    return paper.choice.number if paper.choice else 0


def _distinct(papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """One paper for each content: the first that arrived, with the earliest receipt and the last decision of all."""
    found: dict[str, list[Paper]] = {}
    for paper in papers:
        found.setdefault(content_of(paper), []).append(paper)
    return tuple(_with_receipt(min(equal, key=lambda one: (one.arrived, one.key)), equal) for equal in found.values())


def _with_receipt(paper: Paper, equal: Sequence[Paper]) -> Paper:
    first = min((one for one in equal if one.received), key=lambda one: (str(one.received), one.received_by),
                default=paper)  # fmt: skip
    limits = [one.not_later for one in equal if one.not_later]
    choice = max(equal, key=_number_of_choice).choice
    return replace(
        paper, received=first.received, received_by=first.received_by, not_later=min(limits, default=None),
        choice=choice,
    )  # fmt: skip


def _latest_first(group: Sequence[Paper]) -> tuple[Paper, ...]:
    """By the day they were received where that is known of all, else by the order in which they arrived."""
    if all(one.received for one in group):
        return tuple(sorted(group, key=lambda one: (str(one.received), one.arrived, one.key), reverse=True))
    return tuple(sorted(group, key=lambda one: (one.arrived, one.key), reverse=True))


def _contradicts(first: Paper, second: Paper) -> bool:
    return first.key != second.key and any(one.disputed for one in differences_of((first, second)))


def _merged(group: Sequence[Paper]) -> Paper:
    """One paper that says what all agree on; what they dispute is open. The earliest date anybody stated is its own."""
    base = _with_receipt(min(group, key=lambda one: (-says(one), one.arrived, one.key)), group)
    return base if len(group) == 1 else agreed(base, group)


# --- what is told ------------------------------------------------------------------------------------------------


def version_findings(scheme: Scheme, copies: Iterable[Copies]) -> list[Finding]:
    """A paper of which two versions say different things: a person decides, until then neither counts there.

    In order of what is proposed: a copy that came once more puts none of them elsewhere.
    """
    asked = sorted(
        (one for one in copies if one.asks), key=lambda one: (one.proposed.submission.form, one.proposed.key)
    )
    return [_finding(scheme, one) for one in asked]


def _finding(scheme: Scheme, one: Copies) -> Finding:
    form = one.proposed.submission.form
    document = scheme.document(form)
    disputed = sum(difference.disputed for difference in one.differences)
    until = "按已认定的一份计" if one.chosen else "确认前这几处不计"
    message = (
        f"{document.name if document else name_of_form(form)}收到{len(one.versions)}份，有{disputed}处不同，"
        f"请确认以哪份为准，{until}。"
    )
    return Finding("versions_differ", message, "", "manual", document.clause if document else "G-04", one.proposed.file)

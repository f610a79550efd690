"""Who is judged otherwise in one judgement than in another, and in what: of a rule, the roster or a late paper."""

from collections.abc import Iterator
from dataclasses import dataclass

from gengang.assess import Verdict
from gengang.drafting import Judged
from gengang.points import plain, shown
from gengang.roster import Person

CERTIFICATE_WORDS = {
    "issue": "可发", "manual": "待人决定", "withheld": "缓发", "none": "不发", "open": "未定",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise, in Chinese words; empty where there was or is nothing."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that is otherwise for one person. whose: school and name."""

    person: str
    whose: str
    changes: tuple[Change, ...]

    @property
    def decides(self) -> bool:
        """Whether the verdict itself is another one, and not only a score or a remark."""
        return any(one.what in ("考核结论", "证书", "学时") for one in self.changes)


def differences_between(before: Judged, after: Judged) -> tuple[Difference, ...]:
    """The people for whom anything differs, in the order of every list; those who left stand at the end."""
    now = {one.key for one in after.trainees}
    people = (*after.trainees, *(one for one in before.trainees if one.key not in now))
    found = (_difference(one, before, after) for one in people)
    return tuple(one for one in found if one.changes)


def _difference(person: Person, before: Judged, after: Judged) -> Difference:
    old, new = before.verdicts.get(person.key), after.verdicts.get(person.key)
    whose = f"{person.school} {person.name}"
    if old is None or new is None:
        return Difference(person.key, whose, (Change("花名册", "在册" if old else "", "在册" if new else ""),))
    return Difference(person.key, whose, tuple(_changes(old, new)))


def _changes(old: Verdict, new: Verdict) -> Iterator[Change]:
    pairs = (
        ("考核结论", old.outcome, new.outcome),
        ("得分", _score(old), _score(new)),
        ("学时", _hours(old), _hours(new)),
        ("证书", CERTIFICATE_WORDS[old.certificate], CERTIFICATE_WORDS[new.certificate]),
        ("到岗", f"{plain(old.days)}天", f"{plain(new.days)}天"),
        ("无故缺勤", f"{plain(old.unexcused)}天", f"{plain(new.unexcused)}天"),
    )
    yield from (Change(*pair) for pair in pairs if pair[1] != pair[2])
    yield from _points(old, new)
    yield from _said("提示", [one.message for one in old.findings if one.severity != "info"],
                     [one.message for one in new.findings if one.severity != "info"])  # fmt: skip
    yield from _said("缺件", [one.sentence for one in old.missing], [one.sentence for one in new.missing])


def _score(verdict: Verdict) -> str:
    return f"{shown(verdict.points_now)}分" if verdict.score is not None else f"已有{shown(verdict.points_now)}分"


def _hours(verdict: Verdict) -> str:
    return "未定" if verdict.hours is None else str(verdict.hours)


def _points(old: Verdict, new: Verdict) -> Iterator[Change]:
    was = {line.item: line for line in old.points}
    for line in new.points:
        first = was.get(line.item)
        if first is not None and (first.points, first.max) != (line.points, line.max):
            yield Change(
                line.name, f"{shown(first.points)}/{plain(first.max)}", f"{shown(line.points)}/{plain(line.max)}"
            )


def _said(what: str, old: list[str], new: list[str]) -> Iterator[Change]:
    yield from (Change(what, one, "") for one in old if one not in new)
    yield from (Change(what, "", one) for one in new if one not in old)

"""What a changed roster changes: people, their fields, whose papers move, whose verdict becomes another; pure.

It compares two judgements of the same facts, under the old roster and under the new one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from gengang.differing import Change, Difference, differences_between
from gengang.drafting import Judged
from gengang.roster import Person, Roster

_LABELS = {
    "name": "姓名", "id_number": "身份证号", "gender": "性别", "born": "出生年月", "ethnicity": "民族",
    "school": "学校",
    "stage": "学段", "subject": "学科", "phone": "联系电话", "title": "职称", "title_date": "职称取得时间",
    "degree": "学历", "certificate": "教师资格", "work_start": "参加工作时间", "teaching_years": "教龄",
    "backbone": "骨干级别", "classes": "任教班级", "former_names": "曾用名", "remark": "备注", "role": "身份",
}  # fmt: skip
_UNTOLD = frozenset({"id_number", "phone"})  # that they changed is told, their digits are not


@dataclass(frozen=True, slots=True)
class Edited:
    """Somebody whose line is another. told: 职称 一级教师→高级教师, a text for each field."""

    old: Person
    new: Person
    told: tuple[str, ...]

    @property
    def renumbered(self) -> bool:
        """Whether one ID number became another; one that was blank is only completed."""
        return self.old.id_number not in ("", self.new.id_number)


@dataclass(frozen=True, slots=True)
class Moved:
    """A paper that is another's, or nobody's, with the new roster. file: its path in the inbox."""

    key: str
    file: str
    before: Person | None
    after: Person | None


@dataclass(frozen=True, slots=True)
class Effect:
    """Everything that changes with a roster. gone: with how many papers and pieces of evidence are theirs now.

    paired, parted: names of trainee and mentor.
    """

    added: tuple[Person, ...] = ()
    gone: tuple[tuple[Person, int], ...] = ()
    edited: tuple[Edited, ...] = ()
    paired: tuple[tuple[str, str], ...] = ()
    parted: tuple[tuple[str, str], ...] = ()
    moved: tuple[Moved, ...] = ()
    verdicts: tuple[Difference, ...] = ()

    @property
    def grave(self) -> bool:
        """Whether it takes out somebody who has papers, or changes an ID number: a slip of the hand would cost most."""
        again = {(one.name, one.school) for one in self.added}
        renumbered = any(one.renumbered for one in self.edited)
        return renumbered or any(papers or (one.name, one.school) in again for one, papers in self.gone)


def effect_of(before: Judged, after: Judged) -> Effect:
    """What becomes another between two judgements."""
    old, new = _people(before.season.roster), _people(after.season.roster)
    season = before.season
    return Effect(
        added=tuple(one for key, one in new.items() if key not in old),
        gone=tuple((one, len(season.papers_of(key)) + len(season.evidence_of(key)))
                   for key, one in old.items() if key not in new),
        edited=tuple(edited for key, one in old.items() if key in new for edited in _edited(one, new[key])),
        paired=_pairs_beside(after.season.roster, before.season.roster),
        parted=_pairs_beside(before.season.roster, after.season.roster),
        moved=tuple(_moved(before, after, old | new)),
        verdicts=tuple(one for one in differences_between(before, after)
                       if one.decides and one.person in old.keys() & new.keys()),
    )  # fmt: skip


def _people(roster: Roster) -> dict[str, Person]:
    return {one.key: one for one in (*roster.trainees, *roster.mentors)}


def _edited(old: Person, new: Person) -> Iterator[Edited]:
    told = tuple(_told(each.name, getattr(old, each.name), getattr(new, each.name))
                 for each in fields(Person) if getattr(old, each.name) != getattr(new, each.name))  # fmt: skip
    if told:
        yield Edited(old, new, told)


def _told(field: str, old: object, new: object) -> str:
    label = _LABELS.get(field, field)
    return f"{label}改了" if field in _UNTOLD else f"{label} {_shown(old)}→{_shown(new)}"


def _shown(value: object) -> str:
    text = "、".join(value) if isinstance(value, tuple) else value
    return "（空白）" if text in ("", None) else str(text)


def _pairs_beside(roster: Roster, other: Roster) -> tuple[tuple[str, str], ...]:
    """Pairs of a roster that another does not have."""
    there = {(pair.trainee, pair.mentor) for pair in other.pairs}
    names = {key: one.name for key, one in _people(roster).items()}
    new = [(pair.trainee, pair.mentor) for pair in roster.pairs if (pair.trainee, pair.mentor) not in there]
    return tuple((names[trainee], names[mentor]) for trainee, mentor in new if {trainee, mentor} <= names.keys())


def _moved(before: Judged, after: Judged, people: dict[str, Person]) -> Iterator[Moved]:
    was = {held.paper.key: held.paper.person for held in before.season.papers}
    for held in after.season.papers:
        old, new = was.get(held.paper.key, held.paper.person), held.paper.person
        if old != new:
            yield Moved(held.paper.key, held.paper.file, people.get(old), people.get(new))


# --- in words ----------------------------------------------------------------------------------------------------


def roster_lines(effect: Effect) -> tuple[str, ...]:
    """What becomes another of the roster itself, a Chinese sentence without its full stop each."""
    return (
        *(f"新增：{place_of(one)}" for one in effect.added),
        *(f"去掉：{place_of(one)}{f'（名下有{papers}份材料）' if papers else ''}" for one, papers in effect.gone),
        *(f"改动：{place_of(one.new)}：{'、'.join(one.told)}" for one in effect.edited),
        *(f"新结对：{trainee}—{mentor}" for trainee, mentor in effect.paired),
        *(f"不再结对：{trainee}—{mentor}" for trainee, mentor in effect.parted),
    )


def effect_lines(effect: Effect) -> tuple[str, ...]:
    """All of it: the roster, then papers that move, then verdicts."""
    return (
        *roster_lines(effect),
        *(f"材料“{one.file or one.key}”：{_name(one.before)}→{_name(one.after)}" for one in effect.moved),
        *(f"结论：{one.whose}：{'、'.join(_change(change) for change in one.changes)}" for one in effect.verdicts),
    )


def _change(change: Change) -> str:
    return f"{change.what} {_shown(change.before)}→{_shown(change.after)}"


def place_of(person: Person) -> str:
    """School and name."""
    return f"{person.school} {person.name}".strip()


def _name(person: Person | None) -> str:
    return "认不出是谁的" if person is None else place_of(person)

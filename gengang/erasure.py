"""What goes when somebody is erased by request, what the scheme orders kept, and the proof; it deletes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gengang.drafting import Judged, spent_numbers
from gengang.facts import Actor, Fact, file_of, subjects_of
from gengang.ledger_register import number_subject
from gengang.papers.figures import plain
from gengang.roster import Person

MASK = "×××"


@dataclass(frozen=True, slots=True)
class Wish:
    """The request. why: the reason; by: who decided; senior: who may do so before the season closes."""

    why: str
    by: str = ""
    senior: bool = False


@dataclass(frozen=True, slots=True)
class Going:
    """One person's things. papers: keys of their papers and evidence; files: originals that hold only those.

    shared: originals that stay. printed: kind and hash of every paper printed for them; words: what they
    are known by, longest first.
    """

    person: Person
    subjects: tuple[str, ...]
    papers: tuple[str, ...]
    files: frozenset[str]
    shared: frozenset[str]
    printed: tuple[tuple[str, str], ...]
    words: tuple[str, ...]


def going_of(facts: Sequence[Fact], judged: Judged, person: Person) -> Going:
    """What is to go. judged: what the facts came to while the person was still there."""
    season = judged.season
    mine = (*(one.key for one in season.papers_of(person.key)), *(one.key for one in season.evidence_of(person.key)))
    subjects = subjects_of(person.key, facts, mine)
    papers = tuple(subject for subject in subjects if "#" in subject)
    files = frozenset(subject for subject in subjects[1:] if "#" not in subject)
    printed = {(str(fact.data["kind"]), str(fact.data[ending]))
               for fact in facts if fact.kind == "paper" and fact.subject == person.key
               for ending in ("sha256", "pdf") if fact.data.get(ending)}  # fmt: skip
    known = {person.name, *person.former_names, person.id_number, person.id_number.lower(), person.phone}
    words = tuple(sorted((word for word in known if len(word) > 1), key=lambda word: (-len(word), word)))
    shared = frozenset(map(file_of, papers)) - files
    return Going(person, subjects, papers, files, shared, tuple(sorted(printed)), words)


def order_fact(going: Going, actor: Actor, at: str) -> Fact:
    """The order, written before anything goes: from it on the person counts as erased, and nobody misses the files."""
    data = {"subjects": list(going.subjects), "files": sorted(going.files)}
    return Fact("erasure_ordered", going.person.key, data, actor, at)


def kept_fact(going: Going, judged: Judged, facts: Iterable[Fact], wish: Wish, actor: Actor, at: str) -> Fact:
    """What the scheme orders kept: hours (G-01, G-05), the training archive's line (G-07), numbers."""
    person, verdict = going.person, judged.verdicts.get(going.person.key)
    year = judged.scheme.year
    numbers = [number_subject("J" if one.series == "J" else "X", year, one.number)
               for one in spent_numbers(facts) if one.person == person.key]  # fmt: skip
    hours = verdict.hours if verdict else (judged.scheme.outcomes.hours_mentor if numbers else None)
    outcome = verdict.outcome if verdict else "指导教师"
    absent = f"，无故缺勤{plain(verdict.unexcused)}天" if verdict and verdict.unexcused else ""
    line = f"{person.school} {person.name} {person.stage}{person.subject}：{outcome}，{hours or 0}学时{absent}"
    data = {"hours": hours, "outcome": outcome, "numbers": numbers}
    kept = {"name": person.name, "school": person.school, "line": line, "why": wish.why, "by": wish.by}
    return Fact("kept", f"kept-{person.key}", data, actor, at, kept)


def masked(text: str, words: Iterable[str]) -> str:
    """The text without the words."""
    for word in words:
        text = text.replace(word, MASK)
    return text


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A file in which the person still stands: its path without their name, its hash, and why it stays.

    to_do: the office has to see to it, since it is not ours to change.
    """

    where: str
    sha256: str
    why: str
    to_do: bool


def proof_body(
    going: Going, kept: Fact, wish: Wish, order: Fact, held: Sequence[HeldBack], lines: Sequence[str]
) -> str:
    """The proof but for what the ledger says at the end; it holds nothing that the person is known by."""
    decided = f"，决定人：{wish.by}" if wish.by else ""
    hours = "未认定" if kept.data["hours"] is None else f"{kept.data['hours']}学时"
    numbers: Any = kept.data["numbers"]
    parts = [
        "个人信息删除证明",
        f"人员编号：{going.person.key}",
        f"办理：{order.actor.user}{decided}，{order.at[:10]}",
        f"原因：{wish.why}",
        f"\n一、已删除（存档原件{len(going.files)}份，印出的材料{len(going.printed)}个文件）",
        *(f"  原件 {sha256}" for sha256 in sorted(going.files)),
        *(f"  材料 {kind} {sha256}" for kind, sha256 in going.printed),
        "  以上文件在 archive/received、缩略图、outbox/待处理 里的副本，写给本人的收件回执，"
        "以及装订好的汇编（请重新装订）。",
        "\n二、按方案保留",
        f"  证书编号登记（编号不重、不跳）：{'、'.join(numbers) or '没有发过证书'}",
        f"  学时（G-01、G-05）：{hours}；培训档案一行（G-07）：台账 {kept.subject}，内有姓名、学校和结论",
        "  台账各行的顺序、封印和本次删除的记录，不含个人信息",
        f"\n三、仍提到此人、没有删除的（文件{len(held)}个）",
        *(f"  {'【请办】' if one.to_do else ''}{one.where} {one.sha256}\n    {one.why}" for one in held),
        f"  台账中别人的材料{len(lines)}条：",
        *(f"  {subject}" for subject in lines),
    ]
    return masked("\n".join(parts), going.words)


def proof_tail(erased: Fact, note_says: bool) -> str:
    """What the ledger says of the erasure."""
    data: Mapping[str, Any] = erased.data
    note = "\n  今日要点里别人的事项还提到此人。" if note_says else ""
    return (f"\n\n四、台账\n  删除个人信息{data['values']}条，涉及第{data['through']}行及以前；"
            f"删除记录在第{erased.sequence}行。{note}\n")  # fmt: skip

"""Taking an import back, or giving it again: one line in the ledger, then everything is judged and printed anew.

Originals stay in the archive. Certificates that were issued are never touched: they are named for a person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gengang.drafting import Judged, spent_numbers
from gengang.errors import WorkspaceError
from gengang.facts import Fact, file_of
from gengang.imports import Import, imports_of, taken_back_fact
from gengang.intake import Intake
from gengang.judging import judged_of
from gengang.ledger import kept_ledger
from gengang.ledger_register import number_subject
from gengang.mailbox import Fetched
from gengang.mailed import minute_in_china
from gengang.night import Done, judge, judged_before, print_papers, settle_roster, tell
from gengang.settings import Settings
from gengang.under_way import RunRequest, opened

MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking back came to. certificates: how many that were issued may rest on it; lines: for the terminal."""

    certificates: int
    for_a_person: int
    lines: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """0 done, 1 done with things for a person."""
        return int(self.certificates + self.for_a_person > 0)


def listed_imports(settings: Settings) -> tuple[str, ...]:
    """The last imports, newest first, a line each. WorkspaceError before the first run."""
    with kept_ledger(settings) as ledger:
        found = imports_of(ledger.read())
    return tuple(_line(one) for one in reversed(found[-MOST_LISTED:]))


def _line(one: Import) -> str:
    return f"第{one.number}号  {minute_in_china(one.at)}  {_what(one)}{'（已撤回）' if one.taken else ''}"


def _what(one: Import) -> str:
    if one.kind == "files":
        where = f"“{one.where}”" if one.where else "收件箱"
        return f"{where} {len(one.lines)}个文件{f'，第一个是“{one.first_name}”' if one.first_name else ''}"
    return f"花名册 {one.where}" if one.kind == "roster" else one.where


def undo_import(request: RunRequest, number: int, why: str, by: str) -> Undone:
    """Take an import back, or, when the number is a taking back's, give that import again.

    WorkspaceError for a number that is none, for what is taken back already, and without a reason.
    """
    if not why.strip():
        raise WorkspaceError("撤回要写明原因：gengang undo 编号 --why 原因。")
    with opened(request) as under_way:
        facts = tuple(under_way.ledger.read())
        chosen = _chosen(imports_of(facts), number)
        was = judged_of(facts, under_way.scheme, under_way.as_of)
        before = judged_before(under_way, was)
        under_way.ledger.append([taken_back_fact(chosen, why, by, request.actor, request.at)])
        roster_findings = settle_roster(under_way)
        judged = judge(under_way)
        pressed = print_papers(under_way, judged)
        night = tell(under_way, Done(before, Intake((), 0, ()), 0, roster_findings, judged, pressed, Fetched()))
        issued = tuple(_issued_from(facts, chosen, was, judged))
    done = f"已撤回：{_what(chosen)}。" if chosen.kind != "undo" else f"已恢复：{chosen.where}作废。"
    told = (done, "原件都还在存档里。", *issued, *night.lines[1:])
    return Undone(len(issued), night.for_a_person, told)


def _chosen(found: Sequence[Import], number: int) -> Import:
    chosen = next((one for one in found if one.number == number), None)
    if chosen is None:
        raise WorkspaceError(f"没有第{number}号。请先用 gengang undo 看编号。")
    if chosen.taken:
        raise WorkspaceError(f"第{number}号已经撤回过了。要恢复，请撤回那一次“撤回”（用 gengang undo 看编号）。")
    return chosen


def _issued_from(facts: Sequence[Fact], chosen: Import, before: Judged, after: Judged) -> Iterator[str]:
    """Certificates in force of people whose papers, roster line or verdict the import touched, a sentence each."""
    files = frozenset(chosen.files)
    season = before.season
    touched = {held.paper.person for held in season.papers if file_of(held.paper.key) in files}
    year = before.scheme.year
    for one in spent_numbers(facts):
        old, new = season.roster.person(one.person), after.season.roster.person(one.person)
        other = old != new or _concluded(before, one.person) != _concluded(after, one.person)
        if one.issued_on is not None and (one.person in touched or other):
            person = old or new
            whose = f"{person.school} {person.name}" if person else one.person
            number = number_subject("J" if one.series == "J" else "X", year, one.number)
            yield f"已发的证书没有动：{number} {whose}。它用到了这次撤回的材料，是否收回请领导决定。"


def _concluded(judged: Judged, person: str) -> tuple[object, ...]:
    verdict = judged.verdicts.get(person)
    return () if verdict is None else (verdict.outcome, verdict.hours, verdict.certificate)

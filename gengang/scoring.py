"""`gengang scores`: a 评分表 for an assessor, as a workbook or as Word; it comes back through inbox/ as any paper."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.tables import readings_of_table
from gengang.errors import TemplatesError, WorkspaceError
from gengang.form import Form
from gengang.issuing import wanted_keys
from gengang.judgements import ASSESSORS, RoleName
from gengang.night import read_back
from gengang.reading import accepted_values
from gengang.rendering import ReadBack, Writer, proof_findings
from gengang.roster import Person, Roster
from gengang.scorebook import Asked, asked_of, sheet_of, workbook_of
from gengang.scoresheets import SHEET
from gengang.season import season_of
from gengang.submission import Submission
from gengang.under_way import Pass, RunRequest, opened
from gengang.workbook import write_whole


@dataclass(frozen=True, slots=True)
class Sent:
    """What was written, in sentences for the terminal; exit code 1 where something has to be looked at."""

    lines: tuple[str, ...]
    exit_code: int = 0


def score_sheet_file(request: RunRequest, target: Path, role: str, mentor: str) -> Sent:
    """Write a 评分表 to `target`, .xlsx or .docx, proved by reading it back.

    role: mentor, base_school or college; mentor: whose trainees alone, by name or key. Raises WorkspaceError for a file
    that is there or of another kind, an unknown role or mentor, and where there is nobody or nothing to judge;
    TemplatesError without the form.
    """
    writes = _WRITES.get(target.suffix.lower())
    if writes is None:
        raise WorkspaceError(f"评分表写成 .xlsx 或 .docx，现在是“{target.name}”。")
    if target.exists():
        raise WorkspaceError(f"“{target.name}”已经有了，没有覆盖。请换一个文件名。")
    who = _role(role)
    if mentor and who != "mentor":
        raise WorkspaceError("--mentor 只和 --for mentor 一起用。")
    with opened(request) as under_way:
        writer = _writer(under_way)
        asked = _asked(under_way, writer.form, who, mentor)
    data, prove = writes(writer, asked)
    faults = proof_findings(writer.form, data, sheet_of(writer.form, asked), prove)
    if faults:
        raise TemplatesError("评分表没有写出。", tuple(f"{one.message}（{one.field}）" for one in faults))
    write_whole(target, data)
    items = "、".join(item.name for item in asked.items)
    lines = [f"已写出：{target.name}（{asked.assessor}评{len(asked.people)}人：{items}）。填好后放进 inbox 即可。"]
    if asked.lacking:
        lines.append(f"模板 {SHEET}.docx 没有这些项目的栏目，未列入：{'、'.join(one.name for one in asked.lacking)}。")
    return Sent(tuple(lines), int(bool(asked.lacking)))


def _asked(under_way: Pass, form: Form, role: RoleName, mentor: str) -> Asked:
    roster = season_of(under_way.ledger.read()).roster
    people, name = _people(roster, mentor)
    asked = asked_of(under_way.scheme, form, role, name, people)
    if not people:
        raise WorkspaceError(f"{name}没有学员。" if name else "花名册里还没有学员。")
    if not asked.items:
        raise WorkspaceError(f"方案里没有由{asked.assessor}评分的项目，或评分表模板没有相应的栏目。")
    return asked


def _people(roster: Roster, mentor: str) -> tuple[Sequence[Person], str]:
    if not mentor:
        return roster.trainees, ""
    [key] = wanted_keys(Roster(roster.schools, (), roster.mentors), [mentor])
    person = roster.person(key)
    return roster.trainees_of(key), person.name if person else ""


def _writer(under_way: Pass) -> Writer:
    writer = under_way.templates.writers.get(("forms", SHEET))
    if writer is None:
        raise TemplatesError("没有评分表的模板。", (f"请把 templates/forms/{SHEET}.docx 放回模板文件夹",))
    return writer


def _role(text: str) -> RoleName:
    for role in ASSESSORS:
        if role == text:
            return role
    raise WorkspaceError(f"--for 应是 {'、'.join(ASSESSORS)} 之一，现在是“{text}”。")


# --- the two kinds of file ---------------------------------------------------------------------------------------


def _as_workbook(writer: Writer, asked: Asked) -> tuple[bytes, ReadBack]:
    return workbook_of(writer.form, asked), read_workbook


def _as_word(writer: Writer, asked: Asked) -> tuple[bytes, ReadBack]:
    return writer.fill_submission(sheet_of(writer.form, asked)), read_back


def read_workbook(data: bytes, form: Form) -> Submission | None:
    """What our reader makes of a workbook that should be this form; None when it finds no such form."""
    found = readings_of_table("xlsx", data, f"{form.stem}.xlsx", (form,))
    readings = found.readings if found else ()
    return accepted_values(readings[0]) if len(readings) == 1 else None


_WRITES: Mapping[str, Callable[[Writer, Asked], tuple[bytes, ReadBack]]] = {".xlsx": _as_workbook, ".docx": _as_word}

"""`gengang record …`: what was seen on paper, counted, or said on the telephone, written down without a scan."""

from datetime import datetime
from typing import Annotated

import typer

from gengang.cli_shared import HERE, WorkspaceOption, say, settings_here
from gengang.errors import WorkspaceError
from gengang.intake import actor_here, utc_now
from gengang.noting import (
    listed_notes,
    record_copies,
    record_said,
    record_score,
    record_seen,
    take_back,
)
from gengang.recording import Desk
from gengang.under_way import named_day

record_app = typer.Typer(no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False)

PersonArgument = Annotated[str, typer.Argument(help="Name or key.")]
ByOption = Annotated[str, typer.Option("--by", help="Who it was, when it was not whoever types.")]
NoteOption = Annotated[str, typer.Option("--note", help="A remark, kept with it.")]


def _desk(workspace: WorkspaceOption, command: str) -> Desk:
    return Desk(settings_here(workspace), actor_here(f"record {command}"), utc_now())


@record_app.command("seen")
def seen(
    person: PersonArgument,
    requirement: Annotated[str, typer.Argument(help="The requirement's id or name, lessons_heard or 听课.")],
    number: Annotated[int, typer.Argument(help="How many were seen.")],
    when: Annotated[str, typer.Option("--when", help="The day they were seen, YYYY-MM-DD.")],
    by: ByOption = "",
    note: NoteOption = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """查阅纸质材料: it counts for its requirement and needs no scan."""
    day = named_day(when, f"--when 应写成 2016-12-05 的样子，现在是“{when}”。")
    say(record_seen(_desk(workspace, "seen"), person, requirement, number, day, by, note))


@record_app.command("copies")
def copies(
    person: PersonArgument,
    form: Annotated[str, typer.Argument(help="The form's file name or its Chinese name, appraisal or 鉴定表.")],
    number: Annotated[int, typer.Argument(help="How many paper copies lie there.")],
    when: Annotated[str, typer.Option("--when", help="The day of counting, YYYY-MM-DD; today when none.")] = "",
    by: ByOption = "",
    note: NoteOption = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Copies of a paper, as a clerk counted them."""
    day = named_day(when, f"--when 应写成 2016-12-05 的样子，现在是“{when}”。") if when else None
    say(record_copies(_desk(workspace, "copies"), person, form, number, day, by, note))


@record_app.command("score")
def score(
    person: PersonArgument,
    item: Annotated[str, typer.Argument(help="The item's id or name, R9 or 行动研究报告.")],
    points: Annotated[str, typer.Argument(help="Points of the whole item, 5 or 4.5.")],
    role: Annotated[str, typer.Option("--as", help="Who judges: mentor, base_school or college.")],
    by: Annotated[str, typer.Option("--by", help="The assessor's name.")],
    on: Annotated[str, typer.Option("--on", help="The day of the judgement, YYYY-MM-DD.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """A judged item's points as an assessor gave them; the college's word stands above the others'."""
    day = named_day(on, f"--on 应写成 2016-12-05 的样子，现在是“{on}”。")
    say(record_score(_desk(workspace, "score"), person, item, points, role, by, day))


@record_app.command("say")
def said(
    person: PersonArgument,
    text: Annotated[str, typer.Argument(help="One line: 李老师来电，周五改到下周二.")],
    at: Annotated[
        str, typer.Option("--at", help="When it was said, YYYY-MM-DD or YYYY-MM-DD HH:MM; now when none.")
    ] = "",
    by: ByOption = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """A call or a message in one line; a 改期 is understood where both days are clear."""
    say(record_said(_desk(workspace, "say"), person, text, _time(at) if at else None, by))


@record_app.command("back")
def back(
    person: PersonArgument,
    which: Annotated[str, typer.Argument(help="As `gengang record list` shows it, seen:lessons_heard or said:2.")],
    why: Annotated[str, typer.Option("--why", help="The reason, kept with it.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Take back what was recorded."""
    say(take_back(_desk(workspace, "back"), person, which, why))


@record_app.command("list")
def listed(person: PersonArgument, workspace: WorkspaceOption = HERE) -> None:
    """What is recorded of a person."""
    for line in listed_notes(_desk(workspace, "list"), person).lines:
        print(line)


def _time(text: str) -> datetime:
    for shape in ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, shape)
        except ValueError:
            continue
    raise WorkspaceError(f"--at 应写成 2016-10-12 或 “2016-10-12 09:30” 的样子，现在是“{text}”。")

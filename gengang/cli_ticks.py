"""`gengang papers tick`, `untick`, `write`, `asked`, `told`, `export`: what a person tells for the papers."""

from pathlib import Path
from typing import Annotated

import typer

from gengang.cli_shared import HERE, AsOfOption, WorkspaceOption, progress, say, settings_here
from gengang.errors import WorkspaceError
from gengang.intake import actor_here, utc_now
from gengang.office.kinds import Asking
from gengang.platform_export import export
from gengang.recording import Desk
from gengang.ticking import ask, listed, tick, unask, untick, write
from gengang.under_way import RunRequest, day_of_request, named_day

ByOption = Annotated[str, typer.Option("--by", help="Who it was, when it was not whoever types.")]
MonthOption = Annotated[str, typer.Option("--month", help="Of the bulletin of this month, as 2016-10.")]
ListArgument = Annotated[str, typer.Argument(help="通报批评 or 表彰名单.")]
PeopleArgument = Annotated[list[str], typer.Argument(help="Names or keys.")]


def _desk(workspace: Path, command: str, by: str = "") -> Desk:
    return Desk(settings_here(workspace), actor_here(f"papers {command}"), utc_now(), by)


def papers_tick(
    list_name: ListArgument,
    people: PeopleArgument,
    month: MonthOption = "",
    group: Annotated[str, typer.Option("--as", help="Of a commendation, its kind in the scheme.")] = "",
    why: Annotated[str, typer.Option("--why", help="The reason, printed beside the name.")] = "",
    by: ByOption = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Name people on a list: nobody stands on a paper as criticised or commended who is not ticked."""
    say(tick(_desk(workspace, "tick", by), list_name, people, month, group, why))


def papers_untick(
    list_name: ListArgument,
    people: PeopleArgument,
    why: Annotated[str, typer.Option("--why", help="The reason, kept with it.")],
    month: MonthOption = "",
    by: ByOption = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Take people off a list."""
    say(untick(_desk(workspace, "untick", by), list_name, people, month, why))


def papers_write(
    paper: Annotated[str, typer.Argument(help="学员情况通报, 终结性学情报告, 意见建议汇总 or 表彰通报.")],
    part: Annotated[str, typer.Argument(help="The part, or a suggestion's number.")],
    text: Annotated[str, typer.Argument(help="What it says; empty, without --file, takes it back.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="A text file that holds it.")] = None,
    month: MonthOption = "",
    source: Annotated[list[str] | None, typer.Option("--from", help="Number of an excerpt; may be repeated.")] = None,
    by: ByOption = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Write the part of a paper that only a person can write."""
    said = _text_of(file) if file else text
    say(write(_desk(workspace, "write", by), paper, part, said, month, source or ()))


def _text_of(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError as fault:
        raise WorkspaceError(f"打不开 {file}：请核对文件名。") from fault
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        raise WorkspaceError(f"{file} 不是文本文件：请用记事本另存为 UTF-8 后重试。") from fault


def papers_asked(
    to: Annotated[str, typer.Option("--to", help="派出学校, 基地校, 指导教师 or 学员; all where empty.")] = "",
    school: Annotated[str, typer.Option(help="This school alone.")] = "",
    person: Annotated[str, typer.Option(help="This person alone, by name or key.")] = "",
    how: Annotated[str, typer.Option("--how", help="微信, 电话, 书面 and the like.")] = "",
    on: Annotated[str, typer.Option("--on", help="The day, YYYY-MM-DD; today when none.")] = "",
    note: Annotated[str, typer.Option("--note", help="A remark, kept with it.")] = "",
    back: Annotated[int, typer.Option(help="Take the entry with this number back.")] = 0,
    why: Annotated[str, typer.Option("--why", help="Of taking back, the reason.")] = "",
    by: ByOption = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Record that somebody was asked for the papers that they owe: 催办台账 counts it."""
    desk = _desk(workspace, "asked", by)
    if back:
        say(unask(desk, back, why))
    day = named_day(on, f"--on 应写成 2016-12-05 的样子，现在是“{on}”。") if on else None
    say(ask(desk, to, Asking(school=school, person=person), how, day, note))


def papers_told(workspace: WorkspaceOption = HERE) -> None:
    """What is ticked, written and asked for."""
    for line in listed(_desk(workspace, "told")).lines:
        print(line)


def papers_export(
    head: Annotated[
        Path, typer.Argument(help="The platform's own sample workbook, .xlsx: its headings are the columns.")
    ],
    mentors: Annotated[bool, typer.Option("--mentors", help="Mentors, in the place of trainees.")] = False,
    everybody: Annotated[bool, typer.Option("--all", help="Also who has no settled hours.")] = False,
    workspace: WorkspaceOption = HERE,
    as_of: AsOfOption = "",
) -> None:
    """People and hours for a provincial platform, in a copy of its own sample workbook."""
    with progress() as told:
        request = RunRequest(settings_here(workspace), day_of_request(as_of), actor_here("papers"), utc_now(), told)
        say(export(request, head, mentors, everybody))

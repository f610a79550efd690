"""`gengang papers …`: what papers there are, their templates, what an office's own may say, and printing one now."""

import importlib
from datetime import date
from types import ModuleType
from typing import Annotated

import typer

from gengang.cli_shared import HERE, AsOfOption, WorkspaceOption, progress, say, settings_here
from gengang.convening import meeting_information
from gengang.errors import WorkspaceError
from gengang.handing_out import check_papers, office_papers
from gengang.intake import actor_here, utc_now
from gengang.office.catalogue import KINDS
from gengang.office.kinds import Asking
from gengang.own_papers import NAMES, ROWS, Name, faults_of
from gengang.papers.letterhead import letter_number
from gengang.papers.overprint_pdf import Offset
from gengang.under_way import RunRequest, day_of_request, named_day
from gengang.workspace import OWN, folder_of, own_papers_of

papers_app = typer.Typer(no_args_is_help=True, help="The papers that a run prints, and the office's own.")


@papers_app.command("list")
def papers_list(workspace: WorkspaceOption = HERE) -> None:
    """The papers that can be printed, and the templates in use; of the office's own also why one is not."""
    settings = settings_here(workspace)
    for kind in KINDS:
        print(f"{kind.part}  {kind.name}  {kind.says}")
    for path in sorted(folder_of(settings, "papers").glob("*.docx")):
        print(f"papers/{path.stem}")
    writers, broken = own_papers_of(settings)
    faults = [f"{fault.place} {fault.message}" for fault in broken]
    for (_, place), writer in writers.items():
        found = faults_of(place, writer.form)
        faults += [f"templates/{OWN}/{place}.docx {fault.message}" for fault in found]
        if not found:
            print(f"{OWN}/{place}  {writer.form.title}  {len(writer.form.fields())}栏")
    for fault in faults:
        print(f"未使用：{fault}")
    raise typer.Exit(int(bool(faults)))


@papers_app.command("print")
def papers_print(
    names: Annotated[list[str], typer.Argument(help="Their names, as `gengang papers list` shows them.")],
    event: Annotated[str, typer.Option(help="Of this event alone, as the scheme names it.")] = "",
    school: Annotated[str, typer.Option(help="For this school alone.")] = "",
    person: Annotated[str, typer.Option(help="For this person alone, by name or key.")] = "",
    month: Annotated[str, typer.Option(help="For this month, as 2016-10.")] = "",
    number: Annotated[str, typer.Option(help="Its 发文字号, as 安教体〔2016〕12号: with red head and 版记.")] = "",
    workspace: WorkspaceOption = HERE,
    as_of: AsOfOption = "",
) -> None:
    """Print office papers now, as things stand."""
    asking = Asking(event, school, person, _month(month), _number(number))
    with progress() as told:
        request = RunRequest(settings_here(workspace), day_of_request(as_of), actor_here("papers"), utc_now(), told)
        say(office_papers(request, tuple(names), asking))


@papers_app.command("overprint")
def papers_overprint(
    paper: Annotated[str, typer.Argument(help="结业证书, 学时证明书, 鉴定表 or 考核登记表.")],
    school: Annotated[str, typer.Option(help="For this school alone.")] = "",
    person: Annotated[str, typer.Option(help="For this person alone, by name or key.")] = "",
    workspace: WorkspaceOption = HERE,
    as_of: AsOfOption = "",
) -> None:
    """Print what is new onto sheets that have the rest: bought shells, and forms that were signed."""
    with progress() as told:
        request = RunRequest(settings_here(workspace), day_of_request(as_of), actor_here("papers"), utc_now(), told)
        say(_overprinting().overprinted(request, paper, Asking("", school, person)))


@papers_app.command("offset")
def papers_offset(
    papers: Annotated[
        list[str] | None, typer.Argument(help="Which papers; with a scan, none for all of its kind.")
    ] = None,
    scan: Annotated[str, typer.Option(help="A scanned calibration sheet, printed twice.")] = "",
    right: Annotated[float, typer.Option(help="Millimetres to the right; left when below 0.")] = 0.0,
    down: Annotated[float, typer.Option(help="Millimetres down; up when below 0.")] = 0.0,
    workspace: WorkspaceOption = HERE,
) -> None:
    """How far an overprint is moved: measured on a scan, typed, or shown."""
    settings, found = settings_here(workspace), _overprinting()
    request = RunRequest(settings, None, actor_here("papers"), utc_now(), lambda _stage, _done, _total: None)
    if scan:
        say(found.offset_from_scan(settings, tuple(papers or ()), scan, request))
    if not papers:
        say(found.listed_offsets(settings))
    say(found.keep_offset(settings, tuple(papers or ()), Offset(right, down), "手工输入", request))


def _overprinting() -> ModuleType:
    """Loads what reads pictures, which no other of these commands needs."""
    return importlib.import_module("gengang.overprinting")


def _month(text: str) -> date | None:
    return named_day(f"{text}-01", f"--month 应写成 2016-10 的样子，现在是“{text}”。") if text else None


def _number(text: str) -> str:
    number = letter_number(text) if text else ""
    if number is None:
        raise WorkspaceError(f"发文字号应写成“安教体〔2016〕12号”的样子，现在是“{text}”。")
    return number


@papers_app.command("check")
def papers_check(
    persons: Annotated[list[str] | None, typer.Argument(help="Names or keys; everybody when none.")] = None,
    workspace: WorkspaceOption = HERE,
    as_of: AsOfOption = "",
) -> None:
    """What the papers to be printed leave undefined, person by person; nothing is written."""
    with progress() as told:
        request = RunRequest(settings_here(workspace), day_of_request(as_of), actor_here("papers"), utc_now(), told)
        say(check_papers(request, tuple(persons or ())))


@papers_app.command("meetings")
def papers_meetings(workspace: WorkspaceOption = HERE) -> None:
    """Lay 会议信息.xlsx ready for the office to fill in, or take in what it says."""
    say(meeting_information(settings_here(workspace), actor_here("papers meetings"), utc_now()))


@papers_app.command("names")
def papers_names() -> None:
    """What tags an office's own papers may have, for each folder: name, type, meaning."""
    for per, whose in (("person", "每名学员一份"), ("school", "每所派出学校一份"), ("cohort", "全体一份")):
        print(f"templates/{OWN}/{per}/  {whose}")
        for one in NAMES:
            _tell(one, per, "")
        for name, columns in ROWS.items():
            for column in columns:
                _tell(column, per, f"{name}.")


def _tell(one: Name, per: str, before: str) -> None:
    if per in one.per:
        print(f"  {before}{one.name} | {one.codec}  {one.says}")

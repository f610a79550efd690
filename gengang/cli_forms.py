"""`gengang forms …`: the templates, whether they can be read back, and the forms that are handed out."""

from pathlib import Path
from typing import Annotated

import typer

from gengang.cli_shared import HERE, WorkspaceOption, progress, say, settings_here
from gengang.errors import WorkspaceError
from gengang.form import Fault
from gengang.handing_out import blank_forms, own_forms
from gengang.intake import actor_here, utc_now
from gengang.night import RunRequest
from gengang.template import form_of, forms_of_folder
from gengang.workspace import BUILT_IN

forms_app = typer.Typer(no_args_is_help=True, help="The templates: what is there, and whether they can be read back.")


@forms_app.command("list")
def forms_list(workspace: WorkspaceOption = HERE) -> None:
    """The templates in use, with their version, title and number of fields."""
    folder = settings_here(workspace).forms
    forms, left_out = forms_of_folder(folder if folder.is_dir() else BUILT_IN / "forms")
    for form in forms:
        columns = "".join(f"，{name} 每行{len(kinds)}栏" for name, kinds in form.lists().items())
        print(f"{form.stem}  {form.version}  {form.title}  {len(form.fields())}栏{columns}")
    for fault in left_out:
        print(f"未使用：{fault.place} {fault.message}")
    raise typer.Exit(int(bool(left_out)))


@forms_app.command("check")
def forms_check(files: Annotated[list[Path], typer.Argument(help="Tagged .docx files.")]) -> None:
    """Say, with table and cell, why a template cannot be read back."""
    errors = 0
    for path in files:
        faults = _faults_of(path)
        errors += sum(fault.level == "error" for fault in faults)
        print(f"{path.name}: {'没有问题' if not faults else f'{len(faults)}处'}")
        for fault in faults:
            print(f"  {'错误' if fault.level == 'error' else '提醒'}  {fault.place}  {fault.message}")
    raise typer.Exit(2 if errors else 0)


RowsOption = Annotated[int | None, typer.Option(min=1, max=200, help="Empty rows in each list.")]


@forms_app.command("blank")
def forms_blank(
    stems: Annotated[list[str] | None, typer.Argument(help="Stems of forms; all when none.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where to; the outbox of the workspace when not given.")] = None,
    rows: RowsOption = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Clean forms to hand out, Word and PDF."""
    with progress() as told:
        request = RunRequest(settings_here(workspace), None, actor_here("forms blank"), utc_now(), told)
        say(blank_forms(request, tuple(stems or ()), out, rows))


@forms_app.command("prefill")
def forms_prefill(
    persons: Annotated[list[str] | None, typer.Argument(help="Names or keys; everybody when none.")] = None,
    form: Annotated[list[str] | None, typer.Option(help="Stem of a form; all when none.")] = None,
    rows: RowsOption = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Each person's own forms with what the roster knows, a mark on each page saying whose they are."""
    with progress() as told:
        request = RunRequest(settings_here(workspace), None, actor_here("forms prefill"), utc_now(), told)
        say(own_forms(request, tuple(persons or ()), tuple(form or ()), rows))


def _faults_of(path: Path) -> tuple[Fault, ...]:
    try:
        return form_of(path.read_bytes(), path.stem).faults
    except OSError as fault:
        raise WorkspaceError(f"打不开模板 {path.name}：请核对文件名和权限。") from fault

"""`gengang forms …`: the templates, whether they can be read back, and the forms that are handed out."""

import importlib
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Annotated

import typer

from gengang.cli_shared import HERE, WORDS, WorkspaceOption, progress, say, settings_here
from gengang.form import Form
from gengang.handing_out import blank_forms, own_forms
from gengang.intake import actor_here, utc_now
from gengang.reading import FileReading
from gengang.template_doctor import Examined, Fixed, Wish, examine, fix_template
from gengang.template_trials import NAMES, Printed
from gengang.under_way import RunRequest
from gengang.workspace import BUILT_IN, scheme_of, templates_of

forms_app = typer.Typer(no_args_is_help=True, help="The templates: what is there, and whether they can be read back.")


@forms_app.command("list")
def forms_list(workspace: WorkspaceOption = HERE) -> None:
    """The templates in use, with their version, title and number of fields."""
    settings = settings_here(workspace)
    templates = templates_of(settings, scheme_of(settings) if settings.scheme.exists() else None)
    for form in templates.forms:
        columns = "".join(f"，{name} 每行{len(kinds)}栏" for name, kinds in form.lists().items())
        print(f"{form.stem}  {form.version}  {form.title}  {len(form.fields())}栏{columns}")
    for fault in templates.left_out:
        print(f"未使用：{fault.place} {fault.message}")
    raise typer.Exit(int(bool(templates.left_out)))


@forms_app.command("check")
def forms_check(
    files: Annotated[list[Path], typer.Argument(help="Tagged .docx files.")],
    fix: Annotated[bool, typer.Option("--fix", help="Mend what is safe, into NAME.fixed.docx beside it.")] = False,
    stress: Annotated[bool, typer.Option(help="Fill and print it on trial too; takes seconds a file.")] = True,
    pages: Annotated[Path | None, typer.Option(help="A folder for pictures of the trial prints.")] = None,
) -> None:
    """Say, with page, table and cell, why a template cannot be read back; fill and print it on trial."""
    wish = Wish(stress, pages, BUILT_IN / "fonts")
    fixed = [fix_template(path) for path in files] if fix else []
    examined = examine(files, _read_back, wish)
    for one, mended in zip_longest(examined, fixed):
        _tell(one)
        if mended is not None:
            _tell_fixed(one, mended)
    again = examine([mended.path for mended in fixed if mended.path is not None], _read_back, wish)
    for one in again:
        _tell(one)
    left = [one for one, mended in zip_longest(examined, fixed) if mended is None or mended.path is None]
    raise typer.Exit(2 if any(one.errors for one in (*left, *again)) else 0)


def _read_back(name: str, data: bytes, forms: Sequence[Form]) -> FileReading:
    # The readers' libraries cost half a second to load, and every other command reads in processes apart.
    read: FileReading = importlib.import_module("extractors.files").read_bytes(name, data, forms)
    return read


def _tell(examined: Examined) -> None:
    print(f"{examined.name}: {_summary(examined)}")
    for fault in examined.faults:
        where = f"{fault.place}  " if fault.place else ""
        print(f"  {'错误' if fault.level == 'error' else '提醒'}  {where}{fault.message}")
    if examined.prints:
        WORDS.print(f"  试印  {'；'.join(map(_print_told, examined.prints))}。", markup=False, soft_wrap=True)
    if examined.unprinted:
        WORDS.print(f"  未试印  {examined.unprinted}", markup=False, soft_wrap=True)


def _summary(examined: Examined) -> str:
    warnings = len(examined.faults) - examined.errors
    if not examined.faults:
        return "没有问题"
    parts = [f"{examined.errors}处错误"] if examined.errors else []
    parts += [f"{warnings}处提醒"] if warnings else []
    return "，".join(parts) + ("；有错误的模板不会被使用，请改好再查" if examined.errors else "，可以使用")


def _print_told(printed: Printed) -> str:
    asked = sum(difference.how == "asked" for difference in printed.differences)
    return f"{NAMES[printed.kind]}{printed.pages}页" + (f"，{asked}处读不准要人工核对" if asked else "")


def _tell_fixed(examined: Examined, mended: Fixed) -> None:
    if mended.path is None:
        print("  没有能自动改的地方" + ("，请照上面的提示在 Word 里改。" if examined.faults else "。"))
        return
    for done in mended.did:
        print(f"  已改  {done}")
    print(f"  改好的另存为 {mended.path.name}，原文件没有动。请打开核对，再用它换下原来的模板。")


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

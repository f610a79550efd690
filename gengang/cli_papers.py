"""`gengang papers …`: the templates of papers, and what an office's own may say."""

import typer

from gengang.cli_shared import HERE, WorkspaceOption, settings_here
from gengang.own_papers import NAMES, ROWS, Name, faults_of
from gengang.workspace import OWN, folder_of, own_papers_of

papers_app = typer.Typer(no_args_is_help=True, help="The papers that a run prints, and the office's own.")


@papers_app.command("list")
def papers_list(workspace: WorkspaceOption = HERE) -> None:
    """The templates of papers in use; of the office's own also why one is not."""
    settings = settings_here(workspace)
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

"""`gengang …`: the commands, each a few lines over a plain function.

Exit codes: 0 done, 1 done with things for a person, 2 cannot run. Documents go to standard output, words to standard
error. Nothing is ever asked on the terminal.
"""

import importlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from extractors.guarded import read_guarded
from flows.house import settle
from gengang.checking import faults_of_workspace, template_faults
from gengang.cli_forms import forms_app
from gengang.cli_shared import HERE, WORDS, AsOfOption, JsonOption, WorkspaceOption, progress, say, settings_here
from gengang.codecs import Period, Value
from gengang.corroborate import corroborate
from gengang.doctor import checkup
from gengang.errors import GengangError
from gengang.form import Form
from gengang.intake import actor_here, utc_now
from gengang.issuing import issue_papers, packet_papers
from gengang.night import Night, RunRequest, day_of_request, run_once
from gengang.reading import PROSE, FileReading, ListReading, Reading, json_texts_of_files, open_fields
from gengang.rosterfile import read_roster
from gengang.sample.making import make_sample
from gengang.sample.stories import Damage
from gengang.settings import limits_of
from gengang.status import season_status, text_of_status
from gengang.template import forms_of_folder
from gengang.workspace import BUILT_IN, checked_workspace, new_workspace

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False)
app.add_typer(forms_app, name="forms")

MARKS = {"ok": "✓", "note": "·", "warning": "!", "error": "✗"}


def main() -> None:
    """Run the command line; what is wrong with the program or its surroundings ends with its own exit code."""
    try:
        app()
    except GengangError as fault:
        WORDS.print(str(fault), style="bold red", markup=False, soft_wrap=True)
        sys.exit(fault.exit_code)


# --- reading ---


@app.command()
def read(
    files: Annotated[list[str], typer.Argument(help="Files to read; nothing is changed.")],
    roster: Annotated[Path | None, typer.Option(help="A roster workbook that corroborates what pictures say.")] = None,
    templates: Annotated[Path | None, typer.Option(help="A folder of tagged .docx that replace the built-in.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Read files and print what stands in them."""
    forms, left_out = forms_of_folder(templates if templates is not None else BUILT_IN / "forms")
    for fault in left_out:
        WORDS.print(f"未使用的模板：{fault.place} {fault.message}", markup=False)
    with progress() as told:
        count = iter(range(1, len(files) + 1))
        found = read_guarded(files, forms, limits_of(os.environ), lambda _: told("读取", next(count), len(files)))
    if roster is not None:
        known = read_roster(roster)
        found = tuple(_corroborated(file, lambda reading: corroborate(reading, known)) for file in found)
    if as_json:
        for text in json_texts_of_files(found):
            print(text)
    else:
        _print_readings(found, forms)
    raise typer.Exit(int(any(_needs_a_person(file) for file in found)))


def _corroborated(file: FileReading, corroborated: Callable[[Reading], Reading]) -> FileReading:
    return FileReading(file.file, file.sha256, file.medium, tuple(map(corroborated, file.submissions)), file.findings)


def _needs_a_person(file: FileReading) -> bool:
    if not file.submissions or any(finding.severity != "info" for finding in file.findings):
        return True
    return any(_is_open(reading) for reading in file.submissions)


def _is_open(reading: Reading) -> bool:
    return any(finding.severity != "info" for finding in reading.findings) or bool(open_fields(reading))


def _print_readings(files: tuple[FileReading, ...], forms: tuple[Form, ...]) -> None:
    titles = {form.stem: form.title for form in forms}
    for file in files:
        print(f"{_printable(file.file)}  [{file.medium}]")
        for finding in file.findings:
            print(f"  ! {finding.message}")
        for reading in file.submissions:
            print(f"  {titles.get(reading.form, reading.form)}")
            for name, found in reading.fields.items():
                if reading.version == PROSE and found.status == "missing":
                    continue  # a text without a form says what it says
                if isinstance(found, ListReading):
                    print(f"    {name}: {found.status}，{len(found.rows)}行")
                elif found.status != "blank":
                    print(f"    {name}: {_shown(found.value)}  ({found.status})")
            for finding in reading.findings:
                print(f"    ! {finding.field} {finding.message}")


def _shown(value: Value | None) -> str:
    if isinstance(value, Period):
        return f"{value.start} 至 {value.end}"
    return "—" if value is None else str(value)


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")


# --- the workspace ---


@app.command()
def init(
    target: Annotated[Path, typer.Argument(help="A new folder.")],
    scheme: Annotated[str, typer.Option(help="The preset its scheme begins as.")] = "county-2016",
) -> None:
    """A new workspace with a preset's scheme."""
    new_workspace(target, scheme)
    print(f"工作区已建好：{target}。请放入 学校一览表.xlsx 或 roster.xlsx，收到的材料放进 inbox/，再运行 gengang run。")


@app.command()
def doctor(workspace: WorkspaceOption = HERE) -> None:
    """Check programs, fonts, disk and templates, and say how to mend each."""
    settings = settings_here(workspace)
    checks = checkup(settings.workspace, template_faults(settings))
    for check in checks:
        print(f"{MARKS[check.state]} {check.name}：{check.sentence}")
    raise typer.Exit(2 if any(check.state == "error" for check in checks) else 0)


@app.command()
def verify(
    what: Annotated[str, typer.Argument(help="ledger, originals, or all")] = "all", workspace: WorkspaceOption = HERE
) -> None:
    """Check the ledger's seals and the originals' hashes."""
    faults = faults_of_workspace(settings_here(workspace), what)
    for fault in faults:
        print(fault)
    print("完好。" if not faults else f"共{len(faults)}处，请从备份恢复，不要在原处改动。")
    raise typer.Exit(int(bool(faults)))


# --- the season ---


@app.command()
def sample(
    target: Annotated[Path, typer.Argument(help="A new folder.")],
    people: Annotated[int, typer.Option(min=1, max=5000)] = 12,
    seed: Annotated[int, typer.Option()] = 2016,
    damage: Annotated[Damage, typer.Option(help="How much of it is wrong, and how much comes on paper.")] = "usual",
) -> None:
    """A workspace with an invented cohort, a full inbox and the truth beside it."""
    with progress() as told:
        counts = make_sample(target, people, seed, lambda done, total: told("造样例", done, total), damage)
    WORDS.print(f"样例工作区：{target}（{counts}）。其中人物、学校均为虚构。", markup=False, soft_wrap=True)


@app.command()
def run(workspace: WorkspaceOption = HERE, as_of: AsOfOption = "") -> None:
    """One pass: take in, read, reconcile, assess, draft the papers, write the morning note."""
    raise typer.Exit(_told_night(_ran(workspace, as_of, "run")))


@app.command()
def issue(
    persons: Annotated[list[str] | None, typer.Argument(help="Names or keys; everybody who is due when none.")] = None,
    workspace: WorkspaceOption = HERE,
    as_of: AsOfOption = "",
) -> None:
    """Spend the next certificate numbers and write the final papers."""
    settings = settings_here(workspace)
    with progress() as told:
        request = RunRequest(settings, day_of_request(as_of), actor_here("issue"), utc_now(), told)
        say(issue_papers(request, tuple(persons or ())))


@app.command()
def packet(workspace: WorkspaceOption = HERE, as_of: AsOfOption = "") -> None:
    """The packet for the December meeting, one PDF in outbox/."""
    with progress() as told:
        request = RunRequest(settings_here(workspace), day_of_request(as_of), actor_here("packet"), utc_now(), told)
        say(packet_papers(request))


@app.command()
def status(workspace: WorkspaceOption = HERE, as_of: AsOfOption = "", as_json: JsonOption = False) -> None:
    """Per person: papers, what is missing, findings, verdict."""
    document = season_status(settings_here(workspace), day_of_request(as_of))
    print(json.dumps(document, ensure_ascii=True, indent=1) if as_json else text_of_status(document))


def _ran(workspace: Path, as_of: str, command: str) -> Night:
    with progress() as told:
        return run_once(
            RunRequest(settings_here(workspace), day_of_request(as_of), actor_here(command), utc_now(), told)
        )


def _told_night(night: Night) -> int:
    for line in night.lines:
        WORDS.print(line, markup=False, soft_wrap=True)
    return night.exit_code


# --- flows ---


@app.command()
def nightly(workspace: WorkspaceOption = HERE, as_of: AsOfOption = "") -> None:
    """The Prefect flow, once, now."""
    checked_workspace(settings_here(workspace))
    # Prefect costs seconds to import, so only the commands that need it load the flows.
    settle(workspace)
    flow = importlib.import_module("flows.nightly")
    raise typer.Exit(flow.run_nightly(str(workspace), as_of))


@app.command()
def serve(workspace: WorkspaceOption = HERE) -> None:
    """Serve the scheduled deployments until stopped."""
    checked_workspace(settings_here(workspace))
    settle(workspace)
    importlib.import_module("flows.serving").serve_deployments(str(workspace))

"""`gengang …`: the commands, each a few lines over a plain function.

Exit codes: 0 done, 1 done with things for a person, 2 cannot run. Documents go to standard output, words to standard
error. Nothing is ever asked on the terminal.
"""

import importlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.house import settle
from flows.server import API_URL, local_server, near
from gengang.checking import faults_of_workspace, template_faults
from gengang.cli_choose import choose
from gengang.cli_decide import decide
from gengang.cli_desk import desk_app
from gengang.cli_forms import forms_app
from gengang.cli_issue import issue
from gengang.cli_keeping import backup, close, move, restore_backup
from gengang.cli_kept import erase, undo, watch_inbox
from gengang.cli_papers import papers_app
from gengang.cli_person import person
from gengang.cli_read import read
from gengang.cli_readers import readers_app
from gengang.cli_record import record_app
from gengang.cli_roster import roster_app
from gengang.cli_scheme import init, scheme_app, whatif
from gengang.cli_scores import scores
from gengang.cli_shared import (
    HERE,
    WORDS,
    AsOfOption,
    JsonOption,
    WorkspaceOption,
    ended_with,
    progress,
    say,
    settings_here,
)
from gengang.cli_ticks import papers_asked, papers_export, papers_tick, papers_told, papers_untick, papers_write
from gengang.doctor import checkup, faces_check
from gengang.doctor_workspace import workspace_checks
from gengang.handing_out import bag_covers
from gengang.intake import actor_here, utc_now
from gengang.mailbox import fetch_now
from gengang.night import Night, run_once
from gengang.packeting import packet_papers
from gengang.papers.faces import faces_here
from gengang.sample.making import make_sample
from gengang.sample.stories import Damage
from gengang.status import season_status, text_of_status
from gengang.under_way import RunRequest, day_of_request, named_day
from gengang.workspace import BUILT_IN, checked_workspace

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False)
app.command()(read)
app.command()(choose)
app.command()(issue)
app.command()(undo)
app.command()(erase)
app.command("watch")(watch_inbox)
app.command()(init)
app.command()(whatif)
app.command()(decide)
app.command()(scores)
app.command()(backup)
app.command("restore")(restore_backup)
app.command("move")(move)
app.command()(close)
app.command()(person)
app.add_typer(desk_app, name="desk")
app.add_typer(forms_app, name="forms")
app.add_typer(papers_app, name="papers")
papers_app.command("tick")(papers_tick)
papers_app.command("untick")(papers_untick)
papers_app.command("write")(papers_write)
papers_app.command("asked")(papers_asked)
papers_app.command("told")(papers_told)
papers_app.command("export")(papers_export)
app.add_typer(record_app, name="record")
app.add_typer(readers_app, name="readers")
app.add_typer(scheme_app, name="scheme")
app.add_typer(roster_app, name="roster")

MARKS = {"ok": "✓", "note": "·", "warning": "!", "error": "✗"}


def main() -> None:
    """Run the command line."""
    ended_with(app)


# --- the workspace ---


@app.command()
def doctor(
    workspace: WorkspaceOption = HERE,
    bundle: Annotated[str, typer.Option(help="A file, or a paper's number, that reads wrong: pack how, masked.")] = "",
) -> None:
    """Check programs, fonts, disk, templates, ledger, schedule and mail, and say how to mend each."""
    settings = settings_here(workspace)
    checks = (
        *checkup(settings.workspace, template_faults(settings)),
        *faces_check(faces_here(BUILT_IN / "fonts")),
        *workspace_checks(settings, Path.home(), datetime.now(UTC)),
    )
    lines = [f"{MARKS[check.state]} {check.name}：{check.sentence}" for check in checks]
    print("\n".join(lines))
    if bundle:
        # Loads the readers into this process, which no other command needs.
        made: Path = importlib.import_module("gengang.masked_archive").masked_archive(settings, bundle, lines)
        print(f"已打包：{made}。请打开看一眼再发给维护人员。")
    raise typer.Exit(2 if any(check.state == "error" for check in checks) else 0)


@app.command()
def verify(
    what: Annotated[str, typer.Argument(help="ledger, originals, certificate, or all")] = "all",
    certificate: Annotated[str, typer.Argument(help="A certificate's picture or PDF, or its code's text.")] = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Check the ledger's seals and the originals' hashes, or one certificate."""
    if what == "certificate":
        # Loads what reads pictures, which no other check needs.
        found = importlib.import_module("gengang.certificates_checked")
        answer = found.checked_certificate(settings_here(workspace), certificate)
        print("\n".join(answer.lines))
        raise typer.Exit(answer.exit_code)
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
def mail(workspace: WorkspaceOption = HERE) -> None:
    """Fetch the mailbox's new mails into inbox/, as every run does first."""
    say(fetch_now(settings_here(workspace), actor_here("mail"), utc_now()))


@app.command()
def bag(
    persons: Annotated[list[str] | None, typer.Argument(help="Names or keys; everybody when none.")] = None,
    day: Annotated[list[str] | None, typer.Option(help="A day of receipt, YYYY-MM-DD: its sheet instead.")] = None,
    workspace: WorkspaceOption = HERE,
    as_of: AsOfOption = "",
) -> None:
    """Covers with a code and a checklist, to lay on each person's papers before they are scanned."""
    days = [named_day(text, f"--day 应写成 2016-12-06 的样子，现在是“{text}”。") for text in day or ()]
    with progress() as told:
        request = RunRequest(settings_here(workspace), day_of_request(as_of), actor_here("bag"), utc_now(), told)
        say(bag_covers(request, tuple(persons or ()), days))


@app.command()
def packet(
    school: Annotated[str, typer.Option(help="The bundle of this school alone.")] = "",
    final: Annotated[bool, typer.Option("--final", help="For the printer: 定稿 instead of 草稿.")] = False,
    workspace: WorkspaceOption = HERE,
    as_of: AsOfOption = "",
) -> None:
    """The packet for the December meeting: a volume for the room, one for the office, a bundle for each school."""
    with progress() as told:
        request = RunRequest(settings_here(workspace), day_of_request(as_of), actor_here("packet"), utc_now(), told)
        say(packet_papers(request, school, final))


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
    settings = checked_workspace(settings_here(workspace))
    if os.environ.get(API_URL):
        near(os.environ[API_URL])
    # Prefect costs seconds to import, so only the commands that need it load the flows.
    settle(workspace)
    flow = importlib.import_module("flows.nightly")
    raise typer.Exit(flow.run_nightly(settings, as_of))


@app.command()
def serve(workspace: WorkspaceOption = HERE) -> None:
    """Serve the scheduled deployments until stopped, with Prefect's server beside them where none is named."""
    settings = checked_workspace(settings_here(workspace))
    settle(workspace)
    with local_server() as address:
        WORDS.print(f"Prefect：{address.removesuffix('/api')}\n只在本机可以打开。按 Ctrl-C 停止。", markup=False)
        importlib.import_module("flows.serving").serve_deployments(settings)

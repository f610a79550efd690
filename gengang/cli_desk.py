"""`gengang desk`: the review desk in a browser on this machine, and who may sign in to it."""

import importlib
from pathlib import Path
from typing import Annotated

import typer

from gengang.cli_shared import HERE, WORDS, WorkspaceOption, settings_here
from gengang.desk.accounts import FILE, ROLE_WORDS, Accounts, Role, new_password
from gengang.workspace import checked_workspace

desk_app = typer.Typer(invoke_without_command=True, help=__doc__)


@desk_app.callback()
def desk(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port.")] = 8017,
    host: Annotated[str, typer.Option(help="Another address than this machine's own needs an account.")] = "127.0.0.1",
    name: Annotated[list[str] | None, typer.Option(help="A name by which others call this machine.")] = None,
    certificate: Annotated[Path | None, typer.Option(help="PEM file of the certificate.")] = None,
    key: Annotated[Path | None, typer.Option(help="PEM file of its key.")] = None,
    behind_tls: Annotated[bool, typer.Option("--behind-tls", help="A proxy in front speaks HTTPS.")] = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Serve the review desk until stopped; on this machine only unless told otherwise."""
    if context.invoked_subcommand is not None:
        return
    # The web server takes as long to load as everything else, and no other command needs it.
    server = importlib.import_module("gengang.desk.serving")
    serving = server.Serving(host, port, tuple(name or ()), certificate, key, behind_tls)
    WORDS.print(f"核对台：{serving.address}\n按 Ctrl-C 停止。", markup=False, soft_wrap=True)
    server.serve(settings_here(workspace), serving)


@desk_app.command("account")
def account(
    name: Annotated[str, typer.Argument(help="The name to sign in with; it stands in the history.")],
    role: Annotated[Role, typer.Option(help="school, reader, clerk or senior.")] = "clerk",
    school: Annotated[str, typer.Option(help="For a school's account: the school's name.")] = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Make an account, or give one another role and a new password, which is printed once."""
    password = new_password()
    _accounts(workspace).put(name, role, password, school)
    WORDS.print(f"账号“{name}”（{ROLE_WORDS[role]}），登录后请修改密码。", markup=False, soft_wrap=True)
    print(password)


@desk_app.command("accounts")
def accounts(workspace: WorkspaceOption = HERE) -> None:
    """Who may sign in."""
    for one in _accounts(workspace).all():
        print(f"{one.name}　{ROLE_WORDS[one.role]}{f'　{one.school}' if one.school else ''}")


@desk_app.command("drop")
def drop(name: Annotated[str, typer.Argument(help="The account's name.")], workspace: WorkspaceOption = HERE) -> None:
    """Take an account away; what it did stays in the history."""
    _accounts(workspace).drop(name)
    WORDS.print(f"已删去账号“{name}”。", markup=False, soft_wrap=True)


def _accounts(workspace: Path) -> Accounts:
    return Accounts(checked_workspace(settings_here(workspace), needs_roster=False).workspace / FILE)

"""`gengang readers …`: reading on other machines. One hub hands out what a run has to read; workers read it."""

import os
from typing import Annotated

import typer

from extractors.elsewhere import Bench
from extractors.hub import run_hub, run_worker
from gengang.cli_shared import HERE, WORDS, WorkspaceOption, settings_here
from gengang.errors import WorkspaceError
from gengang.originals import originals_place
from gengang.settings import ORIGINALS, hub_named, limits_of

readers_app = typer.Typer(no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False)
LOOPBACK = "tcp://127.0.0.1:8786"

AddressArgument = Annotated[str, typer.Argument(help="tls://host:port, or tcp:// within one machine or network.")]


@readers_app.command("hub")
def hub(address: AddressArgument = LOOPBACK) -> None:
    """Stand at an address and hand pieces out; one for each province, on the machine that makes the runs or beside."""
    run_hub(hub_named(address, "地址"))


@readers_app.command("work")
def work(
    address: AddressArgument = LOOPBACK,
    host: Annotated[str, typer.Option("--host", help="This machine's own address in that network.")] = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Read for the hub at that address; one for each core, with GENGANG_READERS=1. It needs no workspace."""
    settings = settings_here(workspace)
    if not settings.originals:
        raise WorkspaceError(f"读取机要知道原件在哪里：请设置环境变量 {ORIGINALS}（共享文件夹的完整路径或 s3://…）。")
    WORDS.print(f"reading for {address}", markup=False)
    run_worker(hub_named(address, "地址"), host, Bench(originals_place(settings), limits_of(os.environ)))

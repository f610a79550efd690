"""The two processes that stand beside a pass when readers are on other machines: the hub, and a worker at it.

A hub hands pieces out and keeps nothing. It tells at once that a worker was lost over a piece, and gives no worker a
second piece before the first is done, so that only what a worker had in hand is under suspicion. Neither shows a page
but on loopback, and neither writes what it holds to a disk.
"""

import asyncio
import tempfile
from typing import Any
from urllib.parse import urlsplit

from extractors.elsewhere import Bench, distributed_here, sit_down
from gengang.errors import MachineError
from gengang.settings import THIS_MACHINE

NOWHERE = "127.0.0.1:0"  # where the page stands that nobody needs: on loopback, at any port
LEFT_SECONDS = 60.0  # after which a worker that has lost its hub ends, to be started again
NO_PLACE = "调度程序不能在 {at} 上等候（{fault}）：请换一个端口，或检查地址是否是本机的。"
NO_HUB_YET = "连不上调度程序（{at}）：请先运行 gengang readers hub，再检查地址和网络。"


def run_hub(address: str) -> None:
    """Stand at an address until ended. WorkspaceError without the library or keys, MachineError where it cannot."""
    library = distributed_here(address)
    settings = {"distributed.scheduler.worker-saturation": 1.0, "distributed.scheduler.work-stealing": False}
    with library.dask_config(settings):
        try:
            asyncio.run(_hub(library, address))
        except (OSError, RuntimeError) as fault:  # the library wraps what hindered its start
            why = fault.__cause__ or fault
            raise MachineError(NO_PLACE.format(at=address, fault=getattr(why, "strerror", None) or why)) from fault


async def _hub(library: Any, address: str) -> None:
    at = urlsplit(address)
    scheduler = library.Scheduler(
        host=_literal(at.hostname), port=at.port, protocol=f"{at.scheme}://", dashboard=False,
        dashboard_address=NOWHERE, allowed_failures=0,
    )  # fmt: skip
    async with scheduler:
        await scheduler.finished()


def run_worker(address: str, host: str, bench: Bench) -> None:
    """Read for whoever asks at that hub until it is gone. host: where the others reach this machine, empty to find out.

    WorkspaceError without the library or keys, MachineError when the hub does not answer.
    """
    library = distributed_here(address)
    sit_down(bench)
    try:
        asyncio.run(_worker(library, address, host))
    except (OSError, RuntimeError) as fault:
        raise MachineError(NO_HUB_YET.format(at=address)) from fault
    finally:
        bench.close()


async def _worker(library: Any, address: str, host: str) -> None:
    hub = str(urlsplit(address).hostname)
    own = host or ("127.0.0.1" if hub in THIS_MACHINE else library.get_ip(hub))
    with tempfile.TemporaryDirectory(prefix="gengang-worker-", ignore_cleanup_errors=True) as folder:
        worker = library.Worker(
            address, nthreads=1, host=own, memory_limit=0, local_directory=folder, dashboard=False,
            dashboard_address=NOWHERE, death_timeout=LEFT_SECONDS,
        )  # fmt: skip
        async with worker:
            await worker.finished()


def _literal(host: str | None) -> str:
    return "127.0.0.1" if host == "localhost" else str(host)

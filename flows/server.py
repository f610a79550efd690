"""Prefect's own server beside `gengang serve`: on loopback alone, its database in the workspace, gone when we are.

Imported before Prefect itself.
"""

import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO
from urllib.parse import urlsplit

from gengang.errors import ToolError, WorkspaceError
from gengang.processes import started
from gengang.settings import THIS_MACHINE

API_URL = "PREFECT_API_URL"
LOOPBACK = "127.0.0.1"
PORT = 4200
PATIENCE_SECONDS = 180.0  # a cold start costs 10 to 20 s on two idle cores
NO_SERVER = "Prefect 服务没有启动成功：请稍后再试，或改用 gengang run（不需要 Prefect）。"


@contextmanager
def local_server() -> Iterator[str]:
    """The address of a server: the one that the environment names, on this machine, else one of our own.

    WorkspaceError for a server elsewhere, ToolError when ours does not come up.
    """
    given = os.environ.get(API_URL, "")
    if given:
        yield near(given)
        return
    port = PORT if _is_free(PORT) else _free_port()
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", LOOPBACK, "--port", str(port)]
    with started(command, {}) as process:
        assert process.stdout is not None
        threading.Thread(target=_drain, args=(process.stdout,), daemon=True).start()
        address = f"http://{LOOPBACK}:{port}/api"
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not _is_well(address):
            if time.monotonic() > deadline or process.poll() is not None:
                raise ToolError(NO_SERVER)
            time.sleep(0.5)
        os.environ[API_URL] = address
        yield address


def near(address: str) -> str:
    """The address, when it is on this machine. Prefect's server asks nobody for a password."""
    if urlsplit(address).hostname not in THIS_MACHINE:
        raise WorkspaceError(
            f"环境变量 {API_URL} 指到了别的电脑；Prefect 服务不设密码，只能在本机使用。请删去这个变量。"
        )
    return address


def _is_well(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _is_free(port: int) -> bool:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((LOOPBACK, 0))
        port: int = one.getsockname()[1]
        return port


def _drain(said: IO[bytes]) -> None:
    """A full pipe would stop the server in its next word."""
    with suppress(OSError, ValueError):  # closed when the server ends
        for _ in said:
            continue

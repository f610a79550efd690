"""Somebody between us and the server: a connection that ends, or falls silent, after a chosen number of bytes."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

BLOCK = 256


@dataclass
class Proxy:
    """port: where it listens. after: bytes from the server that still pass, None for all; silent: it does not hang up.

    passed: bytes from the server that passed in the last connection.
    spoiled: what of a command is changed on its way into what else, so that the server refuses it.
    """

    port: int
    after: int | None = None
    silent: bool = False
    spoiled: tuple[bytes, bytes] = (b"", b"")
    passed: int = 0


@contextmanager
def proxy_to(port: int) -> Iterator[Proxy]:
    """A proxy to a server on this machine, for one connection after another."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        proxy = Proxy(listening.getsockname()[1])
        thread = threading.Thread(target=_serve, args=(listening, port, proxy), daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            thread.join(10)


def _serve(listening: socket.socket, port: int, proxy: Proxy) -> None:
    while True:
        try:
            ours, _ = listening.accept()
        except OSError:
            return
        with ours, socket.create_connection(("127.0.0.1", port)) as theirs:
            proxy.passed = 0
            upward = threading.Thread(target=_up, args=(ours, theirs, proxy), daemon=True)
            upward.start()
            _down(theirs, ours, proxy)
            if proxy.silent and proxy.after is not None:
                upward.join(10)  # until we give up
            for one in (ours, theirs):
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
            upward.join(10)


def _up(ours: socket.socket, theirs: socket.socket, proxy: Proxy) -> None:
    said, changed = proxy.spoiled
    with suppress(OSError):
        while block := ours.recv(BLOCK):
            theirs.sendall(block.replace(said, changed) if said else block)
        theirs.shutdown(socket.SHUT_WR)


def _down(theirs: socket.socket, ours: socket.socket, proxy: Proxy) -> None:
    with suppress(OSError):
        while proxy.after is None or proxy.passed < proxy.after:
            block = theirs.recv(BLOCK if proxy.after is None else min(BLOCK, proxy.after - proxy.passed))
            if not block:
                return
            proxy.passed += len(block)  # before whoever gets it can ask
            ours.sendall(block)

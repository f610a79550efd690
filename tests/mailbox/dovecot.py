"""A throw-away IMAP server: Dovecot under an ordinary account, in a folder of its own, on loopback."""

import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gengang.settings import Mailbox

ACCOUNT = "nobody"  # whose server it is when we are root
PASSWORD = "geheim-8f3a"  # found in nothing that we write
OTHER_PASSWORD = "geheim-授权码-9c"
FOLDER = "跟岗材料"
UTF7 = '"&jd9cl2dQZZk-"'  # the same, as IMAP writes it
PROGRAM = Path("/usr/sbin/dovecot")

CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
default_internal_user = {account}
default_internal_group = {group}
default_login_user = {account}
first_valid_uid = 1
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = plain login
mail_location = maildir:{folder}/mail/%u
mail_fsync = never
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  service_count = 0
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {secure}
    ssl = yes
  }}
}}
service imap {{
  service_count = 100
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
passdb {{
  driver = static
  args = password={other_password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. plain, secure: its ports."""

    folder: Path
    plain: int
    secure: int

    @property
    def certificate(self) -> Path:
        """By which it can be trusted."""
        return self.folder / "certificate.pem"

    def new_account(self) -> "Account":
        """An empty mailbox of its own, with a folder beside its inbox."""
        account = Account(self, f"u{uuid.uuid4().hex}@example.cn")
        with account.client() as client:
            client.create(UTF7)
        return account


@dataclass(frozen=True, slots=True)
class Account:
    """A mailbox on the server."""

    server: Server
    user: str

    def mailbox(self, port: int = 0) -> Mailbox:
        """As settings name it, without encryption. port: of somebody between us and the server."""
        return Mailbox("127.0.0.1", self.user, port or self.server.plain, PASSWORD, tls="off")

    def client(self) -> imaplib.IMAP4:
        """A connection of the tests' own."""
        client = imaplib.IMAP4("127.0.0.1", self.server.plain, timeout=10)
        client.authenticate("PLAIN", lambda _: f"\0{self.user}\0{PASSWORD}".encode())
        return client

    def deliver(self, data: bytes, received: datetime, folder: str = "INBOX") -> None:
        """A mail comes in."""
        with self.client() as client:
            assert client.append(folder, "", imaplib.Time2Internaldate(received), data)[0] == "OK"

    def flags(self) -> list[set[str]]:
        """The marks of each mail in the inbox."""
        with self.client() as client:
            client.select("INBOX", readonly=True)
            _, found = client.fetch("1:*", "(FLAGS)")
            return [set(map(bytes.decode, imaplib.ParseFlags(one))) for one in found if isinstance(one, bytes)]

    def store(self, how: str, flags: str) -> None:
        """Somebody marks every mail, or takes marks away."""
        with self.client() as client:
            client.select("INBOX")
            client.store("1:*", how, flags)


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running_server() -> Iterator[Server]:
    """Makes, starts and at the end removes a server. AssertionError when Dovecot is not installed."""
    assert PROGRAM.exists(), "Dovecot is not installed: run `make setup` or install dovecot-imapd."
    folder = Path(tempfile.mkdtemp(prefix="gengang-imap-"))
    account = pwd.getpwnam(ACCOUNT) if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    server = Server(folder, free_port(), free_port())
    try:
        _lay_out(server, account)
        command = [str(PROGRAM), "-F", "-c", str(folder / "dovecot.conf")]
        who = account.pw_uid if os.geteuid() == 0 else None
        with (folder / "out").open("wb") as out:
            running = subprocess.Popen(command, user=who, group=who and account.pw_gid,
                                       extra_groups=[] if who else None, stdout=out, stderr=out)  # fmt: skip
        try:
            _wait_for(server, running)
            yield server
        finally:
            running.terminate()
            try:
                running.wait(10)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait(10)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lay_out(server: Server, account: pwd.struct_passwd) -> None:
    folder = server.folder
    for name in ("run", "state", "mail", "home"):
        (folder / name).mkdir()
    group = subprocess.run(["id", "-gn", account.pw_name], capture_output=True, text=True, check=True).stdout.strip()
    text = CONFIGURATION.format(
        folder=folder, account=account.pw_name, group=group, uid=account.pw_uid, gid=account.pw_gid,
        plain=server.plain, secure=server.secure, password=PASSWORD, other_password=OTHER_PASSWORD,
    )  # fmt: skip
    (folder / "dovecot.conf").write_text(text, encoding="utf-8")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", str(folder / "key.pem"), "-out", str(server.certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)


def _wait_for(server: Server, running: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and running.poll() is None:
        try:
            server.new_account()
        except (OSError, imaplib.IMAP4.error):
            time.sleep(0.05)
        else:
            return
    log = server.folder / "log"
    raise AssertionError((server.folder / "out").read_text() + (log.read_text() if log.exists() else ""))

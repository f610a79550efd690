"""A look into the mailbox killed at any line, and a pass that then reaches no server, lose and double nothing."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from gengang.ledger import open_ledger
from gengang.ledger_verify import verify
from tests.faults.crasher import settings_for
from tests.mailbox.dovecot import Account, Server
from tests.mailbox.letters import LATE, fetched, in_inbox, kinds, letter, taken_in

KILLED = Path(__file__).with_name("killed.py")
ROOT = KILLED.parents[2]
EVERY_LINE = 1 if os.environ.get("GENGANG_SOAK") else 15  # every fifteenth keeps `make test` short


@dataclass(frozen=True, slots=True)
class Case:
    """A workspace and a mailbox with two mails of its own."""

    workspace: Path
    account: Account

    @property
    def words(self) -> str:
        """As killed.py is told."""
        return f"{self.workspace}\t{self.account.server.plain}\t{self.account.user}"


def new_case(server: Server, folder: Path) -> Case:
    (folder / "inbox").mkdir(parents=True)
    account = server.new_account()
    for number in (1, 2):
        account.deliver(letter(number), LATE)
    return Case(folder, account)


def killed(mode: str, lines: Sequence[str]) -> str:
    """What killed.py prints."""
    done = subprocess.run(
        [sys.executable, str(KILLED), mode], input="\n".join(lines), env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=3_600 if EVERY_LINE == 1 else 200, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(scope="module")
def cases(server: Server, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Case]:
    """Looks that were killed, by the moment."""
    folder = tmp_path_factory.mktemp("killed")
    moments = [int(one) for one in killed("TRACE", [new_case(server, folder / "calm").words]).split()]
    found = {moment: new_case(server, folder / str(moment)) for moment in moments[::EVERY_LINE]}
    killed("DIE", [f"{case.words}\t{moment}" for moment, case in found.items()])
    return found


def test_no_moment_loses_or_doubles_a_mail(cases: dict[int, Case]) -> None:
    """Of the fates there are all: killed before a file, between file and line, and after both mails."""
    left = {moment: _left(case) for moment, case in cases.items()}
    assert len({tuple(kept) for kept in left.values()}) >= 3
    ends = {moment: _ended(case) for moment, case in cases.items()}
    assert {moment: end for moment, end in ends.items() if end != ["arrival", "arrival", "mail", "mail"]} == {}


def _left(case: Case) -> list[int]:
    """How many files and lines the killed look left."""
    settings = settings_for(str(case.workspace), "")
    ledger = open_ledger(settings)
    found = [len([one for one in in_inbox(settings) if one]), len(kinds(ledger))]
    ledger.close()
    return found


def _ended(case: Case) -> list[str]:
    """The lines after a pass without network and one with it, the server's marks and the ledger's seals in order."""
    settings = settings_for(str(case.workspace), "")
    ledger = open_ledger(settings)
    taken_in(settings, ledger)
    second = fetched(settings, ledger, case.account)
    taken_in(settings, ledger)
    lines, faults = sorted(kinds(ledger)), verify(ledger)
    ledger.close()
    assert (second.failed, faults) == (False, ())
    assert case.account.flags() == [{"\\Seen", "Gengang"}] * 2
    return lines

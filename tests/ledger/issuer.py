"""A process of its own that spends numbers or holds the lease: `issuer.py MODE WORKSPACE URL NAME COUNT`."""

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

from gengang.facts import Actor
from gengang.ledger import Ledger, open_ledger
from gengang.ledger_lease import lease
from gengang.ledger_register import replace_number, spend_number
from gengang.settings import settings_of

AT = "2016-12-06T08:00:00Z"


def issue(ledger: Ledger, name: str, count: int) -> None:
    """Spends a number for each of so many people."""
    actor = Actor(name, "office", "here", "issue")
    for person in range(count):
        print(spend_number(ledger, "J", 2016, f"P-{name}-{person}", "basis", actor, AT), flush=True)


def replace_again(ledger: Ledger, name: str, count: int) -> None:
    """Takes so many times another number for one person whom all issuers share."""
    actor = Actor(name, "office", "here", "issue")
    for _ in range(count):
        print(replace_number(ledger, "J", 2016, "P-shared", "basis", "遗失", actor, AT), flush=True)


def issue_and_die(ledger: Ledger, name: str, count: int) -> None:
    """Dies inside the transaction of the last number, when everything but its commit is done."""
    issue(ledger, name, count - 1)
    dying = replace(ledger)
    with dying.database.writing() as connection:
        connection.exec_driver_sql(
            f"INSERT INTO numbers (kind, year, number, person, basis) VALUES ('J', 2016, {count}, '{name}', 'b')"
        )
        os._exit(9)


def hold(ledger: Ledger, name: str, count: int) -> None:
    """Holds the lease for so many seconds."""
    with lease(ledger, name):
        print("held", flush=True)
        time.sleep(count)


if __name__ == "__main__":
    mode, workspace, url, name, count = sys.argv[1:]
    settings = replace(settings_of(Path(workspace), {}), database_url=url or None)
    opened = open_ledger(settings)
    {"issue": issue, "replace": replace_again, "die": issue_and_die, "hold": hold}[mode](opened, name, int(count))
    opened.close()

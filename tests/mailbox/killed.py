"""A process whose looks into a mailbox die at lines of their choice; run as a program it does so many times over.

`killed.py TRACE` reads one `WORKSPACE<tab>PORT<tab>USER` line, looks once and prints the moments at which a line is
executed for the first time. `killed.py DIE` reads such lines with a moment more, and lets one forked child die at each.
"""

import os
import sys
from dataclasses import replace

from gengang import arrivals, imap, mailbox
from gengang.ledger import open_ledger
from gengang.mailbox import fetch_mails
from gengang.settings import Mailbox
from tests.faults.crasher import AT, ME, settings_for, traced
from tests.mailbox.dovecot import PASSWORD

WATCHED = frozenset(str(module.__file__) for module in (arrivals, imap, mailbox))


def look(workspace: str, port: str, user: str) -> None:
    """One look into a mailbox."""
    settings = settings_for(workspace, "")
    opened = open_ledger(settings)
    box = Mailbox("127.0.0.1", user, int(port), PASSWORD, tls="off")
    fetch_mails(replace(settings, mailbox=box), opened, ME, AT)
    opened.close()


def first_moments(given: list[str]) -> list[int]:
    """When each line is executed for the first time."""
    places: list[str] = []
    traced(lambda: look(*given), lambda _, place: places.append(place), WATCHED)
    return sorted({place: moment for moment, place in reversed(list(enumerate(places)))}.values())


def die_at(given: list[str], wanted: int) -> None:
    """A look in a child that is gone before the wanted line."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return

    def end(moment: int, _: str) -> None:
        if moment == wanted:
            os._exit(9)

    try:
        traced(lambda: look(*given), end, WATCHED)
    finally:
        os._exit(1)


if __name__ == "__main__":
    for line in sys.stdin:
        *given, last = line.rstrip("\n").split("\t")
        if sys.argv[1] == "TRACE":
            print(*first_moments([*given, last]))
        else:
            die_at(given, int(last))

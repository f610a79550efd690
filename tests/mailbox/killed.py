"""A process whose looks into a mailbox die at lines of their choice; run as a program it does so many times over.

`killed.py TRACE` reads one `WORKSPACE<tab>PORT<tab>USER` line, looks once and prints the moments at which a line is
executed for the first time. `killed.py DIE` reads such lines with a moment more, and lets one forked child die at each.
"""

import sys
from dataclasses import replace
from functools import partial

from gengang import arrivals, imap, mailbox
from gengang.ledger import open_ledger
from gengang.mailbox import fetch_mails
from gengang.settings import Mailbox
from tests.faults.crasher import AT, ME, die_at, moments, settings_for
from tests.mailbox.dovecot import PASSWORD

WATCHED = frozenset(str(module.__file__) for module in (arrivals, imap, mailbox))


def look(workspace: str, port: str, user: str) -> None:
    """One look into a mailbox."""
    settings = settings_for(workspace, "")
    opened = open_ledger(settings)
    box = Mailbox("127.0.0.1", user, int(port), PASSWORD, tls="off")
    fetch_mails(replace(settings, mailbox=box), opened, ME, AT)
    opened.close()


if __name__ == "__main__":
    for line in sys.stdin:
        given = line.rstrip("\n").split("\t")
        if sys.argv[1] == "TRACE":
            _, firsts = moments(partial(look, *given), WATCHED)
            print(*firsts)
        else:
            die_at(partial(look, *given[:-1]), int(given[-1]), WATCHED)

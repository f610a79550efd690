"""The sealing of a season: a list of every line of its ledger and every original, whose hash stands in the ledger.

The list holds no personal value. It lies in the outbox, to be kept with the papers; what it says can be had from the
ledger again, so a list that was lost or changed is told and nothing more is lost.
"""

import csv
import hashlib
import io
from collections.abc import Iterator

from gengang.facts import Fact, may_follow_closing
from gengang.ledger import Ledger
from gengang.ledger_rows import rows_of
from gengang.manifest import KINDS as MANIFEST_KINDS
from gengang.manifest import manifest_text, originals_of
from gengang.originals import originals_place, sha256_of
from gengang.settings import Settings

LIST = "封存/封存清单.csv"


def sealing_list(settings: Settings, ledger: Ledger, lines: int) -> tuple[bytes, int]:
    """The list up to a line of the ledger, and how many originals stand in it."""
    written = io.StringIO()
    out = csv.writer(written, lineterminator="\n")
    out.writerow(("line", "kind", "seal"))
    with rows_of(ledger) as rows:
        out.writerows((row["sequence"], row["kind"], row["chain"]) for row in rows["facts"] if row["sequence"] <= lines)
    originals = originals_of(fact for fact in ledger.read(kinds=MANIFEST_KINDS) if fact.sequence <= lines)
    written.write(f"\n{manifest_text(originals.values(), originals_place(settings))}")
    return written.getvalue().encode(), len(originals)


def sealing_faults(settings: Settings, ledger: Ledger) -> Iterator[str]:
    """What is not as it was when the season was closed, a Chinese sentence each; nothing while it is open."""
    line = ledger.closed()
    if line is None:
        return
    text, _ = sealing_list(settings, ledger, int(str(line.data["lines"])))
    path = settings.outbox / LIST
    if hashlib.sha256(text).hexdigest() != line.data["manifest"]:
        yield "封存以后，台账或原件变了：与封存时的清单不一致。"
    elif not path.exists() or sha256_of(path) != line.data["manifest"]:
        yield f"封存清单 outbox/{LIST} 不见了或被改动过：再运行一次 gengang close，它会重新写出。"
    yield from (f"封存以后台账又写了第{fact.sequence}行（{fact.kind}）。" for fact in _strangers(ledger, line))


def _strangers(ledger: Ledger, line: Fact) -> Iterator[Fact]:
    return (fact for fact in ledger.read(since=line.sequence) if not may_follow_closing(fact))

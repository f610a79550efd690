"""What a workspace needs of other machines: the place of its originals, and the hub at which readers stand.

It looks and never mends. A workspace that keeps and reads everything itself has nothing to look at here.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

from sqlalchemy import select

from extractors.elsewhere import connected
from gengang.database import FACTS, open_database
from gengang.doctor import Check
from gengang.errors import GengangError
from gengang.migrations import tables
from gengang.originals import originals_place, refuse_wrong_place
from gengang.settings import Settings

NOBODY = "0" * 64  # a hash that nothing has: asking for it shows whether the place answers
SOME = 3  # templates that are looked for; they are never erased
HUB_SECONDS = 5.0
OUT_OF_REACH = "放原件的地方 {place} 连不上（{fault}）：请检查网络、地址和密钥。连上之前收到的件都留在 inbox/。"
NO_READERS = "调度程序 {at} 那里没有读取机：请在读取机上运行 gengang readers work。"


def machine_checks(
    settings: Settings, seconds: float = HUB_SECONDS, connect: Callable[[str, float], Any] = connected
) -> Iterator[Check]:
    """A check for each place that the settings name. seconds: in which a hub has to answer; connect: to it."""
    if settings.originals:
        yield _originals(settings)
    if settings.readers_at:
        yield _readers(settings.readers_at, lambda at: connect(at, seconds))


def _originals(settings: Settings) -> Check:
    try:
        originals_place(settings).has(NOBODY)
        refuse_wrong_place(settings, _templates(settings))
    except GengangError as fault:
        return Check("originals", "error", str(fault))
    except OSError as fault:
        said = OUT_OF_REACH.format(place=settings.originals, fault=fault.strerror or type(fault).__name__)
        return Check("originals", "error", said)
    return Check("originals", "ok", f"放原件的地方 {settings.originals} 连得上，全部核对请运行 gengang verify。")


def _templates(settings: Settings) -> tuple[str, ...]:
    """Hashes of templates that must lie with the originals; none where there is no ledger yet."""
    if settings.database_url is None and not settings.ledger.exists():
        return ()
    with closing(open_database(settings)) as database:
        if "facts" not in tables(database):
            return ()
        wanted = select(FACTS.c.subject).where(FACTS.c.kind == "template").limit(SOME)
        with database.reading() as connection:
            return tuple(str(subject) for subject in connection.execute(wanted).scalars())


def _readers(address: str, connect: Callable[[str], Any]) -> Check:
    try:
        with connect(address) as client:
            workers = len(client.nthreads())
    except GengangError as fault:
        return Check("readers", "error", str(fault))
    except OSError as fault:  # it went while we asked
        return Check("readers", "error", f"调度程序 {address} 断开了（{fault}）：请检查它是否在运行。")
    if not workers:
        return Check("readers", "error", NO_READERS.format(at=address))
    return Check("readers", "ok", f"调度程序 {address} 连得上，读取机{workers}个。")

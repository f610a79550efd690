"""Words of the morning note that several of its parts share: whose a paper is, and where its file now lies."""

from collections.abc import Sequence
from itertools import islice

from gengang.drafting import Judged
from gengang.filenames import legal_name
from gengang.papers.morning import Link
from gengang.season import HeldPaper, Source

MOST_LABELS = 6


def whose(judged: Judged, held: HeldPaper) -> str:
    """School and name of a paper's person, or the school, or what the paper itself says."""
    person = judged.season.roster.person(held.paper.person)
    if person is not None:
        return f"{person.school} {person.name}"
    schools = {school.key: school.name for school in judged.season.roster.schools}
    named = held.paper.submission.text("name") or held.paper.submission.text("assessor_name")
    return schools.get(held.match.school) or named or "未认定"


def source_link(source: Source) -> Link:
    """The file as it was named, where it now lies."""
    return link_of(source.path, source.at)


def link_of(path: str, at: str) -> Link:
    """A file or folder of the inbox where it now lies. at: when it was taken in, UTC."""
    parts = [legal_name(part) for part in path.split("/") if part]
    return Link(parts[-1] if parts else "收件箱", "/".join(("../archive/received", at[:10], *parts)))


def listed(labels: Sequence[str], unit: str = "栏") -> str:
    """The first few, with how many there are where there are more."""
    known = list(dict.fromkeys(labels))
    shown = "、".join(islice(known, MOST_LABELS))
    return f"{shown}等{len(known)}{unit}" if len(known) > MOST_LABELS else shown

"""What the morning note says of evidence: what came, and what only a person can say of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from gengang.drafting import Judged
from gengang.evidence import Evidence, counted_words, questions_of
from gengang.papers.morning import Came, Link, Need
from gengang.telling_words import link_of, listed


def evidence_came(judged: Judged, came: Collection[str]) -> Iterable[Came]:
    """Evidence that was filed since the last note, that of one folder and person in one line. came: its keys."""
    groups: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for piece in judged.season.evidence:
        if piece.key in came:
            groups[whose_evidence(judged, piece), piece.folder].append(piece)
    for (name, _), pieces in sorted(groups.items()):
        captions = dict.fromkeys(piece.caption for piece in pieces if piece.caption)
        note = listed(list(captions), "种")
        yield Came(f"佐证材料：{counted_words(pieces)}", name, evidence_link(pieces[0]), note)


def evidence_needs(judged: Judged) -> Iterable[Need]:
    """One for each folder; what was wrong beside evidence in a file without any form, once."""
    pieces = judged.season.evidence
    for piece in pieces:
        if piece.key.endswith("#0"):
            for finding in piece.of_file:
                if finding.severity != "info":
                    yield Need(whose_evidence(judged, piece), evidence_link(piece), "", finding.message)
    for question in questions_of(judged.scheme, pieces):
        yield Need(question.folder, evidence_link(question.first), "佐证材料", "".join(question.sentences))


def whose_evidence(judged: Judged, piece: Evidence) -> str:
    """School and name of the person whose evidence it surely is."""
    person = judged.season.roster.person(piece.person)
    return f"{person.school} {person.name}" if person is not None else "未认定"


def evidence_link(piece: Evidence) -> Link:
    """The file as it was named, where it now lies."""
    return link_of(piece.path, piece.at)

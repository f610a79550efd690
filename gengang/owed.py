"""Which papers of one person are owed, by whom and since when, and which came late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gengang.calendar_days import written
from gengang.findings import Finding
from gengang.noted import CopiesCounted, who_and_when
from gengang.points import Records
from gengang.scheme import Debtor, Document, Scheme
from gengang.submission import Paper


@dataclass(frozen=True, slots=True)
class MissingPaper:
    """A paper that is owed.

    due: last day in time, None where the scheme names none; overdue: whether that has passed.
    lacking: how many of them; days: for which days, where that can be said.
    """

    document: str
    form: str
    owed_by: Debtor
    due: date | None
    clause: str
    sentence: str
    overdue: bool = False
    lacking: int = 1
    days: tuple[date, ...] = ()


def missing_papers(scheme: Scheme, records: Records, as_of: date) -> tuple[MissingPaper, ...]:
    """What one trainee's file still lacks of the documents the product can read, in the scheme's order."""
    owed = [one for one in scheme.documents if one.tracked and one.per == "trainee"]
    return tuple(missing for one in owed if (missing := _missing_of(one, records, as_of)) is not None)


def _missing_of(document: Document, records: Records, as_of: date) -> MissingPaper | None:
    logs = document.form == "training_log"
    forms = (document.form, *([document.inside] if document.inside else []))
    have = records.counts["logs"] if logs else max(map(records.number_of, forms))
    days = _days_without_log(records) if logs and "logs" not in records.seen else ()
    copies = records.noted.copies_of(document.form)
    if have >= document.need and not days and copies is not None and copies.number < document.copies:
        return _short_of_copies(document, copies, as_of)
    gaps = f"{'、'.join(map(written, days))}的未交" if days else ""
    if have >= document.need and not gaps:
        return None
    overdue = document.due is not None and as_of > document.due
    count = f"收到{have}份，应交{document.need}份" if document.need > 1 and have < document.need else ""
    what = "；".join(part for part in (count, gaps) if part) or "未交"
    when = f"（{written(document.due)}{'已过期' if overdue else '前'}）" if document.due else ""
    return MissingPaper(
        document.name, document.form, document.owed_by, document.due, document.clause,
        f"{document.name}：{what}{when}。", overdue, max(document.need - have, len(days)), days,
    )  # fmt: skip


def _short_of_copies(document: Document, copies: CopiesCounted, as_of: date) -> MissingPaper:
    """G-10: fewer paper copies than are to be kept, by a clerk's count; where nobody counted nothing is said."""
    lacking = document.copies - copies.number
    overdue = document.due is not None and as_of > document.due
    sentence = (
        f"{document.name}：纸质应交{document.copies}份，清点{copies.number}份{who_and_when(copies)}，还差{lacking}份。"
    )
    return MissingPaper(
        document.name, document.form, document.owed_by, document.due, document.clause, sentence, overdue, lacking
    )


def _days_without_log(records: Records) -> tuple[date, ...]:
    if records.waiting("logs"):
        return ()
    return tuple(day for day in records.presence.dates if day not in records.logs.days)


def is_late(document: Document, paper: Paper) -> bool | None:
    """Whether a paper came after its last day, by a stated or mail date alone; None when nobody knows.

    The day on which we took it in proves that it was in time, never that it was late.
    """
    if document.due is None or (paper.not_later is not None and paper.not_later <= document.due):
        return False
    return None if paper.received is None else paper.received > document.due


def first_of(document: Document, papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """Of several papers any of which is enough the one that tells whether that was in time; none of none."""
    rank = {False: 0, None: 1, True: 2}
    order = sorted(papers, key=lambda one: (rank[is_late(document, one)], str(one.received), one.key))
    return tuple(order[:1])


def late_findings(document: Document, papers: Sequence[Paper], as_of: date) -> tuple[Finding, ...]:
    """Lateness of the papers of one kind, by the date they were received alone; nothing is asked before the due day."""
    if document.due is None:
        return ()
    late = [(paper.received - document.due).days for paper in papers if paper.received and is_late(document, paper)]
    findings = []
    if late:
        number = f"{len(late)}份" if len(late) > 1 else ""
        message = f"{document.name}{number}迟交{max(late)}天（应于{written(document.due)}前）。"
        findings.append(Finding("late", message, "", "warn", document.clause, papers[0].file))
    unknown = [paper for paper in papers if is_late(document, paper) is None]
    if unknown and as_of > document.due:
        message = f"{document.name}有{len(unknown)}份收到日期待确认，暂不认定是否迟交。"
        findings.append(Finding("received_unknown", message, "", "info", document.clause, unknown[0].file))
    return tuple(findings)


def lateness(scheme: Scheme, papers: Sequence[Paper], as_of: date) -> list[Finding]:
    """`late_findings` of every kind of paper one person has."""
    found: list[Finding] = []
    for document in scheme.documents:
        own = sorted((paper for paper in papers if paper.submission.form == document.form), key=lambda one: one.key)
        found += late_findings(document, own, as_of) if document.form else ()
    return found

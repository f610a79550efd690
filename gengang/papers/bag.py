"""What is laid on a pile before it is scanned: each person's 材料袋封面 with what the scheme asks of them, and the
收到日期分隔页 of a day.
"""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import segno

from gengang.assess import Verdict
from gengang.calendar_days import written
from gengang.papers.draft import Draft, file_name, person_file
from gengang.papers.figures import plain
from gengang.papers.form_words import RECORDS, form_words
from gengang.papers.words import programme_of, stage_subject
from gengang.rendering import Given, GivenRows, Picture
from gengang.roster import Person, Roster
from gengang.scheme import Document, Scheme
from gengang.separators import BagCover, DaySheet, Separator, text_of_separator
from gengang.submission import Paper

FOLDER = "材料袋封面"
CODE_MM = 30.0
MOST_DAYS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of the checklist. form: stem, or the measure of what is counted; complete: all of it has come.

    counted: by papers of that form, and not by what stands in them. wanted: whether its absence is a gap.
    """

    form: str
    title: str
    need: str
    held: str
    complete: bool
    note: str = ""
    counted: bool = True
    wanted: bool = True


def asked_of(person: Person, papers: Sequence[Paper], verdict: Verdict | None, scheme: Scheme) -> tuple[Asked, ...]:
    """What the scheme asks of a person, in its order, with what has come. verdict: None for a mentor."""
    have = Counter(paper.submission.form for paper in papers if paper.person == person.key)
    documents = (one for one in scheme.documents if one.form and one.per == person.role)
    return (
        *(_asked_document(one, have[one.form], verdict) for one in documents),
        *(_asked_records(verdict, scheme) if verdict is not None else ()),
    )


def _asked_document(document: Document, have: int, verdict: Verdict | None) -> Asked:
    unit = form_words(document.form, document.name)[1]
    missing = next((one for one in verdict.missing if one.form == document.form), None) if verdict else None
    days = missing.days if missing else ()
    listed = "、".join(written(day) for day in days[:MOST_DAYS])
    notes = (
        f"缺{listed}{f'等{len(days)}天' if len(days) > MOST_DAYS else ''}的" if days else "",
        f"一式{document.copies}份" if document.copies > 1 else "",
        f"{written(document.due)}前" if document.due else "",
    )
    complete = have >= max(document.need, 1) and missing is None
    need = f"{document.need}{unit}" if document.need else "有则交"
    return Asked(document.form, document.name, need, f"{have}{unit}", complete, "；".join(filter(None, notes)),
                 wanted=document.need > 0)  # fmt: skip


def _asked_records(verdict: Verdict, scheme: Scheme) -> Iterator[Asked]:
    counts = dict(verdict.counts)
    for one in scheme.in_all:
        if one.measure in RECORDS and one.need:
            have = counts.get(one.measure, 0)
            yield Asked(one.measure, RECORDS[one.measure], f"{plain(one.need)}{one.unit}", f"{have}{one.unit}",
                        have >= one.need, counted=False)  # fmt: skip


# --- the papers ---


def bag_draft(person: Person, asked: Sequence[Asked], scheme: Scheme, roster: Roster, as_of: date) -> Draft:
    """A person's cover, of one page."""
    cover = BagCover(person.key)
    mentors = "、".join(one.name for one in roster.mentors_of(person.key))
    values: dict[str, Given] = {
        "programme": programme_of(scheme),
        "name": person.name,
        "school": person.school or None,
        "stage_subject": stage_subject(person) or None,
        "mentor": (mentors if person.role == "trainee" else "本人") or None,
        "code": code_of(cover),
        "office": scheme.organisation.college,
        "as_of": as_of.isoformat(),
    }
    items: GivenRows = tuple(
        {"number": number, "title": one.title, "asked": one.need, "held": one.held,
         "complete": "收齐" if one.complete else None, "note": one.note or None}
        for number, one in enumerate(asked, 1)
    )  # fmt: skip
    file = person_file(FOLDER, person, roster)
    return Draft("bag_cover", "bag_cover", "papers", person.key, values, file, 1, {"items": items},
                 codes=(text_of_separator(cover),))  # fmt: skip


def day_draft(day: date, scheme: Scheme) -> Draft:
    """The sheet of a day of receipt."""
    sheet = DaySheet(day)
    values: dict[str, Given] = {
        "programme": programme_of(scheme),
        "day": day.isoformat(),
        "code": code_of(sheet),
        "office": scheme.organisation.college,
    }
    file = f"{FOLDER}/{file_name('收到日期', day.isoformat())}"
    return Draft("day_sheet", "day_sheet", "papers", "", values, file, 1, codes=(text_of_separator(sheet),))


def code_of(separator: Separator) -> Picture:
    """Its QR code with a white border; a third of it may be lost."""
    drawn = io.BytesIO()
    segno.make(text_of_separator(separator), error="h", micro=False).save(drawn, kind="png", scale=10, border=4)
    return Picture(drawn.getvalue(), CODE_MM)

"""退回补正通知: to each school what was refused or sent back of its papers and people, and how to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gengang.drafting import Judged, books_of_judged
from gengang.evidence import Evidence
from gengang.findings import Finding
from gengang.office.kinds import Asking, Material
from gengang.office.letters import as_letter
from gengang.office.plan_words import OPEN, blanked
from gengang.office.programme import programme_title
from gengang.office.sign_up import plain_message
from gengang.papers.draft import Draft, file_name
from gengang.papers.form_words import form_words
from gengang.papers.words import masked
from gengang.receiving import NOBODY, Books, Parcel, Sender, parcels_of, shares_of
from gengang.rendering import Given, GivenRows
from gengang.season import HeldPaper

FOLDER = "退回补正"
AGAIN = "核实后补正，重新报送"
# What a chat says of programs by their names, a paper says in Chinese.
PRINTED = {"请另存为Word或PDF再交": "请在电脑上打开，另存一份后再交"}


@dataclass(frozen=True, slots=True)
class Returned:
    """One thing to mend. what: the file, paper or person; why and mend: two halves of what the sender is told."""

    what: str
    why: str
    mend: str


def returned_drafts(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """A notice for each school, or other sender, that has something to mend."""
    judged = material.judged
    found = returned_of(material, asking.month)
    return tuple(_draft(judged, school, items, asking) for school, items in found.items()
                 if items and asking.school in ("", school))  # fmt: skip


def returned_of(material: Material, month: date | None = None) -> dict[str, tuple[Returned, ...]]:
    """School -> what it has to mend, in the order of the table of schools; then other senders.

    month: first day of the one in which papers came in, None for all that ever did.
    """
    books = books_of_judged(material.judged, {stem: form.title for stem, form in material.forms.items()})
    found: dict[str, dict[Returned, None]] = {one.name: {} for one in books.season.roster.schools}
    for school, item in (*_papers(books, month), *_people(material)):
        found.setdefault(school, {})[item] = None
    return {school: tuple(items) for school, items in found.items() if items}


# --- papers ------------------------------------------------------------------------------------------------------


def _papers(books: Books, month: date | None) -> Iterator[tuple[str, Returned]]:
    for parcel in parcels_of(books.season):
        day = parcel.arrived.received
        elsewhere = month and day and day.replace(day=1) != month
        if not (parcel.arrived.back or parcel.arrived.again or elsewhere):
            for sender, held, reasons in shares_of(books.names, parcel):
                yield from ((_school(books, sender), _returned(parcel, held, reason)) for reason in reasons)


def _school(books: Books, sender: Sender) -> str:
    """A person's papers are their school's matter."""
    person = books.names.people.get(sender.key)
    return person.school if person is not None and person.school else sender.name


def _returned(parcel: Parcel, held: HeldPaper | Evidence | None, reason: str) -> Returned:
    why, _, mend = reason.partition("，")
    file = parcel.arrived.path.rpartition("/")[2]
    name = masked(file.rpartition(".")[0] or file) or "报送的文件"
    what = form_words(held.reading.form)[0] if isinstance(held, HeldPaper) else name
    return Returned(what, why, PRINTED.get(mend, mend) or AGAIN)


# --- people ------------------------------------------------------------------------------------------------------


def _people(material: Material) -> Iterator[tuple[str, Returned]]:
    """Nominees in whom something does not fit or is missing, and those whom the office refused."""
    for one in material.proposals.trainees:
        person = one.person
        if one.state == "refused":
            why = f"经审核不予录取{f'：{one.decided.why}' if one.decided.why else ''}"
            yield person.school, Returned(person.name, why, "可以另行选派符合条件的教师")
            continue
        for finding in one.findings:
            if finding.severity in ("error", "manual", "warn"):
                # That a school sent too many is one matter, whomever it may keep.
                what = f"{person.stage}报名人数" if finding.code == "quota_exceeded" else person.name
                yield person.school, Returned(what, plain_message(finding, person.name), _mend(finding))


def _mend(finding: Finding) -> str:
    return {
        "quota_exceeded": "由学校择一报送",
        "eligibility_blank": "补填后重新报送",
        "age_boundary": "核对身份证后确认",
        "opinion_blank": "由学校签署推荐意见并盖章",
        "school_not_rural": "不在选派范围，请撤回",
    }.get(finding.code, AGAIN)


# --- the notice --------------------------------------------------------------------------------------------------


def _draft(judged: Judged, school: str, items: tuple[Returned, ...], asking: Asking) -> Draft:
    scheme = judged.scheme
    issuer = blanked(scheme.organisation.college or scheme.organisation.authority or OPEN)
    values: dict[str, Given] = {
        "to": "送件单位" if school == NOBODY else school,
        "text": _text(judged, len(items)),
        "until": _until(judged),
        "issuer": issuer,
        "issued_on": judged.as_of.isoformat(),
    }
    rows: GivenRows = tuple({"number": number, "what": one.what, "why": one.why, "mend": one.mend}
                 for number, one in enumerate(items, 1))  # fmt: skip
    file = f"{FOLDER}/{file_name(school)}"
    draft = Draft("returned_notice", "returned_notice", "papers", "", values, file, 100, {"items": rows})
    return as_letter(draft, asking, issuer, judged.as_of)


def _text(judged: Judged, number: int) -> str:
    return f"你校报送的{programme_title(judged.scheme)}材料中，有{number}处须要补正。"


def _until(judged: Judged) -> str | None:
    """The day of the sign-up while it has not passed; else the office writes one in."""
    document = judged.scheme.document("registration")
    due = document.due if document else None
    return due.isoformat() if due and due >= judged.as_of else None

"""What can be issued: for every document how many people are ready, and for everybody what they have or what is in the
way.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gengang.desk.standing import Standing
from gengang.desk.views.leaves import Leaf, leaf_of
from gengang.desk.views.people import trainees
from gengang.desk.views.wording import at_desk
from gengang.drafting import Judged, Spent, certificate_drafts, no_longer_hold, series_of, spent_numbers
from gengang.facts import Fact, latest
from gengang.numbering import NUMBER_KINDS, IssuePlan, Waits, by_person, number_meant, words_of_number
from gengang.papers.certificate import HeldBack
from gengang.papers.draft import Draft
from gengang.papers.words import masked

TITLES: Mapping[str, str] = {"certificate": "培训结业证书", "hours_certificate": "学时证明书", "appraisal": "鉴定表"}
READY, OUT, DONE = "可以出", "已发", "须换发"
PRINTED, BACK, UNPRINTED = "已备好", "已收回", "还没印"
TONES: Mapping[str, str] = {
    READY: "open", OUT: "good", DONE: "poor", "须收回": "poor", "缓发": "wait", "待定": "wait", "不发": "poor",
    "未考核": "open", PRINTED: "open", BACK: "good", UNPRINTED: "wait",
}  # fmt: skip
NOT_YET = "有了编号，还没有印好，出证时用这个编号。"
VOIDED = "原来的编号已作废；再出证给新的编号。"


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A printed paper. docx, pdf: SHA-256 of its files, by which they are asked for."""

    label: str
    docx: str
    pdf: str


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody and a document. why: what is in the way, with its clause; number: as printed, '' for none.

    subject: the register's name of the number.
    """

    document: str
    key: str
    name: str
    school: str
    state: str
    why: str = ""
    clause: str = ""
    number: str = ""
    subject: str = ""
    files: tuple[PaperFile, ...] = ()

    @property
    def title(self) -> str:
        """What the document is called."""
        return TITLES[self.document]

    @property
    def tone(self) -> str:
        """Of its state."""
        return TONES.get(self.state, "wait")


@dataclass(frozen=True, slots=True)
class Document:
    """One kind of document. states: of how many people, the most urgent first."""

    kind: str
    title: str
    people: int
    states: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """What the list is narrowed to; empty for everything."""

    document: str = ""
    state: str = ""
    school: str = ""
    name: str = ""

    def holds(self, row: Due) -> bool:
        """Whether a row is wanted."""
        return (
            self.document in ("", row.document)
            and self.state in ("", row.state)
            and self.school in ("", row.school)
            and self.name in row.name
        )


@dataclass(frozen=True, slots=True)
class IssuingPage:
    """The page. ready: certificates that may be given out now; void: numbers that count no more."""

    documents: tuple[Document, ...]
    leaf: Leaf[Due]
    states: tuple[str, ...]
    schools: tuple[str, ...]
    ready: int
    numbers: int
    void: int
    approved: bool


# --- what a standing comes to ------------------------------------------------------------------------------------


def number_facts(standing: Standing) -> tuple[Fact, ...]:
    """The lines of numbers and of printed papers."""
    return tuple(fact for fact in standing.facts if fact.kind in NUMBER_KINDS)


def spent(standing: Standing) -> tuple[Spent, ...]:
    """The numbers in force."""
    return spent_numbers(standing.of(number_facts))


def voided(standing: Standing) -> frozenset[str]:
    """Keys of those who once held a number that counts no more."""
    return frozenset(line.person for line in standing.judged.season.numbers if line.void_on)


def certificates(standing: Standing) -> tuple[Draft | HeldBack, ...]:
    """For every trainee and mentor the certificate, or why there is none."""
    return certificate_drafts(standing.judged)


def printed(standing: Standing) -> Mapping[str, tuple[tuple[str, PaperFile], ...]]:
    """Person's key, or what else papers are about -> kind and files of what was last printed."""
    found: dict[str, tuple[tuple[str, PaperFile], ...]] = {}
    for (subject, kind), fact in latest(standing.of(number_facts), "paper").items():
        copy = kind.partition("#")[2]
        file = PaperFile(f"第{copy or 1}份", str(fact.data["sha256"]), str(fact.data.get("pdf", "")))
        found[subject] = (*found.get(subject, ()), (kind.partition("#")[0], file))
    return found


def dues(standing: Standing) -> tuple[Due, ...]:
    """Everybody with every document, in the order of every list."""
    judged, held = standing.judged, by_person(standing.of(spent))
    stale = {one.spent.person: one.why for one in no_longer_hold(judged, standing.of(spent))}
    subjects = {(one.series, one.year, one.number): one.subject for one in judged.season.numbers}
    rows = [_certificate(standing, one, held, stale, subjects) for one in standing.of(certificates)]
    if judged.scheme.document("appraisal"):
        rows += [_appraisal(standing, key) for key in (one.key for one in standing.of(trainees))]
    return tuple(rows)


def _certificate(
    standing: Standing, one: Draft | HeldBack, held: Mapping[tuple[str, str], tuple[Spent, ...]],
    stale: Mapping[str, str], subjects: Mapping[tuple[str, int, int], str],
) -> Due:  # fmt: skip
    judged = standing.judged
    person = judged.season.roster.person(one.person)
    kind = one.kind if isinstance(one, Draft) else "certificate" if _is_trainee(judged, one) else "hours_certificate"
    name, school = (person.name, person.school) if person else (one.person, "")
    mine = [each for (_, key), own in held.items() if key == one.person for each in own]
    number = words_of_number(judged.scheme, mine[-1].series, mine[-1].number) if mine else ""
    subject = subjects.get((mine[-1].series, judged.scheme.year, mine[-1].number), "") if mine else ""
    files = tuple(file for of, file in standing.of(printed).get(one.person, ()) if of == kind and subject)
    state, why, clause = _state(judged, one, mine)
    if state == READY and not mine and one.person in standing.of(voided):
        why = VOIDED
    return Due(
        kind, one.person, name, school, state, masked(stale.get(one.person, why) if state != READY else why), clause,
        number, subject, files,
    )  # fmt: skip


def _is_trainee(judged: Judged, one: HeldBack) -> bool:
    return one.person in judged.verdicts


def _state(judged: Judged, one: Draft | HeldBack, mine: list[Spent]) -> tuple[str, str, str]:
    if isinstance(one, HeldBack):
        return ("须收回" if any(each.issued_on for each in mine) else one.state), one.why, one.clause
    own = [each for each in mine if each.series == series_of(judged.scheme, one)]
    meant = number_meant(judged, one, own, again=False)
    if isinstance(meant, Waits):
        return DONE, meant.why, ""
    if meant is None:
        return READY, "", ""
    return (OUT, "", "") if meant.issued_on else (READY, NOT_YET, "")


def _appraisal(standing: Standing, key: str) -> Due:
    person = standing.judged.season.roster.person(key)
    assert person is not None, "a trainee of the roster"
    files = tuple(file for of, file in standing.of(printed).get(key, ()) if of == "appraisal")
    back = any(paper.submission.form == "appraisal" for paper in standing.judged.season.papers_of(key))
    state = BACK if back else PRINTED if files else UNPRINTED
    why = "" if back or files else "下次处理时备好。"
    return Due("appraisal", key, person.name, person.school, state, why, files=files)


# --- the page ----------------------------------------------------------------------------------------------------


def issuing_page(standing: Standing, sought: Sought, page: int) -> IssuingPage:
    """The page of what is sought."""
    rows, lines = standing.of(dues), standing.judged.season.numbers
    found = sorted((row for row in rows if sought.holds(row)), key=lambda row: row.state != READY)
    approval, states = standing.judged.season.approval, {row.state for row in rows}
    return IssuingPage(
        documents_of(rows), leaf_of(found, page), tuple(state for state in TONES if state in states),
        tuple(sorted({row.school for row in rows if row.school})), len(ready_keys(rows)), len(lines),
        sum(bool(line.void_on) for line in lines), approval is not None and approval.approved,
    )  # fmt: skip


def documents_of(rows: Iterable[Due]) -> tuple[Document, ...]:
    """Every kind of document with how many people are in which state."""
    by_kind: dict[str, Counter[str]] = {}
    for row in rows:
        by_kind.setdefault(row.document, Counter())[row.state] += 1
    return tuple(
        Document(kind, TITLES[kind], sum(counts.values()),
                 tuple((state, tone, counts[state]) for state, tone in TONES.items() if counts[state]))
        for kind, counts in by_kind.items()
    )  # fmt: skip


def ready_keys(rows: Iterable[Due]) -> tuple[str, ...]:
    """Keys of those whose certificate may be given out now."""
    return tuple(row.key for row in rows if row.document != "appraisal" and row.state == READY)


# --- the plan ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Given:
    """A number that is about to be spent. instead: the one that it takes the place of, '' for none."""

    key: str
    name: str
    school: str
    number: str
    instead: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What issuing comes to. spans: title of a document, how many numbers, the first and the last of them.

    kept: how many have theirs and keep it; unprinted: of these, how many were not printed; waits, back: who gets none
    and why.
    """

    spans: tuple[tuple[str, int, str, str], ...]
    given: tuple[Given, ...]
    kept: int
    unprinted: int
    waits: tuple[str, ...]
    back: tuple[tuple[str, str, str, str], ...]


def plan_page(standing: Standing, plan: IssuePlan) -> PlanPage:
    """A plan in words."""
    judged = standing.judged
    held, following = by_person(standing.of(spent)), dict(plan.firsts)
    given: list[Given] = []
    spans: dict[str, list[str]] = {}
    for draft in plan.fresh:
        series = series_of(judged.scheme, draft)
        number = words_of_number(judged.scheme, series, following[series])
        following[series] += 1
        own = held.get((series, draft.person), ())
        instead = words_of_number(judged.scheme, series, own[-1].number) if own else ""
        person = judged.season.roster.person(draft.person)
        name, school = (person.name, person.school) if person else (draft.person, "")
        given.append(Given(draft.person, name, school, number, instead))
        spans.setdefault(TITLES[draft.kind], []).append(number)
    return PlanPage(
        tuple((title, len(numbers), numbers[0], numbers[-1]) for title, numbers in spans.items()), tuple(given),
        len(plan.kept), sum(one.issued_on is None for _, one in plan.kept),
        tuple(masked(at_desk(one.why)) for one in plan.waits),
        tuple((one.person, one.name, one.state, masked(one.why)) for one in plan.back),
    )  # fmt: skip

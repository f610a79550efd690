"""Parts 09, 10, 13 and 15 of the showcase and the list of certificates kept back: for the office, not for the room."""

from collections.abc import Iterator

from gengang.drafting import certificate_drafts
from gengang.findings import Finding
from gengang.office.events import MOST_PAGES
from gengang.office.handbook import TO_WRITE
from gengang.office.kinds import Asking, Material
from gengang.office.meeting_words import file_of, meeting_of, showcase_of, trainees
from gengang.office.name_order import in_list_order
from gengang.papers.certificate import HeldBack, number_words
from gengang.papers.draft import Draft
from gengang.papers.words import clause_words, in_titles, masked, programme_of
from gengang.rendering import Given, GivenRows
from gengang.roster import Person
from gengang.scheme import Certificate, Event

NO_EVIDENCE = "no_material"


def _draft(material: Material, event: Event, stem: str, name: str, values: dict[str, Given], **lists: GivenRows
           ) -> tuple[Draft, ...]:  # fmt: skip
    said = {"programme": programme_of(material.judged.scheme), **values}
    return (Draft(stem, stem, "papers", "", said, file_of(event, name), MOST_PAGES, lists),)


def handout_drafts(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """证书发放清单: everybody who gets a certificate, with its number where one was spent, to be signed for."""
    event = showcase_of(material)
    if event is None or not material.judged.scheme.certificates:
        return ()
    due = {one.person for one in certificate_drafts(material.judged) if isinstance(one, Draft)}
    numbers = {(one.series, one.person): one.number for one in material.spent}
    rows: list[dict[str, Given]] = []
    for person, certificate in _entitled(material, event):
        if person.key in due:
            number = numbers.get((certificate.series, person.key))
            code = number_words(material.judged.scheme, certificate, number) if number else "未出号"
            unit = person.school or material.judged.scheme.organisation.base_school
            told = {"unit": unit, "name": person.name, "certificate": certificate.name, "code": code}
            rows.append({"number": len(rows) + 1, **told})
    return _draft(material, event, "certificate_handout", "证书发放清单", {}, people=tuple(rows) or TO_WRITE)


def _entitled(material: Material, event: Event) -> Iterator[tuple[Person, Certificate]]:
    """Trainees and mentors in the order of the lists, each with the certificate of their kind."""
    judged, meeting = material.judged, meeting_of(material, event)
    mentors = in_list_order(judged.season.roster.mentors, judged.season.roster, judged.scheme, meeting.name_order)
    for given_to, people in (("trainee", trainees(material, meeting)), ("mentor", mentors)):
        certificate = judged.scheme.certificate("trainee" if given_to == "trainee" else "mentor")
        yield from ((one, certificate) for one in people if certificate)


def duty_drafts(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """会务分工; lines to write on while nothing is told."""
    event = showcase_of(material)
    if event is None:
        return ()
    rows: GivenRows = (
        tuple(
            {"number": number, "task": one.task, "who": one.who or None, "phone": one.phone or None}
            for number, one in enumerate(meeting_of(material, event).duties, 1)
        )
        or TO_WRITE
    )
    return _draft(material, event, "duty_list", "会务分工", {"event": event.name}, duties=rows)


def lacking_drafts(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """缺件及未到情况: whose papers or evidence are still out; who came is ticked by hand after the meeting."""
    event = showcase_of(material)
    if event is None:
        return ()
    rows: list[dict[str, Given]] = []
    for one in trainees(material, meeting_of(material, event)):
        lacking = "\n".join(_lacking(material, one))
        if lacking:
            told = {"unit": one.school or None, "name": one.name, "lacking": masked(lacking), "came": "□到　□未到"}
            rows.append({"number": len(rows) + 1, **told})
    return _draft(material, event, "lacking_list", "缺件及未到情况", {}, people=tuple(rows) or TO_WRITE)


def _lacking(material: Material, person: Person) -> Iterator[str]:
    verdict = material.judged.verdicts[person.key]
    yield from (in_titles(one.sentence) for one in verdict.missing)
    yield from (one.message for one in verdict.findings if _is_about_evidence(one))


def _is_about_evidence(finding: Finding) -> bool:
    return finding.code == NO_EVIDENCE


def held_drafts(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """证书缓发及不发情况: who gets none now, by which clause."""
    event = showcase_of(material)
    if event is None or not material.judged.scheme.certificates:
        return ()
    scheme, roster = material.judged.scheme, material.judged.season.roster
    held = {one.person: one for one in certificate_drafts(material.judged) if isinstance(one, HeldBack)}
    people = [person for person, _ in _entitled(material, event) if person.key in held]
    rows: GivenRows = tuple(
        {"number": number, "unit": one.school or scheme.organisation.base_school, "name": one.name,
         "state": held[one.key].state, "clause": clause_words(scheme, held[one.key].clause) or None,
         "why": in_titles(masked(held[one.key].why))}
        for number, one in enumerate(dict.fromkeys(people), 1) if roster.person(one.key)
    )  # fmt: skip
    return _draft(material, event, "held_list", "证书缓发及不发情况", {}, people=rows or TO_WRITE)

"""What trainees wrote that is worth keeping together: their reports and essays, each as the paper that came in."""

from collections.abc import Iterator
from dataclasses import dataclass

from gengang.copies import counted_once
from gengang.meetings import Meeting
from gengang.office.kinds import Material
from gengang.office.meeting_words import trainees
from gengang.papers.form_words import FORM_WORDS
from gengang.roster import Person
from gengang.submission import Paper

# Form of a written work -> the field that holds its title, empty where the form has none.
WORKS = {
    "study_report": "",
    "placement_report": "",
    "action_research_report": "report_title",
    "observation_essay": "",
    "reflection": "topic",
}


@dataclass(frozen=True, slots=True)
class Work:
    """One report or essay. title: its own, or that of its form."""

    person: Person
    form: str
    title: str
    paper: Paper

    @property
    def form_name(self) -> str:
        """What the office calls its form."""
        return FORM_WORDS[self.form][0]


def works_of(material: Material, meeting: Meeting) -> tuple[Work, ...]:
    """All works, by kind and then in the order of the lists; of several versions of one the version that counts."""
    people = trainees(material, meeting)
    own = {one.key: counted_once(material.judged.season.papers_of(one.key)) for one in people}
    return tuple(
        work for form in WORKS for one in people for paper in own[one.key] for work in _works(form, one, paper)
    )  # fmt: skip


def _works(form: str, person: Person, paper: Paper) -> Iterator[Work]:
    if paper.submission.form == form:
        titled = paper.submission.text(WORKS[form]).strip() if WORKS[form] else ""
        yield Work(person, form, titled or FORM_WORDS[form][0], paper)

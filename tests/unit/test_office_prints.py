"""Every paper of the season and of its end goes through the press: read back equal, printed whole, with long names."""

from dataclasses import replace
from datetime import date

import pytest

from gengang.office.catalogue import KINDS
from gengang.office.kinds import Asking, Material
from gengang.papers.cohort_report import cohort_report_draft
from gengang.papers.draft import Draft
from gengang.press import Pressed, press
from gengang.roster import Pair, Roster
from gengang.season import Season
from gengang.ticks import Asked, Tick, Told, Written
from tests.unit.cohorts import GUIDE, facts_of, papers_of, press_at
from tests.unit.officed import PEOPLE, held, nobody, of_season, with_publicity
from tests.unit.rosters import SCHOOLS, id_number, paper, school, trainee

DAY = date(2016, 12, 20)
MANY = 60
LONG = "阿卜杜热合曼·买买提"
WORDS = "基地校教研组每周组织一次集体备课，学校领导重视，安排周到。导师坚持小组合作的做法很有效，学生主动参与课堂。"


def crowd() -> Material:
    """Sixty trainees from sixty schools with the longest of names, everything told that can be."""
    schools = [school(f"白杨乡第{number}九年一贯制学校", "小学", order=number) for number in range(1, MANY + 1)]
    people = [trainee(f"{LONG}·{number}", one.name, "小学", "语文", id_number("19760305", f"{number:03d}"))
              for number, one in enumerate(schools, 100)]  # fmt: skip
    pairs = tuple(Pair(one.key, GUIDE.key) for one in people)
    roster = Roster((*schools, *(one for one in SCHOOLS if one.base)), tuple(people), (GUIDE,), pairs)
    papers = [held(replace(one, person=person.key, key=f"{number}-{one.key}"))
              for number, person in enumerate(people[:6]) for one in papers_of(PEOPLE[number % 3])]  # fmt: skip
    story = {"gains": WORDS, "suggestions": f"建议{WORDS * 3}"}
    papers += [held(replace(paper("study_report", story, f"story{number}#0", date(2016, 11, 20)), person=one.key))
               for number, one in enumerate(people)]  # fmt: skip
    first = people[0]
    ticks = tuple(Tick("criticism", one.key, WORDS, "王老师", "2016-11") for one in people[:30])
    ticks += tuple(Tick("commended", one.key, WORDS, "王老师", "", "优秀学员") for one in people)
    parts = tuple(
        Written("bulletin", part, "\n".join([WORDS] * 9), "王老师", "2016-11") for part in ("base", "practice")
    )
    asked = (Asked("trainee", first.key, "", ("研修报告",), "微信", date(2016, 12, 8), "王老师", number=1),)
    season = Season(roster, tuple(papers), (), told=Told(ticks, parts, asked))
    scheme = with_publicity(5)
    few = tuple(one for one in scheme.documents if one.form in ("personal_info", "action_research_report", "appraisal"))
    return of_season(season, DAY, replace(scheme, documents=few), ())


def drafts_of(material: Material) -> list[Draft]:
    """The first of each paper that can be made, and the report."""
    found: dict[str, Draft] = {}
    for kind in KINDS:
        if kind.part in ("季中", "结业") and (material.judged.trainees or kind.name not in ("表彰通报", "公示")):
            for draft in kind.drafts(material, Asking()):
                found.setdefault(draft.kind, replace(draft, file=f"{len(material.judged.trainees)}/{draft.kind}"))
    return list(found.values())


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pressed, ...]:
    """One call of LibreOffice for all of them, made of many and of nobody."""
    folder = tmp_path_factory.mktemp("office")
    return press([*drafts_of(crowd()), *drafts_of(nobody(DAY)), cohort_report_draft(facts_of())], press_at(folder))


def test_every_paper_is_released(pressed: tuple[Pressed, ...]) -> None:
    assert {
        one.draft.file: [finding.message for finding in one.findings] for one in pressed if one.status != "new"
    } == {}
    assert len(pressed) == 25


def test_what_is_for_one_sheet_is_on_one_sheet(pressed: tuple[Pressed, ...]) -> None:
    pages = {one.draft.file: one.pages for one in pressed}
    assert [pages[f"{MANY}/{kind}"] for kind in ("progress_sheet", "leaders_card", "filing_form")] == [1, 1, 1]

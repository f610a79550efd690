"""Sign-up papers of the invented county, and the roster that they would make if everybody were accepted."""

from collections.abc import Sequence
from datetime import date

from gengang.codecs import Period
from gengang.findings import Finding
from gengang.proposals import proposals_of
from gengang.roster import Roster, School
from gengang.submission import Paper, RowValues
from tests.unit.rosters import BASE, id_number, paper
from tests.unit.seasons import SCHEME

# What tests/unit/test_eligibility.py looks at.
FITNESS = frozenset({"eligibility_blank", "age_boundary", "age_over", "age_unknown", "subject_not_offered"})


def roster_from_signups(
    schools: Sequence[School], registrations: Sequence[Paper], assignments: Sequence[Paper]
) -> tuple[Roster, tuple[Finding, ...]]:
    """Everybody whom papers propose, and what is wrong."""
    made = proposals_of(schools, (*registrations, *assignments), SCHEME)
    return made.roster("proposed"), made.findings


def nominee(**changed: str | int | None) -> RowValues:
    return {
        "name": "张三", "gender": "男", "born": "1976-03", "stage": "小学", "subject": "语文", "degree": "本科",
        "title": "小高", "opinion": "同意推荐",
        "teaching_years": 20, "id_number": id_number(), "phone": "13800138000", **changed,
    }  # fmt: skip


def registration(school: str, *rows: RowValues, key: str = "r#0", received: date | None = None) -> Paper:
    return paper("registration", {"school": school}, key, received, nominees=rows)


def pair_row(**changed: str | Period | None) -> RowValues:
    planned = Period("2016-09-05", "2016-09-30")
    return {
        "trainee": "张三", "school": "张村小学", "stage": "小学", "subject": "语文", "mentor": "周明",
        "mentor_id": id_number("19700101", "211"), "mentor_subject": "语文", "planned": planned, **changed,
    }  # fmt: skip


def assignment(*rows: RowValues, key: str = "m#0") -> Paper:
    return paper("mentor_assignment", {"base_school": BASE.name}, key, pairs=rows)


def own_form(key: str = "i#0", received: date | None = None, **changed: str | int | None) -> Paper:
    """A 个人信息登记表."""
    row = nominee(**changed)
    values = {**row, "stage_subject": f"{row['stage']}{row['subject']}", "school_opinion": "同意推荐"}
    school = {"school": values.pop("school", "张村小学")}
    return paper("personal_info", {**values, **school}, key, received)

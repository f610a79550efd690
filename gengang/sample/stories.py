"""What each trainee of a sample does in the season, and how the papers reach the office: one story a row.

Points, outcome and certificate are what a careful person would reach under the rubric of county-2016; they are written
down or added up here, never taken from the product's own judgement.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

Damage = Literal["none", "usual", "hard"]
Kind = Literal[
    "registration", "personal_info", "mentor_assignment", "base_school_plan", "sign_in", "study_plan",
    "development_plan", "day_plan", "training_log", "lesson_observation", "lesson_taught", "activity_record",
    "reflection", "leave_request", "task_summary", "action_research_report", "study_report", "attendance", "appraisal",
    "assessment_register", "base_school_appraisal", "mentor_summary",
]  # fmt: skip
Leave = Literal["", "事假", "病假", "公假"]
Medium = Literal["word", "pdf", "scan", "photo", "mail"]
Outcome = Literal["合格", "合格（证书缓发）", "不合格", "未考核"]
CertificateFate = Literal["issue", "manual", "withheld", "none", "open"]

JUDGED_ITEMS = ("r6", "r8", "r9", "r10", "r11", "r12")


@dataclass(frozen=True, slots=True)
class Delivery:
    """How papers reach the office.

    media: of a kind of paper, Word where it is not named; photographed, scanned: how many of the logs are pictures.
    undated: the logs lie in a folder without a date; late: the appraisal comes after the last day.
    dotted: dates were typed like 2016.9.5, and two-character names with a space.
    twice: one log comes again under another name; old_ending: the attendance sheet is a .docx that is named .doc.
    """

    media: Mapping[str, Medium] = field(default_factory=dict)
    photographed: int = 0
    scanned: int = 0
    undated: bool = False
    late: bool = False
    dotted: bool = False
    twice: bool = False
    old_ending: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """One trainee's season.

    halves: half days attended; absent: half days marked 缺勤; late: marks 迟到; heard: lessons in the logs.
    taught: 研究课; report: points of the 汇报课, None where there was none; judged: points of R6, R8 to R12.
    claimed: lessons heard that the appraisal and the register state, where it is not what the logs show.
    withheld_papers: kinds that never come; wrong_id: the appraisal's ID number has a wrong check digit.
    summary: one 汇总表 instead of the 听课记录; leave: kind of an approved leave of one day, which costs no points.
    copied: the reflections are another trainee's text (H03).
    """

    id: str
    outcome: Outcome
    certificate: CertificateFate
    halves: int = 20
    absent: int = 0
    late: int = 0
    heard: int = 20
    taught: int = 2
    report: str | None = "6"
    class_activity: bool = True
    judged: tuple[str, ...] = ("8", "3", "5", "5", "5", "4")
    claimed: int | None = None
    delivery: Delivery = Delivery()
    withheld_papers: tuple[Kind, ...] = ()
    wrong_id: bool = False
    summary: bool = False
    leave: Leave = ""
    copied: bool = False

    @property
    def days(self) -> int:
        """Days with at least a half day attended; each has a log."""
        return (self.halves + 1) // 2

    @property
    def reflections(self) -> int:
        """How many reflections are written: two points each and up to three for depth make the points of R6."""
        return 3 if Decimal(self.judged[0]) >= 6 else 1


PASSED = (
    Story("all_in_pdf", "合格", "issue", delivery=Delivery({"training_log": "pdf"})),
    Story("by_mail", "合格", "issue", heard=22, report="7", judged=("9", "3", "6", "5", "5", "5"), summary=True,
          delivery=Delivery({"attendance": "mail", "appraisal": "mail", "assessment_register": "mail"})),
    Story("scanned_appraisal", "合格", "issue", judged=("7", "3", "5", "4", "4", "4"),
          delivery=Delivery({"appraisal": "scan"})),
    Story("dotted_dates", "合格", "issue", heard=21, delivery=Delivery(undated=True, dotted=True)),
    Story("photographed_log", "合格", "issue", halves=22, heard=23, report="4.5", summary=True,
          delivery=Delivery(photographed=1)),
    Story("claims_too_much", "合格", "issue", heard=17, claimed=22, judged=("6", "3", "4", "4", "4", "4"), copied=True),
    Story("came_late_once", "合格", "issue", late=1, report="7", leave="事假",
          delivery=Delivery(twice=True, old_ending=True)),
    Story("late_paper", "合格", "issue", heard=24, judged=("8", "3", "6", "6", "5", "5"), summary=True,
          delivery=Delivery({"attendance": "pdf"}, late=True)),
)  # fmt: skip
HELD = (
    Story("two_days_unexcused", "合格（证书缓发）", "withheld", absent=4, judged=("7", "3", "4", "4", "4", "3"),
          summary=True),
    Story("too_little", "不合格", "none", halves=12, heard=9, taught=1, report=None, class_activity=False,
          judged=("3", "1", "2", "2", "2", "2"), withheld_papers=("appraisal",)),
    Story("half_a_day_short", "合格", "manual", halves=19, judged=("7", "3", "5", "5", "4", "4")),
    Story("no_attendance_sheet", "未考核", "open", withheld_papers=("attendance",), wrong_id=True, summary=True),
)  # fmt: skip
USUAL = (*PASSED[:3], PASSED[4], PASSED[3], PASSED[5], HELD[0], PASSED[6], HELD[1], PASSED[7], HELD[2], HELD[3])


def story_of(index: int, damage: Damage) -> Story:
    """The story of the trainee with this place in the cohort; twelve stories, of which eight pass, come in turn."""
    if damage == "none":
        story = PASSED[index % len(PASSED)]
        return replace(
            story, claimed=None, late=0, copied=False,
            delivery=replace(story.delivery, late=False, twice=False, old_ending=False),
        )  # fmt: skip
    story = USUAL[index % len(USUAL)]
    return _rougher(story) if damage == "hard" else story


def _rougher(story: Story) -> Story:
    """The same season, with more of it on paper."""
    media: dict[str, Medium] = {**story.delivery.media, "assessment_register": "scan"}
    return replace(story, delivery=replace(story.delivery, media=media, photographed=2, scanned=2))


def points_of(story: Story) -> dict[str, Decimal]:
    """Points of R1 to R12 as a careful person counts them from the records; R1 is missing without attendance sheet."""
    r6, r8, r9, r10, r11, r12 = map(Decimal, story.judged)
    attendance = min(Decimal(story.halves) / 2, Decimal(10)) * Decimal("1.2") + 3
    points = {
        "r1": max(attendance - 2 * story.absent - Decimal("0.5") * story.late, Decimal(0)),
        "r2": Decimal(min(story.heard, 20)),
        "r3": Decimal(4 * min(story.taught, 2)) + Decimal(story.report or 0),
        "r4": Decimal(4),
        "r5": Decimal(4 if story.class_activity else 0),
        "r6": r6,
        "r7": Decimal("0.8") * min(story.days, 10),
        "r8": r8,
        "r9": r9,
        "r10": r10,
        "r11": r11,
        "r12": r12,
    }
    return {item: value for item, value in points.items() if item != "r1" or "attendance" not in story.withheld_papers}


def stated_points(story: Story) -> dict[str, Decimal]:
    """Points of R1 to R12 as the mentor writes them in the register: by what is claimed, attendance always judged."""
    there = replace(story, withheld_papers=(), heard=story.claimed or story.heard)
    return points_of(there)


def score_of(story: Story) -> Decimal | None:
    """The total, None while a paper that it needs is not in."""
    points = points_of(story)
    return sum(points.values(), Decimal(0)) if len(points) == 12 else None


def plain(number: Decimal) -> str:
    """A decimal in its normal form, 14.50 as 14.5."""
    return format(number.normalize(), "f")


def half_days(halves: int) -> str:
    """Half days as days in normal form, 19 as 9.5."""
    return plain(Decimal(halves) / 2)

"""One invented season: the days of each trainee, and what happened on each of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice
from random import Random

from gengang.calendar_days import is_workday, workdays
from gengang.codecs import Period
from gengang.errors import SchemeError
from gengang.roster import Person, School
from gengang.sample.people import Cohort
from gengang.sample.stories import USUAL, Story
from gengang.sample.texts import CLASS_MET, MET, PREPARED, RESEARCHED, TOPICS
from gengang.scheme import Calendar
from gengang.submission import RowValues

PERIODS = ("第1节", "第2节", "第3节", "第4节", "第5节", "第6节", "第7节")
MORNING = 4


@dataclass(frozen=True, slots=True)
class Season:
    """A trainee's season.

    days: those planned, in order; attended: those with at least half a day; on_leave: those of an approved leave.
    copied_from: the colleague whose reflections are handed in as one's own, None for an honest trainee.
    """

    trainee: Person
    mentor: Person
    base: School
    story: Story
    calendar: Calendar
    days: tuple[date, ...]
    attended: tuple[date, ...]
    on_leave: tuple[date, ...] = ()
    copied_from: Person | None = None

    @property
    def planned(self) -> Period:
        """First to last planned day."""
        return Period(self.days[0].isoformat(), self.days[-1].isoformat())

    @property
    def window(self) -> Period:
        """The programme's window."""
        start, end = window_of(self.calendar)
        return Period(start.isoformat(), end.isoformat())

    @property
    def written_subject(self) -> str:
        """Stage and subject as schools write them, 初中数学."""
        return f"{self.trainee.stage}{self.trainee.subject}"

    @property
    def due_halves(self) -> int:
        """Half days that were planned: attended, missed without leave, and on leave."""
        return self.story.halves + self.story.absent + 2 * len(self.on_leave)

    def workday(self, after: date, number: int = 1) -> date:
        """The working day with that number after a day."""
        later = (after + timedelta(days) for days in count(1))
        return next(islice((day for day in later if is_workday(self.calendar, day)), number - 1, None))

    def attended_from(self, day: date) -> date:
        """The first attended day from a day on, the last one when there is none."""
        return next((one for one in self.attended if one >= day), self.attended[-1])

    def rng(self, *about: object) -> Random:
        """A random generator of its own for each thing, so that nothing depends on the order of making."""
        return Random("/".join(map(str, (self.trainee.key, *about))))


def window_of(calendar: Calendar) -> tuple[date, date]:
    """First and last day. Raises SchemeError while they are not set: nobody's days can be invented then."""
    if calendar.start is None or calendar.end is None:
        raise SchemeError(
            "方案没有写明研修的起止日期，造不出样例：", ("请先在 scheme.toml 写明 calendar.start 和 end",)
        )
    return calendar.start, calendar.end


def season_of(trainee: Person, cohort: Cohort, story: Story, calendar: Calendar, seed: int) -> Season:
    """The days of one trainee: working days between the first week and the last day of the window."""
    rng = Random(f"{seed}/days/{trainee.key}")
    start, _ = window_of(calendar)
    open_days = [day for day in workdays(calendar) if day >= start + timedelta(5)]
    leave, missed = int(bool(story.leave)), story.absent // 2
    days = tuple(sorted(rng.sample(open_days, story.days + missed + leave)))
    off = rng.sample(days[2:-1], missed + leave)
    attended = tuple(day for day in days if day not in off)
    source = _colleague(trainee, cohort) if story.copied else None
    return Season(
        trainee, cohort.mentor_of[trainee.key], cohort.base, story, calendar, days, attended, tuple(off[:leave]), source
    )


def _colleague(trainee: Person, cohort: Cohort) -> Person | None:
    """The one who is copied from: of the same subject where there is one, and with as many honest reflections."""
    honest = [one for index, one in enumerate(cohort.trainees) if one.key != trainee.key and _writes(index)]
    same = [one for one in honest if (one.stage, one.subject) == (trainee.stage, trainee.subject)]
    return next(iter((*same, *honest)), None)


def _writes(index: int) -> bool:
    story = USUAL[index % len(USUAL)]
    return story.reflections >= 3 and not story.copied


def activities_of(season: Season, number: int) -> Iterator[RowValues]:
    """The rows of the log with this number, from 1: lessons heard in the morning, then what the story asks."""
    story, days = season.story, len(season.attended)
    heard = story.heard // days + (number <= story.heard % days)
    rng = season.rng("activities", number)
    topics = TOPICS[season.written_subject]
    slots = sorted(rng.sample(PERIODS[:MORNING], heard))
    for turn, slot in enumerate(slots):
        topic = topics[(number * 3 + turn) % len(topics)]
        yield _activity(slot, "听课", topic, season.mentor.name, _class(season, rng))
    half_day = season.story.halves % 2 and number == days
    rest = [] if half_day else _afternoon(season, number)
    for slot, (kind, topic) in zip(PERIODS[MORNING:], rest, strict=False):
        speaker = season.trainee.name if kind == "上课" or _hosts(season, kind) else season.mentor.name
        place = _class(season, rng) if kind in ("上课", "班级活动") else f"{season.trainee.subject}组办公室"
        yield _activity(slot, kind, topic, speaker, place)


def _activity(slot: str, kind: str, topic: str, speaker: str, place: str) -> RowValues:
    return {"time": slot, "kind": kind, "topic": topic, "speaker": speaker, "place": place}


def _hosts(season: Season, kind: str) -> bool:
    """Every second trainee leads the class activity instead of taking part in it."""
    return kind == "班级活动" and season.rng("host").random() < 0.5


def _class(season: Season, rng: Random) -> str:
    grade = season.mentor.classes[0]
    return f"{grade}（{rng.randint(1, 6)}）班"


def _afternoon(season: Season, number: int) -> list[tuple[str, str]]:
    """Kind and topic of what follows the lessons heard on the day with this number."""
    story, days = season.story, len(season.attended)
    rng = season.rng("afternoon", number)
    topics = TOPICS[season.written_subject]
    happened = [("其他", MET[0])] if number == 1 else []
    if number in (2, 6):
        happened.append(("教研", rng.choice(RESEARCHED)))
    if number in (3, 5, 8):
        happened.append(("集体备课", rng.choice(PREPARED)))
    if number == 4 and story.class_activity:
        happened.append(("班级活动", rng.choice(CLASS_MET[season.trainee.stage])))
    if number in range(5, 5 + 2 * story.taught, 2):
        happened.append(("上课", f"研究课：{topics[(number * 5) % len(topics)]}"))
    if number == days - 1 and story.report is not None:
        happened.append(("上课", f"汇报课：{topics[(number * 7 + 1) % len(topics)]}"))
    return happened or [("其他", rng.choice(MET[1:]))]

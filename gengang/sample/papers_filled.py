"""A paper as it was filled in, and the words of one person that its texts are made with."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from gengang.codecs import Value
from gengang.roster import Person
from gengang.sample.season import Season, activities_of
from gengang.sample.stories import Kind, half_days
from gengang.sample.texts_grammar import Words, pick, worded
from gengang.sample.texts_plans import SHORT_MEASURES
from gengang.sample.texts_teaching import FLAVOURS
from gengang.sample.texts_themes import Theme, themes_for
from gengang.sample.texts_themes_more import THEMES
from gengang.submission import RowValues

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
PRINCIPAL, DEPUTY, CONTACT, CONTACT_PHONE = "贾明远", "魏国强", "汪素云", "13600000001"
GATHERED = date(2016, 12, 5)


@dataclass(frozen=True, slots=True)
class Filled:
    """A paper as it was filled in.

    person: key of the trainee or mentor, empty for a school's; sender: name of the school it comes from.
    written: the day of the last pen stroke on it; note: a mark for the truth, `copied_from:<key>`.
    """

    kind: Kind
    person: str
    sender: str
    values: Mapping[str, Value | None]
    lists: Mapping[str, tuple[RowValues, ...]] = field(default_factory=dict)
    written: date = GATHERED
    note: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """A row of the log of one day."""

    day: date
    row: RowValues

    @property
    def kind(self) -> str:
        """听课, 上课, 教研, 集体备课, 班级活动 or 其他."""
        return str(self.row["kind"])

    @property
    def period(self) -> str:
        """The lesson of the day, as 2."""
        return str(self.row["time"]).removeprefix("第").removesuffix("节")

    @property
    def topic(self) -> str:
        """The topic without 研究课 or 汇报课 before it."""
        return str(self.row["topic"]).removeprefix("研究课：").removeprefix("汇报课：")


@dataclass(frozen=True, slots=True)
class Told:
    """A season with what it is told with. happened: the rows of all logs in order; themes: the dearest first."""

    season: Season
    happened: tuple[Happened, ...]
    themes: tuple[Theme, ...]
    words: Words

    def of(self, *kinds: str) -> tuple[Happened, ...]:
        """What happened of these kinds, in order."""
        return tuple(one for one in self.happened if one.kind in kinds)

    def on(self, day: date) -> tuple[Happened, ...]:
        """What happened on a day."""
        return tuple(one for one in self.happened if one.day == day)


def principal_of(school: str) -> str:
    """The invented head of a rural school, the same on all its papers."""
    return Random(school).choice(("刘长河", "孙守义", "周月琴", "吴振海", "郑国安", "何立民", "陶玉珍"))


def told_of(season: Season) -> Told:
    """The season, its rows made once, and the words of its trainee."""
    happened = tuple(
        Happened(day, row) for number, day in enumerate(season.attended, 1) for row in activities_of(season, number)
    )
    return Told(season, happened, themes_of(season.trainee), _season_words(season, happened))


def themes_of(person: Person) -> tuple[Theme, ...]:
    """The four themes that run through everything a person writes."""
    return themes_for(Random(f"{person.key}/themes"), THEMES, 4)


def person_words(person: Person) -> dict[str, str]:
    """What is known of a trainee without the season, and a school to match."""
    rng = Random(f"{person.key}/school")
    classes = rng.randint(6, 12) if person.stage == "小学" else rng.randint(9, 18)
    size = rng.randint(29, 38)
    return {
        **FLAVOURS[person.subject],
        "name": person.name, "school": person.school, "stage": person.stage,
        "subject": person.subject, "stage_subject": f"{person.stage}{person.subject}", "title": person.title,
        "degree": person.degree, "backbone": person.backbone, "years": str(person.teaching_years),
        "surname": person.name if "·" in person.name else person.name[0],
        "school_kind": "九年一贯制学校" if "一贯制" in person.school else person.stage,
        "child": "孩子" if person.stage == "小学" else "学生",
        "classes": str(classes), "size": str(size), "pupils": str(classes * (size - 2) + rng.randint(0, 19)),
        "teachers": str(classes * 2 + rng.randint(1, 6)), "size_base": str(rng.randint(44, 58)),
    }  # fmt: skip


def _season_words(season: Season, happened: tuple[Happened, ...]) -> dict[str, str]:
    story, kinds = season.story, Counter(one.kind for one in happened)
    grade = f"{season.mentor.classes[0]}年级"
    return person_words(season.trainee) | {
        "base": season.base.name, "mentor": season.mentor.name, "grade": grade, "own_grade": grade,
        "her": "她" if season.mentor.gender == "女" else "他", "planned_days": str(len(season.days)),
        "present": half_days(story.halves), "heard": str(story.claimed or story.heard),
        "taught": str(story.taught + (story.report is not None)), "logs": str(len(season.attended)),
        "report_part": "（其中汇报课1节）" if story.report is not None else "",
        "lesson": next((one.topic for one in happened if one.kind == "上课"), ""),
        "research": str(kinds["教研"] + kinds["集体备课"]), "reflections": str(story.reflections),
    }  # fmt: skip


def theme_words(rng: Random, words: Words, theme: Theme, second: Theme, topic: str) -> dict[str, str]:
    """The words with sentences of a theme filled in; topic: the lesson that is spoken of."""
    words = {**words, "topic": topic}
    measures, lacks, data = rng.sample(theme.measures, 3), rng.sample(theme.lacks, 2), rng.sample(theme.data, 2)
    chosen = {
        "lack": lacks[0], "lack2": lacks[1], "cause": pick(rng, theme.causes), "learned": pick(rng, theme.learned),
        "measure": measures[0], "measure2": measures[1], "measure3": measures[2], "data": data[0], "data2": data[1],
        "other": pick(rng, second.measures), "goal": pick(rng, theme.goals),
    }  # fmt: skip
    if "mentor" in words:
        chosen["seen"] = pick(rng, theme.seen)
    filled = {name: worded(rng, sentence, words) for name, sentence in chosen.items()}
    return {**words, **filled, "theme": theme.name, "second": second.name, "short": pick(rng, SHORT_MEASURES)}


def head_of(season: Season) -> dict[str, Value | None]:
    """The five fields that most papers begin with."""
    return {
        "name": season.trainee.name,
        "school": season.trainee.school,
        "stage_subject": season.written_subject,
        "base_school": season.base.name,
        "mentor": season.mentor.name,
    }


def own_paper(
    kind: Kind,
    season: Season,
    values: Mapping[str, Value | None],
    written: date,
    lists: Mapping[str, tuple[RowValues, ...]] | None = None,
) -> Filled:
    """A paper that the trainee hands in through the own school."""
    return Filled(kind, season.trainee.key, season.trainee.school, values, lists or {}, written)

"""How each paper of a season is named, where it lies in the inbox, on which day and in what it comes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from gengang.calendar_days import is_workday
from gengang.sample.papers import Filled
from gengang.sample.people import Cohort
from gengang.sample.prose import ProsePaper, prose_of
from gengang.sample.season import Season
from gengang.sample.stories import Damage, Kind
from gengang.sample.ways import AS_TYPED, DECISIVE, Medium, Way, habits_for, way_of

HANDED_IN, BY_BASE, TOO_LATE = date(2016, 12, 5), date(2016, 12, 6), date(2016, 12, 9)
SIGN_UP_DAY = date(2016, 9, 5)
TITLES: Mapping[Kind, str] = {
    "registration": "报名表",
    "personal_info": "个人信息登记表",
    "mentor_assignment": "指导教师安排表",
    "base_school_plan": "跟岗研修工作方案",
    "sign_in": "签到表",
    "study_plan": "个人学习计划",
    "development_plan": "专业发展规划",
    "day_plan": "个人研修方案",
    "training_log": "研修日志",
    "lesson_observation": "听课记录",
    "lesson_taught": "上课记录",
    "activity_record": "活动记录",
    "reflection": "教学反思",
    "leave_request": "请假申请",
    "task_summary": "任务完成情况汇总表",
    "action_research_report": "行动研究报告",
    "study_report": "研修报告",
    "attendance": "考勤表",
    "appraisal": "鉴定表",
    "assessment_register": "考核登记表",
    "base_school_appraisal": "基地校鉴定",
    "mentor_summary": "指导工作总结",
}
# Base school and mentors hand these in, at the end; everything else comes from the trainee's own school.
BY_THE_BASE_SCHOOL: frozenset[Kind] = frozenset(
    {"attendance", "appraisal", "assessment_register", "base_school_appraisal", "mentor_summary", "task_summary"}
)
ENDINGS: Mapping[Medium, str] = {
    "word": "docx", "doc": "doc", "pdf": "pdf", "scan": "pdf", "fax": "pdf", "photo": "jpg", "chat": "jpg",
    "sheet": "xlsx",
}  # fmt: skip
NAMES = (
    "{name}{title}{number}",
    "{title}-{name}-{number}",
    "{title}（{name}）{number}",
    "{school}{name}{title}{number}",
    "{title}{number}",
)
HELPLESS = ("新建 Microsoft Word 文档({number})", "{title}（最终版）{number}", "{number}", "{name}({number})(1)")
LETTERS_IN_ONE_PDF = 12
OWN_FORMS_SHARE = 0.35  # trainees who write on the forms that were printed for them


@dataclass(frozen=True, slots=True)
class Posted:
    """A paper on its way into the inbox.

    folder: inside the inbox; stem: file name without ending; prose: where it follows no template.
    carrier: path of the mail, archive or joined PDF that it comes in, empty otherwise.
    habits: what its writer did to the Word form; own_form: it was handed out pre-filled, with its marks.
    expect: codes of what should be found.
    again: further names under which the same bytes come once more; ending: of the name, where not the medium's.
    """

    filled: Filled
    way: Way
    folder: str
    stem: str
    prose: ProsePaper | None = None
    carrier: str = ""
    habits: tuple[str, ...] = ()
    own_form: bool = False
    expect: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    ending: str = ""

    @property
    def name(self) -> str:
        """The file's or attachment's name."""
        return f"{self.stem}.{self.ending or ENDINGS[self.way.medium]}"

    def rng(self, *about: object) -> Random:
        """A generator of its own for what is done to this paper."""
        return Random("/".join(map(str, (self.folder, self.stem, self.filled.person, *about))))


# --- lists of schools and of the base school -----------------------------------------------------------------------


def posted_lists(papers: Iterable[Filled], damage: Damage) -> Iterator[Posted]:
    """Schools' and the base school's papers; every third school sends its list as a workbook too."""
    numbers: dict[tuple[str, Kind], int] = {}
    for paper in papers:
        number = numbers[paper.sender, paper.kind] = numbers.get((paper.sender, paper.kind), 0) + 1
        stem = f"{paper.sender}{TITLES[paper.kind]}{number if number > 1 else ''}"
        folder = f"{max(paper.written, date(2016, 9, 1)).isoformat()} {paper.sender}"
        rng = Random(f"{stem}/way")
        way = Way("scan", "signed") if paper.kind == "sign_in" else AS_TYPED
        habits = habits_for(paper.kind, damage, rng) if way == AS_TYPED else ()
        yield Posted(paper, way, folder, stem, habits=habits)
        if paper.kind == "registration" and rng.random() < 0.34:
            yield Posted(paper, Way("sheet"), folder, f"{stem}（电子版）")


# --- the papers of one trainee --------------------------------------------------------------------------------------


def posted_papers(season: Season, papers: Sequence[Filled], damage: Damage) -> Iterator[Posted]:
    """Everything of one trainee, in the order in which it was written."""
    numbers: dict[Kind, int] = {}
    sort = _Sort(season, damage)
    for paper in papers:
        numbers[paper.kind] = numbers.get(paper.kind, 0) + 1
        yield sort.posted(paper, numbers[paper.kind], sum(one.kind == paper.kind for one in papers))


@dataclass(frozen=True, slots=True)
class _Sort:
    """How one trainee sends things."""

    season: Season
    damage: Damage

    def posted(self, paper: Filled, number: int, of: int) -> Posted:
        rng = self.season.rng("post", paper.kind, number)
        way = self._way(paper, number, rng)
        folder = self._folder(paper)
        stem = self._stem(paper, number, of, way, rng)
        own = not way.prose and self.season.rng("own forms").random() < OWN_FORMS_SHARE
        made = Posted(paper, way, folder, stem, own_form=own, expect=_expected(self.season, paper))
        made = replace(made, carrier=self._carrier(paper, way))
        if way.prose:
            made = replace(made, prose=prose_of(self.season, paper.kind, number))
        elif way.medium in ("word", "doc"):
            made = replace(made, habits=self._habits(paper, rng))
        return self._as_told(made, number, of)

    def _way(self, paper: Filled, number: int, rng: Random) -> Way:
        delivery = self.season.story.delivery
        if paper.kind == "training_log" and number in range(2, 2 + delivery.photographed):
            return Way("photo")
        if paper.kind == "training_log" and number in range(
            2 + delivery.photographed, 2 + delivery.photographed + delivery.scanned
        ):
            return Way("scan")
        stated = delivery.media.get(paper.kind)
        if stated is not None and stated != "mail":
            return Way(stated, "signed" if stated == "scan" else "")
        if paper.kind == "base_school_appraisal":
            return Way("pdf")
        return AS_TYPED if paper.kind in DECISIVE else way_of(paper.kind, self.damage, rng)

    def _folder(self, paper: Filled) -> str:
        """Sign-up papers in September, the season's every second week, the base school's at the end."""
        trainee, delivery = self.season.trainee, self.season.story.delivery
        if paper.kind == "training_log" and delivery.undated:
            return f"{trainee.name}研修日志"
        if paper.kind == "appraisal" and delivery.late:
            return f"{TOO_LATE.isoformat()} {trainee.school}"
        if paper.kind in BY_THE_BASE_SCHOOL:
            return f"{BY_BASE.isoformat()} {self.season.base.name}/{TITLES[paper.kind]}"
        return f"{self._came(paper.written).isoformat()} {trainee.school}"

    def _came(self, written: date) -> date:
        if written <= SIGN_UP_DAY:
            return SIGN_UP_DAY
        first = SIGN_UP_DAY + timedelta(days=11 + self.season.rng("collects").randrange(4))
        days = (_on_duty(self.season, first + timedelta(days=14 * turn)) for turn in range(7))
        return next((day for day in days if written <= day < HANDED_IN), HANDED_IN)

    def _stem(self, paper: Filled, number: int, of: int, way: Way, rng: Random) -> str:
        trainee = self.season.trainee
        taken = f"{self._came(paper.written):%Y%m%d}"
        if way.medium == "photo":
            return f"IMG_{taken}_{rng.randrange(80_000, 180_000):06d}"
        if way.medium == "chat":
            return f"mmexport14{rng.randrange(10**11):011d}"
        if paper.kind in BY_THE_BASE_SCHOOL:
            return f"{trainee.name}{TITLES[paper.kind]}"
        pattern = self.season.rng("file names").choice(NAMES)
        if rng.random() < 0.06 and self.damage != "none":
            pattern = rng.choice(HELPLESS)
        shown = f"{number}" if of > 1 or "title" not in pattern else ""
        words = {"name": trainee.name, "school": trainee.school, "title": TITLES[paper.kind], "number": shown}
        return pattern.format(**words).rstrip("-")

    def _carrier(self, paper: Filled, way: Way) -> str:
        trainee, delivery = self.season.trainee, self.season.story.delivery
        if delivery.media.get(paper.kind) == "mail":
            return f"{BY_BASE.isoformat()} 邮件/{trainee.school}{trainee.name}跟岗材料.eml"
        zips = self.season.rng("zips").random() < 0.2
        if paper.kind == "lesson_observation" and zips and way.medium in ("word", "doc", "pdf"):
            return f"{HANDED_IN.isoformat()} {trainee.school}/{trainee.name}听课记录.zip"
        return ""

    def _habits(self, paper: Filled, rng: Random) -> tuple[str, ...]:
        story = self.season.story
        if paper.kind == "training_log" and story.delivery.dotted:
            return ("dates_spelled", "spaced_names", "other_middle_dot")
        if story.wrong_id and paper.kind == "appraisal":
            return ()
        return habits_for(paper.kind, self.damage, rng)

    def _as_told(self, posted: Posted, number: int, of: int) -> Posted:
        """What the story says of single files."""
        delivery, kind = self.season.story.delivery, posted.filled.kind
        if delivery.twice and kind == "training_log" and number == of:
            return replace(posted, again=(f"{posted.stem}（最终版）.docx",))
        if delivery.old_ending and kind == "attendance":
            return replace(posted, ending="doc", habits=())
        return posted


def _on_duty(season: Season, day: date) -> date:
    """The day, or the next one on which a school is open."""
    days = (day + timedelta(days=further) for further in range(12))
    return next(one for one in days if is_workday(season.calendar, one))


def in_one_pdf(letters: Sequence[Posted]) -> Iterator[Posted]:
    """The base school's letters of appraisal, a dozen people in one file."""
    for start in range(0, len(letters), LETTERS_IN_ONE_PDF):
        some = letters[start : start + LETTERS_IN_ONE_PDF]
        path = f"{some[0].folder}/基地校鉴定（{len(some)}人）.pdf"
        yield from (replace(one, carrier=path) for one in some)


def posted_of_mentors(papers: Iterable[Filled], cohort: Cohort, damage: Damage) -> Iterator[Posted]:
    """The mentors' summaries, from the base school."""
    names = {mentor.key: mentor.name for mentor in cohort.mentors}
    for paper in papers:
        rng = Random(f"{paper.person}/{paper.kind}/post")
        way = way_of(paper.kind, damage, rng)
        habits = habits_for(paper.kind, damage, rng) if way.medium in ("word", "doc") else ()
        folder = f"{BY_BASE.isoformat()} {cohort.base.name}/{TITLES[paper.kind]}"
        yield Posted(paper, way, folder, f"{names[paper.person]}{TITLES[paper.kind]}", habits=habits)


def _expected(season: Season, paper: Filled) -> tuple[str, ...]:
    story, kind = season.story, paper.kind
    codes = []
    if kind == "appraisal" and story.wrong_id:
        codes.append("id_checksum")
    if kind == "appraisal" and story.delivery.late:
        codes.append("late")
    if kind == "attendance" and story.delivery.old_ending:
        codes.append("wrong_extension")
    if story.claimed is not None and kind in ("appraisal", "assessment_register"):
        codes.append("claim_differs" if kind == "appraisal" else "score_differs")
    return tuple(codes)


def picture_seed(seed: int, posted: Posted) -> int:
    """The seed of a picture's noise, from the sample's seed and the paper's place."""
    return Random(f"{seed}/{posted.folder}/{posted.name}").getrandbits(32)

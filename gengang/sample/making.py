"""A workspace with an invented cohort: scheme, school table, a full inbox, and the truth beside it.

The truth (truth.json) is what a careful person would read from every paper (`inbox.py` says how an entry is made) and
decide about every trainee; it comes from the stories the papers are made of, never from the product's own readers or
rules. `verdicts` has one entry a trainee.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from random import Random

from gengang.errors import WorkspaceError
from gengang.form import Form
from gengang.rosterfile import write_school_table
from gengang.sample.bodies import Body, Forms, bodies_of
from gengang.sample.containers import foreign_form
from gengang.sample.habits import Typed
from gengang.sample.inbox import Counts, Inbox, Line
from gengang.sample.papers import Filled, papers_of, papers_of_base, papers_of_mentor, registrations_of
from gengang.sample.people import Cohort, cohort_of
from gengang.sample.post import BY_BASE, HANDED_IN, Posted, in_one_pdf, posted_lists, posted_of_mentors, posted_papers
from gengang.sample.scenes import activity_photo
from gengang.sample.season import Season, season_of
from gengang.sample.stories import Damage, plain, score_of, story_of
from gengang.sample.ways import AS_TYPED
from gengang.scheme import Scheme
from gengang.schemefile import scheme_from_toml
from gengang.workspace import BUILT_IN

PRESET = "county-2016.toml"
PEOPLE_AT_ONCE = 24
STRAYS_EVERY, PHOTO_EVERY = 12, 4
BLANKS = (
    ("××县××实验学校", "安和县实验学校"), ("××县", "安和县"), ('word = "×"', 'word = "安"'),
    ('accept = "each"', 'accept = "clean"'),  # nobody sits beside a sample to accept its people
)  # fmt: skip
HOURS: Mapping[str, int | None] = {"合格": 60, "合格（证书缓发）": None, "不合格": 0, "未考核": None}
NAMES = {
    "word": "Word", "doc": "旧版Word", "pdf": "PDF", "scan": "扫描", "fax": "传真", "photo": "照片", "chat": "聊天图片",
    "sheet": "电子表格",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SampleCounts:
    """What was made."""

    people: int
    schools: int
    inbox: Counts

    @property
    def papers(self) -> int:
        """Filled papers; a mail or an archive is one file and several papers."""
        return sum(self.inbox.kinds.values())

    def __str__(self) -> str:
        media = "、".join(
            f"{name}{self.inbox.media[medium]}" for medium, name in NAMES.items() if medium in self.inbox.media
        )
        return f"{self.people}人、{self.schools}所学校、{self.inbox.files}个文件；填好的材料{self.papers}份：{media}"


def make_sample(
    target: Path,
    people: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
    damage: Damage = "usual",
) -> SampleCounts:
    """Writes the workspace; the same arguments give the same files.

    target: a new or empty folder; people: trainees, at least 1; progress: told how many of them are done, of how many.
    damage: none leaves out what goes wrong, hard brings much more of it and more of it on paper.
    Raises WorkspaceError when the folder is not empty, ToolError when LibreOffice is missing or fails.
    """
    if target.exists() and any(target.iterdir()):
        raise WorkspaceError(f"“{target.name}”不是空文件夹，样例不会写进去。请换一个新文件夹名。")
    scheme = _begun(target)
    cohort = cohort_of(people, seed, scheme.organisation.base_school)
    write_school_table(cohort.schools, target / "学校一览表.xlsx")
    seasons = tuple(
        season_of(trainee, cohort, story_of(index, damage), scheme.calendar, seed)
        for index, trainee in enumerate(cohort.trainees)
    )
    inbox = Inbox(target / "inbox")
    making = _Making(inbox, Forms(BUILT_IN / "forms"), cohort, seed, damage)
    with (target / "truth.json").open("w", encoding="utf-8", newline="\n") as truth:
        truth.write(_truth_head(seed, damage, cohort, seasons))
        lines = (json.dumps(line, ensure_ascii=False) for line in making.filled(seasons, progress))
        truth.write(",\n".join(lines))
        truth.write("\n]}\n")
    return SampleCounts(len(cohort.trainees), len(cohort.schools), inbox.counts())


def _begun(target: Path) -> Scheme:
    """The folder with its scheme, whose blanks are filled for an invented county."""
    for name in ("inbox", "outbox"):
        (target / name).mkdir(parents=True, exist_ok=True)
    text = (BUILT_IN / "schemes" / PRESET).read_text(encoding="utf-8")
    for blank, filled in BLANKS:
        text = text.replace(blank, filled)
    (target / "scheme.toml").write_text(text, encoding="utf-8", newline="\n")
    return scheme_from_toml(text)


@dataclass(frozen=True, slots=True)
class _Making:
    """A sample being made."""

    inbox: Inbox
    forms: Forms
    cohort: Cohort
    seed: int
    damage: Damage

    def filled(self, seasons: Sequence[Season], progress: Callable[[int, int], None] | None) -> Iterator[Line]:
        """Fills the inbox and gives the truth of each file in turn."""
        lists = (*registrations_of(self.cohort), *papers_of_base(self.cohort, seasons))
        yield from self._put(list(posted_lists(lists, self.damage)))
        mentors = (paper for mentor in self.cohort.mentors for paper in papers_of_mentor(mentor, seasons))
        yield from self._put(list(posted_of_mentors(mentors, self.cohort, self.damage)))
        waiting = enumerate(seasons)
        while some := list(islice(waiting, PEOPLE_AT_ONCE)):
            yield from self._put(self._posted([season for _, season in some]))
            for index, season in some:
                yield from self._beside(index, season)
            if progress is not None:
                progress(some[-1][0] + 1, len(seasons))

    def _posted(self, seasons: Sequence[Season]) -> list[Posted]:
        posted = [one for season in seasons for one in posted_papers(season, tuple(papers_of(season)), self.damage)]
        letters = [one for one in posted if one.filled.kind == "base_school_appraisal" and one.way.medium == "pdf"]
        return [*(one for one in posted if one not in letters), *in_one_pdf(letters)]

    def _put(self, papers: Sequence[Posted]) -> Iterator[Line]:
        kinds = {one.filled.kind for one in papers}
        forms: dict[str, Form] = {kind: self.forms.writer(kind).form for kind in kinds}
        yield from self.inbox.put(bodies_of(papers, self.forms, self.seed, self.cohort.base.name), forms)

    # --- what is no form ---

    def _beside(self, index: int, season: Season) -> Iterator[Line]:
        if index % PHOTO_EVERY == 1:
            yield self._photo(season)
        if self.damage != "none" and index % STRAYS_EVERY == 0:
            yield from self._strays(season)

    def _photo(self, season: Season) -> Line:
        rng = Random(f"{self.seed}/{season.trainee.key}/photo")
        picture = activity_photo(rng.getrandbits(32), f"{season.trainee.subject}组教研活动")
        path = f"{HANDED_IN.isoformat()} {season.trainee.school}/活动照片{rng.randint(1, 9)}.jpg"
        return self.inbox.stray(path, picture, ("unknown_form",), "photo", season.trainee.key)

    def _strays(self, season: Season) -> Iterator[Line]:
        """What no office is spared: an empty file, a cut-off one, a form of another programme, one left blank."""
        folder, name = f"{HANDED_IN.isoformat()} {season.trainee.school}", season.trainee.name
        writer = self.forms.writer("training_log")
        log = writer.fill({"name": name, "school": season.trainee.school})
        yield self.inbox.stray(f"{folder}/新建 Microsoft Word 文档.docx", b"", ("empty_file",))
        yield self.inbox.stray(
            f"{folder}/{name}研修日志（下载未完成）.docx", log[: len(log) * 3 // 5], ("unreadable_file",)
        )
        path = f"{BY_BASE.isoformat()} {season.base.name}/国培计划报名表.docx"
        yield self.inbox.stray(path, _other_programme(season), ("unknown_form",))
        nothing = Filled("training_log", "", season.trainee.school, {})
        blank = Posted(nothing, AS_TYPED, folder, "附件1 研修日志（空表）", expect=("blank_form",))
        yield from self.inbox.put([Body(blank, (writer.fill({}),), Typed(b""))], {"training_log": writer.form})


def _other_programme(season: Season) -> bytes:
    rows = (("姓名", season.mentor.name, "单位", season.base.name), ("培训项目", "送教下乡", "培训时间", "2016年7月"),
            ("学员承诺", "服从安排，按时参训。", "备注", ""))  # fmt: skip
    return foreign_form("国培计划（2016）乡村教师培训报名表", rows)


# --- the truth -----------------------------------------------------------------------------------------------------


def _truth_head(seed: int, damage: Damage, cohort: Cohort, seasons: Sequence[Season]) -> str:
    people = [asdict(person) | {"mentor": cohort.mentor_of[person.key].key} for person in cohort.trainees]
    mentors = [asdict(mentor) for mentor in cohort.mentors]
    head = {"schema": 1, "seed": seed, "damage": damage, "people": people, "mentors": mentors,
            "verdicts": [_verdict(season) for season in seasons]}  # fmt: skip
    return json.dumps(head, ensure_ascii=False)[:-1] + ', "papers": [\n'


def _verdict(season: Season) -> dict[str, object]:
    story = season.story
    score = score_of(story)
    return {
        "person": season.trainee.key, "name": season.trainee.name, "school": season.trainee.school, "story": story.id,
        "outcome": story.outcome, "certificate": story.certificate, "hours": HOURS[story.outcome],
        "score": None if score is None else plain(score),
    }  # fmt: skip

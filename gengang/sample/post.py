"""How each paper of a season is named, where it lies in the inbox, and in which medium it comes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from gengang.codecs import show
from gengang.sample.papers import Filled
from gengang.sample.season import Season
from gengang.sample.stories import Kind, Medium

HANDED_IN, BY_BASE, TOO_LATE = "2016-12-05", "2016-12-06", "2016-12-09"
TITLES: Mapping[Kind, str] = {
    "registration": "报名表",
    "mentor_assignment": "指导教师安排表",
    "training_log": "研修日志",
    "attendance": "考勤表",
    "appraisal": "鉴定表",
    "assessment_register": "考核登记表",
}
ENDINGS: Mapping[Medium, str] = {"word": "docx", "pdf": "pdf", "scan": "pdf", "photo": "jpg", "mail": "docx"}
LOG_NAMES = ("{name}研修日志{day}", "研修日志-{name}-第{number}天", "附件1 研修日志（{name}）{number}")


@dataclass(frozen=True, slots=True)
class Posted:
    """A paper on its way into the inbox.

    folder: inside the inbox; stem: file name without ending; mail: path of the mail that carries it, empty otherwise.
    changes: what was typed another way, text -> what stands there; expect: codes of what a reader should find.
    again: further names under which the same bytes come once more; ending: of the name, where it is not the medium's.
    """

    filled: Filled
    medium: Medium
    folder: str
    stem: str
    mail: str = ""
    changes: Mapping[str, str] = field(default_factory=dict)
    expect: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    ending: str = ""

    @property
    def name(self) -> str:
        """The file's or attachment's name."""
        return f"{self.stem}.{self.ending or ENDINGS[self.medium]}"


def posted_lists(papers: Sequence[Filled]) -> Iterator[Posted]:
    """The schools' and the base school's lists, in Word."""
    for number, paper in enumerate(papers, 1):
        folder = f"{paper.values['filled_on']} {paper.sender}"
        several = f"{number}" if paper.kind == "mentor_assignment" and len(papers) > 1 else ""
        yield Posted(paper, "word", folder, f"{paper.sender}{TITLES[paper.kind]}{several}")


def posted_papers(season: Season, papers: Sequence[Filled]) -> Iterator[Posted]:
    """Everything of one trainee."""
    logs = [paper for paper in papers if paper.kind == "training_log"]
    yield from _logs(season, logs)
    for paper in papers:
        if paper.kind != "training_log":
            yield _by_base_school(season, paper)


def _logs(season: Season, logs: Sequence[Filled]) -> Iterator[Posted]:
    trainee, delivery = season.trainee, season.story.delivery
    folder = f"{trainee.name}研修日志" if delivery.undated else f"{HANDED_IN} {trainee.school}"
    pattern = season.rng("file names").choice(LOG_NAMES)
    for number, log in enumerate(logs, 1):
        day = str(log.values["log_date"])[5:].replace("-", "")
        stem = pattern.format(name=trainee.name, day=day, number=number)
        medium = _log_medium(season, number)
        if medium == "photo":
            stem = f"IMG_20161205_{90_000 + number * 37}"
        changes = _habits(log, trainee.name) if delivery.dotted else {}
        posted = Posted(log, medium, folder, stem, changes=changes)
        twice = delivery.twice and number == len(logs)
        yield replace(posted, again=(f"{stem}（最终版）.docx",)) if twice else posted


def _log_medium(season: Season, number: int) -> Medium:
    """Pictures are taken of the logs from the second on."""
    delivery = season.story.delivery
    if number in range(2, 2 + delivery.photographed):
        return "photo"
    if number in range(2 + delivery.photographed, 2 + delivery.photographed + delivery.scanned):
        return "scan"
    return delivery.media.get("training_log", "word")


def _by_base_school(season: Season, paper: Filled) -> Posted:
    trainee, delivery = season.trainee, season.story.delivery
    medium = delivery.media.get(paper.kind, "word")
    title = TITLES[paper.kind]
    folder = f"{BY_BASE} {season.base.name}/{title}"
    if delivery.late and paper.kind == "appraisal":
        folder = f"{TOO_LATE} {trainee.school}"
    mail = f"{BY_BASE} 邮件/{trainee.school}{trainee.name}跟岗材料.eml" if medium == "mail" else ""
    ending = "doc" if delivery.old_ending and paper.kind == "attendance" else ""
    codes = _expected(season, paper.kind)
    return Posted(paper, medium, folder, f"{trainee.name}{title}", mail, expect=codes, ending=ending)


def _expected(season: Season, kind: Kind) -> tuple[str, ...]:
    codes = []
    if kind == "appraisal" and season.story.wrong_id:
        codes.append("id_checksum")
    if kind == "appraisal" and season.story.delivery.late:
        codes.append("late")
    if kind == "attendance" and season.story.delivery.old_ending:
        codes.append("wrong_extension")
    if season.story.claimed is not None and kind in ("appraisal", "assessment_register"):
        codes.append("claim_differs" if kind == "appraisal" else "score_differs")
    return tuple(codes)


def _habits(paper: Filled, name: str) -> dict[str, str]:
    """Dates as 2016.9.5; a two-character name spaced out, a long one with the wrong dot."""
    days = [str(value) for field, value in paper.values.items() if field.endswith(("_date", "_on")) and value]
    changes = {show("date", day): _dotted(day) for day in days}
    return changes | {name: f"{name[0]}　{name[1]}" if len(name) == 2 else name.replace("·", "•")}


def _dotted(day: str) -> str:
    year, month, number = day.split("-")
    return f"{year}.{int(month)}.{int(number)}"


def picture_seed(seed: int, posted: Posted) -> int:
    """The seed of a picture's noise, from the sample's seed and the paper's place."""
    return Random(f"{seed}/{posted.folder}/{posted.name}").getrandbits(32)

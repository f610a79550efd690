"""A workspace with an invented cohort: scheme, school table, a full inbox, and the truth beside it.

The truth (truth.json) is what a careful person would read from every paper and decide about every trainee; it comes
from the stories the papers are made of, never from the product's own readers or rules. `papers` has one entry a paper:
file (in the inbox), member (attachment of a mail), kind (empty for what is no form of ours), medium, person, values and
lists in the read contract's form with null for blank, expect (codes to be found). `verdicts` has one entry a trainee.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from gengang.errors import WorkspaceError
from gengang.reading import json_of_value
from gengang.rendering import Writer, writer_of
from gengang.rosterfile import write_school_table
from gengang.sample.media import Attachment, foreign_form, mailed, photographed, printed, retyped, scanned
from gengang.sample.papers import Filled, assignments_of, papers_of, registrations_of
from gengang.sample.people import Cohort, cohort_of
from gengang.sample.post import BY_BASE, HANDED_IN, Posted, picture_seed, posted_lists, posted_papers
from gengang.sample.season import Season, season_of
from gengang.sample.stories import Damage, plain, score_of, story_of
from gengang.scheme import Scheme
from gengang.schemefile import scheme_from_toml
from gengang.workspace import BUILT_IN

PRESET = "county-2016.toml"
PEOPLE_AT_ONCE = 60
STRAYS_EVERY = 12
BLANKS = (("××县××实验学校", "安和县实验学校"), ("××县", "安和县"), ('word = "×"', 'word = "安"'))
HOURS: Mapping[str, int | None] = {"合格": 60, "合格（证书缓发）": None, "不合格": 0, "未考核": None}


@dataclass(frozen=True, slots=True)
class SampleCounts:
    """What was made. papers: forms filled in, by kind and by medium; a mail is one file and several papers."""

    people: int
    schools: int
    files: int
    papers: int
    by_kind: Mapping[str, int]
    by_medium: Mapping[str, int]

    def __str__(self) -> str:
        names = {"word": "Word", "pdf": "PDF", "scan": "扫描", "photo": "照片", "mail": "邮件"}
        media = "、".join(f"{names[medium]}{number}" for medium, number in self.by_medium.items())
        return f"{self.people}人、{self.schools}所学校、{self.files}个文件；填好的表{self.papers}份：{media}"


@dataclass(frozen=True, slots=True)
class _Made:
    """A paper with the bytes it comes in."""

    posted: Posted
    data: bytes


def make_sample(
    target: Path,
    people: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
    damage: Damage = "usual",
) -> SampleCounts:
    """Writes the workspace; the same arguments give the same files.

    target: a new or empty folder; people: trainees, at least 1; progress: told how many of them are done, of how many.
    damage: none leaves out what goes wrong, hard brings more of it on paper.
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
    with (target / "truth.json").open("w", encoding="utf-8", newline="\n") as truth:
        truth.write(_truth_head(seed, damage, cohort, seasons))
        inbox = _Inbox(target / "inbox", seed, _writers(BUILT_IN / "forms"))
        lines = (json.dumps(line, ensure_ascii=False) for line in _filled(inbox, cohort, seasons, damage, progress))
        truth.write(",\n".join(lines))
        truth.write("\n]}\n")
    return inbox.counts(cohort)


def _begun(target: Path) -> Scheme:
    """The folder with its scheme, whose blanks are filled for an invented county."""
    for name in ("inbox", "outbox"):
        (target / name).mkdir(parents=True, exist_ok=True)
    text = (BUILT_IN / "schemes" / PRESET).read_text(encoding="utf-8")
    for blank, filled in BLANKS:
        text = text.replace(blank, filled)
    (target / "scheme.toml").write_text(text, encoding="utf-8", newline="\n")
    return scheme_from_toml(text)


def _writers(folder: Path) -> dict[str, Writer]:
    return {path.stem: writer_of(path.read_bytes(), path.stem) for path in sorted(folder.glob("*.docx"))}


def _filled(
    inbox: "_Inbox",
    cohort: Cohort,
    seasons: Sequence[Season],
    damage: Damage,
    progress: Callable[[int, int], None] | None,
) -> Iterator[dict[str, object]]:
    """Fills the inbox and gives the truth of each file in turn."""
    yield from inbox.put(list(posted_lists(tuple(registrations_of(cohort)))))
    yield from inbox.put(list(posted_lists(tuple(assignments_of(cohort, seasons)))))
    waiting = enumerate(seasons)
    while some := list(islice(waiting, PEOPLE_AT_ONCE)):
        yield from inbox.put(
            [posted for _, season in some for posted in posted_papers(season, tuple(papers_of(season)))]
        )
        for index, season in some:
            if damage != "none" and index % STRAYS_EVERY == 0:
                yield from inbox.put_strays(season)
        if progress is not None:
            progress(some[-1][0] + 1, len(seasons))


# --- the inbox -----------------------------------------------------------------------------------------------------


class _Inbox:
    """The folder being filled; it numbers names that are taken and counts what came."""

    def __init__(self, folder: Path, seed: int, writers: Mapping[str, Writer]) -> None:
        self._folder = folder
        self._seed = seed
        self._writers = writers
        self._taken: set[str] = set()
        self._kinds: Counter[str] = Counter()
        self._media: Counter[str] = Counter()

    def counts(self, cohort: Cohort) -> SampleCounts:
        """What has come so far."""
        papers = sum(self._kinds.values())
        files, schools = len(self._taken), len(cohort.schools)
        return SampleCounts(len(cohort.trainees), schools, files, papers, dict(self._kinds), dict(self._media))

    def put(self, papers: Sequence[Posted]) -> Iterator[dict[str, object]]:
        """Writes the papers, mails after single files, and gives the truth of each."""
        made = self._made(papers)
        for one in made:
            if not one.posted.mail:
                yield from self._one(one)
        for mail in dict.fromkeys(one.posted.mail for one in made if one.posted.mail):
            yield from self._mail(mail, [one for one in made if one.posted.mail == mail])

    def put_strays(self, season: Season) -> Iterator[dict[str, object]]:
        """What no office is spared: an empty file, a cut-off one, a form of another programme, one left blank."""
        folder = f"{HANDED_IN} {season.trainee.school}"
        log = self._document(next(papers_of(season)))
        yield self._stray(f"{folder}/新建 Microsoft Word 文档.docx", b"", "empty_file")
        yield self._stray(
            f"{folder}/{season.trainee.name}研修日志（下载未完成）.docx", log[: len(log) * 3 // 5], "unreadable_file"
        )
        yield self._stray(f"{BY_BASE} {season.base.name}/国培计划报名表.docx", _other_programme(season), "unknown_form")
        blank = self._document(Filled("training_log", "", season.trainee.school, {}))
        path = self._write(f"{folder}/附件1 研修日志（空表）.docx", blank)
        yield self._truth(path, Filled("training_log", "", season.trainee.school, {}), "word", ("blank_form",))

    def _stray(self, path: str, data: bytes, code: str) -> dict[str, object]:
        written = self._write(path, data)
        return {"file": written, "member": "", "kind": "", "medium": "word", "person": "", "values": {}, "lists": {},
                "expect": [code]}  # fmt: skip

    def _one(self, made: _Made) -> Iterator[dict[str, object]]:
        posted = made.posted
        path = self._write(f"{posted.folder}/{posted.name}", made.data)
        yield self._truth(path, posted.filled, posted.medium, posted.expect)
        for name in posted.again:
            again = self._write(f"{posted.folder}/{name}", made.data)
            yield self._truth(again, posted.filled, posted.medium, (*posted.expect, "duplicate"))

    def _mail(self, path: str, members: Sequence[_Made]) -> Iterator[dict[str, object]]:
        attachments = [Attachment(one.posted.name, one.data) for one in members]
        subject = Path(path).stem
        data = mailed(subject, members[0].posted.filled.sender, date.fromisoformat(BY_BASE), attachments)
        written = self._write(path, data)
        for one in members:
            yield self._truth(written, one.posted.filled, "mail", one.posted.expect, one.posted.name)

    def _write(self, path: str, data: bytes) -> str:
        """Writes a file under its name, numbered where that is taken. Gives the path relative to the inbox."""
        stem, _, ending = path.rpartition(".")
        names = (path, *(f"{stem}({number}).{ending}" for number in range(1, len(self._taken) + 1)))
        free = next(name for name in names if name.lower() not in self._taken)
        self._taken.add(free.lower())
        target = self._folder / free
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return free

    def _truth(
        self, path: str, filled: Filled, medium: str, expect: Sequence[str], member: str = ""
    ) -> dict[str, object]:
        self._kinds[filled.kind] += 1
        self._media[medium] += 1
        form = self._writers[filled.kind].form
        values = {name: json_of_value(filled.values.get(name)) for name in form.fields()}
        lists = {
            name: [{column: json_of_value(row.get(column)) for column in columns} for row in filled.lists.get(name, ())]
            for name, columns in form.lists().items()
        }
        return {"file": path, "member": member, "kind": filled.kind, "medium": medium, "person": filled.person,
                "values": values, "lists": lists, "expect": list(expect)}  # fmt: skip

    # --- bytes ---

    def _document(self, filled: Filled) -> bytes:
        return self._writers[filled.kind].fill(filled.values, filled.lists)

    def _made(self, papers: Sequence[Posted]) -> list[_Made]:
        documents = [retyped(self._document(one.filled), one.changes) if one.changes else self._document(one.filled)
                     for one in papers]  # fmt: skip
        on_paper = [number for number, one in enumerate(papers) if one.medium in ("pdf", "scan", "photo")]
        prints = dict(
            zip(on_paper, printed([documents[number] for number in on_paper], BUILT_IN / "fonts"), strict=True)
        )
        return [
            _Made(one, self._in_medium(one, prints[number]) if number in prints else documents[number])
            for number, one in enumerate(papers)
        ]

    def _in_medium(self, posted: Posted, pdf: bytes) -> bytes:
        if posted.medium == "scan":
            return scanned(pdf, picture_seed(self._seed, posted))
        if posted.medium == "photo":
            return photographed(pdf, picture_seed(self._seed, posted))
        return pdf


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

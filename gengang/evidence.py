"""Evidence (佐证材料): photos, slides, films, notebooks, each under a person and a task of the scheme, as a pure fold.

Names of files and folders, sender and words of a mail say whose it is and what it shows; where they say two things, or
nothing, a person is asked, once for a folder. It counts as 有佐证 and never gives a point.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Literal, cast

from gengang.codecs import day_of
from gengang.facts import Actor, Fact, file_of, latest, values_of
from gengang.findings import Finding
from gengang.mailed import CHINA, Mailed, mails_of, text_beside, words_about
from gengang.material import MATERIAL_WORDS, WHAT_IS_IT, Material, MaterialKind
from gengang.names import name_skeleton
from gengang.reconcile import Lookup, Match, evidence_of
from gengang.records import KINDS, REPORT_LESSON
from gengang.roster import Person, School, find_schools, school_names
from gengang.scheme import COUNTED, Measure, Scheme
from gengang.waterfall import Claim

State = Literal["kept", "doubt", "form"]
# What the office's own words for a task are, beside those of a log's rows.
_MORE: Mapping[Measure, str] = {
    "report_lessons": REPORT_LESSON,
    "lessons_heard": "观课|听评课|观摩",
    "lessons_taught": "公开课|研究课|示范课|授课|执教|试讲",
    "research_activities": "研讨|(?<!听)评课",
    "class_activities": "班会|队会|团会|班队|班级|第二课堂|家长会|升旗|社团",
    "reflections": "反思",
    "logs": "日志",
    "workdays": "考勤|签到|到岗|报到",
}
TASK_WORDS: Mapping[Measure, re.Pattern[str]] = {
    measure: re.compile("|".join([*(KINDS.get(measure, ()) if measure != "report_lessons" else ()), words]))
    for measure, words in _MORE.items()
}
_DATED = re.compile(
    r"(?<!\d)(20\d\d)(?:[-._年/](\d{1,2})[-._月/](\d{1,2})(?!\d)|(\d\d)(\d\d)(?:(?!\d)|(?=\d{6}(?!\d))))"
)
_EXPORTED = re.compile(r"mmexport(\d{13})(?!\d)")  # a chat's name for a picture: when it was saved, in milliseconds
_NO_CAPTION = re.compile(
    r"(?i)(img|dsc|dscn|pic|vid|mvimg|image|photo|mmexport|wx_camera|微信图片|微信视频|扫描|未命名)?[\W_\d]*(copy|副本)?"
)
_TITLED = "老师|教师|同志"
_AFTER_NAME = "听课|观课|上课|授课|公开课|汇报课|教研|班会|活动|照片|课件|视频|笔记|的"
_HAN = r"[\u3400-\u9fff]"
HOW_TO_SAY = "（定下来：gengang choose 文件名 --as form 是表格，--as evidence 是佐证，并用 --why 写明理由）"
HOW = "（可放进写明姓名和项目的文件夹，如“张三 听课”，再放一次收件箱）"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece.

    name: of the file; folder: where it lay, or the mail or archive it came in; path, at: the file it came in, and when.
    caption: what is said of it; day: when it was taken, by camera or by name, None where neither says.
    match: whose; measure: the task it shows, None while unsorted; state: form when a person said that it is one.
    picture: SHA-256 of its own bytes; of_file: findings about the file it came in, such as another that is damaged.
    mails: those that it came in, the outermost first.
    """

    key: str
    kind: MaterialKind
    name: str
    folder: str
    path: str
    at: str
    caption: str
    day: date | None
    match: Match
    measure: Measure | None
    state: State
    picture: str
    of_file: tuple[Finding, ...] = ()
    mails: tuple[Mailed, ...] = ()

    @property
    def person(self) -> str:
        """The key of the trainee whose it surely is, '' while that is not known, or while it may be a form."""
        return self.match.person if self.match.status == "sure" and self.state == "kept" else ""


@dataclass(frozen=True, slots=True)
class Question:
    """What a person is asked of the evidence of one folder. first: a piece to begin with; whose: '' where unknown."""

    folder: str
    first: Evidence
    sentences: tuple[str, ...]


# --- to the ledger ---


def evidence_fact(key: str, material: Material, of_mail: Mapping[str, object], actor: Actor, at: str) -> Fact:
    """A piece as a line. of_mail: what its file says beside it: its mails, their day, findings of the file."""
    data = {
        "medium": material.kind, "size": material.size, "doubt": material.doubt, "picture": material.sha256,
        "thumbnail": bool(material.thumbnail),
    }  # fmt: skip
    day, said_by = _day_stated(material)
    personal = {
        "name": material.name, "member": material.member, "caption": caption_of(material), "date": day,
        "date_from": said_by, **of_mail,
    }  # fmt: skip
    return Fact("evidence", key, data, actor, at, personal)


def caption_of(material: Material) -> str:
    """What the mail says, or the file's own name where a person gave it, or that of its folder."""
    path = PurePosixPath(material.name)
    names = (path.stem, *(part for part in reversed(path.parts[:-1])))
    return material.words or next((name for name in names if not _NO_CAPTION.fullmatch(name)), "")


def _day_stated(material: Material) -> tuple[str, str]:
    name = PurePosixPath(material.name).name
    for day, said_by in ((material.taken, "exif"), (_day_in(name), "name"), (_day_in(material.words), "words")):
        if day:
            return day, said_by
    return "", ""


def _day_in(text: str) -> str:
    exported = _EXPORTED.search(text)
    if exported:
        return datetime.fromtimestamp(int(exported[1]) / 1000, CHINA).date().isoformat()
    found = _DATED.search(text)
    if found is None:
        return ""
    year, month, day = (part for part in found.groups() if part is not None)
    stated = day_of(year, month, day)
    return "" if stated is None else stated.isoformat()


# --- from the ledger ---


def evidence_held(
    lines: Sequence[Fact],
    paths: Mapping[str, tuple[str, ...]],
    decisions: Mapping[str, Mapping[str, Fact]],
    lookup: Lookup,
    owners: Mapping[str, tuple[str, ...]],
) -> tuple[Evidence, ...]:
    """Every piece that was not erased. paths: of each file, all under which its bytes came, the first of them first.

    owners: keys of the persons whose forms came in the same file.
    """
    told = _Told.of(lookup)
    kept = [(key, fact) for (key, _), fact in latest(lines, "evidence").items() if fact.personal is not None]
    pieces = (_piece(key, fact, paths.get(file_of(key), ()), told, owners.get(file_of(key), ())) for key, fact in kept)
    return tuple(_decided(piece, decisions.get(piece.key, {}), lookup) for piece in pieces)


def _piece(key: str, fact: Fact, paths: tuple[str, ...], told: "_Told", owners: tuple[str, ...]) -> Evidence:
    personal = values_of(fact.personal)
    member, mails = str(personal.get("member", "")), mails_of(personal)
    sender, words = words_about(mails), text_beside(mails)
    own = [str(personal["name"])] if member else list(paths)
    around = list(paths) if member else []
    path = paths[0] if paths else ""
    match = told.whose([*_levels(own), *_levels(around), sender, words], owners)
    measure = _measure_of([*_levels(own), words, sender, *_levels(around)])
    day = str(personal.get("date", ""))
    return Evidence(
        key, cast(MaterialKind, fact.data["medium"]), PurePosixPath(own[0] if own else path).name,
        path if member else _folder(path), path, fact.at, str(personal.get("caption", "")),
        date.fromisoformat(day) if day else None, match, measure,
        "doubt" if fact.data.get("doubt") else "kept", str(fact.data.get("picture", "")),
        tuple(Finding(code, message, severity=severity) for code, message, severity in personal.get("of_file", ())),
        mails,
    )  # fmt: skip


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _levels(paths: Sequence[str]) -> Iterator[str]:
    """What stands at each level of some paths, the files' own names first."""
    parts = [list(reversed(path.split("/"))) for path in paths]
    for level in range(max(map(len, parts), default=0)):
        yield "/".join(names[level] for names in parts if level < len(names))


def _measure_of(levels: Iterable[str]) -> Measure | None:
    """The task that the nearest words name, None where they name none or two."""
    for text in levels:
        named = [measure for measure, words in TASK_WORDS.items() if words.search(text)]
        if named:
            return named[0] if len(named) == 1 else None
    return None


def _decided(piece: Evidence, decisions: Mapping[str, Fact], lookup: Lookup) -> Evidence:
    """A person's word stands above ours: `person` (a key), `measure`, `is` (evidence or form)."""
    said = {path: str((fact.personal or {}).get("value") or "") for path, fact in decisions.items()}
    if said.get("person") in lookup.by_key:
        piece = replace(piece, match=Match("sure", said["person"], candidates=(said["person"],)))
    if said.get("measure") in COUNTED:
        piece = replace(piece, measure=said["measure"])
    states: Mapping[str, State] = {"evidence": "kept", "form": "form"}
    return replace(piece, state=states.get(said.get("is", ""), piece.state))


# --- whose ---


@dataclass(frozen=True, slots=True)
class _Told:
    """The roster's names as they are looked for in other texts; schools first, since some are called like people."""

    lookup: Lookup
    schools: "_Words"
    people: "_Words"
    mentors: "_Words"
    called: Mapping[str, tuple[School, ...]]

    @classmethod
    def of(cls, lookup: Lookup) -> "_Told":
        mentors = lookup.mentors.people if lookup.mentors is not None else ()
        schools = lookup.roster.schools
        called = {name: find_schools(schools, name) for school in schools for name in school_names(school)}
        return cls(lookup, _Words.of(called), _Words.of(_names(lookup.people)), _Words.of(_names(mentors)), called)

    def whose(self, texts: Sequence[str], owners: Sequence[str]) -> Match:
        """Whose a piece is by all that is said about it, and by whose forms came with it."""
        text = "\n".join(texts)
        wordings, text = self.schools.taken_from(text)
        # The base school is where everybody's photos are taken.
        schools = tuple({one.name: one for name in wordings for one in self.called[name] if not one.base})
        named = list(dict.fromkeys(self.people.taken_from(text)[0]))
        people = [one for name in named for one in self.lookup.by_name[name_skeleton(name)]]
        if not people and not owners:
            return self._by_school(schools) if schools else self._by_mentor(text)
        at_school = [one for one in people if one.school in schools]
        if len(named) == 1 and len(at_school or people) == 1:
            return self._by_name((at_school or people)[0], named[0], text, schools, owners)
        if not named and len(set(owners)) == 1:
            return _sure(self.lookup, self.lookup.by_key[owners[0]], Claim())
        keys = tuple(dict.fromkeys([*(one.key for one in people), *owners]))
        names = "、".join(dict.fromkeys(self.lookup.by_key[key].name for key in keys))
        why = (
            f"写着或同来的有{names}，分不清是谁的，请指定。"
            if len(named) != 1
            else f"花名册里不止一位{names}，请指定。"
        )
        return Match("doubt", keys[0], why_not=why, candidates=keys)

    def _by_name(self, person: Person, name: str, text: str, schools: Sequence[str], owners: Sequence[str]) -> Match:
        others = [self.lookup.by_key[key] for key in dict.fromkeys(owners) if key != person.key]
        if others:
            why = f"写着{person.name}，同来的表格却是{'、'.join(one.name for one in others)}的，请指定。"
        elif schools and person.school not in schools:
            why = f"写着{person.name}，学校却写着{'、'.join(schools)}，请核对。"
        elif not schools and not _stands_alone(name, text):
            why = f"“{name}”可能是人名，也可能是别的词，请核对是不是{person.name}的。"
        else:
            return _sure(self.lookup, person, Claim(name=name, school=person.school if schools else ""))
        return Match("doubt", person.key, why_not=why, candidates=(person.key, *(one.key for one in others)))

    def _by_school(self, schools: Sequence[str]) -> Match:
        people = [one for one in self.lookup.people if one.school in schools]
        if not people:
            return Match("none", why_not="看不出是谁的，请指定。")
        names = "、".join(one.name for one in people)
        why = f"只写着学校，像是{names}的，请确认。" if len(people) == 1 else f"只写着学校，可能是{names}的，请指定。"
        return Match("doubt", people[0].key, why_not=why, candidates=tuple(one.key for one in people))

    def _by_mentor(self, text: str) -> Match:
        named = set(self.mentors.taken_from(text)[0])
        mentors = self.lookup.mentors.people if self.lookup.mentors is not None else ()
        theirs = [one for mentor in mentors if named & set(_names([mentor]))
                  for one in self.lookup.roster.trainees_of(mentor.key)]  # fmt: skip
        if not theirs:
            return Match("none", why_not="看不出是谁的，请指定。")
        why = f"只写着指导教师，像是其学员{'、'.join(one.name for one in theirs)}的，请确认。"
        return Match("doubt", theirs[0].key, why_not=why, candidates=tuple(one.key for one in theirs))


def _sure(lookup: Lookup, person: Person, claim: Claim) -> Match:
    return Match("sure", person.key, "", evidence_of(lookup, claim, person), candidates=(person.key,))


def _names(people: Iterable[Person]) -> list[str]:
    return [name for one in people for name in (one.name, *one.former_names)]


@dataclass(frozen=True, slots=True)
class _Words:
    """Words by their first letter, the longest first: a name may begin another."""

    by_letter: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, words: Iterable[str]) -> "_Words":
        found: dict[str, list[str]] = {}
        for word in sorted({word for word in words if len(word) > 1}, key=lambda word: (-len(word), word)):
            found.setdefault(word[0], []).append(word)
        return cls({letter: tuple(own) for letter, own in found.items()})

    def taken_from(self, text: str) -> tuple[list[str], str]:
        """The words in a text, in order, and the text with a blank for each."""
        found: list[str] = []
        rest: list[str] = []
        at = 0
        while at < len(text):
            word = next((one for one in self.by_letter.get(text[at], ()) if text.startswith(one, at)), "")
            found += [word] if word else []
            rest.append("　" if word else text[at])
            at += max(1, len(word))
        return found, "".join(rest)


def _stands_alone(name: str, text: str) -> bool:
    """Whether a name of two letters is no part of another word."""
    if len(name_skeleton(name)) > 2:
        return True
    own = re.escape(name)
    pattern = rf"(?<!{_HAN}){own}(?:(?!{_HAN})|{_AFTER_NAME})|{own}(?:{_TITLED})"
    return re.search(pattern, text) is not None


# --- what is told ---


@dataclass(frozen=True, slots=True)
class Counts:
    """How much evidence of each kind there is for a requirement. requirement: its id, '' for what is unsorted."""

    requirement: str
    name: str
    counts: Mapping[MaterialKind, int]


def evidence_counts(scheme: Scheme, pieces: Sequence[Evidence]) -> tuple[Counts, ...]:
    """What there is for each requirement, in the scheme's order, unsorted at the end."""
    known = {one.measure: one for one in scheme.in_all}
    found = [(one.id, one.name, [piece for piece in pieces if piece.measure == one.measure]) for one in known.values()]
    rest = [piece for piece in pieces if piece.measure not in known]
    groups = [*found, ("", "未归类", rest)]
    return tuple(Counts(key, name, Counter(piece.kind for piece in own)) for key, name, own in groups if own)


def words_of_counts(counts: Mapping[MaterialKind, int]) -> str:
    """照片3张、视频1段."""
    told = ((word, counts.get(kind, 0), unit) for kind, (word, unit) in MATERIAL_WORDS.items())
    return "、".join(f"{word}{number}{unit}" for word, number, unit in told if number)


def counted_words(pieces: Iterable[Evidence]) -> str:
    """The same of pieces."""
    return words_of_counts(Counter(piece.kind for piece in pieces))


def by_measure(pieces: Iterable[Evidence]) -> dict[Measure, str]:
    """What there is for each task, in words; unsorted pieces are for none."""
    own = tuple(pieces)
    shown = dict.fromkeys(piece.measure for piece in own if piece.measure is not None)
    return {measure: counted_words(piece for piece in own if piece.measure == measure) for measure in shown}


def evidence_findings(scheme: Scheme, shown: Mapping[Measure, str]) -> list[Finding]:
    """有佐证 beside each requirement that has some; it gives no point."""
    return [
        Finding("has_evidence", f"{asked.name}有佐证：{shown[asked.measure]}（不计分）。", "", "info", asked.clause)
        for asked in scheme.in_all
        if asked.measure in shown
    ]


def questions_of(scheme: Scheme, pieces: Sequence[Evidence]) -> tuple[Question, ...]:
    """One question for each folder in which anything is open."""
    folders: dict[str, list[Evidence]] = {}
    for piece in pieces:
        if piece.state != "form":
            folders.setdefault(piece.folder, []).append(piece)
    found = ((folder, own, tuple(_sentences(scheme, own))) for folder, own in folders.items())
    return tuple(Question(folder, own[0], sentences) for folder, own, sentences in found if sentences)


def _sentences(scheme: Scheme, pieces: Sequence[Evidence]) -> Iterator[str]:
    doubtful = [piece for piece in pieces if piece.state == "doubt"]
    if doubtful:
        yield f"{counted_words(doubtful)}{WHAT_IS_IT}{HOW_TO_SAY}"
    kept = [piece for piece in pieces if piece.state == "kept"]
    asked: dict[str, list[Evidence]] = {}
    for piece in kept:
        if piece.match.status != "sure":
            asked.setdefault(piece.match.why_not, []).append(piece)
    for why, own in asked.items():
        yield f"{counted_words(own)}：{why}"
    unsorted = [piece for piece in kept if piece.measure is None]
    if unsorted:
        names = "、".join(one.name for one in scheme.in_all if one.measure in TASK_WORDS)
        yield f"{counted_words(unsorted)}看不出是哪一项的佐证，请指定：{names}。"
    if asked or unsorted:
        yield HOW

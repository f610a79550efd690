"""Excerpts and suggestions from what people handed in, each with its source, for a person to write from.

Only accepted values are quoted, in whole sentences; a number names one, the same in every run while its paper says the
same. A reply is kept by the longer key: one that comes later takes nobody's.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from gengang.codecs import Value
from gengang.halfdays import day_of_value
from gengang.papers.form_words import form_words
from gengang.papers.words import masked
from gengang.submission import Paper

SHORTEST, LONGEST = 12, 120
MOST, MOST_OF_ONE = 12, 2
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
# What people say of the base school's management, and of practice worth telling; by the fields in which they say it.
_BASE_FIELDS: Mapping[str, tuple[str, ...]] = {
    "base_school_plan": ("goals", "schedule", "conditions", "requirements"),
    "mentor_summary": ("practice", "base_opinion"),
    "training_log": ("gains",),
    "study_report": ("overview", "gains"),
    "activity_record": ("process",),
}
_PRACTICE_FIELDS: Mapping[str, tuple[str, ...]] = {
    "mentor_summary": ("practice", "effects"),
    "study_report": ("gains", "results"),
    "training_log": ("gains",),
    "reflection": ("strengths", "improvements"),
    "activity_record": ("process", "gains"),
    "action_research_report": ("effect",),
    "observation_essay": ("gains", "application"),
}
_BASE_WORDS = re.compile(
    r"基地校|基地学校|学校(?:安排|组织|为|领导|提供|重视)|校长|校领导|教务处|教研组|年级组|集体备课|食宿|办公|考勤|管理|制度"
)
_PRACTICE_WORDS = re.compile(
    r"做法|经验|值得|借鉴|有效|坚持|小组|合作|探究|提问|追问|分层|示范|对比|改进|变化|提高|学生.{0,8}(?:参与|主动|积极)|收获"
)
SUGGESTIONS: Mapping[str, tuple[str, ...]] = {
    "mentor_summary": ("suggestions",),
    "study_report": ("suggestions",),
    "improvement_measures": ("suggestions",),
    "activity_evaluation": ("improvements",),
}
_OF_NOBODY = ("base_school_plan", "activity_evaluation")
_DAYS = ("log_date", "held_on", "heard_on", "taught_on", "signed_on")
_NOTHING_SAID = re.compile(r"[\s无没有暂。，、建议意见]*")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some sentences of a paper. number: five digits; person: key, empty for a paper of nobody; day: None if unsaid.

    answer: what the paper itself says was done about it, empty where it says nothing. key: thirteen digits, of which
    the number is the last five; no two texts have the same.
    """

    number: str
    person: str
    form: str
    text: str
    day: date | None
    file: str
    answer: str = ""
    key: str = ""


def base_excerpts(papers: Iterable[Paper], after: date | None, until: date) -> tuple[Excerpt, ...]:
    """What is told of the base school's management, after one day and until another; after: None for all before."""
    return _chosen(_within(_excerpts(papers, _BASE_FIELDS, _BASE_WORDS), after, until), _BASE_WORDS)


def practice_excerpts(papers: Iterable[Paper], after: date | None, until: date) -> tuple[Excerpt, ...]:
    """What is told in that time of practice worth passing on."""
    return _chosen(_within(_excerpts(papers, _PRACTICE_FIELDS, _PRACTICE_WORDS), after, until), _PRACTICE_WORDS)


def _within(excerpts: Iterable[Excerpt], after: date | None, until: date) -> Iterator[Excerpt]:
    """What has no day may be of that time."""
    for one in excerpts:
        if one.day is None or ((after is None or after < one.day) and one.day <= until):
            yield one


def suggestions_of(papers: Iterable[Paper]) -> tuple[Excerpt, ...]:
    """Each suggestion that somebody made to the office or the base school, whole, none left out.

    Five digits soon name two of many: such have their key for a number.
    """
    found = {(one.person, one.text): one for paper in papers for one in _suggested(paper)}.values()
    times = Counter(one.number for one in found)
    return tuple(one if times[one.number] == 1 else replace(one, number=one.key) for one in found)


def _suggested(paper: Paper) -> Iterator[Excerpt]:
    for field in SUGGESTIONS.get(paper.submission.form, ()):
        text = _plain(paper.submission.values.get(field))
        if text and not _NOTHING_SAID.fullmatch(text):
            yield _excerpt(paper, text)
    if paper.submission.form == "question_response":
        for row in paper.submission.rows("items"):
            text = _plain(row.get("question"))
            if text and not _NOTHING_SAID.fullmatch(text):
                yield _excerpt(paper, text, _plain(row.get("response")))


def _excerpts(
    papers: Iterable[Paper], fields: Mapping[str, tuple[str, ...]], words: re.Pattern[str]
) -> Iterator[Excerpt]:
    """Sentences with one of these words."""
    for paper in papers:
        if not paper.person and paper.submission.form not in _OF_NOBODY:
            continue
        for field in fields.get(paper.submission.form, ()):
            for sentence in _SENTENCE.findall(_plain(paper.submission.values.get(field))):
                if SHORTEST <= len(sentence.strip()) <= LONGEST and words.search(sentence):
                    yield _excerpt(paper, sentence.strip())


def _excerpt(paper: Paper, text: str, answer: str = "") -> Excerpt:
    days = (day_of_value(paper.submission.values.get(name)) for name in _DAYS)
    day = next((one for one in days if one is not None), paper.received)
    key = key_of_text(paper.key, text)
    return Excerpt(
        key[-5:], paper.person, paper.submission.form, masked(text), day, paper.file, masked(answer), key
    )  # fmt: skip


def key_of_text(paper: str, text: str) -> str:
    """Thirteen digits for a text of a paper. paper: its key."""
    return f"{int(sha256(f'{paper}{text}'.encode()).hexdigest()[:10], 16):013d}"


def _plain(value: Value | None) -> str:
    return value.strip() if isinstance(value, str) else ""


def _chosen(excerpts: Iterable[Excerpt], words: re.Pattern[str]) -> tuple[Excerpt, ...]:
    """Those that tell most of it by its words, few of one person, in the order in which they were told."""
    told = Counter({one: len(words.findall(one.text)) for one in excerpts})
    ranked = sorted((one for one in told if told[one]), key=lambda one: (-told[one], one.number))
    taken: list[Excerpt] = []
    for one in ranked:
        if len(taken) == MOST:
            break
        if sum(other.person == one.person for other in taken) < MOST_OF_ONE and not _said(one, taken):
            taken.append(one)
    return tuple(sorted(taken, key=lambda one: (one.day or date.min, one.number)))


def _said(one: Excerpt, taken: Sequence[Excerpt]) -> bool:
    return any(one.text == other.text for other in taken)


def source_words(one: Excerpt, name_of: Callable[[str], str]) -> str:
    """`张三，研修日志，10月18日`. name_of: of a person's key, empty where nobody has it."""
    day = f"{one.day.month}月{one.day.day}日" if one.day else ""
    whose = name_of(one.person) if one.person else "基地校" if one.form in _OF_NOBODY else "姓名待认定"
    return "，".join(filter(None, (whose, form_words(one.form)[0], day)))

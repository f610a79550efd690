"""Papers that follow no form: what stands on a form of the same season, written as running text or as a letter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from gengang.calendar_days import written as short_day
from gengang.codecs import Period, Value, prose_normal, show, text_normal
from gengang.reading import PROSE_BODY, PROSE_TITLE
from gengang.sample import texts_letters as letters
from gengang.sample.papers_filled import Filled, Told, told_of
from gengang.sample.papers_office import base_appraisal_of, leaves_of
from gengang.sample.papers_reports import action_research_of, reflections_of, study_report_of
from gengang.sample.papers_school import base_plan_of, mentor_summary_of
from gengang.sample.papers_study import development_plan_of, study_plan_of
from gengang.sample.prose_word import Look, Typed, typed_document
from gengang.sample.season import Season
from gengang.sample.stories import Kind
from gengang.sample.texts_grammar import Bank, Words, pick, worded

LOOKS = (Look(), Look("仿宋", 16, 28), Look("宋体", 14, 24), Look("楷体", 14), Look("宋体", 12, 0, True),
         Look("宋体", 11, 20, True))  # fmt: skip
HAN_DIGITS = "〇一二三四五六七八九"
# Kind of an essay -> the field with its day, the fields that make its parts in order.
ESSAYS: Mapping[Kind, tuple[str, tuple[str, ...]]] = {
    "reflection": ("written_on", ("goals_met", "strengths", "weaknesses", "improvements")),
    "action_research_report": ("written_on", ("problem", "design", "practice", "effect", "references")),
    "study_report": ("written_on", ("overview", "gains", "results", "contrast", "action_plan", "suggestions")),
    "study_plan": ("self_signed_on", ("school_analysis", "own_problems", "goals", "plan", "focus")),
    "development_plan": ("self_signed_on", ("strengths", "weaknesses", "goals", "phases", "support")),
    "mentor_summary": ("self_signed_on", ("practice", "effects", "problems", "suggestions")),
    "base_school_plan": ("signed_on", ("goals", "duties", "schedule", "conditions", "requirements")),
}
LETTERS: frozenset[Kind] = frozenset({"leave_request", "base_school_appraisal"})
_TITLED_BY: Mapping[Kind, str] = {"reflection": "topic", "action_research_report": "report_title"}
_ROWS = {"phases": "{span}：{goal}。措施：{measures}。预期：{results}。", "duties": "{work}：{person}，{due}。"}
_GROUP = "组长：{principal}。副组长：{deputy}。成员：{members}。联系人：{contact}（{contact_phone}）。"


@dataclass(frozen=True, slots=True)
class ProsePaper:
    """A paper of running text.

    person: key of the trainee or mentor, empty for the base school's; sender: name of the school it comes from.
    title: with its subtitle. values: what a careful person reads, under the form's own names: whose, of which school,
    of which day, and `prose_title` and `prose_body`, in the normal forms of the read contract, None where the paper
    does not say; letters state more. data: a .docx.
    """

    kind: Kind
    person: str
    sender: str
    written: date
    title: str
    values: Mapping[str, Value | None]
    data: bytes
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Page:
    """What is typed: lines above the body, the body, lines below it; values as far as they are stated."""

    title: str
    above: Sequence[Typed]
    body: Sequence[Typed]
    below: Sequence[Typed]
    values: Mapping[str, Value | None]


def prose_from(filled: Filled, rng: Random) -> ProsePaper:
    """The paper as its author writes it without the form; rng: chooses title, headings, author line and look.

    Raises ValueError for a kind that nobody writes so (ESSAYS and LETTERS are those that people do).
    """
    if filled.kind == "leave_request":
        page = _leave_letter(filled, rng)
    elif filled.kind == "base_school_appraisal":
        page = _appraisal_letter(filled, rng)
    elif filled.kind in ESSAYS:
        page = _essay(filled, rng)
    else:
        raise ValueError(f"nobody writes {filled.kind} as prose")
    read = {**page.values, PROSE_TITLE: text_normal(page.title)}
    read[PROSE_BODY] = prose_normal("\n".join(line.text for line in page.body))
    data = typed_document([*page.above, *page.body, *page.below], pick(rng, LOOKS))
    day = _written(filled)
    return ProsePaper(filled.kind, filled.person, filled.sender, day, page.title, read, data, filled.note)


def prose_of(season: Season, kind: Kind, number: int = 1, together: Sequence[Season] = ()) -> ProsePaper:
    """The paper of that kind that this season leaves, without a form.

    number: which reflection, from 1; together: the seasons of the cohort, of which a mentor's summary and the base
    school's plan speak (this one alone by default). Raises ValueError for a kind that nobody writes so, and for a
    reflection or a leave that the story does not have.
    """
    papers = tuple(_made(told_of(season), kind, together or (season,)))
    if not 1 <= number <= len(papers):
        raise ValueError(f"the story has {len(papers)} papers of {kind} that could be prose, not {number}")
    return prose_from(papers[number - 1], season.rng("prose", kind, number))


def _made(told: Told, kind: Kind, together: Sequence[Season]) -> Iterator[Filled]:
    several = {"reflection": reflections_of, "leave_request": leaves_of}
    single = {"action_research_report": action_research_of, "study_report": study_report_of,
              "study_plan": study_plan_of, "development_plan": development_plan_of,
              "base_school_appraisal": base_appraisal_of}  # fmt: skip
    if kind in several:
        yield from several[kind](told)
    elif kind in single:
        yield single[kind](told)
    elif kind == "mentor_summary":
        mentor = told.season.mentor
        own = [season for season in together if season.mentor.key == mentor.key]
        yield mentor_summary_of(mentor, own or [told.season])
    elif kind == "base_school_plan":
        yield base_plan_of(told.season.base, len(together))


def _day(filled: Filled, field: str) -> date:
    return date.fromisoformat(str(filled.values[field]))


def _written(filled: Filled) -> date:
    """The day that the author puts under it; what others sign later is not on it."""
    field = {"leave_request": "applied_on", "base_school_appraisal": "signed_on"}.get(filled.kind)
    return _day(filled, field or ESSAYS[filled.kind][0])


# --- essays --------------------------------------------------------------------------------------------------------


def _essay(filled: Filled, rng: Random) -> _Page:
    title = _title(filled, rng)
    headings = pick(rng, letters.HEADINGS[filled.kind])
    parts = [_part(filled, name) for name in ESSAYS[filled.kind][1]]
    day = _written(filled)
    dated = _day_as_typed(rng, day) if rng.random() < 0.9 else ""
    name = "" if filled.kind == "base_school_plan" else str(filled.values["name"])
    school = str(filled.values["school" if name else "base_school"])
    above, below, names_school = _signed(rng, name, school, dated)
    main, dash, subtitle = title.partition("——")
    heads = [Typed(main, "title"), *([Typed(dash + subtitle, "centre")] if dash else [])]
    said = school if names_school else None
    whose = {"name": name, "school": said} if name else {"base_school": said}
    values = {**whose, ESSAYS[filled.kind][0]: day.isoformat() if dated else None}
    return _Page(title, heads + above, [*_abstract(filled), *_body(parts, headings)], below, values)


def _title(filled: Filled, rng: Random) -> str:
    if filled.kind in _TITLED_BY:
        return str(filled.values[_TITLED_BY[filled.kind]])
    words = {"base": str(filled.values.get("base_school")), "stage_subject": str(filled.values.get("stage_subject"))}
    title = worded(rng, pick(rng, letters.TITLES[filled.kind]), words)
    tells = any(word in title for word in ("总结", "汇报", "报告", "规划", "计划", "方案", "——"))
    return title if tells else title + worded(rng, pick(rng, letters.SUBTITLES[filled.kind]), words)


def _part(filled: Filled, name: str) -> str:
    """A field's text, or the rows of a list as lines."""
    if name not in filled.lists:
        return str(filled.values[name])
    rows = [_ROWS[name].format(**row) for row in filled.lists[name]]
    return "\n".join([_GROUP.format(**filled.values), *rows] if name == "duties" else rows)


def _abstract(filled: Filled) -> list[Typed]:
    if filled.kind != "action_research_report":
        return []
    return [Typed(f"摘要：{filled.values['abstract']}"), Typed(f"关键词：{filled.values['keywords']}")]


def _body(parts: Sequence[str], headings: Sequence[str]) -> list[Typed]:
    lines = []
    for place, part in enumerate(parts):
        if headings:
            lines.append(Typed(headings[place], "head"))
        lines += [Typed(paragraph) for paragraph in part.split("\n")]
    return lines


def _signed(rng: Random, name: str, school: str, day: str) -> tuple[list[Typed], list[Typed], bool]:
    """Author and date above the text, below it, or some of each, and whether the school is named."""
    both = f"{school}　{name}" if name else school
    way = rng.randrange(5) if name else 1
    at_end = [Typed(day, "right")] if day else []
    if way == 0:
        return [Typed(both, "centre")], at_end, True
    if way == 1:
        return [], [Typed(both, "right"), *at_end], True
    if way == 2:
        return [Typed(f"作者单位：{school}", "centre"), Typed(f"姓名：{name}", "centre")], at_end, True
    if way == 3:
        dated = [Typed(f"日期：{day}", "flush")] if day else []
        return [Typed(f"单位：{school}", "flush"), Typed(f"姓名：{name}", "flush"), *dated], [], True
    return [], [Typed(name, "right"), *at_end], False


def _day_as_typed(rng: Random, day: date) -> str:
    """2016年12月1日, 2016.12.1 or 二〇一六年十二月一日."""
    way = rng.random()
    if way < 0.7:
        return show("date", day.isoformat())
    if way < 0.9:
        return f"{day.year}.{day.month}.{day.day}"
    year = "".join(HAN_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_in_han(day.month)}月{_in_han(day.day)}日"


def _in_han(number: int) -> str:
    tens, ones = divmod(number, 10)
    front = "" if tens == 0 else "十" if tens == 1 else f"{HAN_DIGITS[tens]}十"
    return front + (HAN_DIGITS[ones] if ones else "")


# --- letters -------------------------------------------------------------------------------------------------------


def _said(rng: Random, bank: Bank, words: Words) -> str:
    return worded(rng, pick(rng, bank), words)


def _words(filled: Filled) -> dict[str, str]:
    return {name: str(value) for name, value in filled.values.items()}


def _leave_letter(filled: Filled, rng: Random) -> _Page:
    asked, start, back = (_day(filled, name) for name in ("applied_on", "starts_on", "returned_on"))
    words = {**_words(filled), "mentor": str(filled.values["mentor_signature"]), "day": short_day(start),
             "day_after": short_day(back), "asked": short_day(asked)}  # fmt: skip
    opening = _said(rng, letters.LETTER_OPENINGS, words)
    body = [Typed(opening + words["reason"]), Typed(_said(rng, letters.LETTER_ASKS, words))]
    title = pick(rng, letters.LETTER_TITLES)
    above = [Typed(title, "title"), Typed(_said(rng, letters.LETTER_TO, words) + "：", "flush")]
    below = [Typed("此致"), Typed("敬礼！", "flush"), Typed(f"请假人：{words['name']}", "right"),
             Typed(_day_as_typed(rng, asked), "right")]  # fmt: skip
    if rng.random() < 0.5:
        below.append(Typed(_said(rng, letters.LETTER_AGREED, words), "flush"))
    stated = ("name", "school", "starts_on", "ends_on", "leave_days", "reason")
    values = {name: filled.values[name] for name in stated} | {"applied_on": asked.isoformat()}
    return _Page(title, above, body, below, values)


def _appraisal_letter(filled: Filled, rng: Random) -> _Page:
    period = filled.values["period"]
    assert isinstance(period, Period), "the form's field is a period"
    words = {**_words(filled), "start": show("date", period.start), "end": show("date", period.end)}
    banks = (letters.APPRAISAL_OPENINGS, letters.APPRAISAL_FIGURES, ("{opinion}",), letters.APPRAISAL_VERDICTS)
    body = [*(Typed(_said(rng, bank, words)) for bank in banks), Typed("特此鉴定。")]
    title = _said(rng, letters.APPRAISAL_TITLES, words)
    day = _written(filled)
    to = f"{pick(rng, letters.APPRAISAL_TO)}：".split("\n")
    signers = (f"校长：{words['principal_signature']}", words["base_school"], _day_as_typed(rng, day))
    above = [Typed(title, "title"), *(Typed(line, "flush") for line in to)]
    below = [Typed(line, "right") for line in signers]
    return _Page(title, above, body, below, {**filled.values, "signed_on": day.isoformat()})

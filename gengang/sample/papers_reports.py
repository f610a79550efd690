"""What a trainee writes down afterwards: three reflections, the action research report, the report on the study."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from random import Random

from gengang.codecs import Value
from gengang.roster import Person
from gengang.sample import texts_reports as reports
from gengang.sample import texts_research as research
from gengang.sample.papers_filled import (
    Filled,
    Happened,
    Told,
    head_of,
    own_paper,
    person_words,
    theme_words,
    themes_of,
)
from gengang.sample.texts import TOPICS
from gengang.sample.texts_grammar import Bank, Words, chain, numbered, paragraphs, pick, worded
from gengang.sample.texts_themes import Theme

JUDGED = {"6": "优", "5": "良", "4": "中"}
# Places in the subject's list of topics: of the two 研究课, and of a lesson that everybody hears on the first days.
REFLECTED_TOPICS = (1, 11, 3)


# --- 教育教学反思 --------------------------------------------------------------------------------------------------


def reflections_of(told: Told) -> Iterator[Filled]:
    """As many as the story tells, on different days; a copier hands in a colleague's words under the own name."""
    days: set[date] = set()
    for number in range(1, told.season.story.reflections + 1):
        paper = _reflection(told, number, days)
        days.add(date.fromisoformat(str(paper.values["written_on"])))
        yield paper


def reflection_words(person: Person, number: int) -> dict[str, str]:
    """Title and body of a person's reflection; they depend on nothing but the person, so that another can copy them."""
    rng = Random(f"{person.key}/reflection/{number}")
    themes = themes_of(person)
    topic = TOPICS[f"{person.stage}{person.subject}"][REFLECTED_TOPICS[number - 1]]
    theme, second = themes[number - 1], themes[number % len(themes)]
    words = theme_words(rng, person_words(person), theme, second, topic)
    titles = reports.REFLECTION_TITLES[:2] if number < 3 else reports.REFLECTION_TITLES[2:]
    good = [worded(rng, text, words) for text in rng.sample(reports.GOOD_POINTS, 2)]
    detail = worded(rng, pick(rng, reports.WEAK_DETAILS), words)
    style = pick(rng, ("1.", "（1）"))
    return {
        "topic": worded(rng, pick(rng, titles), words),
        "goals_met": chain(rng, reports.GOALS_MET, words),
        "strengths": "".join(good) + words["learned"],
        "weaknesses": pick(rng, reports.WEAK_POINTS) + words["lack"] + detail + "究其原因，" + words["cause"],
        "improvements": worded(rng, pick(rng, reports.IMPROVEMENTS), words)
        + "\n"
        + numbered((words["measure"], words["measure2"], words["other"]), style)
        + "\n"
        + worded(rng, pick(rng, reports.REFLECTION_ENDINGS), words),
    }


def _reflection(told: Told, number: int, days: set[date]) -> Filled:
    season = told.season
    author = season.copied_from or season.trainee
    about = _lesson_about(told, number)
    written_on = _day_for(told, about.day, days)
    signed_on = season.workday(written_on) if season.rng("signed", number).random() < 0.5 else written_on
    values: dict[str, Value | None] = {
        **reflection_words(author, number),
        "class_name": about.row["place"],
        "stage_subject": season.written_subject,
        "written_on": written_on.isoformat(),
        "name": season.trainee.name,
        "school": season.trainee.school,
        "base_school": season.base.name,
        "mentor_signature": season.mentor.name,
        "signed_on": signed_on.isoformat(),
    }
    note = f"copied_from:{season.copied_from.key}" if season.copied_from else ""
    return Filled("reflection", season.trainee.key, season.trainee.school, values, {}, signed_on, note)


def _lesson_about(told: Told, number: int) -> Happened:
    """The lesson a reflection speaks of: taught for the first two, heard for the third."""
    topic = TOPICS[told.season.written_subject][REFLECTED_TOPICS[number - 1]]
    lessons = told.of("听课")[::-1] if number == 3 else told.of("上课")
    return next((one for one in lessons if one.topic == topic), lessons[-1])


def _day_for(told: Told, after: date, taken: set[date]) -> date:
    """The first attended day from then on without a reflection yet."""
    days = [day for day in told.season.attended if day >= after and day not in taken]
    return days[0] if days else told.season.workday(told.season.attended[-1])


# --- 行动研究报告 --------------------------------------------------------------------------------------------------


def _topic_of(told: Told, rng: Random) -> str:
    return pick(rng, told.of("听课")).topic


def research_title(told: Told) -> str:
    """The title of the study, the same wherever it is named."""
    rng = told.season.rng("research title")
    return worded(rng, pick(rng, told.themes[0].titles), told.words)


def action_research_of(told: Told) -> Filled:
    """L-04, written in the last days of November, with the mentor's word and grade by R9."""
    season = told.season
    rng = season.rng("action research")
    words = theme_words(rng, told.words, told.themes[0], told.themes[1], _topic_of(told, rng))
    written_on = max(season.workday(season.attended[-1]), date(2016, 11, rng.choice((24, 25, 28, 29, 30))))
    grade = JUDGED.get(season.story.judged[2], "差")
    values = head_of(season) | {
        "report_title": research_title(told),
        "written_on": written_on.isoformat(),
        "keywords": worded(rng, pick(rng, research.KEYWORDS), words),
        **_research_parts(rng, words, short=grade == "差"),
        "mentor_comment": pick(rng, research.RESEARCH_COMMENTS[grade]),
        "mentor_grade": grade,
        "mentor_signature": season.mentor.name,
        "signed_on": season.workday(written_on).isoformat(),
    }
    return own_paper("action_research_report", season, values, season.workday(written_on))


def _research_parts(rng: Random, words: Words, short: bool) -> dict[str, Value | None]:
    lacks = ((words["lack"],), (words["lack2"],), (words["cause"],))
    practice = ((research.ROUNDS,),) if short else ((research.ROUNDS,), (research.SECOND_ROUNDS,), (research.CASES,))
    effect = (((words["data"],),),) if short else (((words["data"],), (words["data2"],)), (research.REBUILDING,))
    return {
        "abstract": chain(rng, (research.ABSTRACTS, research.ABSTRACT_RESULTS), words),
        "problem": chain(rng, (research.PROBLEM_OPENINGS, *lacks, research.PROBLEM_ENDINGS), words),
        "design": paragraphs(rng, ((bank,) for bank in research.DESIGNS), words),
        "practice": paragraphs(rng, practice, words),
        "effect": paragraphs(rng, (*effect, (research.REMAINING,)), words),
        "references": worded(rng, pick(rng, research.REFERENCES), words),
    }


# --- 研修报告 ------------------------------------------------------------------------------------------------------


def study_report_of(told: Told) -> Filled:
    """W-07, written in the first days of December; the college's grade is still open."""
    season = told.season
    rng = season.rng("study report")
    written_on = date(2016, 12, rng.choice((1, 1, 2)))
    signed_on = season.workday(written_on) if rng.random() < 0.5 else written_on
    words = theme_words(rng, told.words, told.themes[0], told.themes[1], _topic_of(told, rng))
    values = head_of(season) | {
        "period": season.window,
        "written_on": written_on.isoformat(),
        **_report_parts(rng, told, words | {"research_title": research_title(told)}),
        "self_signature": season.trainee.name,
        "self_signed_on": written_on.isoformat(),
        "mentor_comment": worded(rng, pick(rng, reports.REPORT_COMMENTS), words),
        "mentor_signature": season.mentor.name,
        "mentor_signed_on": signed_on.isoformat(),
        "college_grade": None,
        "college_signed_on": None,
    }
    return own_paper("study_report", season, values, signed_on)


def _report_parts(rng: Random, told: Told, words: Words) -> dict[str, Value | None]:
    """The six parts; who got little for the report wrote little."""
    short = Decimal(told.season.story.judged[3]) <= 2
    return {
        "overview": chain(rng, _OVERVIEW[:3] if short else _OVERVIEW, words),
        "gains": _gains(rng, told, told.themes[:2] if short else told.themes),
        "results": paragraphs(rng, _RESULTS[:1] if short else _RESULTS, words),
        "contrast": paragraphs(rng, _CONTRAST[:2] if short else _CONTRAST, words),
        "action_plan": paragraphs(rng, ((bank,) for bank in _action_banks(short)), words),
        "suggestions": chain(rng, (*reports.SUGGESTIONS, reports.SUGGESTION_REASONS), words),
    }


_OVERVIEW = (*reports.OVERVIEWS[:3], reports.OVERVIEW_WORK, reports.OVERVIEWS[3])
_RESULTS = (
    (reports.RESULT_OPENINGS, reports.RESULT_LESSON),
    (reports.RESULT_RESEARCH, reports.RESULT_MORE_DATA),
    (reports.RESULT_MATERIALS, reports.RESULT_SHARE),
)
_CONTRAST = (
    (reports.CONTRASTS[0], reports.CONTRAST_DETAILS[:2], reports.CONTRAST_DETAILS[2:]),
    (reports.CONTRASTS[1],),
    (reports.CONTRASTS[2],),
    (reports.CONTRASTS[3],),
)


def _action_banks(short: bool) -> Sequence[Bank]:
    first, *several, last = reports.ACTIONS
    return (first, *several[:2], last) if short else (first, *several, reports.ACTION_DETAILS, last)


def _gains(rng: Random, told: Told, themes: Sequence[Theme]) -> str:
    """A paragraph on each theme: what was seen, what it says, and how it was with me."""
    openings, turns, endings = (
        rng.sample(bank, len(themes)) for bank in (reports.GAIN_OPENINGS, reports.GAIN_TURNS, reports.GAIN_ENDINGS)
    )
    lines = []
    for place, (theme, second) in enumerate(pairwise((*themes, themes[0]))):
        words = theme_words(rng, told.words, theme, second, _topic_of(told, rng))
        said = (openings[place], words["seen"], words["learned"], turns[place], words["measure"], endings[place])
        lines.append("".join(worded(rng, sentence, words) for sentence in said))
    return "\n".join(lines)

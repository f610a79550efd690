"""Parts 03 to 07, 11, 12 and 14 of the showcase: what everybody in the room may read.

Nobody's score, ID number or telephone stands in them, and nobody is named as lacking anything: who has nothing to show
is not on a list of what is shown.
"""

from collections.abc import Iterator, Sequence

from gengang.meetings import Meeting, Talk
from gengang.office.commending import ticked
from gengang.office.events import MOST_PAGES, chair_words
from gengang.office.kinds import Asking, Material
from gengang.office.meeting_words import (
    BLANK,
    attendees,
    file_of,
    held_at,
    issuer_of,
    meeting_of,
    showcase_of,
    slots,
    speaker,
    trainees,
)
from gengang.office.name_order import RULE, in_list_order
from gengang.office.works import works_of
from gengang.papers.draft import Draft
from gengang.papers.form_words import FORM_WORDS
from gengang.papers.words import programme_of, stage_subject
from gengang.rendering import Given, GivenRows
from gengang.scheme import Event

SEATS = 12  # columns of the template
MINUTES_EACH = 8
TO_WRITE: GivenRows = tuple({"number": number} for number in range(1, 6))
# What may lie on the table for people to leaf through, in the order of the list.
SHOWN = ("training_log", "lesson_observation", "lesson_taught", "reflection", "action_research_report", "study_report")


def _showcase(material: Material) -> tuple[Event, Meeting] | None:
    event = showcase_of(material)
    return (event, meeting_of(material, event)) if event else None


def _draft(
    material: Material, event: Event, stem: str, name: str, values: dict[str, Given], **lists: GivenRows
) -> Draft:  # fmt: skip
    said = {"programme": programme_of(material.judged.scheme), **values}
    return Draft(stem, stem, "papers", "", said, file_of(event, name), MOST_PAGES, lists)


# --- 主持词 ------------------------------------------------------------------------------------------------------


def host_words_drafts(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """主持词: greeting, who is there, one line for each item, the close; names are blanks until told."""
    found = _showcase(material)
    if not found:
        return ()
    event, meeting = found
    values: dict[str, Given] = {
        "event": event.name,
        "chair": chair_words(meeting) or BLANK,
        "held_at": held_at(meeting),
    }
    lines: GivenRows = tuple({"text": text} for text in _spoken(material, event, meeting))
    return (Draft("host_words", "host_words", "papers", "", values, file_of(event, "主持词"), 20, {"lines": lines}),)


def _spoken(material: Material, event: Event, meeting: Meeting) -> Iterator[str]:
    organisation = material.judged.scheme.organisation
    yield "各位领导、各位老师："
    yield f"大家好！今天，我们在这里召开{programme_of(material.judged.scheme)}{event.name}。"
    front = "、".join(f"{one.unit}{one.post}{one.name}" for one in meeting.leaders) or BLANK
    yield f"出席会议的领导有：{front}。参加会议的还有{guests_of(event)}。让我们以热烈的掌声表示欢迎！"
    yield f"今天的会议共有{len(meeting.agenda) or BLANK}项议程。"
    for number, item in enumerate(meeting.agenda, 1):
        yield f"下面进行会议第{_ordinal(number)}项：{item.item}。有请{item.who or BLANK}。"
        if number < len(meeting.agenda):
            yield "（小结，过渡到下一项。）"
    yield (
        "各位老师，会议议程已经全部进行完毕。希望大家把跟岗研修的收获带回学校、用到课堂，发挥示范带动作用。"
        f"会后请各校按{organisation.college}的安排做好后续工作。"
    )
    yield "现在散会。"


def _ordinal(number: int) -> str:
    """`三`, `十二`; in figures from 一百 on."""
    tens, ones = divmod(number, 10)
    if number > 99:
        return str(number)
    return ("" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十") + _DIGITS[ones]


_DIGITS: tuple[str, ...] = ("", *"一二三四五六七八九")


# --- 参会人员名单, 座次图 ----------------------------------------------------------------------------------------


def attendee_drafts(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """参会人员名单 with the rule of its order."""
    found = _showcase(material)
    if not found:
        return ()
    event, meeting = found
    people = attendees(material, event, meeting)
    rows: GivenRows = tuple(
        {"number": number, "role": one.role, "unit": one.unit or None, "name": one.name or None,
         "gender": one.gender or None, "ethnicity": one.ethnicity or None, "post": one.post or None}
        for number, one in enumerate(people, 1)
    )  # fmt: skip
    values: dict[str, Given] = {"event": event.name, "order": RULE.format(order=meeting.name_order)}
    return (_draft(material, event, "attendee_list", "参会人员名单", values, people=rows),)


def seat_drafts(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """座次图: leaders at the front, everybody else by the list; an empty plan while the room is not told."""
    found = _showcase(material)
    if not found:
        return ()
    event, meeting = found
    people = attendees(material, event, meeting)
    front = [one.name for one in people if one.role in FRONT and one.name]
    seated = [one.name for one in people if one.role not in FRONT] if meeting.seats else []
    values: dict[str, Given] = {
        "event": event.name,
        "place": meeting.place or BLANK,
        "platform": "、".join(front) or BLANK,
        "remark": _seat_remark(meeting, len(seated)),
    }
    rows = _seat_rows(seated, meeting.seats or SEATS, meeting.rows)
    return (Draft("seat_plan", "seat_plan", "papers", "", values, file_of(event, "座次图"), 60, {"rows": rows}),)


FRONT = ("领导", "基地校领导", "领导小组")
_ROWS_UNTOLD = 8


def _seat_rows(names: Sequence[str], seats: int, rows: int) -> GivenRows:
    """Rows of seats from the front; as many as the room has, and more where the people need more."""
    needed = -(-len(names) // seats)
    made: list[dict[str, Given]] = []
    for row in range(max(needed, rows or _ROWS_UNTOLD)):
        own = names[row * seats : (row + 1) * seats]
        made.append({"number": row + 1, **{f"seat{place}": name for place, name in enumerate(own, 1)}})
    return tuple(made)


def _seat_remark(meeting: Meeting, seated: int) -> str | None:
    """What the plan cannot know, or that the room is too small."""
    if not meeting.seats:
        return "会场座位数未定，定后再排。"
    over = seated - meeting.seats * meeting.rows if meeting.rows else 0
    return f"座位少{over}个，请加排。" if over > 0 else None


# --- 汇报 --------------------------------------------------------------------------------------------------------


def talk_order_drafts(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """汇报顺序及时长: the reports told; until then one line for each subject that somebody studied, eight minutes."""
    found = _showcase(material)
    if not found:
        return ()
    event, meeting = found
    talks = meeting.talks or _one_for_each_subject(material, meeting)
    times = slots(_talks_start(meeting), tuple(one.minutes for one in talks))
    roster = material.judged.season.roster
    rows: list[dict[str, Given]] = []
    for number, (talk, time) in enumerate(zip(talks, times, strict=True), 1):
        name, unit, subject = speaker(talk, roster)
        told = {
            "name": name or None,
            "unit": unit or None,
            "subject": subject or (None if meeting.talks else talk.title),
        }
        rows.append({"number": number, "time": time or None, "minutes": talk.minutes, **told})
    return (_draft(material, event, "talk_order", "汇报顺序及时长", {}, talks=tuple(rows)),)


def _one_for_each_subject(material: Material, meeting: Meeting) -> tuple[Talk, ...]:
    subjects = dict.fromkeys(stage_subject(one) for one in trainees(material, meeting))
    return tuple(Talk("", "", "", subject, MINUTES_EACH) for subject in subjects)


def _talks_start(meeting: Meeting) -> str:
    """When the reports begin: behind the items of the agenda that stand before them; '' while that is not told."""
    minutes = 0
    for one in meeting.agenda:
        if "汇报" in one.item:
            break
        if one.minutes is None:
            return ""
        minutes += one.minutes
    if not meeting.starts:
        return ""
    hours, past = map(int, meeting.starts.split(":"))
    whole = hours * 60 + past + minutes
    return f"{whole // 60}:{whole % 60:02d}"


def talk_title_drafts(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """汇报材料目录; lines to write on while no report is told."""
    found = _showcase(material)
    if not found:
        return ()
    event, meeting = found
    rows: list[dict[str, Given]] = []
    for number, talk in enumerate(meeting.talks, 1):
        name, unit, _ = speaker(talk, material.judged.season.roster)
        rows.append({"number": number, "title": talk.title or None, "name": name, "unit": unit or None})
    return (_draft(material, event, "talk_titles", "汇报材料目录", {}, talks=tuple(rows) or TO_WRITE),)


# --- 表彰, 展示, 汇编, 通稿 ------------------------------------------------------------------------------------------


def commended_drafts(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """已确定的表彰名单: who was ticked and nothing else of them; lines to write on while nobody is."""
    found = _showcase(material)
    if not found:
        return ()
    event, meeting = found
    judged = material.judged
    ticks = {one.key: tick for one, tick in ticked(judged)}
    chosen = in_list_order((one for one, _ in ticked(judged)), judged.season.roster, judged.scheme, meeting.name_order)
    honours = judged.scheme.commendation.kinds
    usual = honours[0] if len(honours) == 1 else None
    rows: GivenRows = tuple(
        {"number": number, "honour": ticks[one.key].group or usual, "unit": one.school or None, "name": one.name}
        for number, one in enumerate(chosen, 1)
    )
    return (_draft(material, event, "commended_people", "表彰名单", {}, people=rows or TO_WRITE),)


def exhibit_drafts(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """展示材料清单: what each trainee has to show; only those who have."""
    found = _showcase(material)
    if not found:
        return ()
    event, meeting = found
    rows: list[dict[str, Given]] = []
    for one in trainees(material, meeting):
        shown = "、".join(_shown(material, one.key))
        if shown:
            row = {"unit": one.school, "name": one.name, "subject": stage_subject(one) or None, "shown": shown}
            rows.append({"number": len(rows) + 1, **row})
    return (_draft(material, event, "exhibit_list", "展示材料清单", {}, people=tuple(rows) or TO_WRITE),)


def _shown(material: Material, person: str) -> Iterator[str]:
    figures = material.judged.figures[person]
    for form in SHOWN:
        name, unit = FORM_WORDS[form]
        number = figures.counts.get(form, 0)
        if number:
            yield f"{name}{number}{unit}"
    pictures = len(material.judged.season.evidence_of(person))
    if pictures:
        yield f"照片等佐证{pictures}件"


def works_drafts(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """成果汇编目录: the reports and essays that are in."""
    found = _showcase(material)
    if not found:
        return ()
    event, meeting = found
    rows: GivenRows = tuple(
        {"number": number, "title": work.title, "form": work.form_name, "name": work.person.name,
         "unit": work.person.school or None}
        for number, work in enumerate(works_of(material, meeting), 1)
    ) or TO_WRITE  # fmt: skip
    return (_draft(material, event, "collected_works", "成果汇编目录", {}, works=rows),)


def news_drafts(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """新闻通稿草稿 with the figures of the season and blanks for what only who was there can say."""
    found = _showcase(material)
    if not found:
        return ()
    event, meeting = found
    scheme = material.judged.scheme
    headline = (
        f"{scheme.organisation.county}召开{programme_of(scheme).removeprefix(scheme.organisation.county)}{event.name}"
    )
    lines: GivenRows = tuple({"text": text} for text in _news(material, event, meeting))
    values: dict[str, Given] = {"headline": headline}
    return (Draft("news_draft", "news_draft", "papers", "", values, file_of(event, "新闻通稿"), 6, {"lines": lines}),)


# What is counted in the news, with its verb and the word it is counted by; what nobody has done is not boasted of.
DONE = (("lessons_heard", "听课", "节"), ("lessons_taught", "上课", "节"), ("reflections", "撰写教育教学反思", "篇"))


def _way(material: Material) -> str:
    """Where and how people studied, as far as the scheme says."""
    scheme = material.judged.scheme
    base = f"，以{scheme.organisation.base_school}为基地" if scheme.organisation.base_school else ""
    paired = "，采取“一对一”帮扶与自主研修相结合的方式进行" if scheme.pairing.mentors == 1 else ""
    return f"{base}{paired}"


def guests_of(event: Event) -> str:
    """Who comes beside those at the front."""
    return "、".join(one for one in event.attendees if not one.startswith("教体局")) or BLANK


def _news(material: Material, event: Event, meeting: Meeting) -> Iterator[str]:
    judged, organisation = material.judged, material.judged.scheme.organisation
    people = judged.season.roster.trainees
    schools = len({one.school for one in people})
    counted = [judged.figures[one.key].counts for one in people]
    done = [
        f"{verb}{number}{unit}" for name, verb, unit in DONE if (number := sum(one.get(name, 0) for one in counted))
    ]
    told = f"研修期间，学员累计{'、'.join(done)}。" if done else ""
    front = "、".join(f"{one.unit}{one.post}{one.name}" for one in meeting.leaders) or BLANK
    yield (
        f"{held_at(meeting)}，{programme_of(judged.scheme)}{event.name}在{meeting.place or BLANK}召开。"
        f"{front}出席会议，{guests_of(event)}参加会议，其中学员{len(people)}名，来自{schools}所学校。"
        f"会议由{chair_words(meeting) or BLANK}主持。"
    )
    yield (f"本次研修由{issuer_of(judged.scheme)}组织，{organisation.college}具体实施{_way(material)}。{told}")
    items = "、".join(one.item for one in meeting.agenda)
    yield f"会议进行了{items}等议程。" if items else f"会上，{BLANK}。"
    yield f"领导在讲话中指出，{BLANK}。"
    yield f"与会教师表示，{BLANK}。"

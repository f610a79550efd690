"""The four papers of any meeting: 会议通知, 议程, 签到表, 通讯录. What nobody told prints as a ruled blank."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from gengang.form import Form
from gengang.meetings import Meeting
from gengang.office.kinds import Asking, Material, PaperKind
from gengang.office.meeting_words import (
    BLANK,
    attendees,
    clock,
    file_of,
    held_at,
    issuer_of,
    meeting_of,
    meetings_asked,
    slots,
    trainees,
)
from gengang.office.name_order import in_list_order
from gengang.papers.draft import Draft, numbered_file
from gengang.papers.letterhead import Letterhead
from gengang.papers.words import programme_of, stage_subject
from gengang.rendering import Given, GivenRows
from gengang.scheme import Event

PART = "会议"
USUAL_DEMANDS = "请参会人员安排好工作，准时到会，不得缺席；确不能到会的，须提前向会务组请假。"
SPARE_LINES = 5  # of a 签到表, for who comes unasked
MOST_PAGES = 400


def notice_drafts(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """会议通知 of each event that needs one."""
    drafts = (_notice(material, event) for event in meetings_asked(material, asking, "会议通知"))
    issuer = issuer_of(material.judged.scheme)
    return tuple(_lettered(one, asking, issuer, material.judged.as_of) for one in drafts)


def _lettered(draft: Draft, asking: Asking, issuer: str, printed_on: date) -> Draft:
    """With red head and 版记 once a 发文字号 is given; what is bound in a handbook bears neither, and no mark."""
    if not asking.number:
        return draft
    head = Letterhead(issuer, asking.number, f"{issuer}办公室", printed_on)
    return replace(draft, letterhead=head, file=numbered_file(draft.file, asking.number))


def _notice(material: Material, event: Event) -> Draft:
    scheme, meeting = material.judged.scheme, meeting_of(material, event)
    organisation = scheme.organisation
    items = "；".join(f"{place}．{one.item}" for place, one in enumerate(meeting.agenda, 1))
    values: dict[str, Given] = {
        "bureau": issuer_of(scheme),
        "event": event.name,
        "receivers": "，".join(filter(None, ("各有关中小学校", organisation.base_school))),
        "opening": f"根据《{scheme.title}》安排，经研究，决定召开{event.name}。现将有关事项通知如下：",
        "held_at": _with_arrival(meeting),
        "place": meeting.place or BLANK,
        "attendees": f"{'、'.join(event.attendees)}。",
        "contents": f"{items}。" if items else BLANK,
        "contact": meeting.contact or BLANK,
        "contact_phone": meeting.contact_phone or BLANK,
    }
    demands: GivenRows = tuple(
        {"text": line} for line in (meeting.demands or USUAL_DEMANDS).split("\n") if line.strip()
    )
    file = file_of(event, "会议通知")
    return Draft("meeting_notice", "meeting_notice", "papers", "", values, file, 4, {"demands": demands})


def _with_arrival(meeting: Meeting) -> str:
    arrives = f"，{clock(meeting.arrives)}前报到" if meeting.arrives else ""
    return f"{held_at(meeting)}{arrives}。"


def agenda_drafts(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """议程 of each event that needs one."""
    return tuple(_agenda(material, event) for event in meetings_asked(material, asking, "议程"))


def _agenda(material: Material, event: Event) -> Draft:
    scheme, meeting = material.judged.scheme, meeting_of(material, event)
    times = slots(meeting.starts, tuple(one.minutes for one in meeting.agenda))
    rows: GivenRows = tuple(
        {"number": number, "time": time or None, "item": one.item, "who": one.who or None, "minutes": one.minutes}
        for number, (one, time) in enumerate(zip(meeting.agenda, times, strict=True), 1)
    ) or tuple({"number": number} for number in range(1, 7))
    values: dict[str, Given] = {
        "programme": programme_of(scheme),
        "event": event.name,
        "held_at": held_at(meeting),
        "place": meeting.place or BLANK,
        "chair": chair_words(meeting) or BLANK,
    }
    return Draft("agenda", "agenda", "papers", "", values, file_of(event, "议程"), 4, {"entries": rows})


def chair_words(meeting: Meeting) -> str:
    """`赵主任（县教师进修学校副校长）`, empty while nobody told."""
    post = f"（{meeting.chair_post}）" if meeting.chair_post else ""
    return f"{meeting.chair}{post}" if meeting.chair else ""


def sign_in_drafts(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """签到表 of each event that needs one, on the office's own form: it is read when it comes back signed."""
    form = material.forms.get("sign_in")
    events = meetings_asked(material, asking, "签到表") if form else ()
    return tuple(_sign_in(material, event, form) for event in events if form)


def _sign_in(material: Material, event: Event, form: Form) -> Draft:
    """Nobody's telephone is on a sheet that goes round the room."""
    meeting = meeting_of(material, event)
    people = attendees(material, event, meeting)
    columns = form.lists().get("attendees", {})
    rows: list[dict[str, Given]] = [
        {"number": number, "unit": one.unit or None, "name": one.name or None, "post": one.post or one.role}
        for number, one in enumerate(people, 1)
    ]
    rows += [{"number": len(people) + number} for number in range(1, SPARE_LINES + 1)]
    known = tuple({name: row.get(name) for name in columns} for row in rows)
    values: dict[str, Given] = {
        "event": event.name,
        "held_on": meeting.held_on.isoformat() if meeting.held_on else None,
        "place": meeting.place or None,
    }
    fields = {name: value for name, value in values.items() if name in form.fields()}
    file = file_of(event, "签到表")
    return Draft("meeting_sign_in", "sign_in", "forms", "", fields, file, MOST_PAGES, {"attendees": known})


def contact_drafts(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """通讯录 of each event that needs one: trainees and mentors, who are to find one another (W-04)."""
    return tuple(_contacts(material, event) for event in meetings_asked(material, asking, "通讯录"))


def _contacts(material: Material, event: Event) -> Draft:
    judged, meeting = material.judged, meeting_of(material, event)
    mentors = in_list_order(judged.season.roster.mentors, judged.season.roster, judged.scheme, meeting.name_order)
    people = [("指导教师", one) for one in mentors] + [("跟岗教师", one) for one in trainees(material, meeting)]
    rows: GivenRows = tuple(
        {"number": number, "role": role, "unit": one.school or judged.scheme.organisation.base_school,
         "name": one.name, "subject": stage_subject(one) or None, "phone": one.phone or None}
        for number, (role, one) in enumerate(people, 1)
    )  # fmt: skip
    values: dict[str, Given] = {"programme": programme_of(judged.scheme), "event": event.name}
    return Draft("contact_list", "contact_list", "papers", "", values, file_of(event, "通讯录"), MOST_PAGES,
                 {"people": rows})  # fmt: skip


def kinds() -> Iterator[PaperKind]:
    """The four, for every event."""
    yield PaperKind("会议通知", PART, "每次会议的通知；时间、地点等填在会议信息.xlsx里", notice_drafts)
    yield PaperKind("议程", PART, "每次会议的议程", agenda_drafts)
    yield PaperKind("签到表", PART, "每次会议的签到表，签好后可扫描收回", sign_in_drafts)
    yield PaperKind("通讯录", PART, "跟岗教师和指导教师的联系方式，只供内部使用", contact_drafts)

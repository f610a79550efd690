"""A scheme as the text of its own notice: each rule in the words of a 公文, so that rule and text cannot disagree.

Every number, day and choice that judging goes by is said; what the text of the programme leaves open is 待补充. Knows
the scheme alone, no person and no paper.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from gengang.papers.form_words import form_words
from gengang.points import plain
from gengang.rhythm import asked_words
from gengang.scheme import Debtor, Document, Eligibility, Event, Gate, Item, Medium, Member, Requirement, Scheme
from gengang.schemeplaces import words_of_value
from gengang.timetable import WHO

OPEN = "待补充"
LATER = "另行通知"  # what an issued notice says of a day that is still open
GOAL = "Z-02"
# What clauses of these letters say beside the rules, in the county's own words.
DUTIES: Mapping[str, str] = {
    "C": "研修内容和形式", "B": "基地校职责", "M": "指导教师职责", "L": "学员要求",
}  # fmt: skip
_NUMBER = re.compile("^（[一二三四五六七八九十]+）")
_FIGURE = re.compile(r"\d|[一二两三四五六七八九十]+(?:周|天|篇|节|次|份|名|个|年)")
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_GAP = re.compile("[×XＸ]+(?![A-Za-z])")
_ANNEX = re.compile(r"^附件\d+\s*")
_PER: dict[Debtor, str] = {
    "school": "每校", "base_school": "", "mentor": "每名指导教师", "trainee": "每名学员", "office": "",
}  # fmt: skip
_MEDIA: Mapping[Medium, str] = {"paper": "纸质", "electronic": "电子"}
_APPROVERS = {"mentor": "指导教师", "base_school": "基地校"}
_LATE = {"manual": "由办公室逐件决定", "excused": "按请假对待", "unexcused": "按无故缺勤对待"}
_GATES: Mapping[Gate, str] = {
    "manual": "由办公室研究决定后再发证书", "warn": "予以提示，不影响发证书", "block": "不发证书",
}  # fmt: skip
_DEBTORS: tuple[Debtor, ...] = ("school", "base_school", "mentor", "trainee", "office")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the notice: its heading without number, and its paragraphs."""

    heading: str
    lines: tuple[str, ...]


def blanked(text: str) -> str:
    """The text with a place to write where the scheme has ××, which no paper prints."""
    return _GAP.sub("＿＿", text)


def day_words(day: date | None) -> str:
    """`2016年9月1日`, or that it has still to be filled in."""
    return words_of_value(day) if day else OPEN


def _day(scheme: Scheme, day: date | None, place: str) -> str:
    """A day; while the window is open the words from which it follows. place: of the file, as `document DOC1.due`."""
    waiting = next((one.note for one in scheme.waiting if one.place == place), OPEN)
    return day_words(day) if day else waiting if not waiting.startswith("结束") else f"研修{waiting}"


def notice_text(scheme: Scheme, draft: bool) -> str:
    """All sections with their numbers, a line each. draft: what is open is listed behind them."""
    lines = [_opening(scheme)]
    for numeral, section in zip(NUMERALS, sections_of(scheme, draft), strict=False):
        lines += [f"{numeral}、{section.heading}", *section.lines]
    text = blanked("\n".join(lines))
    return text if draft else text.replace(OPEN, LATER)


def _opening(scheme: Scheme) -> str:
    goal = next((one.quote.rstrip("。") for one in scheme.clauses if one.id == GOAL and one.quote), "")
    why = f"为{goal}，做好本次跟岗研修工作" if goal else "为做好本次跟岗研修工作"
    return f"{why}，{'现将有关事项通知如下' if scheme.participants.kind == 'per_school_stage' else '制定本计划'}。"


def open_words(scheme: Scheme) -> str:
    """What has to be known before a notice is issued and is still open; empty when nothing is."""
    frame = (("研修时间", window_words(scheme)), ("主管单位", scheme.organisation.authority or OPEN))
    return "、".join(name for name, words in frame if OPEN in words)


def sections_of(scheme: Scheme, draft: bool = False) -> tuple[Section, ...]:
    """The sections that this scheme has something to say in."""
    made = (
        ("研修时间和地点", _when_and_where(scheme)), ("研修对象和条件", _who(scheme)), ("研修任务", _tasks(scheme)),
        ("研修内容和各方职责", _duties(scheme)),
        ("指导和管理", _guidance(scheme)), ("材料报送", _papers(scheme)), ("会议和日程", _events(scheme)),
        ("考核评价", _judging(scheme)), ("学时、证书和表彰", _outcomes(scheme)), ("组织领导", _leading(scheme, draft)),
        ("定稿前须补充的事项", _unknowns(scheme) if draft else iter(())),
    )  # fmt: skip
    told = ((heading, tuple(lines)) for heading, lines in made)
    return tuple(Section(heading, lines) for heading, lines in told if lines)


def _numbered(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"{number}.{line}" for number, line in enumerate(lines, 1))


# --- when, where, who --------------------------------------------------------------------------------------------


def _when_and_where(scheme: Scheme) -> Iterator[str]:
    yield f"研修时间：{window_words(scheme)}。{_half_days(scheme)}"
    kept = scheme.calendar
    if kept.holidays:
        yield f"除国家规定的节假日外，放假的日期：{'、'.join(map(day_words, sorted(kept.holidays)))}。"
    if kept.workdays:
        yield f"除国家规定的调休外，上班的日期：{'、'.join(map(day_words, sorted(kept.workdays)))}。"
    one = scheme.organisation
    schools = "、".join(filter(None, (one.base_school, *one.further_base_schools)))
    yield f"研修基地校：{schools or OPEN}。"
    for numeral, phase in zip(NUMERALS, scheme.phases, strict=False):
        first = _day(scheme, phase.start, f"phase {phase.id}.start")
        last = _day(scheme, phase.end, f"phase {phase.id}.end")
        days = f"（{first if first == last else f'{first}至{last}'}）"
        yield f"（{numeral}）{phase.name}{days}。{'、'.join(phase.tasks)}。"


def window_words(scheme: Scheme) -> str:
    """`2016年9月1日至2016年11月30日`, `共6周，起始日待补充`; how long each stays stands behind it."""
    kept = scheme.calendar
    told = f"{day_words(kept.start)}至{day_words(kept.end)}" if kept.start or kept.end else OPEN
    if kept.weeks:
        told = f"共{kept.weeks}周，{told if kept.start else f'起始日{OPEN}'}"
    return f"{told}{f'，每人{kept.each_weeks}周' if kept.each_weeks else ''}"


def _half_days(scheme: Scheme) -> str:
    if all(one.measure != "workdays" for one in scheme.requirements):
        return ""
    return "到岗半天按0.5天计。" if scheme.calendar.half_days else "到岗只计整天。"


def _who(scheme: Scheme) -> Iterator[str]:
    who = scheme.participants
    number = {"per_school_stage": "每校每个学段选派1名", "fixed": f"共{who.number}名", "open": "人数不限"}
    yield f"研修对象：{who.who}{f'，{number[who.kind]}' if who.kind in number else ''}。"
    for stage, subjects in who.subjects.items():
        yield f"{stage}学科：{'、'.join(subjects)}。"
    if scheme.eligibility is not None:
        yield "选派的教师应当符合下列条件："
        yield from _numbered(tuple(_conditions(scheme.eligibility)))
    accept = "由办公室逐人审核后确定" if scheme.accept == "each" else "符合条件的即为学员，其余由办公室审核后确定"
    yield f"参加研修的人员{accept}。"


def born_from(rules: Eligibility) -> date:
    """The first birthday that the age rule lets in: who was born on it or later may be sent."""
    years = rules.age_max + (1 if rules.age_inclusive else 0)
    return _years_before(rules.as_of, years) + timedelta(1)


def _years_before(day: date, years: int) -> date:
    """Who was born on the day given here is so many years old on the day; a 29 February waits for 1 March."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def _conditions(rules: Eligibility) -> Iterator[str]:
    inside = "含" if rules.age_inclusive else "不含"
    yield (
        f"年龄在{rules.age_max}周岁以下（{inside}{rules.age_max}周岁，以{day_words(rules.as_of)}计），"
        f"即{day_words(born_from(rules))}及以后出生；"
    )
    yield f"连续从教{rules.years_min}年及以上；"
    yield f"具有{_and_above(rules.title_levels, _TITLES, '职称')}；"
    yield "具有相应学段的教师资格；"
    for stage, degrees in rules.degrees.items():
        yield f"{stage}教师具有{_and_above(degrees, _DEGREES, '学历')}；"
    yield "所在学校为农村学校。" if rules.rural_only else "所在学校不限城乡。"


_TITLES = (("中级",), ("副高",), ("正高",))
_DEGREES = (
    ("专科", "大专", "大学专科"), ("本科", "大学本科", "大学"), ("研究生", "硕士研究生", "博士研究生"),
)  # fmt: skip


def _and_above(allowed: Sequence[str], ladder: Sequence[Sequence[str]], what: str) -> str:
    """`专科及以上学历` where all that is above is allowed too, else each by its name."""
    for place, step in enumerate(ladder):
        if {*allowed} == {word for higher in ladder[place:] for word in higher}:
            return f"{step[0]}及以上{what}"
    return f"{'、'.join(allowed)}之一的{what}"


# --- tasks, guidance ---------------------------------------------------------------------------------------------


def _tasks(scheme: Scheme) -> Iterator[str]:
    lines = [f"{task_words(scheme, one)}。" for one in scheme.requirements]
    if lines:
        yield "研修期间应当完成下列任务："
        yield from _numbered(lines)


def task_words(scheme: Scheme, one: Requirement) -> str:
    """`听课：累计不少于20节`, with what it is part of and in which phase it is asked."""
    asked = asked_words(one) if one.need or one.alternatives else f"次数不限，按{one.unit}计"
    whole = scheme.requirement(one.within) if one.within else None
    part = f"（含在{whole.name}之内）" if whole else ""
    phase = next((phase.name for phase in scheme.phases if phase.id == one.phase), "")
    weight = "，未完成的不得结业" if one.severity == "error" else ""
    return f"{one.name}：{asked}{part}{f'，在{phase}完成' if phase else ''}{weight}"


def _duties(scheme: Scheme) -> Iterator[str]:
    """What the text asks for without a number: no rule rests on it, so it is said in the text's own words."""
    told = [(heading, _said(scheme, letter)) for letter, heading in DUTIES.items()]
    for numeral, (heading, lines) in zip(NUMERALS, [one for one in told if one[1]], strict=False):
        yield f"（{numeral}）{heading}。"
        yield from _numbered(lines)


def _said(scheme: Scheme, letter: str) -> list[str]:
    counted = {one.clause for one in scheme.requirements}
    quotes = [one.quote for one in scheme.clauses
              if one.id.startswith(f"{letter}-") and not one.switch and one.id not in counted
              and not _FIGURE.search(one.quote)]  # fmt: skip
    parts = (_NUMBER.sub("", part).strip("，。") for quote in quotes for part in quote.split("……"))
    return [f"{part}。" for part in parts if part]


def _guidance(scheme: Scheme) -> Iterator[str]:
    pairing = scheme.pairing
    if pairing.mentors:
        most = pairing.trainees_at_most
        alike = "指导教师的学段、学科与学员相同。" if pairing.same_subject else "指导教师的学科不必与学员相同。"
        yield f"每名学员配{pairing.mentors}名指导教师，每名指导教师指导的学员一般不超过{most}名。{alike}"
    leave = scheme.leave
    before = "，批准后方可离开" if leave.in_advance else "，可以事后补办"
    asked = "和".join(_APPROVERS[one] for one in leave.approvers)
    if scheme.participants.kind != "individual":
        yield f"请假须向{asked}提交书面申请{before}；手续事后补办的，{_LATE[leave.late_paper]}。"
    signs = scheme.signals
    if signs.lessons_a_day:
        yield (
            f"不得突击性学习：一天听课超过{signs.lessons_a_day}节，或者到岗天数的{_percent(signs.late_share_of_days)}"
            f"以上集中在研修时间最后的{_percent(signs.late_share_of_window)}之内的，由办公室核实。"
        )


def _percent(share: Decimal) -> str:
    return f"{plain(share * 100)}%"


# --- papers ------------------------------------------------------------------------------------------------------


def _papers(scheme: Scheme) -> Iterator[str]:
    mine = [(who, [one for one in scheme.documents if one.owed_by == who]) for who in _DEBTORS]
    owed = [(who, papers) for who, papers in mine if papers]
    for numeral, (who, papers) in zip(NUMERALS, owed, strict=False):
        yield f"（{numeral}）{WHO[who]}报送的材料。"
        yield from _numbered([f"{paper_words(scheme, one)}。" for one in papers])
    if owed:
        yield f"补交材料的截止时间：{_day(scheme, scheme.closing, 'scheme.closing')}；此后报送的由办公室决定。"


def paper_name(document: Document) -> str:
    """What a paper is called without the number of the annex, which the notice gives itself."""
    return _ANNEX.sub("", document.name)


def paper_words(scheme: Scheme, one: Document) -> str:
    """`鉴定表：每名学员1份，一式3份，由甲、乙、丙各存1份，纸质，报甲，2016年12月7日前`."""
    number = f"{_PER[one.per]}{one.need}份" if one.need else "有则报送"
    said = [
        number,
        f"一式{one.copies}份" if one.copies > 1 else "",
        f"由{'、'.join(one.keepers)}各存1份" if one.keepers else "",
        "、".join(_MEDIA[medium] for medium in one.media),
        f"报{'、'.join(one.receivers)}" if one.receivers else "",
        due_words(scheme, one),
        f"可以并入{form_words(one.inside)[0]}" if one.inside else "",
    ]
    return f"{paper_name(one)}：{'，'.join(filter(None, said))}"


def due_words(scheme: Scheme, one: Document) -> str:
    """`2016年12月7日前（含当日）`, `第6周前（含当周）`, or that it is still open."""
    due = _day(scheme, one.due, f"document {one.id}.due")
    if due == OPEN:
        return f"报送时间{OPEN}"
    if due.startswith("研修"):
        return f"{due}内"
    return f"{due}前（含当{'周' if due.endswith('周') else '日'}）"


# --- meetings ----------------------------------------------------------------------------------------------------


def _events(scheme: Scheme) -> Iterator[str]:
    yield from _numbered([f"{event_words(scheme, one)}。" for one in scheme.events])


def event_words(scheme: Scheme, one: Event) -> str:
    """`成果汇报会：2016年12月1日至2016年12月10日；参加人员：…；备齐：…`."""
    first = _day(scheme, one.start, f"event {one.id}.start")
    last = _day(scheme, one.end, f"event {one.id}.end")
    when = first if first == last else f"{first}至{last}"
    said = [
        f"{one.name}：{when}",
        f"参加人员：{'、'.join(one.attendees)}" if one.attendees else "",
        f"备齐：{'、'.join(one.papers)}" if one.papers else "",
    ]
    return "；".join(filter(None, said))


# --- judging and outcomes ----------------------------------------------------------------------------------------


def _judging(scheme: Scheme) -> Iterator[str]:
    yield from judging_lines(scheme)


def judging_lines(scheme: Scheme) -> Iterator[str]:
    """How a person, or the activity, is judged."""
    one = scheme.evaluation
    paper = scheme.document(one.form) if one.form else None
    by = f"，以《{paper_name(paper) if paper else form_words(one.form)[0]}》为准" if one.form else ""
    who = f"由{one.assessor}" if one.assessor and one.assessor != "本人" else ""
    ways = {
        "points": "", "qualitative": f"评价为定性评价，{who}进行{by}", "self": f"评价为本人自我评价{by}",
        "activity": f"只评价活动，不评价个人，{who}进行{by}", "none": "本计划没有写明评价办法", "": f"评价办法{OPEN}",
    }  # fmt: skip
    if one.kind == "points":
        yield from _points(scheme)
        return
    passed = f"，结论为“{'”“'.join(one.passed)}”的为合格" if one.passed else ""
    yield f"{ways[one.kind]}{passed}。"
    if one.dimensions:
        yield f"评价的内容：{'、'.join(one.dimensions)}。"


def _points(scheme: Scheme) -> Iterator[str]:
    one = scheme.evaluation
    whole = sum((item.max for item in scheme.items), Decimal(0))
    yield f"考核满分{plain(whole)}分，{plain(one.pass_at)}分及以上为合格。"
    if one.excellent_at:
        share = f"，不超过学员总数的{_percent(one.excellent_share)}" if one.excellent_share else ""
        yield f"{plain(one.excellent_at)}分及以上可评为优秀{share}。"
    yield "各项分值和计分办法如下："
    yield from _numbered([f"{item_words(scheme, item)}。" for item in scheme.items])
    rules = scheme.discipline
    yield (
        f"到岗即计纪律分{plain(rules.bonus)}分；无故缺勤每半天扣{plain(rules.unexcused_half_day)}分，"
        f"迟到、早退每次扣{plain(rules.late_or_early)}分，扣完为止。"
    )


def item_words(scheme: Scheme, item: Item) -> str:
    """`听课，20分：每节计1分，最多计20节；依据听课记录`."""
    asked = scheme.requirement(item.measure) if item.measure else None
    unit = {"attendance": "天", "lessons": "节", "papers": "份"}.get(item.rule, asked.unit if asked else "次")
    what = {"lessons": "研究课", "papers": "每种材料"}.get(item.rule, "")
    counted = f"{what}每{unit}计{plain(item.each)}分，最多计{plain(item.at_most)}{unit}" if item.each else ""
    by = item.assessor or "办公室"
    judged = f"{plain(item.judged_max)}分由{by}评定" if item.judged_max else ""
    evidence = "、".join(dict.fromkeys(form_words(stem)[0] for stem in item.evidence))
    said = (counted, judged, f"依据{evidence}" if evidence else "")
    return f"{item.name}，{plain(item.max)}分：{'；'.join(filter(None, said))}"


def _outcomes(scheme: Scheme) -> Iterator[str]:
    made = scheme.outcomes
    if made.hours_trainee or made.hours_mentor:
        yield f"考核合格的学员认定{made.hours_trainee}学时，材料齐全的指导教师认定{made.hours_mentor}学时。"
    for one in scheme.certificates:
        who = "学员" if one.given_to == "trainee" else "指导教师"
        yield f"{who}发给《{one.name}》，由{'、'.join(one.seals)}盖章。"
    if made.withhold_unexcused_at:
        yield f"无故缺勤累计{plain(made.withhold_unexcused_at)}天及以上的，缓发结业证书，并记入培训档案。"
    if scheme.certificates:
        names = [item.name for item in scheme.items if item.id in made.gate_items]
        zero = f"{'、'.join(names)}中有一项为零分，" if names else ""
        heard = f"或者听课不足{plain(made.gate_lessons_heard)}节，" if made.gate_lessons_heard else ""
        yield f"{zero}{heard}或者到岗不足规定天数的，{_GATES[made.gate]}。"
    yield from _told_and_praised(scheme)


def _told_and_praised(scheme: Scheme) -> Iterator[str]:
    told, praise = scheme.bulletins, scheme.commendation
    if told.rhythm != "none":
        often = "每月底一次" if told.rhythm == "monthly" else "一次"
        parts = f"，内容为{'、'.join(told.parts)}" if told.parts else ""
        share = f"（研修时间过{_percent(told.from_share)}以后）" if told.from_share else ""
        named = f"；{told.names_when}的{share}，经办公室核定后点名" if told.names_when else ""
        yield f"研修情况通报：{often}{parts}{named}。"
    if praise.kinds:
        places = f"{praise.places}名" if praise.places else f"名额{OPEN}"
        days = f"，公示{praise.publicity_days}个工作日" if praise.publicity_days else ""
        who = praise.candidates.replace("由人勾选", "由办公室研究确定")
        yield f"表彰：{'、'.join(praise.kinds)}，{places}{days}；{who}。"
    if scheme.roll_up.columns:
        yield f"各校情况汇总：{'、'.join(scheme.roll_up.columns)}，不排名次。"
    if scheme.support:
        yield f"后续支持：{'、'.join(one.text for one in scheme.support)}。"


def _leading(scheme: Scheme, draft: bool) -> Iterator[str]:
    """An issued notice names those of the leading group who are known."""
    one = scheme.organisation
    if scheme.participants.kind == "individual":
        return
    yield f"主管单位：{one.authority or OPEN}。承办单位：{one.college or OPEN}，办公室设在承办单位。"
    group = [member for member in one.leading_group if member.name or draft]
    if group:
        yield f"领导小组：{'；'.join(map(_member, group))}。"


def _member(one: Member) -> str:
    return f"{one.role}{one.name or f'（{OPEN}）'}{f'，{one.duty}' if one.duty else ''}"


def _unknowns(scheme: Scheme) -> Iterator[str]:
    notes = dict.fromkeys(one.note for one in scheme.unknowns if one.note)
    yield from _numbered([f"{_GAP.sub('某', note)}。" for note in notes])

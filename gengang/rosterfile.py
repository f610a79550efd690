"""学员花名册 and 学校一览表 as workbooks: rows to Roster and back, every fault at once with sheet, row and column.

ID numbers are text always; one that a spreadsheet has damaged is refused, never repaired. Longer than most files, since
what is written and what is read back stand on one list of columns.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from gengang.codecs import Period, parse
from gengang.eligibility import pair_key
from gengang.errors import RosterError
from gengang.names import id_fault, plain_id, plain_name, plain_stage_subject, plain_title
from gengang.proposals import WORDS
from gengang.roster import Pair, Person, Role, Roster, School, find_schools, person_key, school_key
from gengang.rosterreview import REVIEW, Cells, Listing, Review, beside_of, counts, mark_of, reviewed
from gengang.workbook import (
    Column,
    Line,
    Sheets,
    find_header,
    has_other_cells,
    lines_of,
    read_sheets,
    sheets_of,
    workbook_bytes,
    write_whole,
)

_SCHOOL_COLUMNS = (
    Column("name", ("学校名称", "学校", "学校全称", "单位名称", "单位"), True),
    Column("aliases", ("别名", "简称", "简称/别名", "学校简称", "其他名称", "曾用名")),
    Column("rural", ("是否农村", "农村学校", "是否农村学校", "城乡类型", "农村"), True),
    Column("stages", ("学段", "学校类别", "办学类型", "办学学段"), True),
    Column("seal_name", ("公章名称", "印章名称", "公章")),
    Column("order", ("排序", "序号", "顺序")),
    Column("base", ("是否基地校", "基地校", "是否基地学校")),
)
_PERSON_COLUMNS = (
    Column("key", ("编号", "人员编号", "学员编号")),
    Column("name", ("姓名", "学员姓名", "教师姓名", "跟岗教师", "参训教师", "报名人", "指导教师姓名"), True),
    Column("id_number", ("身份证号", "身份证号码", "身份证件号", "证件号码", "公民身份号码"), True),
    Column("gender", ("性别",)),
    Column("born", ("出生年月", "出生日期", "出生时间")),
    Column("ethnicity", ("民族",)),
    Column("school", ("学校", "工作单位", "单位", "所在学校", "学校名称", "任教学校", "派出学校", "所在单位"), True),
    Column("stage", ("学段", "任教学段")),
    Column("subject", ("学科", "任教学科", "所教学科", "研修学科", "报名学科", "任教科目", "学段学科"), True),
    Column("phone", ("联系电话", "手机", "手机号码", "移动电话", "联系方式", "电话")),
    Column("title", ("职称", "专业技术职务", "现任专业技术职务", "技术职务")),
    Column("title_date", ("职称取得时间", "任职时间", "取得时间")),
    Column("degree", ("学历", "最高学历", "文化程度")),
    Column("certificate", ("教师资格", "教师资格证种类", "资格证类别")),
    Column("work_start", ("参加工作时间", "工作时间", "从教时间")),
    Column("teaching_years", ("教龄", "连续从教年限", "任教年限")),
    Column("backbone", ("骨干级别", "骨干教师级别", "骨干称号")),
    Column("classes", ("任教班级", "班级")),
    Column("former_names", ("曾用名",)),
    Column("mentor", ("指导教师", "指导老师", "导师", "带教教师", "师傅")),
    Column("remark", ("备注",)),
)
_TRAINEE_WRITTEN = tuple(column for column in _PERSON_COLUMNS if column.field not in ("classes", "mentor"))
_MENTOR_WRITTEN = tuple(column for column in _PERSON_COLUMNS if column.field != "mentor")
_PAIR_COLUMNS = (
    Column("trainee", ("学员编号",), True),
    Column("trainee_name", ("学员姓名", "学员")),
    Column("mentor", ("指导教师编号",), True),
    Column("mentor_name", ("指导教师姓名", "指导教师")),
    Column("planned", ("拟跟岗时段", "跟岗时段")),
)
_SHEETS = ("学校", "学员", "指导教师", "结对")
_YES = ("是", "√", "☑", "有", "1", "y", "Y", "农村", "乡村", "乡镇", "镇", "乡")
_NO = ("否", "×", "□", "无", "0", "n", "N", "城区", "县城", "城镇", "城市")
_SEVERAL = re.compile(r"[、，,;；/／\s]+")


def read_school_table(path: Path) -> tuple[School, ...]:
    """The office's 学校一览表 (.xlsx or .csv), in its order.

    Raises RosterError with every fault: columns, unclear yes or no, unknown stage, one name twice.
    """
    name, rows = _sheet_with(read_sheets(path), "学校", _SCHOOL_COLUMNS)
    schools, faults = _schools(*lines_of(name, rows, _SCHOOL_COLUMNS))
    _refuse(path.name, faults if schools or faults else [f"工作表“{name}”里一所学校也没有"])
    return schools


def read_roster(path: Path) -> Roster:
    """The roster workbook: sheets 学员, and where present 学校, 指导教师, 结对.

    Who is marked 不同意 or 待定 is not in it. Without a sheet 学校 the schools are those the people name. Raises
    RosterError with every fault: columns, schools unknown, ID numbers doubled, damaged or with a bad check digit,
    mentors nobody knows, marks that say neither yes nor no.
    """
    return sound(path.name, read_listing(path)).members()


def sound(name: str, listing: Listing) -> Listing:
    """The same listing. Raises RosterError with every fault of its rows and marks."""
    _refuse(name, (*listing.faults, *listing.mark_faults))
    return listing


def read_listing(path: Path) -> Listing:
    """The workbook with its faults and marks. RosterError when it cannot be opened."""
    return _listing(read_sheets(path))


def listing_of(name: str, data: bytes) -> Listing:
    """The same of a workbook's bytes."""
    return _listing(sheets_of(name, data))


def _listing(sheets: Sheets) -> Listing:
    schools, faults = _sheet_schools(sheets)
    trainee_sheet, rows = _sheet_with(sheets, "学员", _PERSON_COLUMNS)
    lines, missing = lines_of(trainee_sheet, rows, (*_PERSON_COLUMNS, *REVIEW))
    trainees, wrong = _people(lines, schools, "trainee")
    faults += missing + wrong
    mentors, wrong = _mentors(sheets, schools, trainee_sheet)
    faults += wrong + _doubled([one for one in (*trainees, *mentors) if counts(one[0])])
    people = tuple(person for _, person in trainees), tuple(person for _, person in mentors)
    pairs, pair_lines, wrong = _pairs(sheets, trainees, people[1])
    everyone = Roster(schools or _named_schools((*people[0], *people[1])), *people, pairs)
    marked = [*((person.key, line) for line, person in (*trainees, *mentors)), *pair_lines]
    marks = {key: mark_of(line) for key, line in marked if "mark" in line.values and (line["key"] or "+" in key)}
    unclear = tuple(line.fault("审核意见", f"“{line['mark']}”看不懂，请填 {'、'.join(WORDS.values())}")
                    for _, line in marked if line["mark"] and mark_of(line).state is None)  # fmt: skip
    return Listing(everyone, marks, _has_others(sheets), (*faults, *wrong), unclear)


def _has_others(sheets: Sheets) -> bool:
    columns = (_SCHOOL_COLUMNS, (*_PERSON_COLUMNS, *REVIEW), (*_PERSON_COLUMNS, *REVIEW), (*_PAIR_COLUMNS, *REVIEW))
    ours = dict(zip(_SHEETS, columns, strict=True))
    return any(name not in ours or has_other_cells(rows, ours[name]) for name, rows in sheets.items())


def _refuse(name: str, faults: Sequence[str]) -> None:
    if faults:
        raise RosterError(f"{name} 有{len(faults)}处问题，请改正后再运行：", tuple(faults))


def _sheet_with(
    sheets: dict[str, list[Sequence[object]]], title: str, columns: Sequence[Column]
) -> tuple[str, list[Sequence[object]]]:
    named = [name for name in sheets if name == title] or [name for name in sheets if title in name]
    best = named[0] if named else max(sheets, key=lambda name: len(find_header(sheets[name], columns)[1]))
    return best, sheets[best]


# --- schools ---


def _sheet_schools(sheets: dict[str, list[Sequence[object]]]) -> tuple[tuple[School, ...], list[str]]:
    if "学校" not in sheets:
        return (), []
    return _schools(*lines_of("学校", sheets["学校"], _SCHOOL_COLUMNS))


def _schools(lines: Iterable[Line], faults: list[str]) -> tuple[tuple[School, ...], list[str]]:
    schools: list[School] = []
    for line in lines:
        school, wrong = _school(line, len(schools) + 1)
        if school.name in {one.name for one in schools}:
            wrong.append(line.fault("学校名称", f"“{school.name}”重复"))
        schools.append(school)
        faults = faults + wrong
    return tuple(schools), faults


def _school(line: Line, number: int) -> tuple[School, list[str]]:
    wrong: list[str] = []
    name = line["name"].replace(" ", "")
    if not name:
        wrong.append(line.fault("学校名称", "空白"))
    stages = _stages(line["stages"])
    base = _yes_or_no(line, "base", "是否基地校", wrong) or False
    if not stages and not base:
        wrong.append(line.fault("学段", f"“{line['stages']}”看不出小学或初中"))
    order = line["order"]
    if order and not order.isdigit():
        wrong.append(line.fault("排序", f"“{order}”不是整数"))
    rural = _yes_or_no(line, "rural", "是否农村", wrong)
    aliases = tuple(part for part in _SEVERAL.split(line["aliases"]) if part)
    place = int(order) if order.isdigit() else number
    return School(school_key(name), name, aliases, rural, stages, line["seal_name"], place, base), wrong


def _stages(text: str) -> tuple[str, ...]:
    if re.search("一贯", text):
        return ("小学", "初中")
    primary = bool(re.search("小学|完小|教学点", text))
    middle = bool(re.search("初中|初级中学|中学", text))
    return tuple(stage for stage, there in (("小学", primary), ("初中", middle)) if there)


def _yes_or_no(line: Line, field: str, label: str, faults: list[str]) -> bool | None:
    text = line[field]
    if text in _YES or text in _NO:
        return text in _YES
    if text:
        faults.append(line.fault(label, f"“{text}”看不出是或否"))
    return None


def _named_schools(people: Iterable[Person]) -> tuple[School, ...]:
    stages: dict[str, list[str]] = {}
    bases = {person.school for person in people if person.role == "mentor"}
    for person in people:
        stages.setdefault(person.school, [])
        if person.role == "trainee" and person.stage not in stages[person.school]:
            stages[person.school].append(person.stage)
    return tuple(
        School(school_key(name), name, (), None, tuple(found), "", number, name in bases)
        for number, (name, found) in enumerate(stages.items(), 1)
    )


# --- people ---

Listed = list[tuple[Line, Person]]


def _people(lines: Iterable[Line], schools: tuple[School, ...], role: Role) -> tuple[Listed, list[str]]:
    people: Listed = []
    faults: list[str] = []
    for line in lines:
        faults += _person_faults(line, schools, role) if counts(line) else []
        people.append((line, _person(line, schools, role)))
    return people, faults


def _person_faults(line: Line, schools: tuple[School, ...], role: Role) -> list[str]:
    faults = []
    if not line["name"]:
        faults.append(line.fault("姓名", "空白"))
    number = plain_id(line["id_number"])
    if "id_number" in line.numeric:
        faults.append(line.fault("身份证号", "被电子表格当作数字存储，末几位可能已丢失，请改成文本格式重新录入"))
    elif number and id_fault(number):
        faults.append(line.fault("身份证号", id_fault(number)))
    elif not number and role == "trainee" and not (line["key"] and mark_of(line).state == "accepted"):
        faults.append(line.fault("身份证号", "空白"))
    if not (line["key"].isascii() and line["key"].isprintable() and len(line["key"]) <= 60) or "+" in line["key"]:
        faults.append(line.fault("编号", f"“{line['key']}”应是字母和数字，最多60个；没有编号的请留空"))
    if schools and len(find_schools(schools, line["school"])) != 1:
        faults.append(line.fault("学校", f"“{line['school']}”不在“学校”工作表里，请补录学校或别名"))
    stage, subject = plain_stage_subject(line["subject"])
    if role == "trainee" and not (line["stage"] or stage):
        faults.append(line.fault("学段", "看不出小学或初中"))
    if role == "trainee" and not subject:
        faults.append(line.fault("学科", "空白"))
    return faults + _shape_faults(line)


def _shape_faults(line: Line) -> list[str]:
    faults = []
    for field, label, codec in (
        ("phone", "联系电话", "phone"),
        ("born", "出生年月", "month"),
        ("work_start", "参加工作时间", "month"),
        ("title_date", "职称取得时间", "month"),
        ("teaching_years", "教龄", "count"),
    ):
        parsed = parse(codec, line[field])
        if parsed.state == "doubt":
            faults.append(line.fault(label, f"“{line[field]}”：{parsed.note}"))
    return faults


def _person(line: Line, schools: tuple[School, ...], role: Role) -> Person:
    known = find_schools(schools, line["school"])
    school = known[0].name if len(known) == 1 else line["school"].replace(" ", "")
    stage, subject = plain_stage_subject(line["subject"])
    stage = line["stage"] or stage
    name, number = plain_name(line["name"]), plain_id(line["id_number"])
    years = parse("count", line["teaching_years"]).value
    return Person(
        key=line["key"] or person_key(number, name, school, stage, subject), name=name, role=role, id_number=number,
        gender=line["gender"], born=_normal("month", line["born"]), ethnicity=line["ethnicity"], school=school,
        stage=stage, subject=subject, phone=_normal("phone", line["phone"]), title=plain_title(line["title"]),
        title_date=_normal("month", line["title_date"]), degree=line["degree"], certificate=line["certificate"],
        work_start=_normal("month", line["work_start"]), teaching_years=years if isinstance(years, int) else None,
        backbone=line["backbone"], classes=line["classes"],
        former_names=tuple(part for part in _SEVERAL.split(line["former_names"]) if part), remark=line["remark"],
    )  # fmt: skip


def _normal(codec: str, text: str) -> str:
    value = parse(codec, text).value
    return value if isinstance(value, str) else ""


def _doubled(people: Listed) -> list[str]:
    faults = []
    for field, label in (("id_number", "身份证号"), ("key", "编号")):
        values = Counter(getattr(person, field) for _, person in people)
        for line, person in people:
            value = getattr(person, field)
            derived = field == "key" and not line["key"] and person.id_number
            if value and values[value] > 1 and not derived:
                rows = "、".join(
                    f"“{one.sheet}”第{one.number}行" for one, other in people if getattr(other, field) == value
                )
                faults.append(line.fault(label, f"重复，见{rows}"))
    return faults


# --- mentors and pairs ---


def _mentors(
    sheets: dict[str, list[Sequence[object]]], schools: tuple[School, ...], trainee_sheet: str
) -> tuple[Listed, list[str]]:
    if "指导教师" not in sheets or trainee_sheet == "指导教师":
        return [], []
    lines, missing = lines_of("指导教师", sheets["指导教师"], (*_PERSON_COLUMNS, *REVIEW))
    mentors, faults = _people(lines, schools, "mentor")
    return mentors, missing + faults


def _pairs(
    sheets: dict[str, list[Sequence[object]]], trainees: Listed, mentors: Sequence[Person]
) -> tuple[tuple[Pair, ...], list[tuple[str, Line]], list[str]]:
    pairs, faults = _column_pairs(trainees, mentors)
    marked: list[tuple[str, Line]] = []
    if "结对" in sheets:
        lines, missing = lines_of("结对", sheets["结对"], (*_PAIR_COLUMNS, *REVIEW))
        listed, wrong = _sheet_pairs(lines, {person.key for _, person in trainees}, {one.key for one in mentors})
        pairs, faults = pairs + listed, faults + missing + wrong
        marked = [(pair_key(pair), line) for line, pair in zip(lines, listed, strict=True)]
    return tuple({(pair.trainee, pair.mentor): pair for pair in pairs}.values()), marked, faults


def _column_pairs(trainees: Listed, mentors: Sequence[Person]) -> tuple[list[Pair], list[str]]:
    pairs, faults = [], []
    for line, trainee in trainees:
        named = [one for one in mentors if one.name == plain_name(line["mentor"])]
        if len(named) == 1:
            pairs.append(Pair(trainee.key, named[0].key))
        elif line["mentor"]:
            what = "在“指导教师”工作表里不止一人，请用“结对”工作表" if named else "不在“指导教师”工作表里"
            faults.append(line.fault("指导教师", f"“{line['mentor']}”{what}"))
    return pairs, faults


def _sheet_pairs(lines: Iterable[Line], trainees: set[str], mentors: set[str]) -> tuple[list[Pair], list[str]]:
    pairs, faults = [], []
    for line in lines:
        for field, label, known in (("trainee", "学员编号", trainees), ("mentor", "指导教师编号", mentors)):
            if line[field] not in known:
                faults.append(line.fault(label, f"“{line[field]}”不在花名册里"))
        planned = parse("period", line["planned"])
        if planned.state == "doubt":
            faults.append(line.fault("拟跟岗时段", planned.note))
        period = planned.value if isinstance(planned.value, Period) else None
        pairs.append(Pair(line["trainee"], line["mentor"], period))
    return pairs, faults


# --- writing ---


def write_school_table(schools: Sequence[School], path: Path) -> None:
    """学校一览表.xlsx; reading it back gives the same schools."""
    write_whole(path, workbook_bytes({"学校": (_SCHOOL_COLUMNS, [_school_cells(one) for one in schools])}))


def write_roster(roster: Roster, path: Path) -> None:
    """学员花名册 with sheets 学校, 学员, 指导教师, 结对; the same roster gives the same bytes."""
    write_whole(path, roster_bytes(roster))


def roster_bytes(roster: Roster, reviews: Mapping[str, Review] | None = None) -> bytes:
    """The roster workbook as bytes; `read_roster` of them gives the roster again.

    reviews: of a roster of proposals, key of a person or pair -> what to write beside them.
    """
    name_of = {person.key: person.name for person in (*roster.trainees, *roster.mentors)}
    beside = beside_of(reviews)
    return workbook_bytes(
        {
            "学校": (_SCHOOL_COLUMNS, [_school_cells(one) for one in roster.schools]),
            "学员": (reviewed(_TRAINEE_WRITTEN, reviews),
                   [_person_cells(one) | beside(one.key) for one in roster.trainees]),
            "指导教师": (reviewed(_MENTOR_WRITTEN, reviews),
                     [_person_cells(one) | beside(one.key) for one in roster.mentors]),
            "结对": (reviewed(_PAIR_COLUMNS, reviews),
                   [_pair_cells(one, name_of.get) | beside(pair_key(one)) for one in roster.pairs]),
        }
    )  # fmt: skip


def school_table_bytes(schools: Sequence[School]) -> bytes:
    """A 学校一览表 as bytes; `read_school_table` of them gives the schools again."""
    return workbook_bytes({"学校": (_SCHOOL_COLUMNS, [_school_cells(one) for one in schools])})


def _school_cells(school: School) -> Cells:
    return {
        "name": school.name,
        "aliases": "、".join(school.aliases),
        "rural": {True: "是", False: "否", None: ""}[school.rural],
        "stages": "、".join(school.stages),
        "seal_name": school.seal_name,
        "order": str(school.order),
        "base": "是" if school.base else "否",
    }


def _person_cells(person: Person) -> Cells:
    cells = {column.field: getattr(person, column.field, "") for column in _PERSON_COLUMNS}
    years = "" if person.teaching_years is None else str(person.teaching_years)
    return {**cells, "teaching_years": years, "former_names": "、".join(person.former_names)}


def _pair_cells(pair: Pair, name_of: Callable[[str], str | None]) -> Cells:
    planned = f"{pair.planned.start}至{pair.planned.end}" if pair.planned else ""
    return {
        "trainee": pair.trainee,
        "trainee_name": name_of(pair.trainee) or "",
        "mentor": pair.mentor,
        "mentor_name": name_of(pair.mentor) or "",
        "planned": planned,
    }

"""How four papers around the base school are laid out: its plan, its letter, a sign-in list, the tasks done there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from docx.document import Document

from scripts.draw_persons import GAP, numbered, paper, person_row
from scripts.word_drawing import (
    LABEL_FACE,
    Cell,
    Column,
    Line,
    Row,
    add_lines,
    add_table,
    block_lines,
    boxes,
    free_text,
    label,
    list_rows,
    note,
    printed,
    value,
    vertical,
)

LESSON_KIND = 'choice("研究课","汇报课")'
ACTIVITY_KIND = 'choice("教研活动","集体备课","班会","队会","团会","第二课堂")'
ROLE = 'choice("组织","参加")'
GRADE = 'tick("优秀","合格","不合格")'

# --- base_school_appraisal ---------------------------------------------------------------------------------------

# Rules stand beside a text, not under it: LibreOffice types spaces under its rule between Chinese and Latin letters.
# Each line is short enough for its longest value: a blank at the end of a line is printed without its rule.
STAY = (
    "　　兹有‹　{{ name | text }}　›老师，学段学科：‹　　{{ stage_subject | text }}　　›，",
    "工作单位：‹　　　　{{ school | text }}　　　　›，",
    "身份证号：‹　　　　{{ id_number | id_number }}　　　　›，",
    "于‹{{ period | period }}›在我校跟岗研修，指导教师‹{{ mentor | text }}›。",
)
DONE = (
    "　　研修期间，应到‹{{ due_days | days }}›天，实到‹{{ present_days | days }}›天，"
    "请假‹{{ leave_days | days }}›天，缺勤‹{{ absent_days | days }}›天；",
    "听课‹{{ lessons_heard | count }}›节，上课‹{{ lessons_taught | count }}›节"
    "（其中汇报课‹{{ report_lessons | count }}›节），",
    "参加教研活动‹{{ research_activities | count }}›次、班级活动‹{{ class_activities | count }}›次，"
    "撰写反思‹{{ reflections | count }}›篇、研修日志‹{{ logs | count }}›篇。",
)


def base_school_appraisal() -> Document:
    """基地学校鉴定书: a letter to the two offices, in a frame, where all lines of a sentence are read as one."""
    document = paper("跟岗研修基地学校鉴定书", "跟岗研修基地学校鉴定书")
    line = Line("", 12, leading=25, exact=True, left_mm=2, right_mm=2)
    address = replace(line, text="县教育体育局、县教师进修学校：", before=4)
    letter = (address, *(replace(line, text=text) for text in (*STAY, *DONE)))
    add_table(document, (Row((Cell(170, letter),), 84), *_judgement(), _school_signs()))
    add_lines(document, (note("注：本鉴定书一式两份，由基地学校于12月7日前分送县教育体育局和县教师进修学校。"),))
    return document


def _judgement() -> tuple[Row, ...]:
    score = printed("‹{{ base_score | score }}›分", 40, 12, align="center")
    return (
        Row((vertical("主要表现", 20), free_text("opinion | prose", 150)), 85),
        Row((label("综合鉴定", 20), boxes(f"grade | {GRADE}", 80, 12), label("基地校评价\n（0—5分）", 30), score), 13),
    )


def _school_signs() -> Row:
    principal = Line("校长签名：{{ principal_signature | text }}", 12, left_mm=2, after=40)
    school = Line("基地学校（盖章）：{{ base_school | text }}", 12, left_mm=8, after=6)
    day = Line("日　　期：{{ signed_on | date }}", 12, left_mm=8, after=18)
    return Row((Cell(65, (principal,), "bottom"), Cell(105, (school, day), "bottom")), 42)


# --- base_school_plan --------------------------------------------------------------------------------------------

DUTY_COLUMNS = (
    Column("工作内容", 96, "work | text", "left"),
    Column("负责人", 34, "person | text"),
    Column("完成时间", 40, "due | text"),
)


def base_school_plan() -> Document:
    """基地校工作方案: the leading group, who does what, and how the weeks run; one sheet printed on both sides."""
    document = paper("基地校跟岗研修工作方案", "基地校跟岗研修工作方案")
    add_table(document, _leading_group())
    add_lines(document, (GAP,))
    add_table(document, titled_list("任务分工", "duty in duties", DUTY_COLUMNS, 10))
    add_lines(document, (GAP,))
    add_table(document, _arrangements())
    text = "注：方案由基地校组长（校长）审定，与指导教师安排表一并报教体局师训股。"
    add_lines(document, (note(text),))
    return document


def _leading_group() -> tuple[Row, ...]:
    return (
        Row((label("基地学校", 20), value("base_school | text", 80), label("组　长\n（校长）", 20),
             value("principal | text", 50)), 12),
        Row((label("成　员", 20), printed("{{ members | text }}", 80), label("副组长", 20),
             value("deputy | text", 50)), 16),
        Row((label("联系人", 20), value("contact | text", 80), label("联系电话", 20),
             value("contact_phone | phone", 50)), 12),
        Row((vertical("目标任务", 20), free_text("goals | prose", 150)), 90),
    )  # fmt: skip


def _arrangements() -> tuple[Row, ...]:
    principal = ("校长签名：{{ principal_signature | text }}", "（盖章）　　　　{{ signed_on | date }}")
    return (
        Row((vertical("研修安排", 20), free_text("schedule | prose", 150)), 80),
        Row((vertical("条件保障", 20), free_text("conditions | prose", 150)), 57),
        Row((vertical("管理要求", 20), free_text("requirements | prose", 150)), 61),
        Row((label("校长审签", 20), Cell(150, block_lines(principal, 150), "bottom")), 42),
    )


# --- sign_in -----------------------------------------------------------------------------------------------------

ATTENDEE_COLUMNS = (
    Column("序号", 13, "number | count"),
    Column("单　位", 51, "unit | text", "left"),
    Column("姓　名", 24, "name | text"),
    Column("职务/身份", 26, "post | text"),
    Column("联系电话", 28, "phone | phone"),
    Column("签　到", 28, "signature | text"),
)


def sign_in() -> Document:
    """签到表: who came to a meeting."""
    document = paper("跟岗研修会议签到表", "跟岗研修会议签到表")
    heads = ("会议名称：{{ event | text }}", "时间：{{ held_on | date }}　　　　地点：{{ place | text }}")
    add_lines(document, (Line(head, 12, after=4) for head in heads))
    add_table(document, list_rows("attendee in attendees", ATTENDEE_COLUMNS, 10, 10, 10.5))
    add_lines(document, (note("注：由本人在签到栏签名，不得代签；本表由会议组织单位存档。"),))
    return document


# --- task_summary ------------------------------------------------------------------------------------------------

HEARD_COLUMNS = (
    Column("序号", 12, "number | count"),
    Column("日　期", 34, "date | date"),
    Column("节　次", 20, "lesson_period | text"),
    Column("学科班级", 32, "class_name | text"),
    Column("课　题", 48, "topic | text", "left"),
    Column("授课人", 24, "teacher | text"),
)
TAUGHT_COLUMNS = (
    Column("日　期", 46, "date | date"),
    Column("节　次", 20, "lesson_period | text"),
    Column("学科班级", 32, "class_name | text"),
    Column("课　题", 48, "topic | text", "left"),
    Column("课　型", 24, f"kind | {LESSON_KIND}"),
)
ACTIVITY_COLUMNS = (
    Column("日　期", 46, "date | date"),
    Column("类　别", 20, f"kind | {ACTIVITY_KIND}"),
    Column("活动名称", 80, "title | text", "left"),
    Column("角　色", 24, f"role | {ROLE}"),
)
REFLECTION_COLUMNS = (
    Column("日　期", 46, "date | date"),
    Column("题　目", 124, "title | text", "left"),
)
TASK_LISTS = (
    ("一、听课", "lesson in heard", HEARD_COLUMNS),
    ("二、上课", "lesson in taught", TAUGHT_COLUMNS),
    ("三、教研和班级活动", "activity in activities", ACTIVITY_COLUMNS),
    ("四、教育教学反思", "reflection in reflections", REFLECTION_COLUMNS),
)
TASK_SUMS = (
    "听课‹{{ lessons_heard | count }}›节　　上课‹{{ lessons_taught | count }}›节"
    "（其中汇报课‹{{ report_lessons | count }}›节）\n"
    "教研活动‹{{ research_activities | count }}›次　　班级活动‹{{ class_activities | count }}›次　　"
    "反思‹{{ reflection_count | count }}›篇"
)


def task_summary() -> Document:
    """任务完成情况汇总表: what one trainee did, in four lists, checked by the mentor."""
    document = paper("跟岗任务完成情况汇总表", "跟岗任务完成情况汇总表")
    study = (label("基地学校", 20), value("base_school | text", 92), label("指导教师", 20), value("mentor | text", 38))
    add_table(document, (person_row(10), Row(study, 10)))
    for name, loop, columns in TASK_LISTS:
        add_lines(document, (GAP,))
        add_table(document, titled_list(name, loop, columns, 8))
    add_lines(document, (GAP,))
    add_table(document, _checked())
    texts = (
        "本表由跟岗教师填写，每人一份，指导教师与听课记录、教案等原件逐项核对后签名、盖章。",
        "课型：研究课、汇报课；类别：教研活动、集体备课、班会、队会、团会、第二课堂；角色：组织、参加。",
    )
    add_lines(document, numbered(*texts))
    return document


def _checked() -> tuple[Row, ...]:
    mentor = ("签名：{{ mentor_signature | text }}", "（盖章）　　　　{{ signed_on | date }}")
    return (
        Row((label("合　计", 20), printed(TASK_SUMS, 150)), 16),
        Row((label("指导教师\n核　　对", 20), Cell(150, block_lines(mentor, 150), "bottom")), 42),
    )


def titled_list(name: str, loop: str, columns: Sequence[Column], row_mm: float) -> tuple[Row, ...]:
    """A list under its name; both rows of its heading are repeated on each page and never stand alone at its foot."""
    heads, *others = list_rows(loop, columns, row_mm, row_mm, 10.5)
    whole = sum(column.width_mm for column in columns)
    named = Line(name, 10.5, LABEL_FACE, left_mm=1.5, keep_next=True)
    kept = (replace(cell, lines=tuple(replace(line, keep_next=True) for line in cell.lines)) for cell in heads.cells)
    return (
        Row((Cell(whole, (named,)),), row_mm, heading=True),
        replace(heads, cells=tuple(kept)),
        *others,
    )


BASE_SCHOOL_FORMS: Mapping[str, Callable[[], Document]] = {
    "base_school_appraisal": base_school_appraisal,
    "base_school_plan": base_school_plan,
    "sign_in": sign_in,
    "task_summary": task_summary,
}

"""A small invented county for the tests of roster, matching and judging."""

from datetime import date

from gengang.codecs import id_check_character
from gengang.roster import Pair, Person, Roster, School, person_key, school_key
from gengang.submission import Paper, RowValues, Submission


def id_number(born: str = "19760305", serial: str = "123") -> str:
    """An ID number of nobody: region 000000, valid check character; an odd serial is a man's."""
    first17 = f"000000{born}{serial}"
    return first17 + id_check_character(first17)


def school(
    name: str, *stages: str, aliases: tuple[str, ...] = (), rural: bool = True, order: int = 1, base: bool = False
) -> School:
    """A school of the table."""
    return School(school_key(name), name, aliases, rural, stages, "", order, base)


ZHANGCUN = school("张村小学", "小学", aliases=("张小",), order=1)
LIHE = school("李河中学", "初中", aliases=("李河初中",), order=2)
WANGGOU = school("王沟学校", "小学", "初中", order=3)
TOWN = school("县第二小学", "小学", rural=False, order=4)
BASE = school("XX县XX实验学校", rural=False, order=5, base=True)
SCHOOLS = (ZHANGCUN, LIHE, WANGGOU, TOWN, BASE)


def trainee(
    name: str = "张三",
    school_name: str = "张村小学",
    stage: str = "小学",
    subject: str = "语文",
    number: str | None = None,
    former_names: tuple[str, ...] = (),
) -> Person:
    """A trainee; number defaults to a fixed one, give '' for none."""
    number = id_number() if number is None else number
    return Person(
        key=person_key(number, name, school_name, stage, subject), name=name, role="trainee", id_number=number,
        gender="男", born="1976-03", ethnicity="汉族", school=school_name, stage=stage, subject=subject,
        phone="13800138000", title="小学高级教师", degree="本科", certificate="小学教师资格", work_start="1996-08",
        teaching_years=20, backbone="县级", former_names=former_names,
    )  # fmt: skip


def mentor(name: str = "周明", subject: str = "语文", number: str | None = None) -> Person:
    """A mentor of the base school."""
    number = id_number("19700101", "211") if number is None else number
    return Person(
        key=person_key(number, name, BASE.name, "", subject), name=name, role="mentor", id_number=number,
        school=BASE.name, subject=subject, phone="13900139000", title="中学高级教师", classes="三（1）班",
    )  # fmt: skip


def roster(*trainees: Person, mentors: tuple[Person, ...] = ()) -> Roster:
    """A roster in which the first mentor, if any, guides everyone."""
    pairs = tuple(Pair(one.key, mentors[0].key) for one in trainees) if mentors else ()
    return Roster(SCHOOLS, trainees, mentors, pairs)


def paper(
    form: str,
    values: RowValues | None = None,
    key: str = "a#0",
    received: date | None = None,
    open_fields: tuple[str, ...] = (),
    person: str = "",
    **lists: tuple[RowValues, ...],
) -> Paper:
    """A paper with these accepted values."""
    return Paper(key, person, Submission(form, values or {}, lists), received, open_fields, file=f"{key}.docx")

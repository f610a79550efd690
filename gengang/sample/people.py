"""The invented people of a sample: schools, nominees and mentors, deterministic by seed.

Nobody here exists: ID numbers carry the region 000000 with a valid check digit, mobile numbers read 1xx0000xxxx.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, islice
from random import Random

from gengang.codecs import id_check_character
from gengang.roster import Person, School, person_key, school_key

YEAR = 2016
_FAMILIES, _PLACES = "张李赵孙周吴郑冯陈卫蒋韩杨朱许何", "村庄集店寨楼营湾"
VILLAGES = tuple(_FAMILIES[i % 16] + _PLACES[(i + i // 16) % 8] for i in range(128))
_LANDS, _FORMS = "李柳石清马白双新大长", "店河桥岭口塘"
TOWNS = tuple(_LANDS[i % 10] + _FORMS[(i + i // 10) % 6] for i in range(60))
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈"
    "曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
)
GIVEN = {"男": "建国志强海涛永军文博立新春生学峰庆东升明辉", "女": "晓燕丽华秀英桂兰雪梅玉洁海霞春红慧敏文静淑芬"}
RARE = ("李𬱖", "王頔", "周鋆", "赵喆")
LONG = (("阿卜杜热合曼·买买提", "维吾尔族"), ("古丽娜尔·阿布都克里木", "维吾尔族"), ("叶尔波力·哈布德拉", "哈萨克族"))
STAGES_OF_KIND = {"primary": ("小学",), "junior": ("初中",), "whole": ("小学", "初中")}
_KIND_OF = {"小": "primary", "中": "junior", "贯": "whole"}
KINDS = tuple(_KIND_OF[mark] for mark in "小中小贯小小中小小中小")
SUBJECTS = {
    "小学": ("语文", "数学", "英语", "数学", "语文"),
    "初中": ("数学", "语文", "物理", "英语", "历史", "化学", "生物", "政治", "地理"),
}
TITLES = {"小学": ("小学高级教师", "一级教师"), "初中": ("中学一级教师", "一级教师", "高级教师")}
CERTIFICATES = {"小学": ("小学教师资格",), "初中": ("初级中学教师资格", "高级中学教师资格")}
DEGREES = {"小学": ("专科", "本科"), "初中": ("本科",)}


@dataclass(frozen=True, slots=True)
class Cohort:
    """schools: base school first, then senders in order; mentor_of: a trainee's key -> the mentor."""

    schools: tuple[School, ...]
    trainees: tuple[Person, ...]
    mentors: tuple[Person, ...]
    mentor_of: Mapping[str, Person]

    @property
    def base(self) -> School:
        """The one school that receives trainees."""
        return self.schools[0]


def cohort_of(people: int, seed: int, base_school: str) -> Cohort:
    """That many trainees from rural schools, each with a mentor of the base school; one school sends nobody."""
    new_id = _fresh_ids(Random(f"{seed}/ids"))
    senders = tuple(islice(_schools(), people + 1))
    trainees: list[Person] = []
    for school in senders:
        for stage in school.stages[: people - len(trainees)]:
            trainees.append(_trainee(len(trainees), school, stage, seed, new_id))
    used = {trainee.school for trainee in trainees}
    last = sum(school.name in used for school in senders) + 1
    base = School(school_key(base_school), base_school, ("实验学校",), False, ("小学", "初中"), "", 0, True)
    mentors, mentor_of = _mentors(trainees, base, seed, new_id)
    return Cohort((base, *senders[:last]), tuple(trainees), mentors, mentor_of)


def _schools() -> Iterator[School]:
    villages = (f"{village}小学" if not round_ else f"{TOWNS[round_ % len(TOWNS)]}镇{village}小学"
                for round_ in count() for village in VILLAGES)  # fmt: skip
    juniors = (f"{town}镇{number}初级中学" for number in _ordinals() for town in TOWNS)
    wholes = (f"{town}乡{number}九年一贯制学校" for number in _ordinals() for town in TOWNS[10:])
    names = {"primary": villages, "junior": juniors, "whole": wholes}
    for order in count(1):
        kind = KINDS[(order - 1) % len(KINDS)]
        name = next(names[kind])
        yield School(school_key(name), name, _aliases(name), True, STAGES_OF_KIND[kind], "", order)


def _ordinals() -> Iterator[str]:
    yield ""
    yield from (f"第{number}" for number in "二三四五六七八九")
    yield from (f"第{number}" for number in count(10))


def _aliases(name: str) -> tuple[str, ...]:
    """The short name that schools write: 李店镇初级中学 is 李店中学."""
    for ending, short in (("镇初级中学", "中学"), ("乡九年一贯制学校", "学校")):
        if name.endswith(ending):
            return (name.removesuffix(ending) + short,)
    return ()


def _trainee(index: int, school: School, stage: str, seed: int, new_id: Callable[[int, str], str]) -> Person:
    rng = Random(f"{seed}/trainee/{index}")
    name, gender, ethnicity = _identity(index, rng)
    born = rng.randint(1972, 1988)
    number = new_id(born, gender)
    start = born + rng.randint(21, 24)
    subject = SUBJECTS[stage][index % len(SUBJECTS[stage])]
    return Person(
        key=person_key(number), name=name, role="trainee", id_number=number, gender=gender,
        born=f"{number[6:10]}-{number[10:12]}", ethnicity=ethnicity, school=school.name, stage=stage, subject=subject,
        phone=_phone(index, "138"), title=rng.choice(TITLES[stage]), title_date=f"{start + rng.randint(5, 7)}-12",
        degree=rng.choice(DEGREES[stage]), certificate=rng.choice(CERTIFICATES[stage]), work_start=f"{start}-08",
        teaching_years=YEAR - start, backbone=rng.choice(("校级", "县级", "县级", "市级")),
    )  # fmt: skip


def _identity(index: int, rng: Random) -> tuple[str, str, str]:
    """Name, gender and ethnicity; of every sixty people two are called 王芳, one has a long and one a rare name."""
    place, block = index % 60, index // 60
    if place in (1, 7):
        return "王芳", "女", "汉族"
    if place == 4:
        name, ethnicity = LONG[block % len(LONG)]
        return name, "女" if name.startswith("古丽") else "男", ethnicity
    gender = rng.choice(("男", "女"))
    if place == 9:
        return RARE[block % len(RARE)], gender, "汉族"
    return _name(rng, gender), gender, rng.choice(("汉族", "汉族", "汉族", "汉族", "回族"))


def _name(rng: Random, gender: str) -> str:
    given = GIVEN[gender]
    return rng.choice(SURNAMES) + (rng.choice(given) if rng.random() < 0.2 else "".join(rng.sample(given, 2)))


def _phone(index: int, front: str) -> str:
    return f"{int(front) + 2 * (index // 10_000)}0000{index % 10_000:04d}"


def _fresh_ids(rng: Random) -> Callable[[int, str], str]:
    """Gives ID numbers by year of birth and gender, no two alike, each with its right check character."""
    given: set[str] = set()

    def new_id(year: int, gender: str) -> str:
        while True:
            day = f"{year}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
            serial = rng.randrange(1, 999, 2) if gender == "男" else rng.randrange(0, 999, 2)
            front = f"000000{day}{serial:03d}"
            if front not in given:
                given.add(front)
                return front + id_check_character(front)

    return new_id


def _mentors(
    trainees: list[Person], base: School, seed: int, new_id: Callable[[int, str], str]
) -> tuple[tuple[Person, ...], dict[str, Person]]:
    """A mentor for each trainee, no two of one name; the first one guides two where the subject allows (T-03)."""
    taken = {trainee.name for trainee in trainees}
    shared = _second_of_first_subject(trainees)
    mentor_of: dict[str, Person] = {}
    for index, trainee in enumerate(trainees):
        if index == shared:
            mentor_of[trainee.key] = mentor_of[trainees[0].key]
            continue
        mentor = _mentor(index, trainee, base, seed, new_id, taken)
        mentor_of[trainee.key] = mentor
        taken.add(mentor.name)
    return tuple(dict.fromkeys(mentor_of.values())), mentor_of


def _second_of_first_subject(trainees: list[Person]) -> int | None:
    first = trainees[0]
    like = (place for place, one in enumerate(trainees) if (one.stage, one.subject) == (first.stage, first.subject))
    return next(islice(like, 1, None), None)


def _mentor(
    index: int, trainee: Person, base: School, seed: int, new_id: Callable[[int, str], str], taken: set[str]
) -> Person:
    rng = Random(f"{seed}/mentor/{index}")
    gender = rng.choice(("男", "女"))
    name = next(name for name in (_mentor_name(rng, gender) for _ in count()) if name not in taken)
    number = new_id(rng.randint(1966, 1980), gender)
    grade = rng.choice("三四五六" if trainee.stage == "小学" else "七八九")
    return Person(
        key=person_key(number), name=name, role="mentor", id_number=number, gender=gender, school=base.name,
        stage=trainee.stage, subject=trainee.subject, phone=_phone(index, "159"),
        title=rng.choice(("高级教师", "一级教师")), classes=f"{grade}（{rng.randint(1, 6)}）班",
    )  # fmt: skip


def _mentor_name(rng: Random, gender: str) -> str:
    return rng.choice(SURNAMES) + "".join(rng.sample(GIVEN[gender], 2))

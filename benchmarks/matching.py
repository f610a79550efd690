"""Seconds to find whose 15,000 papers are among 500 people of whom many share a name, and how many links are right.

Usage: python -m benchmarks.matching [--people N] [--papers N] [--seed S]
The county is invented, and so is what its papers get wrong: slips in names, numbers left out, broken or of somebody
else, schools under their aliases or wrong ones, cells swapped, papers of strangers. A paper that says of another person
all that it says is that person's for anybody who reads it; such a mistake is not made here.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from gengang.characters import characters, look_alike, sound_alike
from gengang.codecs import id_check_character
from gengang.names import id_fault
from gengang.nearnames import SLIPS, near_kinds
from gengang.reconcile import Match, lookup_of, match_in, may_be_called
from gengang.roster import Person, Roster, School, find_schools, person_key, school_key
from gengang.submission import Submission

SHARED = 0.3
WRONG = 0.35  # of the papers have something wrong
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = (
    "芳伟娜敏静丽强磊军洋艳勇杰娟涛明超秀霞平刚桂英华玉兰凤洁梅琳雪荣爱妹霖鑫婷玮慧惠飞菲峰锋志智海宇雨晴清青瑞睿文雯"
)
LONG = ("阿卜杜热合曼·买买提", "古丽娜尔·艾合买提", "买买提明·吐尔逊", "玛依拉·沙吾提")
SUBJECTS = ("语文", "数学", "英语", "政治", "历史", "物理")
FIELDS = ("name", "school", "stage", "subject", "id_number")
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """A paper and whose it truly is; '' for a stranger's."""

    paper: Submission
    truth: str


@dataclass(frozen=True, slots=True)
class County:
    """Who there is, and the papers."""

    roster: Roster
    cases: tuple[Case, ...]


def county(people: int, papers: int, seed: int) -> County:
    """The same county for the same figures."""
    chance = random.Random(seed)
    schools = tuple(_schools(max(4, people // 5)))
    trainees = tuple(_people(people, schools, chance))
    roster = Roster(schools, trainees)
    return County(roster, tuple(_cases(roster, papers, chance)))


def _schools(number: int) -> Iterator[School]:
    """Every tenth shares an alias with the one before it (C02)."""
    for order in range(1, number + 1):
        village = f"{SURNAMES[order % len(SURNAMES)]}{GIVEN[order // len(SURNAMES)]}{'村镇乡'[order % 3]}"
        aliases = (f"{village[:2]}小", *((f"{order // 10}号校",) if order % 10 < 2 else ()))
        yield School(school_key(f"{village}学校"), f"{village}学校", aliases, True, ("小学", "初中"), "", order)


def _people(number: int, schools: Sequence[School], chance: random.Random) -> Iterator[Person]:
    """Three in ten have a name that another has, some of them in one school; a few have no number or a former name."""
    serial = count(1)
    names = [_name(chance) for _ in range(number - int(number * SHARED / 2))]
    names += chance.sample(names, number - len(names))
    chance.shuffle(names)
    before: dict[str, str] = {}
    for name in names:
        school = chance.choice(schools).name
        school = before[name] if name in before and chance.random() < 0.3 else school
        before[name] = school
        stage, subject = chance.choice(("小学", "初中")), chance.choice(SUBJECTS)
        identity = "" if chance.random() < 0.03 else _number(next(serial), chance)
        former = (_name(chance),) if chance.random() < 0.03 else ()
        key = person_key(identity, name, school, stage, subject, str(next(serial)))
        yield Person(key, name, "trainee", identity, school=school, stage=stage, subject=subject, former_names=former)


def _name(chance: random.Random) -> str:
    if chance.random() < 0.02:
        return chance.choice(LONG)
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))


def _number(serial: int, chance: random.Random) -> str:
    first17 = f"000000{chance.randint(1965, 1992)}0{chance.randint(1, 9)}1{chance.randint(0, 9)}{serial % 1000:03}"
    return first17 + id_check_character(first17)


# --- papers ---


def _cases(roster: Roster, papers: int, chance: random.Random) -> Iterator[Case]:
    for _ in range(papers):
        truth = chance.choice(roster.trainees)
        if chance.random() < 0.04:
            yield _stranger(roster, chance)
            continue
        said = {name: str(getattr(truth, name)) for name in FIELDS if chance.random() < _STATED[name]}
        changed = _wrong(dict(said), truth, roster, chance) if chance.random() < WRONG else said
        kept = said if _misleads(changed, truth, roster) else changed
        yield Case(Submission("reflection", {name: value for name, value in kept.items() if value}), truth.key)


_STATED = {"name": 0.97, "school": 0.85, "stage": 0.8, "subject": 0.8, "id_number": 0.5}


def _stranger(roster: Roster, chance: random.Random) -> Case:
    """Somebody who is in no list; half of them are called like somebody who is."""
    name = chance.choice(roster.trainees).name if chance.random() < 0.5 else _name(chance)
    said = {"name": name, "school": chance.choice(roster.schools).name, "stage": chance.choice(("小学", "初中")),
            "subject": chance.choice(SUBJECTS), "id_number": _number(999, chance)}  # fmt: skip
    if any(_all_agree(said | {"id_number": ""}, one, roster) for one in roster.trainees):
        return _stranger(roster, chance)
    kept = said if chance.random() < 0.5 else said | {"id_number": ""}
    return Case(Submission("reflection", {field: value for field, value in kept.items() if value}), "")


def _wrong(said: dict[str, str], truth: Person, roster: Roster, chance: random.Random) -> dict[str, str]:
    """One or two things that a hand gets wrong."""
    for slip in chance.sample(SLIPS_OF_PAPERS, chance.choice((1, 1, 2))):
        said = slip(said, truth, roster, chance)
    return said


def _slip_of_name(said: dict[str, str], truth: Person, _: Roster, chance: random.Random) -> dict[str, str]:
    if not said.get("name"):
        return said
    return said | {"name": chance.choice(NAME_SLIPS)(truth.name, chance)}


def _former_name(said: dict[str, str], truth: Person, _: Roster, __: random.Random) -> dict[str, str]:
    return said | {"name": truth.former_names[0]} if truth.former_names else said


def _no_number(said: dict[str, str], *_: object) -> dict[str, str]:
    return said | {"id_number": ""}


def _broken_number(said: dict[str, str], truth: Person, _: Roster, chance: random.Random) -> dict[str, str]:
    at = chance.randrange(6, 17)
    number = truth.id_number and f"{truth.id_number[:at]}{chance.randint(0, 9)}{truth.id_number[at + 1 :]}"
    return said | {"id_number": number}


def _number_of_another(said: dict[str, str], _: Person, roster: Roster, chance: random.Random) -> dict[str, str]:
    return said | {"id_number": chance.choice(roster.trainees).id_number}


def _number_of_namesake(said: dict[str, str], truth: Person, roster: Roster, chance: random.Random) -> dict[str, str]:
    same = [one.id_number for one in roster.trainees if one.name == truth.name and one.key != truth.key]
    return said | {"id_number": chance.choice(same)} if same else said


def _number_of_nobody(said: dict[str, str], _: Person, __: Roster, chance: random.Random) -> dict[str, str]:
    return said | {"id_number": _number(998, chance)}


def _alias(said: dict[str, str], truth: Person, roster: Roster, chance: random.Random) -> dict[str, str]:
    school = next(one for one in roster.schools if one.name == truth.school)
    return said | {"school": chance.choice(school.aliases)}


def _wrong_school(said: dict[str, str], _: Person, roster: Roster, chance: random.Random) -> dict[str, str]:
    return said | {"school": chance.choice(("无名学校", chance.choice(roster.schools).name))}


def _wrong_subject(said: dict[str, str], _: Person, __: Roster, chance: random.Random) -> dict[str, str]:
    return said | {"subject": chance.choice(SUBJECTS)}


def _crossed(said: dict[str, str], *_: object) -> dict[str, str]:
    """Name and school in each other's cell, or a telephone number for the identity's."""
    return said | {"name": said.get("school", ""), "school": said.get("name", ""), "id_number": "13800138000"}


Slip = Callable[[dict[str, str], Person, Roster, random.Random], dict[str, str]]
SLIPS_OF_PAPERS: tuple[Slip, ...] = (
    _slip_of_name, _slip_of_name, _slip_of_name, _former_name, _no_number, _broken_number, _number_of_another,
    _number_of_namesake, _number_of_nobody, _alias, _wrong_school, _wrong_subject, _crossed,
)  # fmt: skip


def _replaced(alike: Callable[[str, str], bool]) -> Callable[[str, random.Random], str]:
    def slip(name: str, chance: random.Random) -> str:
        at = chance.randrange(len(name))
        others = [one for one in GIVEN + SURNAMES if one != name[at] and alike(one, name[at])]
        return name[:at] + chance.choice(others or [name[at]]) + name[at + 1 :]

    return slip


def _traditional(name: str, _: random.Random) -> str:
    return "".join(_TRADITIONAL.get(one, one) for one in name)


_TRADITIONAL = {known.plain: one for one, known in characters().items() if known.plain != one}
NAME_SLIPS: tuple[Callable[[str, random.Random], str], ...] = (
    _replaced(sound_alike),
    _replaced(look_alike),
    _replaced(lambda *_: True),
    _traditional,
    lambda name, _: name[:-1],
    lambda name, chance: name + chance.choice(GIVEN),
    lambda name, _: name[:-1] + "□",
    lambda name, _: name.replace("·", ""),
    lambda name, _: name[:4],
)


def _misleads(said: dict[str, str], truth: Person, roster: Roster) -> bool:
    """Whether a paper says of another person all that it says, and of its own something else than a slip explains."""
    if _may_be(said, truth, roster):
        return False
    return any(_all_agree(said, one, roster) for one in roster.trainees if one.key != truth.key)


def _may_be(said: dict[str, str], person: Person, roster: Roster) -> bool:
    slipped = bool(said.get("name")) and not SLIPS.isdisjoint(near_kinds(said["name"], person.name))
    return _all_agree(said | {"name": person.name} if slipped else said, person, roster)


def _all_agree(said: Values, person: Person, roster: Roster) -> bool:
    """Whether nothing that a paper says differs from what the roster says; a broken number says nothing."""
    if said.get("name") and not may_be_called(person, said["name"]):
        return False
    number = said.get("id_number", "")
    if number and not id_fault(number) and number != person.id_number:
        return False
    schools = [one.name for one in find_schools(roster.schools, said.get("school", ""))]
    if said.get("school") and person.school not in schools:
        return False
    return all(said.get(field, "") in ("", getattr(person, field)) for field in ("stage", "subject"))


# --- the figures ---


def outcome(case: Case, found: Match) -> str:
    """right or wrong for what was linked without asking; asked, asked without the true one, or nobody."""
    if found.status == "sure":
        return "right" if found.person == case.truth else "wrong"
    if found.status == "none":
        return "nobody" if not case.truth else "none"
    return "asked" if case.truth in found.candidates or not case.truth else "asked of others"


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=500)
    arguments.add_argument("--papers", type=int, default=15_000)
    arguments.add_argument("--seed", type=int, default=2016)
    given = arguments.parse_args()
    made = county(given.people, given.papers, given.seed)
    began, worked = time.perf_counter(), time.process_time()
    lookup = lookup_of(made.roster)
    found = [match_in(lookup, case.paper) for case in made.cases]
    spent, work = time.perf_counter() - began, time.process_time() - worked
    counts = Counter(outcome(case, one) for case, one in zip(made.cases, found, strict=True))
    names = Counter(person.name for person in made.roster.trainees)
    shared = sum(number for number in names.values() if number > 1)
    print(f"{given.people} people, {shared} of them with a shared name, {given.papers} papers, seed {given.seed}")
    print(f"{spent:.2f} s ({work:.2f} s of one core), {given.papers / spent:,.0f} papers a second")
    print(f"linked right {counts['right']}, linked wrong {counts['wrong']}")
    print(f"asked {counts['asked'] + counts['asked of others']}, the true one among the candidates {counts['asked']}")
    print(f"nobody proposed {counts['none'] + counts['nobody']}, strangers {counts['nobody']}")


if __name__ == "__main__":
    main()

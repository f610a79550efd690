"""What several papers say of one person, put together: who is the same, what stands, what two papers say otherwise.

An ID number makes rows one person. A row without one is joined to the only person of that name, school, stage and
subject whom another paper gives; two rows of one paper are two people. A name alone joins nobody.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import count

from gengang.findings import Finding
from gengang.names import born_of_id, gender_of_id, id_fault, name_skeleton
from gengang.roster import Person, is_called, person_key
from gengang.signups import Said, about, inside

# What 报名表 and 个人信息登记表 both ask for, in the office's words.
_COMPARED: Mapping[str, str] = {
    "name": "姓名", "gender": "性别", "born": "出生年月", "ethnicity": "民族", "school": "学校", "stage": "学段",
    "subject": "学科", "phone": "电话", "title": "职称", "title_date": "职称取得时间", "degree": "学历",
    "certificate": "教师资格", "work_start": "参加工作时间", "teaching_years": "教龄", "backbone": "骨干级别",
}  # fmt: skip
_BLANK: tuple[object, ...] = ("", None, ())


@dataclass(frozen=True, slots=True)
class Joined:
    """One person as all papers together give them.

    keys: every key that a row gives, that of the ID number first; papers: keys of the papers, in order of receipt.
    """

    person: Person
    keys: tuple[str, ...]
    papers: tuple[str, ...]
    findings: tuple[Finding, ...]


def joined(said: Sequence[Said], known: Sequence[str] = ()) -> tuple[Joined, ...]:
    """Everybody whom papers name. said: in the order in which a later word replaces an earlier one.

    known: keys that the ledger has already, the oldest first: somebody whose number comes later keeps theirs.
    """
    taken: set[str] = set()
    people = []
    for group, several in _groups(said):
        keys = _free_keys(group, taken)
        key = next((one for one in known if one in keys), keys[0])
        taken.update(keys)
        person, findings = _folded(group)
        papers = tuple(dict.fromkeys(one.paper.key for one in group))
        people.append(Joined(replace(person, key=key), keys, papers, tuple(dict.fromkeys((*findings, *several)))))
    return tuple(people)


def _free_keys(group: Sequence[Said], taken: Collection[str]) -> tuple[str, ...]:
    """Keys that are nobody else's; two namesakes without a number are told apart by a count."""
    numbered = [one.person.key for one in group if one.person.id_number]
    keys = dict.fromkeys((*numbered, *(one.person.key for one in group)))
    free = tuple(key for key in keys if key not in taken)
    if free:
        return free
    person = group[0].person
    fallback = (person.name, person.school, person.stage, person.subject)
    more = (person_key("", *fallback, str(number)) for number in count(2))
    return (next(key for key in more if key not in taken),)


# --- who is the same ---------------------------------------------------------------------------------------------


def _groups(said: Sequence[Said]) -> Iterator[tuple[list[Said], list[Finding]]]:
    """Rows of one person, in the order given, and what is unclear about whose they are."""
    groups: list[list[Said]] = []
    by_number: dict[str, list[Said]] = {}
    by_name: dict[str, list[list[Said]]] = {}
    for one in said:
        if one.person.id_number:
            if one.person.id_number not in by_number:
                by_number[one.person.id_number] = []
                groups.append(by_number[one.person.id_number])
            by_number[one.person.id_number].append(one)
            _put_once(by_name.setdefault(name_skeleton(one.person.name), []), by_number[one.person.id_number])
    unclear: dict[int, list[Finding]] = {}
    for one in sorted((one for one in said if not one.person.id_number), key=_fullest_first):
        named = by_name.setdefault(name_skeleton(one.person.name), [])
        fitting = [group for group in named if _may_be(one, group)]
        # Of several that it may be, one that is as unclear says the same.
        unnumbered = [group for group in fitting if not any(other.person.id_number for other in group)]
        if len(fitting) == 1 or len(unnumbered) == 1:
            (unnumbered or fitting)[0].append(one)
            continue
        own = [one]
        groups.append(own)
        named.append(own)
        unclear[id(own)] = [_several(one, len(fitting))] if fitting else []
    order = {id(one): number for number, one in enumerate(said)}
    for group in groups:
        yield sorted(group, key=lambda one: order[id(one)]), unclear.get(id(group), [])


def _put_once(groups: list[list[Said]], group: list[Said]) -> None:
    if not any(one is group for one in groups):
        groups.append(group)


def _fullest_first(one: Said) -> tuple[int, str, str]:
    """Independent of the order of arrival."""
    said = sum(getattr(one.person, each.name) not in _BLANK for each in fields(Person))
    return -said, one.paper.key, one.field


def _may_be(one: Said, group: Sequence[Said]) -> bool:
    """Whether a row without a number may be this person: another paper's, from the same place, nothing against it."""
    return all(
        other.paper.key != one.paper.key
        and other.person.school in ("", one.person.school)
        and one.person.school != ""
        and _agree(other.person.stage, one.person.stage)
        and _agree(other.person.subject, one.person.subject)
        for other in group
    )


def _agree(one: str, other: str) -> bool:
    return one == other or not one or not other


def _several(one: Said, number: int) -> Finding:
    message = f"{one.person.name}没有写身份证号，同校同名的有{number}位，认不出是哪一位，请补上身份证号"
    return about(one.paper, "who_of_several", message, inside(one.field, "id_number"))


# --- what stands -------------------------------------------------------------------------------------------------


def _folded(group: Sequence[Said]) -> tuple[Person, list[Finding]]:
    """A later list replaces an earlier one; a person's own form completes the list and never replaces it."""
    lists, own = [one for one in group if one.listed], [one for one in group if not one.listed]
    findings: list[Finding] = []
    leading = lists or own
    person = leading[0].person
    for one in leading[1:]:
        now = completed(one.person, person)
        findings += _changed(one, now, person)
        person = now
    for one in own if lists else ():
        findings += _contradicted(one, person)
        person = completed(person, one.person)
    findings += [finding for one in group for finding in one.findings]
    return person, findings + list(_of_trainee(group, person) if person.role == "trainee" else ())


def completed(person: Person, by: Person) -> Person:
    """What a paper leaves out, as a workbook does that names no school, stands as another has it."""
    left_out = {one.name: getattr(by, one.name) for one in fields(Person) if getattr(person, one.name) in _BLANK}
    return replace(person, **left_out)


def _changed(one: Said, now: Person, before: Person) -> list[Finding]:
    if not is_called(before, now.name):
        message = f"同一身份证号有两个姓名：{before.name}、{now.name}，请对照原件确认"
        return [about(one.paper, "id_two_names", message, inside(one.field, "name"), "error")]
    if before.school != now.school:
        message = f"{now.name}由{before.school}和{now.school}分别报名，请确认"
        return [about(one.paper, "nominated_twice", message, inside(one.field, "name"), "error", "E-01")]
    names = [each.name for each in fields(Person) if each.name != "key"]
    changed = [name for name in names if getattr(before, name) not in (*_BLANK, getattr(now, name))]
    if not changed or now.role == "mentor":
        return []
    message = f"{now.name}的报名信息前后两份不同，已采用最后收到的一份，请核对"
    return [about(one.paper, "nominee_changed", message, inside(one.field, changed[0]), "warn")]


def _contradicted(one: Said, person: Person) -> list[Finding]:
    """What a person's own form says otherwise than the school's list: it is asked, and the list stands until then."""
    if not is_called(person, one.person.name):
        message = f"同一身份证号有两个姓名：{person.name}、{one.person.name}，请对照原件确认"
        return [about(one.paper, "id_two_names", message, "name", "error")]
    pairs = {label: (getattr(person, name), getattr(one.person, name)) for name, label in _COMPARED.items()}
    told = [
        f"{label}（报名表“{listed}”，登记表“{own}”）"
        for label, (listed, own) in pairs.items()
        if not _alike(listed, own)
    ]
    if not told:
        return []
    message = f"{person.name}的个人信息登记表与报名表不同：{'、'.join(told)}；先按报名表，请核对"
    return [about(one.paper, "own_form_differs", message, "")]


def _alike(one: object, other: object) -> bool:
    """小学教师资格 and 小学教师资格（语文） say the same; a blank says nothing."""
    if one in _BLANK or other in _BLANK or one == other:
        return True
    return isinstance(one, str) and isinstance(other, str) and (one in other or other in one)


def _of_trainee(group: Sequence[Said], person: Person) -> Iterator[Finding]:
    last = group[-1]
    if not any(one.listed for one in group):
        message = f"{person.name}交来了个人信息登记表，但没有学校报名表报他（她），请学校补报或不予录取"
        yield about(last.paper, "not_nominated", message, "name", "error", "E-01")
    if not any(one.recommended for one in group):
        message = f"{person.name}的学校推荐意见空白，请学校补填"
        yield about(last.paper, "opinion_blank", message, inside(last.field, "opinion"), "warn", "E-05")
    if not person.id_number:
        message = f"{person.name}的身份证号空白或待核，暂按姓名、学校、学段、学科认定"
        yield about(last.paper, "id_missing", message, inside(last.field, "id_number"), "warn")
    elif not id_fault(person.id_number):
        yield from _id_contradictions(last, person)
    if person.id_number and any(not one.person.id_number for one in group):
        message = f"{person.name}的身份证号由另一份材料补上，按姓名、学校、学段、学科认定是同一人"
        yield about(last.paper, "number_later", message, inside(last.field, "id_number"), "info")


def _id_contradictions(last: Said, person: Person) -> Iterator[Finding]:
    born = born_of_id(person.id_number)
    if person.born and born and born.isoformat()[:7] != person.born:
        message = f"{person.name}的出生年月{person.born}与身份证号不一致，年龄以身份证号为准，请确认"
        yield about(last.paper, "id_birth_differs", message, inside(last.field, "born"), "warn", "E-02")
    if person.gender and gender_of_id(person.id_number) != person.gender:
        message = f"{person.name}的性别“{person.gender}”与身份证号不一致，请确认"
        yield about(last.paper, "id_gender_differs", message, inside(last.field, "gender"), "warn", "E-02")


def two_numbers(people: Sequence[Joined]) -> Iterator[tuple[Finding, tuple[str, ...]]]:
    """One name, school, stage and subject with two ID numbers: one of the numbers is wrong, or they are two people."""
    alike: dict[tuple[str, ...], list[Joined]] = {}
    for one in people:
        person = one.person
        alike.setdefault((name_skeleton(person.name), person.school, person.stage, person.subject), []).append(one)
    for group in alike.values():
        found = [one for one in group if one.person.id_number]
        if len(found) > 1:
            person = found[0].person
            message = (
                f"{person.school}有{len(found)}个身份证号不同的{person.name}，是两个人还是号码写错，请对照原件确认。"
            )
            yield (Finding("two_numbers", message, "", "error", "W-02", person.school),
                   tuple(one.person.key for one in found))  # fmt: skip

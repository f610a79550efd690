"""What provincial platforms ask of a trainee or a mentor, by the headings that their sample workbooks use."""

from collections.abc import Mapping
from dataclasses import dataclass

from gengang.office.filed import certificate_number, mentor_lines
from gengang.office.kinds import Material
from gengang.papers.figures import plain
from gengang.papers.words import programme_of
from gengang.roster import Person
from gengang.workbook import plain_label

# What is asked -> the headings under which it is asked.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "教师姓名", "学员姓名", "参训教师姓名", "真实姓名"),
    "id_number": ("身份证号", "身份证号码", "身份证件号", "身份证件号码",
                  "证件号", "证件号码", "公民身份号码", "身份证"),
    "id_kind": ("证件类型", "身份证件类型"),
    "gender": ("性别",),
    "born": ("出生年月", "出生日期"),
    "ethnicity": ("民族",),
    "school": ("工作单位", "单位", "单位名称", "所在学校", "学校", "学校名称", "所在单位", "任教学校", "工作单位名称"),
    "stage": ("学段", "任教学段"),
    "subject": ("学科", "任教学科", "科目"),
    "title": ("职称", "专业技术职务", "职称级别"),
    "degree": ("学历", "最高学历"),
    "phone": ("手机", "手机号", "手机号码", "联系电话", "电话", "联系方式"),
    "role": ("角色", "参训身份", "人员类别"),
    "programme": ("项目名称", "培训项目", "培训项目名称", "培训名称", "培训班名称", "课程名称"),
    "year": ("年度", "培训年度", "年份"),
    "start": ("开始时间", "开始日期", "培训开始时间", "培训开始日期", "起始日期", "起始时间"),
    "end": ("结束时间", "结束日期", "培训结束时间", "培训结束日期", "终止日期"),
    "hours": ("学时", "培训学时", "认定学时", "学时数", "总学时", "完成学时"),
    "level": ("级别", "培训级别", "项目级别"),
    "mode": ("培训形式", "培训方式", "培训类别", "培训类型"),
    "outcome": ("考核结果", "考核结论", "结论", "是否合格", "考核等次", "培训结果"),
    "score": ("成绩", "得分", "考核成绩", "考核得分", "分数"),
    "certificate": ("证书编号", "证书号", "结业证书编号", "结业证书号"),
    "college": ("承办单位", "培训机构", "培训单位", "实施机构", "承训单位"),
    "authority": ("主办单位", "组织单位", "主管单位"),
    "number": ("序号", "编号"),
}  # fmt: skip
KNOWN: Mapping[str, str] = {plain_label(label): what for what, labels in HEADINGS.items() for label in labels}


@dataclass(frozen=True, slots=True)
class Rows:
    """rows: what is asked -> text, a row for each person.

    left: names of those whose hours are not settled; without: how many are given none. Both are left out.
    """

    rows: tuple[Mapping[str, str], ...]
    left: tuple[str, ...]
    without: int = 0


def rows_of(material: Material, mentors: bool, everybody: bool) -> Rows:
    """Who is given hours, or everybody, in the order of the lists."""
    found = _mentors(material) if mentors else _trainees(material)
    kept = [row for row in found if everybody or row["hours"] not in ("", "0")]
    left = tuple(row["name"] for row in found if not row["hours"] and not everybody)
    rows = tuple({**row, "number": str(number)} for number, row in enumerate(kept, 1))
    return Rows(rows, left, len(found) - len(kept) - len(left))


def _trainees(material: Material) -> list[dict[str, str]]:
    judged = material.judged
    found = []
    for one in judged.trainees:
        verdict = judged.verdicts[one.key]
        score = "" if verdict.score is None else plain(verdict.score)
        row = {**_person(material, one), "role": "学员", "outcome": verdict.outcome, "score": score}
        found.append({**row, "hours": "" if verdict.hours is None else str(verdict.hours)})
    return found


def _mentors(material: Material) -> list[dict[str, str]]:
    return [
        {**_person(material, one.mentor), "role": "指导教师", "hours": "" if one.hours is None else str(one.hours)}
        for one in mentor_lines(material)
    ]


def _person(material: Material, one: Person) -> dict[str, str]:
    scheme = material.judged.scheme
    start, end = scheme.calendar.start, scheme.calendar.end
    return {
        "name": one.name, "id_number": one.id_number, "id_kind": "居民身份证" if one.id_number else "",
        "gender": one.gender, "born": one.born, "ethnicity": one.ethnicity, "school": one.school, "stage": one.stage,
        "subject": one.subject, "title": one.title, "degree": one.degree, "phone": one.phone,
        "programme": programme_of(scheme), "year": str(scheme.year) if scheme.year else "",
        "start": start.isoformat() if start else "", "end": end.isoformat() if end else "",
        "level": "县级", "mode": "跟岗实践", "certificate": certificate_number(material, one.key) or "",
        "college": scheme.organisation.college, "authority": scheme.organisation.authority,
    }  # fmt: skip

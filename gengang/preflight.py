"""What the papers to be printed leave undefined, person by person, told before anything is written; pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gengang.codecs import show
from gengang.form import Form
from gengang.labels import labels_of
from gengang.papers.draft import Draft
from gengang.papers.glyphs import undrawable
from gengang.papers.print_proof import stated_of
from gengang.rendering import Writer
from gengang.roster import Person, Roster

# What stays blank until later, as it should: the day and the number of a certificate, the result before scoring.
LATER = frozenset({"issued_on", "number", "score", "grade", "hours"})
# Where the words around a field of a running sentence do not say what it is.
WORDS: Mapping[str, str] = {
    "name": "姓名", "id_number": "身份证号", "school": "工作单位", "period": "研修时间", "stage_subject": "学段学科",
    "base_school": "基地校", "mentor": "指导教师", "trainees": "跟岗教师", "programme": "项目名称",
    "bureau": "发文机关", "college": "承办单位", "office": "承办单位",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gap:
    """What one paper lacks. person: key, '' for a paper about nobody; blank: what is not known, in printed words.

    wrong: sentences on what would keep it from being printed.
    """

    person: str
    paper: str
    blank: tuple[str, ...]
    wrong: tuple[str, ...] = ()


def gaps_of(drafts: Iterable[Draft], writers: Mapping[tuple[str, str], Writer], fonts: Path | None) -> tuple[Gap, ...]:
    """The papers that lack something; several copies of a paper are told once. fonts: our own folder."""
    found: dict[Gap, None] = {}
    for draft in drafts:
        gap = _gap(draft, writers.get((draft.folder, draft.template)), fonts)
        if gap.blank or gap.wrong:
            found[gap] = None
    return tuple(found)


def _gap(draft: Draft, writer: Writer | None, fonts: Path | None) -> Gap:
    paper = draft.file.partition("/")[0]
    if writer is None:
        return Gap(draft.person, paper, (), (f"没有可用的模板 {draft.template}.docx",))
    form = writer.form
    fields, lists = form.fields(), form.lists()
    unknown = [name for name in (*draft.values, *draft.lists) if name not in fields and name not in lists]
    wrong = [f"模板 {form.stem} 没有这些字段：{'、'.join(unknown)}"] if unknown else []
    wrong += [fault.message for fault in draft.faults]
    lacking = undrawable("".join(_shown(draft, form)), fonts)
    wrong += [f"没有字体能印出“{lacking}”"] if lacking else []
    blank = (name for name, value in draft.values.items() if value in (None, "") and name not in LATER)
    labels = labels_of(form)
    return Gap(draft.person, paper, tuple(WORDS.get(name) or labels.get(name, name) for name in blank), tuple(wrong))


def _shown(draft: Draft, form: Form) -> Iterator[str]:
    stated, fields = stated_of(draft, form), form.fields()
    yield from (show(fields[name].codec, value, fields[name].options) for name, value in stated.values.items()
                if value is not None and fields[name].codec not in ("picture", "tick"))  # fmt: skip


def told(gaps: Sequence[Gap], roster: Roster) -> tuple[str, ...]:
    """One line for each person, in the order in which they come, then what is nobody's."""
    people: dict[str, list[str]] = {}
    for gap in gaps:
        people.setdefault(gap.person, []).append(_words(gap))
    order = sorted(people, key=lambda key: not key)
    return tuple(f"{_named(roster.person(key))}：{'；'.join(people[key])}。" for key in order)


def _words(gap: Gap) -> str:
    blank = f"{gap.paper}缺{'、'.join(gap.blank)}" if gap.blank else gap.paper
    return "，".join((blank, *gap.wrong))


def _named(person: Person | None) -> str:
    return f"{person.school} {person.name}" if person else "不属于个人的材料"

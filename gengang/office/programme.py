"""研修方案: the notice, the plan or one person's 计划表, made from the scheme file, with the blank forms beside it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gengang.findings import Finding
from gengang.form import Form
from gengang.office.kinds import Asking, Material
from gengang.office.letters import as_letter
from gengang.office.plan_words import (
    OPEN,
    blanked,
    due_words,
    judging_lines,
    notice_text,
    open_words,
    paper_name,
    task_words,
    window_words,
)
from gengang.papers.appraisal import base_school_of
from gengang.papers.draft import Draft, file_name, person_file
from gengang.papers.handouts import blank_draft
from gengang.papers.words import programme_of, stage_subject
from gengang.rendering import Given, GivenRows
from gengang.roster import Person
from gengang.scheme import Document, Scheme

FOLDER = "研修方案"
MOST_PAGES = 40
LINE = 20  # characters of a title in 2号
_BREAKS = re.compile("(?=跟岗|研修实践|的通知)")


def programme_drafts(material: Material, asking: Asking) -> tuple[Draft, ...]:
    """The notice or plan and every attachment; of a person's own programme a 计划表 for each, or one to fill in."""
    scheme = material.judged.scheme
    if scheme.participants.kind == "individual":
        people: Sequence[Person | None] = [one for one in material.judged.trainees if _asked(one, asking)]
        return tuple(_personal(material, one) for one in people or [None])
    forms = attached_forms(scheme, material.forms)
    return (_notice(material, forms, asking), *(_attachment(number, form) for number, form in enumerate(forms, 1)))


def _asked(one: Person, asking: Asking) -> bool:
    return (asking.person in ("", one.name, one.key)) and asking.school in ("", one.school)


# --- notice and plan ---------------------------------------------------------------------------------------------


def attached_forms(scheme: Scheme, forms: Mapping[str, Form]) -> tuple[Form, ...]:
    """The form of each paper that the scheme asks for, once, in the file's order."""
    stems = dict.fromkeys(one.form for one in scheme.documents if one.form in forms)
    return tuple(forms[stem] for stem in stems)


def _attachment(number: int, form: Form) -> Draft:
    return replace(blank_draft(form), file=f"{FOLDER}/附件/{file_name(f'{number:02d}', form.title)}")


def _notice(material: Material, forms: Sequence[Form], asking: Asking) -> Draft:
    judged, scheme = material.judged, material.judged.scheme
    to_schools = scheme.participants.kind == "per_school_stage"
    issuer = _issuer(scheme)
    values: dict[str, Given] = {
        "title": balanced(f"关于开展{_named(scheme)}的通知" if to_schools else blanked(scheme.title)),
        "text": notice_text(scheme, draft=not asking.number),
        "attachments": "\n".join(f"{number}.{form.title}" for number, form in enumerate(forms, 1)) or None,
        "issuer": issuer,
        "issued_on": judged.as_of.isoformat(),
    }
    if to_schools:
        schools = "、".join(filter(None, ("各农村中小学校", scheme.organisation.base_school)))
        values |= {"issuer_above": issuer, "to": blanked(schools)}
    template = "programme_notice" if to_schools else "programme_plan"
    draft = Draft(template, template, "papers", "", values, f"{FOLDER}/研修方案", MOST_PAGES)
    if asking.number and (lacking := open_words(scheme)):
        message = f"{lacking}还没有定，不能给发文字号：请先写进方案文件。"
        draft = replace(draft, faults=(Finding("notice_open", message, severity="error"),))
    return as_letter(draft, asking, issuer, judged.as_of, scheme.organisation.college if to_schools else "")


def _issuer(scheme: Scheme) -> str:
    return blanked(scheme.organisation.authority or scheme.organisation.college or OPEN)


def _named(scheme: Scheme) -> str:
    """The programme as its county calls it: the issuer names the county."""
    return f"{scheme.year}年{scheme.programme}" if scheme.year else scheme.programme


def balanced(title: str) -> str:
    """A title in lines of about equal length that break between words."""
    if len(title) <= LINE:
        return title
    places = [match.start() for match in _BREAKS.finditer(title) if 0 < match.start() < len(title)]
    fitting = [place for place in places if max(place, len(title) - place) <= LINE] or [len(title) // 2]
    place = min(fitting, key=lambda one: abs(len(title) - 2 * one))
    return f"{title[:place]}\n{title[place:]}"


# --- one person's plan -------------------------------------------------------------------------------------------


def _personal(material: Material, person: Person | None) -> Draft:
    judged, scheme = material.judged, material.judged.scheme
    roster = judged.season.roster
    values: dict[str, Given] = {
        "title": balanced(blanked(scheme.title)),
        "name": person.name if person else None,
        "school": person.school or None if person else None,
        "stage_subject": stage_subject(person) or None if person else None,
        "base_school": blanked(base_school_of(person, scheme, roster) if person else scheme.organisation.base_school),
        "window": window_words(scheme),
        "judging": "\n".join(judging_lines(scheme)),
        "support": "、".join(one.text for one in scheme.support) or None,
    }
    lists: dict[str, GivenRows] = {"tasks": _tasks(scheme), "papers": _papers(scheme)}
    file = person_file(FOLDER, person, roster) if person else f"{FOLDER}/{file_name(scheme.title)}"
    return Draft("personal_plan", "personal_plan", "papers", person.key if person else "", values, file, 8, lists)


def _tasks(scheme: Scheme) -> GivenRows:
    parts = (task_words(scheme, one).partition("：") for one in scheme.requirements)
    return tuple({"number": number, "name": name, "asked": asked, "done": None}
                 for number, (name, _, asked) in enumerate(parts, 1))  # fmt: skip


def _papers(scheme: Scheme) -> GivenRows:
    return tuple({"number": number, "name": paper_name(one), "asked": _asked_of(scheme, one), "done": None}
                 for number, one in enumerate(scheme.documents, 1))  # fmt: skip


def _asked_of(scheme: Scheme, one: Document) -> str:
    number = f"{one.need}份" if one.need else "有则留存"
    copies = f"，一式{one.copies}份" if one.copies > 1 else ""
    return f"{number}{copies}，{due_words(scheme, one).removeprefix('报送')}"


def programme_title(scheme: Scheme) -> str:
    """`安和县2016年农村中小学骨干教师跟岗研修`, with a place to write where the county is still open."""
    return blanked(programme_of(scheme))

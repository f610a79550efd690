"""The register of certificate numbers, and the list of those who get no certificate now, each with its clause."""

from collections.abc import Mapping

from gengang.certificate_numbers import NumberLine
from gengang.drafting import Judged, certificate_drafts, is_approved
from gengang.office.kinds import Asking, Material, PaperKind
from gengang.papers.certificate import HeldBack, number_words
from gengang.papers.draft import Draft
from gengang.papers.words import clause_words, in_titles, programme_of, stage_subject
from gengang.rendering import Given
from gengang.scheme import Scheme
from gengang.signed import TITLES

FOLDER = "证书"
MOST_PAGES = 200
STATES = ("缓发", "待定", "不发", "未考核")
WORDS_OF_STATES = {"缓发": "证书缓发", "待定": "待定", "不发": "不发证书", "未考核": "未考核"}
GONE = "（已按规定删除）"


# --- 证书编号登记册 ---


def register_drafts(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """Every number that was ever spent; none before the first."""
    judged = material.judged
    lines = judged.season.numbers
    if not lines:
        return ()
    values: dict[str, Given] = {
        **_head(judged), "total": len(lines), "standing": sum(not one.void_on for one in lines),
        "void": sum(bool(one.void_on) for one in lines),
    }  # fmt: skip
    words = {one.subject: _words(judged.scheme, one) for one in lines}
    rows = tuple({"place": place, **_registered(judged, one, words)} for place, one in enumerate(lines, 1))
    return (Draft("certificate_register", "certificate_register", "papers", "", values, f"{FOLDER}/证书编号登记册",
                  MOST_PAGES, {"lines": rows}),)  # fmt: skip


def _registered(judged: Judged, line: NumberLine, words: Mapping[str, str]) -> dict[str, Given]:
    person = judged.season.roster.person(line.person)
    return {
        "number": words[line.subject],
        "name": person.name if person else GONE,
        "school": (person.school if person else "") or None,
        "title": TITLES["J" if line.series == "J" else "X"],
        "issued_on": line.issued_on.isoformat() if line.issued_on else None,
        "approved": _approved_words(judged, line),
        "state": "作废" if line.void_on else "有效" if line.issued_on else "未印",
        "note": _void_words(line, words) or None,
    }


def _approved_words(judged: Judged, line: NumberLine) -> str | None:
    if line.issued_on is None:
        return None
    return "已审核" if line.approved else "先发后审" if is_approved(judged) else "尚未审核"


def _void_words(line: NumberLine, words: Mapping[str, str]) -> str:
    if not line.void_on:
        return ""
    year, month, day = map(int, line.void_on.split("-"))
    instead = words.get(line.replaced_by, "")
    return f"{year}年{month}月{day}日，{line.why}{f'，由{instead}代替' if instead else ''}"


def _words(scheme: Scheme, line: NumberLine) -> str:
    certificate = next((one for one in scheme.certificates if one.series == line.series), None)
    return number_words(scheme, certificate, line.number)


# --- 证书缓发名单 ---


def withheld_drafts(material: Material, _asking: Asking) -> tuple[Draft, ...]:
    """Who gets no certificate now, by what and why; none where everybody is due."""
    judged = material.judged
    held = [one for one in certificate_drafts(judged) if isinstance(one, HeldBack)]
    if not held:
        return ()
    ordered = sorted(held, key=lambda one: STATES.index(one.state))
    counts = (f"{WORDS_OF_STATES[state]}{number}人" for state in STATES
              if (number := sum(one.state == state for one in held)))  # fmt: skip
    values: dict[str, Given] = {**_head(judged), "total": len(held), "counts": "，".join(counts)}
    rows = tuple({"place": place, **_withheld(judged, one)} for place, one in enumerate(ordered, 1))
    return (Draft("withheld_list", "withheld_list", "papers", "", values, f"{FOLDER}/证书缓发及暂不发证名单",
                  MOST_PAGES, {"lines": rows}),)  # fmt: skip


def _withheld(judged: Judged, held: HeldBack) -> dict[str, Given]:
    person = judged.season.roster.person(held.person)
    subject = stage_subject(person) if person and person.role == "trainee" else "指导教师"
    return {
        "name": held.name,
        "school": (person.school if person else "") or None,
        "subject": subject or None,
        "state": WORDS_OF_STATES[held.state],
        "clause": clause_words(judged.scheme, held.clause) or None,
        "why": in_titles(held.why),
    }


def _head(judged: Judged) -> dict[str, Given]:
    return {
        "programme": programme_of(judged.scheme),
        "office": judged.scheme.organisation.college,
        "as_of": judged.as_of.isoformat(),
    }


KINDS = (
    PaperKind("证书编号登记册", "结业", "发过的每个编号：给谁、哪天、是否审核、作废和代替", register_drafts),
    PaperKind("证书缓发名单", "结业", "现在不发证书的每个人，凭方案哪一条、为什么", withheld_drafts),
)

"""Recommending: whether the principal signed, dated and sealed what the school says of a nominee (E-05).

Only a scan or a photo shows a hand's signature or a seal: of a digital file nobody can tell, and nothing is said.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gengang.clause_rules import is_written
from gengang.findings import Finding
from gengang.submission import Paper


@dataclass(frozen=True, slots=True)
class _Form:
    """name: as the office calls it; signature, date: its fields; around: those in whose cell the seal may stand."""

    name: str
    signature: str
    date: str
    around: tuple[str, ...]


_FORMS: Mapping[str, _Form] = {
    "registration": _Form("附件3报名表", "principal", "filled_on", ("school", "contact_phone", "filled_by")),
    "personal_info": _Form("附件4个人信息登记表", "principal_signature", "school_signed_on", ("school_opinion",)),
}


def recommendation_findings(papers: Mapping[str, Sequence[Paper]]) -> Iterator[Finding]:
    """One line for each form of which no copy has all."""
    for form, about in _FORMS.items():
        lacking = [_lacks(paper, about) for paper in papers.get(form, ())]
        if lacking and all(lacking):
            fewest = min(lacking, key=len)
            message = f"{about.name}的学校推荐没有看到{'、'.join(fewest)}，请核对纸质件。"
            yield Finding("recommendation_unsigned", message, about.signature, "warn", "E-05", papers[form][0].file)


def _lacks(paper: Paper, form: _Form) -> tuple[str, ...]:
    scanned = paper.medium == "scan"
    signed = paper.marks.get(("signature", form.signature), "absent" if scanned else "cannot_tell")
    around = (*form.around, form.signature, form.date)
    seals = [state for (kind, field), state in paper.marks.items() if kind == "seal" and field in around]
    return (
        *(["校长签字"] if signed == "absent" and not is_written(paper, form.signature) else []),
        *(["日期"] if scanned and not is_written(paper, form.date) else []),
        *(["公章"] if seals and set(seals) == {"absent"} else []),
    )

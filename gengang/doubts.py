"""Papers of which the program does not know whose they are, each with the people it may be and why, as values.

A page and the terminal show the same: the bars of each field, their sum, and why it is not the next one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gengang.copies import name_of_form
from gengang.reconcile import SCHOOL_FORMS, Candidate, Lookup, candidates_of, claim_of, lookup_of
from gengang.season import HeldPaper, Season
from gengang.telling_copies import short_key
from gengang.waterfall import FIELD_WORDS, Agreement, Claim, Evidence

_SAID = ("name", "school", "stage", "subject")
_VERDICTS: dict[Agreement, str] = {
    "same": "相同",
    "near": "相近",
    "different": "不同",
    "blank": "空白",
    "unknown": "不能比",
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One paper. says: what stands on it; why: what keeps it from being somebody's; candidates: best first."""

    key: str
    form: str
    file: str
    says: Claim
    why: str
    candidates: tuple[Candidate, ...]


def doubts_of(season: Season) -> tuple[Doubt, ...]:
    """Every paper that is not surely somebody's, in the order in which they came; schools' lists are none."""
    lookup = lookup_of(season.roster)
    open_ones = (one for one in season.papers if one.match.status != "sure" and one.reading.form not in SCHOOL_FORMS)
    return tuple(doubt_of(lookup, held) for held in open_ones)


def doubt_of(lookup: Lookup, held: HeldPaper) -> Doubt:
    """A paper with the people it may be of."""
    submission = held.paper.submission
    candidates = candidates_of(lookup, submission, held.match)
    return Doubt(
        held.paper.key, submission.form, held.source.path, claim_of(submission), held.match.why_not, candidates
    )


def doubt_lines(doubt: Doubt) -> Iterator[str]:
    """For the terminal: the paper, what stands on it, then each candidate with the sum and its parts."""
    yield f"{short_key(doubt.key)}  {name_of_form(doubt.form)}  {doubt.file}"
    said = "、".join(f"{FIELD_WORDS[name]}“{value}”" for name in _SAID if (value := getattr(doubt.says, name)))
    yield f"    表上：{said or '没有可用的姓名、学校、学科'}{'，有身份证号' if doubt.says.id_number else ''}"
    yield f"    {doubt.why}"
    for one in doubt.candidates:
        person = one.person
        parts = "，".join(evidence_words(part) for part in one.evidence if part.verdict != "blank")
        who = f"{person.key}  {person.school}{person.stage}{person.subject} {person.name}"
        yield f"    {who}  合计{one.weight:+d}：{parts or '没有可比的'}"


def evidence_words(one: Evidence) -> str:
    """`姓名相近（同音）+3`, `学校不同-8`."""
    near = f"（{'、'.join(one.near)}）" if one.near else ""
    shared = f"（{one.bearers}人同名）" if one.bearers > 1 and one.weight > 0 else ""
    return f"{FIELD_WORDS[one.field]}{_VERDICTS[one.verdict]}{near}{shared}{one.weight:+d}"

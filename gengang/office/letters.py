"""A paper as a 公文: a draft while nobody has given its 发文字号, with red head and 版记 from then on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from gengang.findings import Finding
from gengang.office.kinds import Asking
from gengang.papers.draft import Draft, numbered_file
from gengang.papers.letterhead import Letterhead


def as_letter(draft: Draft, asking: Asking, issuer: str, printed_on: date, copies_to: str = "") -> Draft:
    """The draft of a paper whose template has the field `status`. issuer: who sends it, by the full name."""
    if not asking.number:
        return replace(draft, values={**draft.values, "status": "草稿"})
    head = Letterhead(issuer, asking.number, f"{issuer}办公室", printed_on, copies_to)
    # Its own place, so that a later draft never lies where an issued letter lay.
    file = numbered_file(draft.file, asking.number)
    return replace(draft, values={**draft.values, "status": None}, letterhead=head, file=file)


def marked(draft: Draft, asking: Asking) -> Draft:
    """A paper that goes with a letter, or on a wall: 草稿 until a number is given, and never a red head."""
    return replace(draft, values={**draft.values, "status": None if asking.number else "草稿"})


def numbered_once(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The same drafts; where several would bear one 发文字号 none of them does."""
    lettered = [one for one in drafts if one.letterhead]
    if len(lettered) < 2:
        return tuple(drafts)
    message = f"一个发文字号只能给一份公文，这里有{len(lettered)}份：请用材料名称、--school 或 --person 选定一份。"
    fault = Finding("number_twice", message, severity="error")
    return tuple(replace(one, faults=(*one.faults, fault)) if one.letterhead else one for one in drafts)

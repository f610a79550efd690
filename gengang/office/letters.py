"""A paper as a 公文: a draft while nobody has given its 发文字号, with red head and 版记 from then on."""

from dataclasses import replace
from datetime import date

from gengang.office.kinds import Asking
from gengang.papers.draft import Draft
from gengang.papers.letterhead import Letterhead


def as_letter(draft: Draft, asking: Asking, issuer: str, printed_on: date, copies_to: str = "") -> Draft:
    """The draft of a paper whose template has the field `status`. issuer: who sends it, by the full name."""
    if not asking.number:
        return replace(draft, values={**draft.values, "status": "草稿"})
    head = Letterhead(issuer, asking.number, f"{issuer}办公室", printed_on, copies_to)
    return replace(draft, values={**draft.values, "status": None}, letterhead=head)

"""The 证书核验页 of a workspace, written again whenever a certificate is issued, replaced or voided."""

from datetime import date

from gengang.certificate_numbers import REGISTER_KINDS, number_lines
from gengang.keyring import KEY_KIND, keys_known
from gengang.numbering import words_of_number
from gengang.papers.certificate_page import FILE, Known, VoidNumber, check_page
from gengang.papers.pressbook import put
from gengang.scheme import Scheme
from gengang.under_way import Pass

NUMBER_KINDS = ("number_spent", "number_void")


def write_check_page(under_way: Pass, scheme: Scheme) -> str:
    """Writes the page; its place under the outbox, empty while nothing was ever signed."""
    keys = keys_known(under_way.settings.keys, under_way.ledger.read(kinds=(KEY_KIND,)))
    if not keys:
        return ""
    facts = tuple(under_way.ledger.read(kinds=REGISTER_KINDS))
    lines = number_lines(facts)
    words = {one.subject: words_of_number(scheme, one.series, one.number) for one in lines}
    void = tuple(
        VoidNumber(words[one.subject], one.void_on, one.why, words.get(one.replaced_by, ""))
        for one in lines if one.void_on
    )  # fmt: skip
    issued = tuple(words[one.subject] for one in lines if one.issued_on and not one.void_on)
    shown = {key.id: key.raw.hex() for key in keys.values()}
    last = max((fact.at[:10] for fact in facts if fact.kind in NUMBER_KINDS), default=under_way.at[:10])
    page = check_page(Known(scheme.organisation.college, date.fromisoformat(last), shown, issued, void))
    put(under_way.settings.outbox / FILE, page.encode())
    return FILE

"""Certificate numbers: no gap, no repeat, whoever asks and whoever dies."""

import pytest

from gengang.errors import LedgerError
from gengang.ledger import Ledger
from gengang.ledger_register import number_subject, replace_number, spend_number, void_number
from gengang.ledger_verify import verify
from gengang.settings import Settings
from tests.ledger.lines import AT, ME
from tests.ledger.processes import started


def spend(ledger: Ledger, person: str, series: str = "J", year: int = 2016, basis: str = "b") -> int:
    """The number of one person's certificate."""
    return spend_number(ledger, "J" if series == "J" else "X", year, person, basis, ME, AT)


def test_numbers_follow_each_other_in_each_series_and_year(ledger: Ledger) -> None:
    assert [spend(ledger, f"P-{n}") for n in range(3)] == [1, 2, 3]
    assert [spend(ledger, f"P-{n}", "X") for n in range(2)] == [1, 2]
    assert spend(ledger, "P-0", year=2017) == 1
    assert spend(ledger, "P-9") == 4


def test_the_same_certificate_keeps_its_number(ledger: Ledger) -> None:
    spend(ledger, "P-1")
    assert [spend(ledger, "P-2") for _ in range(3)] == [2, 2, 2]
    assert len(list(ledger.read())) == 2


def test_another_content_takes_another_number(ledger: Ledger) -> None:
    assert (spend(ledger, "P-1", basis="b"), spend(ledger, "P-1", basis="c")) == (1, 2)


def test_a_voided_number_is_not_used_again(ledger: Ledger) -> None:
    spend(ledger, "P-1")
    assert void_number(ledger, "J", 2016, 1, "姓名印错", ME, AT) == 1
    assert void_number(ledger, "J", 2016, 1, "姓名印错", ME, AT) == 0
    assert spend(ledger, "P-1") == 2
    assert spend(ledger, "P-1") == 2
    assert verify(ledger) == ()


def replace(ledger: Ledger, person: str, basis: str = "b") -> int:
    """Another number for one person's certificate."""
    return replace_number(ledger, "J", 2016, person, basis, "遗失", ME, AT)


def voided(ledger: Ledger) -> dict[str, object]:
    """Each number that counts no more, and the one that took its place."""
    return {fact.subject: fact.data.get("replaced_by") for fact in ledger.read(kinds=("number_void",))}


def test_a_replaced_number_says_which_took_its_place(ledger: Ledger) -> None:
    spend(ledger, "P-1")
    spend(ledger, "P-2")
    assert replace(ledger, "P-1") == 3
    assert voided(ledger) == {"J-2016-000001": "J-2016-000003"}
    assert spend(ledger, "P-1") == 3
    assert replace(ledger, "P-1", "c") == 4
    assert voided(ledger) == {"J-2016-000001": "J-2016-000003", "J-2016-000003": "J-2016-000004"}
    assert spend(ledger, "P-2") == 2
    assert verify(ledger) == ()


def test_a_replacement_takes_the_place_of_all_that_a_person_holds(ledger: Ledger) -> None:
    spend(ledger, "P-1", basis="a")
    spend(ledger, "P-1", basis="b")
    spend(ledger, "P-1", series="X")
    assert replace(ledger, "P-1", "c") == 3
    assert voided(ledger) == {"J-2016-000001": "J-2016-000003", "J-2016-000002": "J-2016-000003"}


def test_a_number_that_was_never_spent_cannot_be_voided(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="J-2016-000007 从未发出"):
        void_number(ledger, "J", 2016, 7, "看错", ME, AT)


def test_each_number_is_a_fact(ledger: Ledger) -> None:
    spend(ledger, "P-1")
    [fact] = ledger.read()
    assert fact.subject == number_subject("J", 2016, 1) == "J-2016-000001"
    assert fact.data == {"kind": "J", "year": 2016, "number": 1, "person": "P-1", "basis": "b"}


def test_two_issuers_at_once_leave_no_gap_and_no_repeat(settings: Settings, ledger: Ledger) -> None:
    issuers = [started("issue", settings, name, 15) for name in ("a", "b")]
    numbers = [int(line) for issuer in issuers for line in issuer.communicate(timeout=60)[0].split()]
    assert [issuer.returncode for issuer in issuers] == [0, 0]
    assert sorted(numbers) == list(range(1, 31))
    assert verify(ledger) == ()


def test_a_killed_issuer_spends_nothing_it_did_not_finish(settings: Settings, ledger: Ledger) -> None:
    issuer = started("die", settings, "a", 3)
    printed = issuer.communicate(timeout=60)[0].split()
    assert (printed, issuer.returncode) == (["1", "2"], 9)
    assert spend(ledger, "P-next") == 3
    assert verify(ledger) == ()


def test_two_who_replace_at_once_leave_one_number_in_force(settings: Settings, ledger: Ledger) -> None:
    issuers = [started("replace", settings, name, 8) for name in ("a", "b")]
    numbers = [int(line) for issuer in issuers for line in issuer.communicate(timeout=60)[0].split()]
    assert sorted(numbers) == list(range(1, 17))
    assert set(voided(ledger)) == {number_subject("J", 2016, n) for n in range(1, 16)}
    assert verify(ledger) == ()


def test_one_of_two_issuers_killed_at_any_moment_leaves_no_gap(settings: Settings, ledger: Ledger) -> None:
    killed, other = started("issue", settings, "a", 400), started("issue", settings, "b", 25)
    assert killed.stdout is not None
    told = [int(killed.stdout.readline()) for _ in range(5)]
    killed.kill()
    rest, _ = killed.communicate(timeout=60)
    told += [int(line) for line in rest.split()]
    others = [int(line) for line in other.communicate(timeout=60)[0].split()]
    assert (killed.returncode, other.returncode) == (-9, 0)
    spent = [int(str(fact.data["number"])) for fact in ledger.read(kinds=("number_spent",))]
    assert sorted(spent) == list(range(1, len(spent) + 1))
    assert {*told} | {*others} <= {*spent}
    assert not {*told} & {*others}
    assert verify(ledger) == ()

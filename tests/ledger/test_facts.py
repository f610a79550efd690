"""What follows from facts alone: counts at the door, what is still to read, whose values are whose."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from gengang.facts import (
    FACT_KINDS,
    FILING,
    Balance,
    Fact,
    Kept,
    balance,
    canonical,
    identity,
    latest,
    subjects_of,
    unread,
)
from tests.ledger.lines import ME, SHA, arrival, decision, evidence, match, person, reading, refused

OTHER = "b" * 64
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def test_the_door_balances() -> None:
    third = "c" * 64
    facts = [arrival(), arrival(OTHER), arrival(third), replace(arrival(), kind="duplicate"), reading(), refused(OTHER)]
    assert balance(facts) == Balance(arrived=3, filed=1, waiting=1, refused=1, duplicates=1)
    assert balance(facts).even


def test_a_reading_of_bytes_that_never_arrived_unbalances_the_door() -> None:
    assert not balance([reading()]).even
    assert not balance([refused()]).even


def test_a_file_with_two_papers_is_filed_once() -> None:
    assert balance([arrival(), reading(), reading(f"{SHA}#1")]).filed == 1


def test_a_file_that_was_refused_and_then_read_is_filed() -> None:
    for facts in ([arrival(), refused(), reading()], [arrival(), reading(), refused()]):
        assert balance(facts) == Balance(arrived=1, filed=1, waiting=0, refused=0, duplicates=0)


def test_a_file_with_nothing_but_evidence_is_filed() -> None:
    facts = [arrival(), evidence(), arrival(OTHER), refused(OTHER), evidence(f"{OTHER}#0")]
    assert balance(facts) == Balance(arrived=2, filed=2, waiting=0, refused=0, duplicates=0)
    assert unread(facts) == ()
    assert not balance([evidence()]).even


COMING = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["reading", "evidence", "refused", "duplicate"])))


@given(st.sets(st.sampled_from("abcd")), COMING)
def test_all_that_arrives_is_filed_waiting_or_refused(came: set[str], lines: list[tuple[str, str]]) -> None:
    makers: dict[str, Callable[[str], Fact]] = {"reading": reading, "evidence": evidence, "refused": refused}
    known = [(one * 64, kind) for one, kind in lines if one in came]
    facts = [arrival(one * 64) for one in sorted(came)]
    for sha256, kind in known:
        if kind == "duplicate":
            facts.append(replace(arrival(sha256), kind="duplicate"))
        else:
            facts.append(makers[kind](sha256 if kind == "refused" else f"{sha256}#0"))
    counts = balance(facts)
    assert counts.even
    assert counts.arrived == len(came)
    assert counts.filed == len({sha256 for sha256, kind in known if kind in FILING})
    assert {fact.subject for fact in unread(facts)} == {one * 64 for one in came} - {s for s, k in known if k in makers}
    assert counts.waiting == len(unread(facts))


def test_evidence_goes_with_its_person_and_keeps_a_file_shared() -> None:
    facts = [evidence(f"{SHA}#0"), match(f"{SHA}#0")]
    assert subjects_of("P-000000000001", facts) == ("P-000000000001", SHA, f"{SHA}#0")
    assert subjects_of("P-000000000001", [*facts, evidence()]) == ("P-000000000001", f"{SHA}#0")
    assert subjects_of("P-000000000001", [reading(), match(), evidence()]) == ("P-000000000001", f"{SHA}#0")


def test_what_is_neither_read_nor_refused_is_still_to_read() -> None:
    facts = [arrival(), arrival(OTHER), reading()]
    assert [fact.subject for fact in unread(facts)] == [OTHER]
    assert unread([*facts, refused(OTHER)]) == ()


def test_the_last_line_of_a_field_counts() -> None:
    found = latest([decision("张三"), decision("语文", path="subject"), decision("张山")], "decision")
    assert found[f"{SHA}#0", "name"].personal == decision("张山").personal
    assert len(found) == 2


def test_a_paper_given_to_another_is_the_others() -> None:
    facts = [reading(), match(), match(person="P-2")]
    assert subjects_of("P-000000000001", facts) == ("P-000000000001",)
    assert subjects_of("P-2", facts) == ("P-2", SHA, f"{SHA}#0")


def test_a_file_with_a_paper_of_nobody_is_not_only_theirs() -> None:
    facts = [reading(), match(), reading(f"{SHA}#1")]
    assert subjects_of("P-000000000001", facts) == ("P-000000000001", f"{SHA}#0")


def test_who_and_when_are_not_what() -> None:
    elsewhere = replace(person(), at="2017-01-01T00:00:00Z", actor=replace(ME, user="另一人"), sequence=7)
    assert identity(elsewhere, "h") == identity(person(), "h")


@given(st.sampled_from(("kind", "subject", "data", "hash", "version")), JSON)
def test_whatever_changes_makes_another_identity(part: str, value: object) -> None:
    was = identity(person(), "h")
    changed = {
        "kind": (replace(person(), kind="roster"), "h"),
        "subject": (replace(person(), subject="P-2"), "h"),
        "data": (replace(person(), data={"more": value}), "h"),
        "hash": (person(), "i"),
        "version": (replace(person(), version=2), "h"),
    }
    assert identity(*changed[part]) != was


@given(st.dictionaries(st.text(), JSON))
def test_canonical_text_is_ascii_and_blind_to_order(data: dict[str, object]) -> None:
    text = canonical(data)
    assert text.isascii()
    assert canonical(dict(reversed(data.items()))) == text


@given(JSON)
@example({"n": [10**20, -(10**20), 2**64, 2**64 - 1]})
@example({"file": "\udc80.docx"})
def test_what_the_ledger_writes_is_read_again_to_the_letter(value: object) -> None:
    assert canonical(Kept(canonical({"value": value})).opened()["value"]) == canonical(value)


def test_every_kind_says_what_it_is_about() -> None:
    for name, kind in FACT_KINDS.items():
        assert kind.version >= 1, name
        assert kind.subject, name
        assert not kind.slot or kind.slot in kind.needs, name


def _is_personal(fact: Fact) -> bool:
    return "张三" in canonical(dict(fact.data)).encode().decode("unicode_escape")


def test_no_name_stands_in_what_is_kept_for_ever() -> None:
    for fact in (arrival(), reading(), evidence(), match(), person(), decision("张三"), refused()):
        assert not _is_personal(fact), fact.kind

"""What a ledger remembers is what it would read anew, whatever was asked before and whoever wrote meanwhile."""

import uuid

from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from gengang.facts import Fact, Kept, canonical, values_of
from gengang.ledger import Ledger
from tests.laws.often import often
from tests.ledger.lines import ME, decision, match, person, reading

KINDS = ("person", "reading", "match", "decision")
ASKED = st.one_of(st.none(), st.sets(st.sampled_from(KINDS)))
STEPS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.sampled_from(("甲", "乙")), st.booleans(), ASKED, st.integers(0, 9)),
    max_size=8,
)


def line(kind: str, word: str, space: str) -> Fact:
    made = {"person": person, "reading": reading, "match": match}
    return decision(word, paper=f"{space}#0") if kind == "decision" else made[kind](f"{space}-{ord(word)}")


@given(STEPS)
@examples(max_examples=often(40), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_remembered_is_what_is_there(ledger: Ledger, steps: list[tuple[str, str, bool, set[str] | None, int]]
) -> None:  # fmt: skip
    space, other = uuid.uuid4().hex, Ledger(ledger.database)
    for kind, word, elsewhere, kinds, back in steps:
        (other if elsewhere else ledger).append([line(kind, word, space)])
        since = max(ledger.head()[0] - back, 0)
        assert list(ledger.read(kinds, since)) == list(Ledger(ledger.database).read(kinds, since))


def test_what_was_erased_elsewhere_is_forgotten(ledger: Ledger) -> None:
    ledger.append([person(), reading(), match()])
    assert all(fact.personal for fact in ledger.read(("person", "reading")))
    Ledger(ledger.database).erase("P-000000000001", ME, "2017-01-01T00:00:00Z")
    assert not any(fact.personal for fact in ledger.read(("person", "reading")))


def test_values_kept_as_text_are_the_values() -> None:
    said: dict[str, object] = {"name": "张三", "rows": [1, None, {"a": "\udc80"}]}
    kept = Kept(canonical(said))
    assert [kept == said, dict(kept) == said, values_of(kept) == said, len(kept)] == [True, True, True, 2]
    assert canonical(kept) == canonical(said)
    assert kept
    assert not Kept("{}")
    assert "张三" not in repr(kept)

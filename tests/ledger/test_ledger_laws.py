"""Laws of appending, attacked with sequences of decisions in any batches."""

import uuid
from itertools import groupby

from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from gengang.facts import latest
from gengang.ledger import Ledger
from gengang.ledger_verify import verify
from tests.laws.often import often
from tests.ledger.lines import decision, reading

STEP = st.tuples(st.sampled_from(("name", "subject")), st.sampled_from(("甲", "乙", "丙")))
BATCHES = st.lists(st.lists(STEP, max_size=4), max_size=6)


@given(BATCHES)
@examples(max_examples=often(40), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_last_word_counts_however_it_was_batched(ledger: Ledger, batches: list[list[tuple[str, str]]]) -> None:
    paper, since = f"{uuid.uuid4().hex}#0", ledger.head()[0]
    written = sum(ledger.append([decision(value, path, paper) for path, value in batch]) for batch in batches)
    said = {path: [v for batch in batches for p, v in batch if p == path] for path in ("name", "subject")}
    folded = {slot: fact.personal for (_, slot), fact in latest(ledger.read(since=since), "decision").items()}
    assert {slot: (body or {})["value"] for slot, body in folded.items()} == {p: v[-1] for p, v in said.items() if v}
    assert written == sum(len(list(groupby(values))) for values in said.values())
    assert verify(ledger) == ()


@given(st.lists(st.lists(st.integers(0, 5), max_size=4), max_size=6))
@examples(max_examples=often(40), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_same_batches_again_write_nothing(ledger: Ledger, batches: list[list[int]]) -> None:
    space = uuid.uuid4().hex
    facts = [[reading(f"{space}#{number}") for number in batch] for batch in batches]
    written = sum(ledger.append(batch) for batch in facts)
    assert written == len({number for batch in batches for number in batch})
    assert sum(ledger.append(batch) for batch in facts) == 0

"""What becomes of Prefect's runs after a pause, whatever they are: one of each flow is left, and no work is lost."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from flows.backlog import NIGHTLY, Seen, tidying

NOW = datetime(2016, 12, 6, 0, 30, tzinfo=UTC)
RUNS = st.lists(
    st.builds(
        Seen,
        st.uuids().map(str),
        st.sampled_from(["nightly", "watch", "packet"]),
        st.integers(-60, 10).map(lambda days: NOW + timedelta(days=days)),
        st.sampled_from(["waiting", "at work"]),
    ),
    unique_by=lambda one: one.run,
)


def late_left(runs: list[Seen], dropped: tuple[str, ...]) -> list[str]:
    return [one.flow for one in runs if one.state == "waiting" and one.due <= NOW and one.run not in dropped]


@given(RUNS, st.booleans())
def test_of_the_late_runs_of_a_flow_the_newest_alone_is_left(runs: list[Seen], free: bool) -> None:
    todo = tidying(runs, NOW, free)
    left = late_left(runs, todo.dropped)
    assert sorted(left) == sorted({one.flow for one in runs if one.state == "waiting" and one.due <= NOW})
    gone = [one for one in runs if one.run in todo.dropped]
    assert all(one.due <= NOW and one.state == "waiting" for one in gone)


@given(RUNS, st.booleans())
def test_one_night_follows_when_one_was_late_or_broke_off(runs: list[Seen], free: bool) -> None:
    todo = tidying(runs, NOW, free)
    nights = late_left(runs, todo.dropped).count(NIGHTLY) + len(todo.repeated)
    mine = [one for one in runs if one.flow == NIGHTLY]
    broke = free and any(one.state == "at work" for one in mine)
    assert nights == int(
        broke or any(one.flow == NIGHTLY and one.due <= NOW and one.state == "waiting" for one in runs)
    )


@given(RUNS)
def test_what_may_be_at_work_is_left_alone_while_somebody_holds_the_ledger(runs: list[Seen]) -> None:
    assert tidying(runs, NOW, False).crashed == ()
    assert set(tidying(runs, NOW, True).crashed) == {one.run for one in runs if one.state == "at work"}

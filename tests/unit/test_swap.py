"""换页清单: what a correction changes is named, page by page, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from gengang.papers.packet import PacketPage
from gengang.papers.swap import ADDED, CHANGED, GONE, MOVED, Swap, swaps_between


def packet(*parts: tuple[str, str], stamped: bool = True) -> tuple[PacketPage, ...]:
    """Parts with a letter for what each of their pages shows."""
    pages = [(part, place, seen) for part, shown in parts for place, seen in enumerate(shown, 1)]
    return tuple(
        PacketPage(part, place, seen, number if stamped else 0)
        for number, (part, place, seen) in enumerate(pages, 1)
    )  # fmt: skip


OLD = packet(("cover", "c"), ("a", "xyz"), ("b", "u"), ("c", "vw"))


def test_nothing_changed_is_nothing_to_do() -> None:
    assert swaps_between(OLD, OLD) == ()


def test_a_changed_page_alone_is_swapped() -> None:
    new = packet(("cover", "c"), ("a", "xYz"), ("b", "u"), ("c", "vw"))
    assert swaps_between(OLD, new) == (Swap("a", CHANGED, 3, 3),)


def test_a_paper_that_grew_moves_the_numbers_behind_it() -> None:
    new = packet(("cover", "c"), ("a", "xyzz"), ("b", "u"), ("c", "vw"))
    assert swaps_between(OLD, new) == (Swap("a", ADDED, 5, 5), Swap("b", MOVED, 6, 6), Swap("c", MOVED, 7, 8))


def test_what_bears_no_number_is_not_swapped_because_it_moved() -> None:
    old, new = (packet(("a", shown), ("b", "u"), stamped=False) for shown in ("x", "xy"))
    assert swaps_between(old, new) == (Swap("a", ADDED, 2, 2),)


def test_a_paper_that_is_due_no_more_is_taken_out() -> None:
    new = packet(("cover", "c"), ("a", "xyz"), ("c", "vw"))
    assert swaps_between(OLD, new) == (Swap("b", GONE, 5, 5), Swap("c", MOVED, 5, 6))


PARTS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.text("xyz", min_size=1, max_size=4)), unique_by=lambda one: one[0]
)


@given(PARTS, PARTS)
def test_doing_what_the_list_says_makes_the_new_packet(
    old: list[tuple[str, str]], new: list[tuple[str, str]]
) -> None:  # fmt: skip
    before, after = packet(*old), packet(*new)
    swaps = swaps_between(before, after)
    out = {number for one in swaps if one.act == GONE for number in range(one.first, one.last + 1)}
    printed = {number for one in swaps if one.act != GONE for number in range(one.first, one.last + 1)}
    kept = {(page.part, page.place): page for number, page in enumerate(before, 1) if number not in out}
    done = [page if number in printed else kept[page.part, page.place] for number, page in enumerate(after, 1)]
    assert tuple(done) == after
    assert set(kept) <= {(page.part, page.place) for page in after}

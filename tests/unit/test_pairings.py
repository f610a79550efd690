"""Pairs by figures: the best in order with what comes close to it, and groups of which more could be paired."""

from extractors.pairings import best_paths, is_sure, short_groups

ONCE = [False, False]


def test_the_best_way_keeps_the_order_and_names_what_comes_close() -> None:
    path, close = best_paths([[11, 10], [0, 11]], ONCE, 4)
    assert (path, close) == ([(0, 0), (1, 1)], {(0, 0), (1, 1)})


def test_two_ways_about_as_good_leave_neither_sure() -> None:
    path, close = best_paths([[11, 11], [0, 0]], ONCE, 4)
    assert len(path) == 1
    assert not is_sure(*path[0], ONCE, close)


def test_a_loop_takes_several() -> None:
    path, close = best_paths([[3, 3, 0], [0, 0, 11]], [True, False], 2)
    assert path == [(0, 0), (0, 1), (1, 2)]
    assert all(is_sure(i, j, [True, False], close) for i, j in path)


def test_a_group_is_short_when_one_of_its_pairs_stands_in_the_way_of_another() -> None:
    fits = {0: {0, 1}, 1: {0, 1}, 2: {1}, 3: {3}}
    assert [*short_groups(fits, {(0, 0), (1, 2), (2, 1), (3, 3)})] == []  # of three only two can be paired at once
    assert [*short_groups(fits, {(0, 1), (3, 3)})] == [({0, 1, 2}, {0, 1})]


def test_what_was_paired_twice_counts_once() -> None:
    assert [*short_groups({0: {0, 1}, 1: {0, 1}}, {(0, 0), (0, 1)})] == [({0, 1}, {0, 1})]

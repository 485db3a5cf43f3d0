"""The best one-to-one assignment, compared with trying out all."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.diff.matching import assignment
from synth.diff.matching.assignment import assign, components

edges = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 5)), st.integers(1, 2**41), max_size=14)


def best_total(given: dict[tuple[int, int], int]) -> int:
    """The largest total of any one-to-one assignment of up to 5 by 6 nodes; a missing edge counts nothing."""
    return max(
        sum(given.get((one, other), 0) for one, other in enumerate(order)) for order in permutations(range(6), 5)
    )


@pytest.mark.parametrize("small", [6, 0], ids=["counted out", "by scipy"])
@given(given_edges=edges)
def test_as_good_as_the_best_of_all(small: int, given_edges: dict[tuple[int, int], int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assignment, "SMALL", small)
        chosen = assign(given_edges)
    assert len({one for one, _ in chosen}) == len({other for _, other in chosen}) == len(chosen)
    assert sum(given_edges[edge] for edge in chosen) == best_total(given_edges)
    assert list(chosen) == sorted(chosen)


@given(edges)
def test_swapping_the_sides_mirrors_the_pairs(given_edges: dict[tuple[int, int], int]) -> None:
    weights = {
        edge: (weight << 30) + hash_free(edge) for edge, weight in ((e, w % 900 + 1) for e, w in given_edges.items())
    }
    mirrored = {(other, one): weight for (one, other), weight in weights.items()}
    assert {(one, other) for other, one in assign(mirrored)} == set(assign(weights))


def hash_free(edge: tuple[int, int]) -> int:
    """A different power of two for every edge, so that no two assignments weigh the same."""
    return 1 << (edge[0] * 6 + edge[1])


def test_a_pair_may_be_given_up_for_two() -> None:
    assert assign({(0, 0): 10, (0, 1): 8, (1, 0): 7}) == ((0, 1), (1, 0))
    assert assign({}) == ()


def test_large_components_too() -> None:
    chain = {(n, n): 5 for n in range(50)} | {(n + 1, n): 6 for n in range(49)}
    assert assign(chain) == tuple((n + 1, n) for n in range(49))  # 49 sixes are more than 50 fives
    chain[0, 0] = 60
    assert (
        assign(chain) == ((0, 0), *((n, n) for n in range(1, 50)))
        or sum(chain[e] for e in assign(chain)) == 60 + 48 * 6
    )


def test_components_share_no_node() -> None:
    parts = list(components({(0, 0): 1, (0, 1): 1, (2, 1): 1, (3, 3): 1}))
    assert sorted(map(sorted, parts)) == [[(0, 0), (0, 1), (2, 1)], [(3, 3)]]

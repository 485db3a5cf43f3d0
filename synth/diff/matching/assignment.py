"""The best one-to-one assignment of a sparse graph with whole-numbered weights. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

SMALL = 6
"""Up to so many on the shorter side of a component, the best assignment is counted out: starting scipy takes longer."""
NARROW = 24
"""And up to so many on the longer side."""

Edges = Mapping[tuple[int, int], int]


def assign(edges: Edges) -> tuple[tuple[int, int], ...]:
    """The one-to-one pairs with the largest total weight, sorted; it need not hold every node.

    Weights are positive and below 2**42, so that scipy's floats hold them exactly. Where the largest total is reached
    in one way only, the result follows the weights alone: neither the order of the nodes nor the side they are on.

    Args:
        edges: Weight of each pair (old, new) that may be matched.
    """
    chosen: list[tuple[int, int]] = []
    for part in components(edges):
        old, new = {one for one, _ in part}, {other for _, other in part}
        if len(old) == 1 or len(new) == 1:
            chosen.append(max(part, key=lambda edge: (part[edge], edge)))
        elif min(len(old), len(new)) <= SMALL and max(len(old), len(new)) <= NARROW:
            chosen += _counted_out(part)
        else:
            chosen += _by_scipy(part)
    return tuple(sorted(chosen))


def components(edges: Edges) -> Iterator[dict[tuple[int, int], int]]:
    """The edges by connected component: what is matched in one does not touch the others."""
    parent: dict[tuple[bool, int], tuple[bool, int]] = {}

    def root(node: tuple[bool, int]) -> tuple[bool, int]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, other in edges:
        parent[root((True, one))] = root((False, other))
    parts: defaultdict[tuple[bool, int], dict[tuple[int, int], int]] = defaultdict(dict)
    for edge, weight in edges.items():
        parts[root((True, edge[0]))][edge] = weight
    yield from parts.values()


def _counted_out(part: Edges) -> list[tuple[int, int]]:
    """By dynamic programming over which nodes of the shorter side are taken."""
    flip = len({one for one, _ in part}) < len({other for _, other in part})
    turned = {(other, one) if flip else (one, other): weight for (one, other), weight in part.items()}
    short = {node: 1 << place for place, node in enumerate(sorted({other for _, other in turned}))}
    at: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for (one, other), weight in turned.items():
        at[one].append((other, weight))
    best: dict[int, tuple[int, tuple[tuple[int, int], ...]]] = {0: (0, ())}
    for one in sorted(at):
        after = dict(best)
        for taken, (total, pairs) in best.items():
            for other, weight in at[one]:
                bit = short[other]
                if not taken & bit and total + weight > after.get(taken | bit, (-1,))[0]:
                    after[taken | bit] = (total + weight, (*pairs, (one, other)))
        best = after
    pairs = max(best.values())[1]
    return [(other, one) if flip else (one, other) for one, other in pairs]


def _by_scipy(part: Edges) -> list[tuple[int, int]]:
    """By the sparse Jonker-Volgenant algorithm; each old node has a place of its own for staying alone."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    old, new = sorted({one for one, _ in part}), sorted({other for _, other in part})
    row, column = {node: place for place, node in enumerate(old)}, {node: place for place, node in enumerate(new)}
    top = max(part.values()) + 1
    edges = sorted(part)
    costs = [float(top - part[edge]) for edge in edges] + [float(top)] * len(old)
    rows = [row[one] for one, _ in edges] + list(range(len(old)))
    columns = [column[other] for _, other in edges] + [len(new) + place for place in range(len(old))]
    graph = csr_array((costs, (rows, columns)), shape=(len(old), len(new) + len(old)))
    taken = zip(*min_weight_full_bipartite_matching(graph), strict=True)
    return [(old[one], new[other]) for one, other in taken if other < len(new)]

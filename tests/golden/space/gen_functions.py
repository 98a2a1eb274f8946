"""Which cells are one function, and which one expression: a second derivation, sharing no code or method.

usage: gen_functions.py > functions.json      (CPython 3.11, networkx 3.6.1; a few seconds)

Same function: every cell becomes a graph of modules, its convolutions and poolings, joined by how many
chains of skips lead from one to another. Poolings with the same inputs are merged, what does not reach the
output is removed, poolings that nothing reaches too; a convolution that nothing reaches stays, as an offset
whatever its kernel. Two cells are one function where networkx finds an isomorphism of their graphs.

Same expression: the cell is computed, over integers modulo a prime, with one fixed random cubic without a
constant term for each operation. Equal expressions give equal outputs; different ones do so by accident with
a probability below 1e-9.
"""
import hashlib, itertools, json, random, sys
from collections import defaultdict

import networkx as nx

OPS = ["skip_connect", "none", "nor_conv_3x3", "nor_conv_1x1", "avg_pool_3x3"]
EDGES = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
SKIP, NONE, POOL = 0, 1, 4
PRIME = 2**61 - 1


def skip_chains(cell):
    """How many chains of skips lead from one node to another."""
    count = {(a, b): int(a == b) for a in range(4) for b in range(4)}
    for length in range(1, 4):
        for a in range(4 - length):
            b = a + length
            count[a, b] = sum(count[a, s] for (s, t), op in zip(EDGES, cell) if t == b and op == SKIP)
    return count


def module_graph(cell):
    chains = skip_chains(cell)
    modules = {e: op for e, op in enumerate(cell) if op not in (SKIP, NONE)}
    graph = nx.DiGraph()
    graph.add_node("in", kind="in")
    graph.add_node("out", kind="out")
    for e, op in modules.items():
        graph.add_node(e, kind=OPS[op])

    def join(source, start, target, end):
        if chains[start, end]:
            graph.add_edge(source, target, ways=chains[start, end])

    join("in", 0, "out", 3)
    for e in modules:
        join("in", 0, e, EDGES[e][0])
        join(e, EDGES[e][1], "out", 3)
        for other in modules:
            if other != e:
                join(e, EDGES[e][1], other, EDGES[other][0])
    changed = True
    while changed:
        changed = False
        for e in [n for n in graph if graph.nodes[n]["kind"] == OPS[POOL]]:
            if graph.in_degree(e) == 0:
                graph.remove_node(e)
                changed = True
        inputs = defaultdict(list)
        for e in [n for n in graph if graph.nodes[n]["kind"] == OPS[POOL]]:
            inputs[tuple(sorted((str(s), d["ways"]) for s, _, d in graph.in_edges(e, data=True)))].append(e)
        for same in inputs.values():
            for double in same[1:]:
                for _, t, d in list(graph.out_edges(double, data=True)):
                    old = graph.edges[same[0], t]["ways"] if graph.has_edge(same[0], t) else 0
                    graph.add_edge(same[0], t, ways=old + d["ways"])
                graph.remove_node(double)
                changed = True
        alive = nx.ancestors(graph, "out") | {"in", "out"}
        dead = [n for n in graph if n not in alive]
        graph.remove_nodes_from(dead)
        changed = changed or bool(dead)
    for n in graph:
        if graph.nodes[n]["kind"].startswith("nor_conv") and graph.in_degree(n) == 0:
            graph.nodes[n]["kind"] = "offset"
    return graph


def classes_by_isomorphism(graphs):
    buckets, labels, count = defaultdict(list), [], 0
    kinds = nx.algorithms.isomorphism.categorical_node_match("kind", None)
    ways = nx.algorithms.isomorphism.numerical_edge_match("ways", 0)
    for graph in graphs:
        key = (
            tuple(sorted(k for _, k in graph.nodes(data="kind"))),
            tuple(sorted((graph.nodes[s]["kind"], graph.nodes[t]["kind"], w) for s, t, w in graph.edges(data="ways"))),
        )
        for label, other in buckets[key]:
            if nx.is_isomorphic(graph, other, node_match=kinds, edge_match=ways):
                break
        else:
            label, count = count, count + 1
            buckets[key].append((label, graph))
        labels.append(label)
    return labels


def classes_by_value():
    random.seed(1)
    x = random.randrange(PRIME)
    cubic = {op: [random.randrange(PRIME) for _ in range(3)] for op in (2, 3, 4)}

    def apply(op, v):
        if op == SKIP:
            return v
        if op == NONE:
            return 0
        a, b, c = cubic[op]
        return ((a * v + b) * v + c) * v % PRIME

    numbers, labels = {}, []
    for cell in CELLS:
        node = [x, 0, 0, 0]
        for (s, t), op in sorted(zip(EDGES, cell), key=lambda e: e[0][1]):
            node[t] = (node[t] + apply(op, node[s])) % PRIME
        labels.append(numbers.setdefault(node[3], len(numbers)))
    return labels


def connected(cell):
    live = {0}
    for (s, t), op in sorted(zip(EDGES, cell)):
        if s in live and op != NONE:
            live.add(t)
    return 3 in live


def summary(labels):
    sizes = defaultdict(int)
    for label, cell in zip(labels, CELLS):
        if connected(cell):
            sizes[label] += 1
    copies = [n for n in sizes.values() if n > 1]
    return {
        "all": len(set(labels)),
        "connected": len(sizes),
        "with_copies": len(copies),
        "cells_in_them": sum(copies),
        "largest": max(copies),
        "digest": hashlib.sha256(",".join(map(str, labels)).encode()).hexdigest(),
    }


def published_string(cell):
    """NATS-Bench's rule, with skip and none collapsed."""
    nodes = ["0"]
    for target in (1, 2, 3):
        terms = []
        for (s, t), op in zip(EDGES, cell):
            if t == target:
                dead = op == NONE or nodes[s] == "#"
                terms.append("#" if dead else nodes[s] if op == SKIP else f"({nodes[s]})@{OPS[op]}")
        nodes.append("+".join(sorted(terms)))
    return nodes[3]


def split(labels, others):
    """How many connected classes of one relation hold cells of several classes of the other."""
    seen = defaultdict(set)
    for label, other, cell in zip(labels, others, CELLS):
        if connected(cell):
            seen[label].add(other)
    return sum(len(found) > 1 for found in seen.values())


CELLS = list(itertools.product(range(5), repeat=6))


def main():
    function, expression = classes_by_isomorphism(map(module_graph, CELLS)), classes_by_value()
    published = [published_string(cell) for cell in CELLS]
    sample = random.Random(2).sample(range(len(CELLS)), 40)
    json.dump(
        {
            "producer": f"gen_functions.py; CPython {sys.version.split()[0]}, networkx {nx.__version__}",
            "note": "labels count from 0 in order of first appearance by cell_index; digest: SHA-256 of all, joined by commas",
            "same_function": summary(function),
            "same_expression": summary(expression),
            "published_rule": {
                "functions_split": split(function, published),
                "expressions_split": split(expression, published),
                "strings_of_several_functions": split(published, function),
            },
            "sample": [
                {"cell_index": i, "tuple": CELLS[i], "function": function[i], "expression": expression[i]}
                for i in sorted(sample)
            ],
        },
        sys.stdout,
        indent=1,
    )
    print()


if __name__ == "__main__":
    main()

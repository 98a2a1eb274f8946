"""Reference values for tests/analyse, computed with numpy and SciPy from the published wheel.

Shares no code with the workspace: reads the pickle itself, has its own isomorphism rule, its own
connectivity, its own functions and expressions (../../space/gen_functions.py: networkx, modular arithmetic),
and takes ranks, correlations and medians from SciPy and numpy.

    pip download analog-nasbench==0.1.3 --no-deps && unzip analog_nasbench-0.1.3-py3-none-any.whl
    python gen_analysis.py analognasbench/data.anb ../analysis.json

numpy 2.4.6, scipy 1.17.1, CPython 3.11.
"""

import io
import itertools
import json
import pickle
import sys
from fractions import Fraction
from math import comb
from pathlib import Path

import numpy as np
import scipy
from scipy import stats

sys.path.append(str(Path(__file__).parents[2] / "space"))
import gen_functions

OPS = ["skip_connect", "none", "nor_conv_3x3", "nor_conv_1x1", "avg_pool_3x3"]
EDGES = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
TIMES = {"60s": 60, "1h": 3600, "1d": 86400, "30d": 2592000}
METRICS = ["baseline", "ptq", "qat", "noisy", "hwt"]
METRICS += [f"noisy@{t}" for t in TIMES] + [f"hwt@{t}" for t in TIMES]


class Record:
    def __setstate__(self, state):
        self.__dict__.update(state)


class Reader(pickle.Unpickler):
    def find_class(self, module, name):
        if module.split(".")[0] in ("analognasbench", "__main__", "data"):
            return Record
        return super().find_class(module, name)


def read(path):
    with open(path, "rb") as f:
        table = Reader(io.BytesIO(f.read())).load()
    y = {m: np.full(5**6, np.nan) for m in METRICS}
    sd = {m: np.full(5**6, np.nan) for m in METRICS if "@" in m}
    for cell, record in table.items():
        i = 0
        for op in cell:
            i = i * 5 + op
        r = record.__dict__
        y["baseline"][i] = r["baseline_accuracy"]
        y["ptq"][i] = r["ptq_accuracy"]
        y["qat"][i] = r["qat_accuracy"]
        y["noisy"][i] = r["noisy_accuracy"]
        y["hwt"][i] = r["analog_accuracy"]
        for label, t in TIMES.items():
            for ours, theirs in (("noisy", "baseline"), ("hwt", "analog")):
                m = r[f"{theirs}_drift_{t}"].__dict__
                y[f"{ours}@{label}"][i] = m["value"]
                sd[f"{ours}@{label}"][i] = m["uncertainty"]
    return y, sd


def class_string(cell):
    nodes = ["0"]
    for target in (1, 2, 3):
        terms = []
        for (s, t), op in zip(EDGES, cell):
            if t != target:
                continue
            if op == 1 or nodes[s] == "#":
                terms.append("#")
            elif op == 0:
                terms.append(nodes[s])
            else:
                terms.append(f"({nodes[s]})@{OPS[op]}")
        nodes.append("+".join(sorted(terms)))
    return nodes[3]


def connected(cell):
    live = {0}
    for (s, t), op in sorted(zip(EDGES, cell)):
        if s in live and op != 1:
            live.add(t)
    return 3 in live


def expected_best(values, n):
    """E[max of n drawn without replacement], exact weights."""
    v = np.sort(values)
    total = comb(len(v), n)
    return float(sum(Fraction(comb(k, n - 1), total) * Fraction(float(v[k])) for k in range(n - 1, len(v))))


def anova(y):
    """Shares of the variance of a complete 5^6 factorial, orders 1 and 2."""
    f = y.reshape((5,) * 6)
    grand, var = f.mean(), f.var()
    means = {}
    for size in (1, 2):
        for keep in itertools.combinations(range(6), size):
            drop = tuple(a for a in range(6) if a not in keep)
            means[keep] = f.mean(axis=drop, keepdims=True) - grand
    out = {}
    for keep, m in means.items():
        if len(keep) == 1:
            out[f"edge{keep[0]}"] = float((m**2).mean() / var)
        else:
            a, b = keep
            pure = m - means[(a,)] - means[(b,)]
            out[f"pair{a}{b}"] = float((pure**2).mean() / var)
    return out


def clustered_variance(d, *cluster):
    """Variance of a mean, clustered by the cells of a table of labels (Liang & Zeger 1986), times G / (G - 1)."""
    _, number = np.unique(np.stack(cluster), axis=1, return_inverse=True)
    sums = np.bincount(number.ravel(), weights=d - d.mean())
    return (sums**2).sum() * len(sums) / (len(sums) - 1) / len(d) ** 2


def matched_se(d, a, b):
    """The largest of both one-way errors and the two-way one (Cameron, Gelbach & Miller 2011)."""
    one, other, both = clustered_variance(d, a), clustered_variance(d, b), clustered_variance(d, a, b)
    return float(np.sqrt(max(one, other, one + other - both)))


def pooled_sd(v, groups):
    ss = sum(((v[k] - v[k].mean()) ** 2).sum() for k in groups)
    return float(np.sqrt(ss / sum(len(k) - 1 for k in groups)))


def contradiction_counts(y, sd, live, classes):
    """Rules as worded in src/analyse/contradiction.ts."""
    n = dict.fromkeys(
        ["untimed_below_60s", "rises_with_time", "above_baseline", "hwt_below_noisy", "copy_collapsed",
         "disconnected_not_at_chance", "unrounded"], 0)
    labels = list(TIMES)
    for c in ("noisy", "hwt"):
        d = y[f"{c}@60s"] - y[c]
        n["untimed_below_60s"] += int(((d > 1) & (d > 3 * sd[f"{c}@60s"])).sum())
        for a, b in zip(labels, labels[1:]):
            d = y[f"{c}@{b}"] - y[f"{c}@{a}"]
            se = np.sqrt(sd[f"{c}@{a}"] ** 2 / 25 + sd[f"{c}@{b}"] ** 2 / 25)
            n["rises_with_time"] += int(((d > 1) & (d > 3 * se)).sum())
        for m in [c] + [f"{c}@{t}" for t in labels]:
            n["above_baseline"] += int((y[m] - y["baseline"] > 1).sum())
            if "@" in m:
                n["unrounded"] += int((abs(y[m] - np.round(y[m], 2)) > 1e-6).sum())
    for t in [""] + ["@" + t for t in labels]:
        n["hwt_below_noisy"] += int((y["noisy" + t] - y["hwt" + t] > 5).sum())
    for m in ("baseline", "ptq", "qat", "hwt"):
        best = np.full(classes.max() + 1, -np.inf)
        np.maximum.at(best, classes, y[m])
        n["copy_collapsed"] += int(((best[classes] - y[m] > 20) & live).sum())
    for m in METRICS:
        n["disconnected_not_at_chance"] += int((abs(y[m][~live] - 10) > 1).sum())
    return {f"contradictions.{rule}": count for rule, count in n.items()}


def tau_bootstrap_se(a, b, classes, rng):
    """SD of SciPy's tau-b over 300 resamples of whole classes."""
    members = [np.flatnonzero(classes == k) for k in range(classes.max() + 1)]
    taus = []
    for _ in range(300):
        drawn = np.concatenate([members[k] for k in rng.integers(len(members), size=len(members))])
        taus.append(stats.kendalltau(a[drawn], b[drawn]).statistic)
    return float(np.std(taus, ddof=1))


PATHS = [(2,), (0, 4), (1, 5), (0, 3, 5)]


def shape(cell):
    """Width (widest of the three cuts), largest out-degree, largest in-degree, of edges on a path."""
    on_path = {e for path in PATHS if all(cell[k] != 1 for k in path) for e in path}
    width = max(sum(EDGES[e][0] <= cut < EDGES[e][1] for e in on_path) for cut in (0, 1, 2))
    out_degree = max(sum(EDGES[e][0] == node for e in on_path) for node in range(4))
    in_degree = max(sum(EDGES[e][1] == node for e in on_path) for node in range(4))
    return width, out_degree, in_degree


def cohen_d(a, b):
    pooled = ((len(a) - 1) * a.var(ddof=1) + (len(b) - 1) * b.var(ddof=1)) / (len(a) + len(b) - 2)
    return float((a.mean() - b.mean()) / np.sqrt(pooled))


def claim_effects(y, live, arr):
    """Point estimates of the criteria in src/analyse/claims/."""
    out = {}
    base, noisy, later = y["baseline"], y["noisy"], y["hwt@1d"]

    def tau(a, b, where):
        return float(stats.kendalltau(y[a][where], y[b][where]).statistic)

    def put(claim, **effects):
        out.update({f"claims.{claim}.{k.lstrip('_')}": float(v) for k, v in effects.items()})

    for q in ("ptq", "qat"):
        put("quantization_misses_noise", **{
            f"{q}_fall": (base - y[q])[live].mean() / (base - noisy)[live].mean(),
            f"{q}_tau": tau(q, "noisy", live),
            f"{q}_added": tau(q, "noisy", live) - tau("baseline", "noisy", live),
        })
    for label, t in (("untimed", ""), ("1d", "@1d"), ("30d", "@30d")):
        n, h = y["noisy" + t][live], y["hwt" + t][live]
        put("hwt_closes_gap", **{f"mean_{label}": (h - n).mean() / (base[live] - n).mean()})
    gap = live & (base - noisy > 5)
    put("hwt_closes_gap", cells=((y["hwt"] - noisy) > 0.5 * (base - noisy))[gap].mean())

    good = np.flatnonzero(live & (base > 90))
    tenth = len(good) // 10
    by_drop = good[np.argsort((base - later)[good], kind="stable")]
    by_level = good[np.argsort(-later[good], kind="stable")]
    shapes = np.array([shape(c) for c in arr])
    for k, name in enumerate(("width", "max_out_degree", "max_in_degree")):
        f = shapes[:, k].astype(float)
        put("robust_wider_branched", **{
            f"{name}_kept": cohen_d(f[by_drop[:tenth]], f[by_drop[-tenth:]]),
            f"{name}_reached": cohen_d(f[by_level[:tenth]], f[by_level[tenth:]]),
        })

    def swap(v, a, b, live=live):
        d = []
        for edge in range(6):
            i = np.flatnonzero(arr[:, edge] == a)
            j = i + (b - a) * 5 ** (5 - edge)
            both = live[i] & live[j]
            d.append((v[i] - v[j])[both])
        return np.concatenate(d).mean()

    for name, op in (("3x3", 2), ("skip", 0)):
        for other, b in (("1x1", 3), ("pool", 4)):
            put("3x3_and_skip_help", **{
                f"_{name}_{other}_accuracy": swap(later, op, b),
                f"_{name}_{other}_loss": swap(base - later, op, b),
            })
    learned = live & (base > 80)
    heavy = (arr == 3).sum(axis=1) >= 3
    fallen = noisy < 20
    rate = fallen[learned & heavy].mean()
    put("1x1_heavy_collapse", rate=rate, excess=rate - fallen[learned & ~heavy].mean(),
        swap=swap(noisy, 3, 2))
    for c in ("hwt", "noisy"):
        drop = y[f"{c}@60s"] - y[f"{c}@30d"]
        start = y[f"{c}@60s"]
        can_lose = live & (start > 20)
        lost = np.divide(drop, start - 10, where=can_lose, out=np.zeros_like(drop))
        for other, b in (("3x3", 2), ("1x1", 3), ("pool", 4)):
            put("skips_slow_drift", **{f"{c}_{other}": swap(drop, 0, b)})
            out[f"drift_start.{c}.skip_minus.{OPS[b]}"] = float(swap(start, 0, b))
            out[f"drift_lost_share.{c}.skip_minus.{OPS[b]}"] = float(swap(lost, 0, b, can_lose))
    top = [np.argsort(-v, kind="stable")[:100] for v in (later, base)]
    counts = [[(arr[t] == op).sum(axis=1).mean() for t in top] for op in (2, 0)]
    put("robust_differ_from_digital", top_100=len(set(top[0]) & set(top[1])),
        tau_above_90=tau("baseline", "hwt@1d", good),
        _3x3_count=counts[0][0] - counts[0][1], skip_count=counts[1][0] - counts[1][1])
    return out


def main(source, target):
    y, sd = read(source)
    cells = list(itertools.product(range(5), repeat=6))
    text = [class_string(c) for c in cells]
    number = {s: i for i, s in enumerate(dict.fromkeys(text))}
    classes = np.array([number[s] for s in text])
    live = np.array([connected(c) for c in cells])
    functions = np.array(gen_functions.classes_by_isomorphism(map(gen_functions.module_graph, gen_functions.CELLS)))
    expressions = np.array(gen_functions.classes_by_value())
    assert not any(np.isnan(v).any() for v in y.values())
    y_all = dict(y)
    y_all["drift_drop.hwt"] = y["hwt@60s"] - y["hwt@30d"]
    y_all["drift_drop.noisy"] = y["noisy@60s"] - y["noisy@30d"]
    out = {}
    out["table.disconnected"] = int((~live).sum())
    out["table.isomorphism_classes"] = len(number)
    for m in METRICS:
        out[f"mean.{m}"] = float(y[m][live].mean())
        out[f"median.{m}"] = float(np.median(y[m][live]))
        out[f"best.{m}"] = float(y[m].max())
        out[f"best.{m}.cell"] = "(" + ",".join(map(str, cells[int(y[m].argmax())])) + ")"
    gap = (y["baseline"] - y["hwt"])[live]
    out["hwt_gap.mean"], out["hwt_gap.median"] = float(gap.mean()), float(np.median(gap))
    for c in ("hwt", "noisy"):
        d = y_all[f"drift_drop.{c}"][live]
        out[f"drift_drop.{c}.mean"], out[f"drift_drop.{c}.median"] = float(d.mean()), float(np.median(d))
    def repeated_of(labels):
        members = [np.flatnonzero((labels == k) & live) for k in range(labels.max() + 1)]
        return [m for m in members if len(m) >= 2]

    repeated, by_rule = repeated_of(functions), repeated_of(classes)
    out["functions_repeated"], out["classes_repeated"] = len(repeated), len(by_rule)
    rng = np.random.default_rng(1)
    for m in METRICS:
        out[f"noise_floor.{m}"] = pooled_sd(y[m], repeated)
        out[f"noise_floor.nats_bench.{m}"] = pooled_sd(y[m], by_rule)
        taus = []
        for _ in range(40):
            pairs = np.array([rng.choice(k, 2, replace=False) for k in repeated])
            taus.append(stats.kendalltau(y[m][pairs[:, 0]], y[m][pairs[:, 1]]).statistic)
        out[f"retest_tau.{m}"] = float(np.mean(taus))
    for a, b in itertools.combinations(METRICS, 2):
        best = [np.argsort(-y[m], kind="stable") for m in (a, b)]
        for k in (10, 50, 100, 500, 1000):
            out[f"overlap.{a}~{b}.{k}"] = len(set(best[0][:k]) & set(best[1][:k]))
        out[f"kendall.{a}~{b}"] = float(stats.kendalltau(y[a], y[b]).statistic)
        out[f"spearman.{a}~{b}"] = float(stats.spearmanr(y[a], y[b]).statistic)
    rng = np.random.default_rng(2)
    for a, b in (("baseline", "hwt@1d"), ("noisy", "noisy@30d"), ("qat", "noisy")):
        out[f"kendall_se.{a}~{b}"] = tau_bootstrap_se(y[a], y[b], expressions, rng)
    good = y["baseline"] > 90
    out["above_90"] = int(good.sum())
    for m in METRICS:
        out[f"kendall_above_90.{m}"] = float(stats.kendalltau(y[m][good], y["hwt@1d"][good]).statistic)
        for k in (10, 50, 100, 500, 1000):
            top = set(np.argsort(-y[m], kind="stable")[:k])
            reference = set(np.argsort(-y["hwt@1d"], kind="stable")[:k])
            out[f"topk.{m}.{k}"] = len(top & reference)
    arr = np.array(cells)
    swap_keys = []
    for outcome in ("drift_drop.hwt", "drift_drop.noisy", "hwt@30d"):
        v = y_all[outcome]
        for edge in range(6):
            with_skip = np.flatnonzero(arr[:, edge] == 0)
            for op in (1, 2, 3, 4):
                other = with_skip + op * 5 ** (5 - edge)
                both = live[with_skip] & live[other]
                d = v[with_skip[both]] - v[other[both]]
                key = f"matched.{outcome}.skip_minus.{OPS[op]}.edge{edge}"
                out[key], out[key + ".n"] = float(d.mean()), int(both.sum())
                out[key + ".se"] = matched_se(d, expressions[with_skip[both]], expressions[other[both]])
                evidence = min(len(set(expressions[k[both]])) for k in (with_skip, other))
                out[key + ".half"] = float(stats.t.ppf(0.975, evidence - 1) * out[key + ".se"])
                out[key + ".p"] = float(2 * stats.norm.sf(abs(d.mean()) / out[key + ".se"]))
                swap_keys.append(key)
    for outcome, op, instead in (("drift_drop.hwt", 0, 2), ("hwt@1d", 2, 3)):
        here = [(i, i + (instead - op) * 5 ** (5 - e)) for e in range(6) for i in np.flatnonzero(arr[:, e] == op)]
        i, j = np.array([(a, b) for a, b in here if live[a] and live[b]]).T
        d, sides = y_all[outcome][i] - y_all[outcome][j], (expressions[i], expressions[j])
        evidence = min(len(set(s)) for s in sides)
        half = stats.t.ppf(0.975, evidence - 1) * matched_se(d, *sides)
        out[f"average_swap.{outcome}.{op}.{instead}.half"] = float(half)
    p = np.array([out[key + ".p"] for key in swap_keys])
    order = np.argsort(p)
    stepped = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    for key, value in zip(np.array(swap_keys)[order], np.minimum(1, stepped)):
        out[key + ".p_holm"] = float(value)
    for m in ("baseline", "noisy", "hwt", "hwt@30d", "drift_drop.hwt"):
        for k, share in anova(y_all[m]).items():
            out[f"anova.{m}.{k}"] = share
    for n in (10, 50, 100, 200, 500):
        out[f"random_search.hwt@1d.{n}"] = expected_best(y["hwt@1d"], n)
    for m in sd:
        out[f"published_sd.{m}.mean"] = float(sd[m][live].mean())
        out[f"published_sd.{m}.median"] = float(np.median(sd[m][live]))
    out.update(contradiction_counts(y, sd, live, functions))
    out.update(claim_effects(y, live, arr))
    timed = [np.concatenate([d[m] for m in sd]) for d in (y, sd)]
    out["kendall_accuracy_sd"] = float(stats.kendalltau(*timed).statistic)
    out["spearman_accuracy_sd"] = float(stats.spearmanr(*timed).statistic)
    competent = live & (y["baseline"] > 90)
    drop = (y["baseline"] - y["hwt@1d"])[competent]
    order = np.argsort(drop, kind="stable")
    size = len(order) // 10
    out["robust.size"] = size
    for group, chosen in (("robust", order[:size]), ("fragile", order[-size:])):
        members = arr[competent][chosen]
        for edge in range(6):
            for op in range(5):
                out[f"robust.{group}.edge{edge}.{OPS[op]}"] = int((members[:, edge] == op).sum())
    producer = f"gen_analysis.py; numpy {np.__version__}, scipy {scipy.__version__}; analog-nasbench 0.1.3"
    with open(target, "w") as f:
        json.dump({"producer": producer, "values": out}, f, indent=1)
        f.write("\n")


main(*sys.argv[1:])

"""Reference values for tests/stats: intervals, errors and p-values of small samples.

usage: gen_stats.py > stats.json      (CPython 3.11, numpy 2.4.6, SciPy 1.17.1)

Clustered errors are sums over all pairs of observations that share a cluster, written as the double loop of
their definition; quantiles and tests are SciPy's.
"""
import json, sys

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(5)
N = 60
a, b = rng.integers(12, size=N), rng.integers(9, size=N)
value = 3 + rng.standard_normal(12)[a] + rng.standard_normal(9)[b] + rng.standard_normal(N)
weight = 5 + rng.standard_normal(9)[b] + rng.standard_normal(N)


def variance(influence, *labels):
    """Of the mean of `influence`: products of all pairs alike in every label, times G / (G - 1)."""
    total = 0.0
    for i in range(N):
        for j in range(N):
            if all(l[i] == l[j] for l in labels):
                total += influence[i] * influence[j]
    groups = len(set(zip(*labels)))
    return total / N**2 * groups / (groups - 1)


def interval(estimate, error, evidence):
    low, high = stats.t.interval(0.95, evidence - 1, loc=estimate, scale=error)
    return {"estimate": float(estimate), "low": float(low), "high": float(high)}


def by_t(estimate, influence, labels):
    return interval(estimate, np.sqrt(variance(influence, labels)), len(set(labels)))


centred = value - value.mean()
one, other, both = variance(centred, a), variance(centred, b), variance(centred, a, b)
ratio = value.mean() / weight.mean()
groups = a < 6
x, y = value[groups], value[~groups]
pooled = ((len(x) - 1) * x.var(ddof=1) + (len(y) - 1) * y.var(ddof=1)) / (N - 2)
# Cohen's d moved by one more observation, by numerical derivative of its definition in the weights
def cohen(w):
    wx, wy = w[groups], w[~groups]
    mx, my = (wx * x).sum() / wx.sum(), (wy * y).sum() / wy.sum()
    ss = (wx * (x - mx) ** 2).sum() + (wy * (y - my) ** 2).sum()
    return (mx - my) / np.sqrt(ss / (w.sum() - 2))


h = 1e-5
eye = np.eye(N)
influence_d = np.array([(cohen(1 + h * eye[i]) - cohen(1 - h * eye[i])) / (2 * h) * N for i in range(N)])
influence_d -= influence_d.mean()
group_difference = np.where(groups, (value - x.mean()) * N / len(x), -(value - y.mean()) * N / len(y))
p = [0.01, 0.04, 0.03, 0.005]
order = np.argsort(p)
holm = np.empty(4)
holm[order] = np.minimum(1, np.maximum.accumulate(np.array(p)[order] * np.arange(4, 0, -1)))
first, second = value[:30], value[30:] + 0.4

json.dump(
    {
        "producer": f"gen_stats.py; numpy {np.__version__}, scipy {scipy.__version__}",
        "value": value.tolist(), "weight": weight.tolist(), "a": a.tolist(), "b": b.tolist(),
        "student": interval(value.mean(), stats.sem(value), N),
        "mean_by_a": by_t(value.mean(), centred, a),
        "mean_by_b": by_t(value.mean(), centred, b),
        "errors": {"a": float(np.sqrt(one)), "b": float(np.sqrt(other)), "two_way": float(np.sqrt(one + other - both))},
        "ratio_by_a": by_t(ratio, (value - ratio * weight) / weight.mean(), a),
        "cohen_d_by_a": by_t(cohen(np.ones(N)), influence_d, a),
        "cohen_d": float((x.mean() - y.mean()) / np.sqrt(pooled)),
        "difference_by_b": by_t(x.mean() - y.mean(), group_difference, b),
        "tau": float(stats.kendalltau(value, weight).statistic),
        "holm": {"p": p, "adjusted": holm.tolist()},
        "wilcoxon_p": float(stats.wilcoxon(first, second, method="exact").pvalue),
        "paired_difference": float((first - second).mean()),
        "paired_error": float(stats.sem(first - second)),
    },
    sys.stdout,
    indent=1,
)
print()

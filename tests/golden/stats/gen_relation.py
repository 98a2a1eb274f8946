"""Values of SciPy 1.17.1 for linear fits and partial rank correlations: python gen_relation.py > relation.json

The partial correlation is made another way than in src/stats/relation.ts: ranks are freed of the controls by
numpy's least squares, and what is left is correlated.
"""

import json

import numpy as np
from scipy import stats

rng = np.random.default_rng(20260101)
n = 40
a, b = rng.normal(size=n), np.round(rng.normal(size=n), 1)
x = a + 0.5 * b + rng.normal(size=n)
y = np.round(0.7 * a - 0.4 * b + 0.8 * rng.normal(size=n), 1)


def fit(x, y):
    r = stats.linregress(x, y)
    t = stats.t.ppf(0.975, len(x) - 2)
    residual = y - r.intercept - r.slope * x
    return {
        "slope": [r.slope, r.slope - t * r.stderr, r.slope + t * r.stderr],
        "intercept": [r.intercept, r.intercept - t * r.intercept_stderr, r.intercept + t * r.intercept_stderr],
        "p": r.pvalue,
        "r2": r.rvalue**2,
        "residual_sd": float(np.sqrt(np.sum(residual**2) / (len(x) - 2))),
    }


def partial(x, y, controls):
    ranks = [stats.rankdata(v) for v in (x, y, *controls)]
    design = np.column_stack([np.ones(len(x)), *ranks[2:]])
    left = [r - design @ np.linalg.lstsq(design, r, rcond=None)[0] for r in ranks[:2]]
    rho = float(np.corrcoef(*left)[0, 1])
    freedom = len(x) - 2 - len(controls)
    half = stats.norm.ppf(0.975) * np.sqrt(1.06 / (freedom - 1))
    t = rho * np.sqrt(freedom / (1 - rho**2))
    return {
        "estimate": rho,
        "low": float(np.tanh(np.arctanh(rho) - half)),
        "high": float(np.tanh(np.arctanh(rho) + half)),
        "p": float(2 * stats.t.sf(abs(t), freedom)),
    }


print(json.dumps({
    "producer": "tests/golden/stats/gen_relation.py, SciPy 1.17.1",
    "x": x.tolist(),
    "y": y.tolist(),
    "controls": [a.tolist(), b.tolist()],
    "fit": fit(x, y),
    "partial": [partial(x, y, []), partial(x, y, [a]), partial(x, y, [a, b])],
}, indent=1))

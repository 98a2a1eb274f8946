"""Reference values for tests/stats/random_effects_test.ts and estimate_test.ts.

usage: gen_random_effects.py > random_effects.json     (CPython 3.11, statsmodels 0.15.0, SciPy 1.17.1)

Effects: log relative risks of the thirteen BCG trials (Colditz et al. 1994, JAMA 271:698, table 1), whose Q of
152.2330 and I2 of 92.12 % metafor's manual gives too (dat.bcg, method DL). Summaries: statsmodels
`combine_effects` with its iterated (Paule-Mandel) estimator and the error of Hartung and Knapp; prediction
intervals by the formula of Higgins et al. 2009 with SciPy's quantiles. Tests of a mean: SciPy `ttest_1samp` and
statsmodels `DescrStatsW.ttost_mean`.
"""
import json, sys

import numpy as np
import scipy, statsmodels
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects, effectsize_2proportions
from statsmodels.stats.weightstats import DescrStatsW

TRIALS = np.array([
    [4, 119, 11, 128], [6, 300, 29, 274], [3, 228, 11, 209], [62, 13536, 248, 12619], [33, 5036, 47, 5761],
    [180, 1361, 372, 1079], [8, 2537, 10, 619], [505, 87886, 499, 87892], [29, 7470, 45, 7232],
    [17, 1699, 65, 1600], [186, 50448, 141, 27197], [5, 2493, 3, 2338], [27, 16886, 29, 17825]])
a, b, c, d = TRIALS.T
bcg, var = effectsize_2proportions(a, a + b, c, c + d, statistic="rr")


def summary(effects, variances):
    effects, variances = np.array(effects, float), np.array(variances, float)
    k = len(effects)
    res = combine_effects(effects, variances, method_re="iterated", use_t=True, atol=1e-14)
    half = stats.t.ppf(0.975, k - 1) * res.sd_eff_w_re_hksj
    spread = stats.t.ppf(0.975, k - 2) * np.sqrt(res.tau2 + res.sd_eff_w_re_hksj**2)
    centre = res.mean_effect_re
    return dict(effects=effects.tolist(), errors=np.sqrt(variances).tolist(), mean=centre, tau=np.sqrt(res.tau2),
                low=centre - half, high=centre + half, q=res.q, i2=max(0.0, res.i2),
                prediction_low=centre - spread, prediction_high=centre + spread,
                knapp_factor=res.scale_hksj_re)


def of_one_place(effects, variances):
    """Mean with the error of the weights 1 / (variance + tau2), without the factor of Hartung and Knapp."""
    res = combine_effects(np.array(effects), np.array(variances), method_re="iterated", atol=1e-14)
    return dict(effects=list(effects), errors=list(np.sqrt(variances)), mean=res.mean_effect_re,
                error=res.sd_eff_w_re, tau=np.sqrt(res.tau2))


def nested(effects, variances, size):
    """The first `size` effects are of one place, which counts once among the others."""
    place = of_one_place(effects[:size], variances[:size])
    return dict(size=size, **summary([place["mean"], *effects[size:]], [place["error"]**2, *variances[size:]]))


rng = np.random.default_rng(20)
sample = rng.normal(0.4, 1, 14)
described = DescrStatsW(sample)
out = dict(
    versions=dict(python=sys.version.split()[0], numpy=np.__version__, scipy=scipy.__version__,
                  statsmodels=statsmodels.__version__),
    bcg=summary(bcg, var),
    first_three=summary(bcg[:3], var[:3]),
    two_apart=of_one_place(bcg[[3, 4]], var[[3, 4]]),
    two_alike=of_one_place(bcg[[1, 2]], var[[1, 2]]),
    nested=nested(bcg[3:8], var[3:8], 2),
    sample=sample.tolist(),
    p_zero=stats.ttest_1samp(sample, 0).pvalue,
    p_one=stats.ttest_1samp(sample, 1).pvalue,
    p_outside_one=described.ttost_mean(-1, 1)[0],
    p_outside_02_around_half=described.ttost_mean(0.3, 0.7)[0],
)
print(json.dumps(out, indent=1))

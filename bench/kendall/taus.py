"""SciPy: all 78 taus. argv: file of 13 x 15625 float64, repetitions. Prints seconds of each, then taus."""
import itertools
import json
import sys
import time

import numpy as np
from scipy.stats import kendalltau

columns = np.fromfile(sys.argv[1]).reshape(13, -1)
seconds = []
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    taus = [kendalltau(columns[i], columns[j]).statistic for i, j in itertools.combinations(range(13), 2)]
    seconds.append(time.perf_counter() - start)
print(json.dumps({"seconds": seconds, "taus": [float(t) for t in taus]}))

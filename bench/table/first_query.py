"""The published package: load, first query. Prints seconds since the interpreter was ready."""
import time

start = time.perf_counter()
from analognasbench import AnalogNASBench

answer = AnalogNASBench().query_metric((2, 2, 0, 4, 2, 1), "analog_drift_86400")
print(time.perf_counter() - start, answer.value)

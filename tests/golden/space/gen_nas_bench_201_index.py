"""NAS-Bench-201's own index of every cell, by Python's random itself.

usage: gen_nas_bench_201_index.py > nas_bench_201_index.json

Rule and the three asserted cells: exps/NAS-Bench-201/main.py of xautodl (generate_meta_info).
"""
import hashlib, itertools, json, random, struct, sys

THEIRS = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"]
OURS = ["skip_connect", "none", "nor_conv_3x3", "nor_conv_1x1", "avg_pool_3x3"]
ASSERTED = {
    0: "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|",
    9: "|avg_pool_3x3~0|+|none~0|none~1|+|skip_connect~0|none~1|nor_conv_3x3~2|",
    123: "|avg_pool_3x3~0|+|avg_pool_3x3~0|nor_conv_1x1~1|+|none~0|avg_pool_3x3~1|nor_conv_3x3~2|",
}
cells = list(itertools.product(THEIRS, repeat=6))
random.seed(88)
random.shuffle(cells)
for index, text in ASSERTED.items():
    assert "|%s~0|+|%s~0|%s~1|+|%s~0|%s~1|%s~2|" % cells[index] == text

index_of = [0] * 5**6
for index, (a, b, c, d, e, f) in enumerate(cells):  # the published tuple is a b d c e f
    number = 0
    for operation in (a, b, d, c, e, f):
        number = number * 5 + OURS.index(operation)
    index_of[number] = index
json.dump(
    {
        "producer": f"tests/golden/space/gen_nas_bench_201_index.py, Python {sys.version.split()[0]}",
        "note": "digest: SHA-256 over the index of every cell by cell_index, 15,625 little-endian uint16",
        "digest": hashlib.sha256(struct.pack(f"<{5**6}H", *index_of)).hexdigest(),
        "asserted": [{"index": i, "arch_str": text} for i, text in ASSERTED.items()],
    },
    sys.stdout, indent=1,
)
print()

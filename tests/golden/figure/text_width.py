"""Advance widths of whole strings, read from the font files by fontTools.

Run with fonttools 4.60.1:
  python text_width.py ../../../node_modules/@expo-google-fonts/source-sans-3 > text_width.json
"""
import json
import sys
from fontTools.ttLib import TTFont

TEXTS = [
    "Accuracy (%)",
    "Kendall τ-b",
    "Baseline − HWT, 1 day (pp)",
    "15,284 connected cells. Dot: mean; bar: quartiles.",
    "(2,2,0,4,2,1)",
    "0→3",
    "3×3",
]

widths = {}
for style in ["400Regular", "600SemiBold"]:
    font = TTFont(f"{sys.argv[1]}/{style}/SourceSans3_{style}.ttf")
    names, metrics = font.getBestCmap(), font["hmtx"]
    em = font["head"].unitsPerEm
    widths[style] = {t: sum(metrics[names[ord(c)]][0] for c in t) / em for t in TEXTS}
print(json.dumps({"producer": "tests/golden/figure/text_width.py, fonttools 4.60.1", **widths}, ensure_ascii=False, indent=1))

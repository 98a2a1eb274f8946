"""Images as numpy and safetensors write them. usage: python gen_npy.py FOLDER (numpy 2, safetensors)

FOLDER/npy: a data folder, colours first, bytes; FOLDER/data.safetensors: the same images as float32 from 0 to 1,
colours last; FOLDER/fortran.npy, FOLDER/half.npy, FOLDER/signed.npy: arrays that are refused or converted;
FOLDER/images.json: what they hold, colours last.
"""
import json
import os
import sys

import numpy as np
from safetensors.numpy import save_file

folder = sys.argv[1]
os.makedirs(f"{folder}/npy", exist_ok=True)
random = np.random.default_rng(0)


def images(count):
    return random.integers(0, 256, (count, 5, 7, 3), dtype=np.uint8)


test, train = images(6), images(40)
labels = {"": np.arange(6) % 4, "train_": np.arange(40) % 4}
for prefix, pictures in {"": test, "train_": train}.items():
    np.save(f"{folder}/npy/{prefix}images.npy", np.ascontiguousarray(pictures.transpose(0, 3, 1, 2)))
    np.save(f"{folder}/npy/{prefix}labels.npy", labels[prefix])
save_file(
    {
        "test_images": (test / 255).astype(np.float32),
        "test_labels": labels[""].astype(np.int32),
        "train_images": (train / 255).astype(np.float32),
        "train_labels": labels["train_"].astype(np.uint8),
    },
    f"{folder}/data.safetensors",
)
np.save(f"{folder}/fortran.npy", np.asfortranarray(test))
np.save(f"{folder}/half.npy", (test / 255).astype(np.float16))
np.save(f"{folder}/signed.npy", test.astype(np.int16))
json.dump({"test": test.ravel().tolist(), "labels": labels[""].tolist()}, open(f"{folder}/images.json", "w"))

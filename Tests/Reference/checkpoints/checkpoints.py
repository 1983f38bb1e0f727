"""Small files of weights for ComputeTests/Checkpoints, in every form that PyTorch, NumPy and safetensors write.

Run: python checkpoints.py        (writes files beside itself; made with torch 2.15, numpy 2.4, safetensors 0.6)

Value i of the k-th tensor is sin(0.7 * i + 1.3 * k), variances have 2 added, so that tests need no list of numbers.
"""
import argparse
import collections
import os
import pickle

import numpy as np
import torch
from safetensors.torch import save_file

HERE = os.path.dirname(os.path.abspath(__file__))
SHAPES = [("conv.weight", (4, 2, 3, 3)), ("bn.weight", (4,)), ("bn.bias", (4,)), ("bn.running_mean", (4,)),
          ("bn.running_var", (4,)), ("fc.weight", (3, 4)), ("fc.bias", (3,))]


def state(dtype=torch.float32, prefix="", shift=0):
    weights = collections.OrderedDict()
    for k, (name, shape) in enumerate(SHAPES):
        values = np.sin(0.7 * np.arange(int(np.prod(shape))) + 1.3 * (k + shift)) + 2 * name.endswith("var")
        weights[prefix + name] = torch.tensor(values.reshape(shape), dtype=torch.float64).to(dtype)
        if name.endswith("running_var"):
            weights[prefix + "bn.num_batches_tracked"] = torch.tensor(7)
    return weights


def path(name):
    return os.path.join(HERE, name)


torch.save(state(), path("zip.pth"))
torch.save(state(), path("legacy.pth"), _use_new_zipfile_serialization=False)
torch.save(state(torch.float16), path("half.pth"))
torch.save(state(torch.bfloat16), path("bfloat16.pth"))
torch.save(state(torch.float64), path("double.pth"), _use_new_zipfile_serialization=False)

# Views: one storage for all tensors, and a transposed one.
flat = torch.cat([t.reshape(-1) for n, t in state().items() if "num" not in n])
views, start = {}, 0
for name, shape in SHAPES:
    size = int(np.prod(shape))
    views[name] = flat[start:start + size].reshape(shape)
    start += size
views["fc.weight"] = views["fc.weight"].t().contiguous().t()
torch.save(views, path("views.pth"))
torch.save(views, path("views_legacy.pth"), _use_new_zipfile_serialization=False)

# A training's checkpoint: nested, from several devices, with a moving average, an optimiser's state and settings.
torch.save({"epoch": 3, "args": argparse.Namespace(lr=0.1, name="x"), "state_dict": state(prefix="module."),
            "state_dict_ema": state(prefix="module.", shift=10),
            "optimizer": {"state": {0: {"momentum_buffer": torch.ones(2)}}, "param_groups": [{"lr": 0.1, "params": [0]}]}},
           path("training.pth"))
model = torch.nn.Sequential(torch.nn.Linear(2, 2))
torch.save({"model": {k: torch.nn.Parameter(v, requires_grad=False) for k, v in state().items()}}, path("parameters.pth"))


class Harmful:
    def __reduce__(self):
        return (os.system, ("touch /tmp/it-ran",))


with open(path("harmful.pth"), "wb") as file:
    file.write(pickle.dumps(0x1950A86A20F9469CFC6C, 2) + pickle.dumps(1001, 2) + pickle.dumps({}, 2)
               + pickle.dumps({"a": Harmful()}, 2) + pickle.dumps([], 2))

arrays = {n: t.numpy() for n, t in state().items()}
np.savez(path("plain.npz"), **arrays)
np.savez_compressed(path("packed.npz"), **{n: np.asfortranarray(a.astype(np.float64) if a.dtype == np.float32 else a)
                                           for n, a in arrays.items()})
floats = {n: t for n, t in state().items() if "num" not in n}
save_file(floats, path("float.safetensors"), metadata={"format": "pt"})
save_file({n: t.to(torch.bfloat16) for n, t in floats.items()}, path("bfloat16.safetensors"))
save_file({n: t.to(torch.float16) for n, t in floats.items()}, path("half.safetensors"))

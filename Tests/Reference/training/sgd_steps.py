"""Three steps of stochastic gradient descent with each option in PyTorch, for ComputeTests/Training/SGDReferenceTests.

Run: python sgd_steps.py > sgd_steps.json        (made with torch 2.x on the CPU, double precision)

A 3x3 convolution with a bias, ReLU, global mean and a linear classifier on four one-channel images of 5x5. The batch is
all the examples, so that their order cannot matter. Byte i of the images is (37 i + 11) mod 256 and becomes
(byte / 255 - 0.5) / 0.5; value i of the k-th parameter is scale * sin(0.7 i + 1.3 k). Weight decay acts on weights with
more than one dimension.
"""
import json
import math
import numpy as np
import torch
import torch.nn.functional as F

BATCH, STEPS = 4, 3
torch.set_default_dtype(torch.float64)
SHAPES = [
    ("conv.weight", (3, 1, 3, 3), 0.4), ("conv.bias", (3,), 0.2), ("fc.weight", (3, 3), 0.6), ("fc.bias", (3,), 0.2),
]

CASES = [  # the options of torch.optim.SGD, label smoothing, and a schedule by name
    {"name": "plain"},
    {"name": "momentum", "momentum": 0.9},
    {"name": "nesterov", "momentum": 0.9, "nesterov": True},
    {"name": "weight decay", "momentum": 0.9, "nesterov": True, "weight_decay": 0.05},
    {"name": "label smoothing", "label_smoothing": 0.1},
    {"name": "cosine", "momentum": 0.9, "schedule": "cosine"},
    {"name": "warm-up", "momentum": 0.9, "schedule": "cosine", "warmup": 2},
    {"name": "exponential", "schedule": "exponential"},
    {"name": "ema", "momentum": 0.9, "ema": 0.6},
    {"name": "all", "momentum": 0.8, "nesterov": True, "weight_decay": 0.02, "label_smoothing": 0.2,
     "schedule": "cosine", "warmup": 1, "ema": 0.5},
]
RATE, FACTOR = 0.3, 0.5


def images():
    bytes_ = (37 * np.arange(BATCH * 25) + 11) % 256
    return torch.tensor(((bytes_ / 255 - 0.5) / 0.5).reshape(BATCH, 1, 5, 5))


def parameters():
    return {name: torch.nn.Parameter(torch.tensor(
        (scale * np.sin(0.7 * np.arange(math.prod(shape)) + 1.3 * k)).reshape(shape)))
        for k, (name, shape, scale) in enumerate(SHAPES)}


def scheduler(optimizer, case):
    warmup = case.get("warmup", 0)
    after = {
        "cosine": lambda: torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=STEPS - warmup),
        "exponential": lambda: torch.optim.lr_scheduler.ExponentialLR(optimizer, FACTOR),  # an epoch is one step
        "constant": lambda: torch.optim.lr_scheduler.ConstantLR(optimizer, 1.0, 0),
    }[case.get("schedule", "constant")]
    if not warmup:
        return after()
    ramp = torch.optim.lr_scheduler.LinearLR(optimizer, 1 / warmup, 1.0, total_iters=max(1, warmup - 1)) \
        if warmup > 1 else torch.optim.lr_scheduler.ConstantLR(optimizer, 1.0, 0)
    return torch.optim.lr_scheduler.SequentialLR(optimizer, [ramp, after()], [warmup])


def run(case):
    w = parameters()
    decayed = [p for p in w.values() if p.dim() > 1]
    others = [p for p in w.values() if p.dim() == 1]
    optimizer = torch.optim.SGD(
        [{"params": decayed, "weight_decay": case.get("weight_decay", 0.0)}, {"params": others}],
        lr=RATE, momentum=case.get("momentum", 0.0), nesterov=case.get("nesterov", False))
    schedule = scheduler(optimizer, case)
    averages = {n: p.detach().clone() for n, p in w.items()}
    losses, rates = [], []
    x, labels = images(), torch.tensor([0, 1, 2, 1])
    for _ in range(STEPS):
        optimizer.zero_grad()
        y = F.relu(F.conv2d(x, w["conv.weight"], w["conv.bias"], padding=1)).mean((2, 3))
        loss = F.cross_entropy(F.linear(y, w["fc.weight"], w["fc.bias"]), labels,
                               label_smoothing=case.get("label_smoothing", 0.0))
        loss.backward()
        losses.append(loss.item())
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
        for n, p in w.items():  # torch.optim.swa_utils: get_ema_multi_avg_fn
            averages[n].lerp_(p.detach(), 1 - case.get("ema", 0.0))
    return {"losses": losses, "rates": rates,
            "weights": {n: [float(f"{v:.9g}") for v in t.reshape(-1).tolist()] for n, t in averages.items()}}


keys = {
    "momentum": 0.0, "nesterov": False, "weight_decay": 0.0, "label_smoothing": 0.0, "schedule": "constant", "warmup": 0,
}
logits = torch.tensor([[1.5, -0.5, 0.25], [3.0, 3.5, -2.0]], requires_grad=True)
loss = F.cross_entropy(logits, torch.tensor([2, 1]), label_smoothing=0.1)
loss.backward()
softmax = {"value": loss.item(), "gradient": logits.grad.reshape(-1).tolist()}
print(json.dumps({"rate": RATE, "factor": FACTOR, "softmax": softmax,
                  "cases": [{**keys, **case, **run(case)} for case in CASES]}, separators=(",", ":")))

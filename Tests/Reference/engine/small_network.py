"""Forward values and three Nesterov steps of a small network in PyTorch, for ComputeTests/Plan/ReferenceTests.

Run: python small_network.py > small_network.json        (made with torch 2.x on the CPU, double precision)

The network has channel counts that do not fill blocks of 8 or 16, strides, asymmetric padding, both poolings, a residual sum
with a shortcut, a concatenation, a depthwise convolution, a grouped one, ReLU and ReLU6. Weights and images follow a formula, so that only results are
stored: value i of the k-th tensor is scale * sin(0.7 * i + 1.3 * k) + offset.
"""
import json
import numpy as np
import torch
import torch.nn.functional as F

BATCH, STEPS, RATE, MOMENTUM, DECAY, BN = 4, 3, 0.05, 0.9, 1e-3, 0.9
torch.set_default_dtype(torch.float64)


def formula(shape, k, scale, offset=0.0):
    i = np.arange(int(np.prod(shape)))
    return torch.tensor((scale * np.sin(0.7 * i + 1.3 * k) + offset).reshape(shape))


SHAPES = [  # in the order of the graph's nodes; k is the position in this list
    ("stem.conv.weight", (8, 3, 3, 3)),
    ("stem.bn.weight", (8,)), ("stem.bn.bias", (8,)), ("stem.bn.mean", (8,)), ("stem.bn.variance", (8,)),
    ("block.conv1.weight", (20, 8, 3, 3)),
    ("block.bn1.weight", (20,)), ("block.bn1.bias", (20,)), ("block.bn1.mean", (20,)), ("block.bn1.variance", (20,)),
    ("block.conv2.weight", (20, 5, 3, 3)),
    ("block.bn2.bias", (20,)), ("block.bn2.mean", (20,)), ("block.bn2.variance", (20,)),
    ("block.short.weight", (20, 8, 1, 1)), ("block.short.bias", (20,)),
    ("mixed.left.weight", (12, 20, 1, 1)), ("mixed.left.bias", (12,)),
    ("dw.weight", (32, 1, 3, 3)),
    ("dwbn.weight", (32,)), ("dwbn.bias", (32,)), ("dwbn.mean", (32,)), ("dwbn.variance", (32,)),
    ("fc.weight", (5, 32)), ("fc.bias", (5,)),
]


def initial(name, shape, k):
    kind = name.rsplit(".", 1)[1]
    if kind == "variance":
        return formula(shape, k, 0.4, 1.0)
    if kind == "weight" and len(shape) == 1:
        return formula(shape, k, 0.3, 1.0)
    return formula(shape, k, {4: 0.35, 2: 0.5, 1: 0.2}[len(shape)])


def forward(x, w, training):
    def bn(x, name):
        gamma = w.get(name + ".weight")
        # PyTorch's momentum is the weight of the new value.
        return F.batch_norm(x, w[name + ".mean"], w[name + ".variance"], gamma, w[name + ".bias"], training, 1 - BN, 1e-5)

    x = F.relu(bn(F.conv2d(x, w["stem.conv.weight"], padding=1), "stem.bn"))
    x = F.max_pool2d(x, 3, 2, 1)
    y = F.relu(bn(F.conv2d(x, w["block.conv1.weight"], padding=1), "block.bn1"))
    y = bn(F.conv2d(y, w["block.conv2.weight"], padding=1, groups=4), "block.bn2")
    x = F.relu(y + F.conv2d(x, w["block.short.weight"], w["block.short.bias"]))
    left = F.relu(F.conv2d(x, w["mixed.left.weight"], w["mixed.left.bias"]))
    right = F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)
    x = torch.cat([left, right], 1)
    # TensorFlow's SAME for a stride of two on even sizes: one position at the end only.
    x = F.conv2d(F.pad(x, (0, 1, 0, 1) if x.shape[3] % 2 == 0 else (1, 1, 0, 1)), w["dw.weight"], stride=2, groups=32)
    x = F.relu6(bn(x, "dwbn"))
    features = x.mean((2, 3))
    return features, F.linear(features, w["fc.weight"], w["fc.bias"])


def listed(tensor):
    return [float(f"{v:.7g}") for v in tensor.detach().reshape(-1).tolist()]


weights = {name: initial(name, shape, k) for k, (name, shape) in enumerate(SHAPES)}
images = formula((BATCH, 3, 12, 10), 0.5, 1.0)
labels = torch.tensor([0, 3, 1, 4])
features, logits = forward(images, weights, training=False)
result = {"inference": {"features": listed(features), "logits": listed(logits)}, "steps": []}

trained = [n for n, _ in SHAPES if n.rsplit(".", 1)[1] in ("weight", "bias")]
velocity = {n: torch.zeros_like(weights[n]) for n in trained}
for step in range(STEPS):
    for n in trained:
        weights[n] = weights[n].detach().requires_grad_()
    _, logits = forward(images, weights, training=True)
    loss = F.cross_entropy(logits, labels)
    gradients = torch.autograd.grad(loss, [weights[n] for n in trained])
    record = {"loss": loss.item(), "logits": listed(logits)}
    if step == 0:
        record["gradients"] = {n: listed(g) for n, g in zip(trained, gradients)}
    result["steps"].append(record)
    with torch.no_grad():  # torch.optim.SGD(nesterov=True), decay on weights of convolutions and linear layers only
        for n, g in zip(trained, gradients):
            if weights[n].dim() > 1:
                g = g + DECAY * weights[n]
            velocity[n] = MOMENTUM * velocity[n] + g
            weights[n] = weights[n] - RATE * (g + MOMENTUM * velocity[n])
result["weights"] = {n: listed(weights[n]) for n, _ in SHAPES}
print(json.dumps(result, separators=(",", ":")))

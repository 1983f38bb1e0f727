"""Reference numbers for the declared networks, from timm, torchvision and pretrainedmodels, in double precision.

    python networks.py [name ...]      writes networks.json

Every parameter is filled by a formula of its own name in the library, so that names and architecture are tested together:
value i is s * u(crc32(name), i) + o with u a hash in [-1, 1), s and o by kind (see `fill`). Images likewise, from their names.
Inference: one image at native size. Training: a few images at a smaller size, one step of sum(weighting * logits), where the
weighting is u of "weighting" (an auxiliary head's logits likewise, times 0.4); running statistics after it, gradients of the
first, a middle and the last weight and scale.
"""

import copy
import json
import pathlib
import sys
import warnings
import zlib

import numpy as np
import torch

warnings.filterwarnings("ignore")


def uniform(name, count):
    """Murmur3's finaliser of index and name: equal bits everywhere."""
    with np.errstate(over="ignore"):
        x = np.arange(count, dtype=np.uint32) * np.uint32(2654435761) + np.uint32(zlib.crc32(name.encode()))
        x ^= x >> np.uint32(16)
        x *= np.uint32(0x85EBCA6B)
        x ^= x >> np.uint32(13)
        x *= np.uint32(0xC2B2AE35)
        x ^= x >> np.uint32(16)
    return x.astype(np.float64) / 2.0**31 - 1


def fits(name, patterns):
    """A pattern that begins with a dot is an ending, any other the whole name."""
    return any(name.endswith(p) if p.startswith(".") else name == p for p in patterns)


def fill(name, shape, formula, normalises):
    """He's deviation for wide weights; variances around 1; small scales, even smaller ones of `formula["small"]`.

    Offsets of normalisation are large beside the scales, so that few values lie near the kink of an activation: gradients jump
    there, and single precision would be on the other side now and then. Half of them are negative, which kills the channel;
    none of `formula["positive"]`, before depthwise convolutions, whose normalisation would divide by nothing. Where there is
    ReLU6, `formula["saturates"]`, a tenth of the others are far beyond 6.
    """
    count = int(np.prod(shape))
    u = uniform(name, count)
    if len(shape) > 1:
        values = np.sqrt(6.0 / np.prod(shape[1:])) * u
    elif name.endswith("running_var"):
        values = 1 + 0.5 * u
    elif name.endswith("weight"):
        values = (0.25 if fits(name, formula["small"]) else 1) * (0.25 + 0.05 * u)
    elif name.endswith("bias") and normalises:
        positive = fits(name, formula["positive"])
        values = 1 + np.abs(u) if positive else np.where(u < 0, u - 1, u + 1)
        if formula["saturates"] and not positive:
            values = np.where(u > 0.8, 8, values)
    else:
        values = 0.2 * u
    return values.astype(np.float32).astype(np.float64).reshape(shape)


def prepare(model, formula):
    model = model.double()
    state = model.state_dict()
    for name, tensor in state.items():
        if not name.endswith("num_batches_tracked"):
            normalises = name.rsplit(".", 1)[0] + ".running_mean" in state
            tensor.copy_(torch.from_numpy(fill(name, tuple(tensor.shape), formula, normalises)))
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    return model


def images(name, count, side):
    values = uniform(name, count * 3 * side * side).astype(np.float32).astype(np.float64)
    return torch.from_numpy(values.reshape(count, 3, side, side))


def first(value):
    """The main logits, where an auxiliary head gives others too."""
    return value if isinstance(value, torch.Tensor) else value[0]


def picked(values, count=8):
    """`count` values spread over the array, and the norm of all."""
    flat = values.detach().reshape(-1).double().numpy()
    at = [int(i) for i in np.linspace(0, len(flat) - 1, min(count, len(flat)))]
    return {"at": at, "values": [float(flat[i]) for i in at], "norm": float(np.linalg.norm(flat)), "count": len(flat)}


def training(model, classifier, image, side, batch, auxiliary, double):
    """A step's numbers in double or single precision; the model stays as it is."""
    model = copy.deepcopy(model).train()
    inputs = images(image, batch, side)
    if not double:
        model, inputs = model.float(), inputs.float()
    output = model(inputs)
    logits = first(output)
    weighting = torch.from_numpy(uniform("weighting", logits.numel())).reshape(logits.shape).to(logits.dtype)
    loss = (weighting * logits).sum()
    if auxiliary:
        loss = loss + 0.4 * (weighting * output[1]).sum()
    loss.backward()
    statistics = [n for n, _ in model.named_buffers() if n.endswith("running_mean") or n.endswith("running_var")]
    trained = [n for n, p in model.named_parameters() if p.grad is not None and p.dim() == 4]
    scales = [n for n, p in model.named_parameters() if p.grad is not None and p.dim() == 1 and n.endswith("weight")]
    state, gradients = dict(model.named_buffers()), {n: p.grad for n, p in model.named_parameters()}
    third = lambda names: [names[0], names[len(names) // 2], names[-1]]
    chosen = third(trained) + third(scales) + [classifier + ".weight", classifier + ".bias"]
    result = {"image": image, "side": side, "batch": batch, "logits": picked(logits)}
    if auxiliary:
        result["auxiliary"] = picked(output[1])
        chosen += [n for n in trained + [auxiliary + ".fc.weight"] if n.startswith(auxiliary)]
    result["statistics"] = {n: picked(state[n], 4) for n in third(statistics) + third(statistics[:-1])}
    result["gradients"] = {n: picked(gradients[n], 4) for n in chosen}
    return result


def deviation(single, double):
    """The largest difference of two arrays' picked values, relative to a typical value."""
    typical = double["norm"] / np.sqrt(double["count"])
    parts = [abs(s - d) / max(typical, abs(d)) for s, d in zip(single["values"], double["values"])]
    return max(parts + [abs(single["norm"] / double["norm"] - 1)])


def reference(make, classifier, native, side, batch, formula, auxiliary=None):
    model = prepare(make(), formula).eval()
    seen = {}
    hook = model.get_submodule(classifier).register_forward_hook(lambda _, inputs, __: seen.update(features=inputs[0]))
    with torch.no_grad():
        logits = first(model(images("image", 1, native)))
    hook.remove()
    result = {
        "formula": formula, "native": native, "logits": picked(logits), "features": picked(seen["features"]),
        "parameters": sum(p.numel() for p in model.parameters()),
    }
    # Activations and maxima make gradients jump: of some images the first with which the library itself, in single precision,
    # stays near its own double precision, or else the best.
    best = None
    for trial in range(12):
        image = f"image {trial}"
        double, single = (training(model, classifier, image, side, batch, auxiliary, d) for d in (True, False))
        double["singlePrecision"] = max(deviation(single["gradients"][n], g) for n, g in double["gradients"].items())
        print("   ", image, double["singlePrecision"], flush=True)
        if best is None or double["singlePrecision"] < best["singlePrecision"]:
            best = double
        if best["singlePrecision"] < 1e-4:
            break
    result["training"] = best
    return result


def networks():
    import pretrainedmodels
    import timm
    import torchvision

    tm = lambda name, **options: lambda: timm.create_model(name, **options)
    tv = lambda name: lambda: getattr(torchvision.models, name)(weights=None)
    entries = {}

    def add(key, network, library, make, classifier, native, side, batch, options=None, auxiliary=None, **formula):
        formula = {"small": [], "positive": [], "saturates": False, **formula}
        entries[key] = (dict(network=network, library=library, options=options or {}),
                        lambda: reference(make, classifier, native, side, batch, formula, auxiliary))

    for name in ["resnet50", "resnet101", "resnet152"]:
        add(name, name, "torchvision", tv(name), "fc", 224, 96, 4, small=[".bn3.weight"])
    for name in ["densenet121", "densenet169", "densenet201"]:
        add(name, name, "torchvision", tv(name), "classifier", 224, 96, 4)
    google = lambda: torchvision.models.googlenet(weights=None, aux_logits=False, init_weights=False)
    add("googlenet", "inception_v1", "torchvision", google, "fc", 224, 128, 4)
    add("inception_v3", "inception_v3", "timm", tm("inception_v3"), "fc", 299, 139, 4)
    add("inception_v3 auxiliary", "inception_v3", "torchvision",
        lambda: torchvision.models.inception_v3(weights=None, init_weights=False, aux_logits=True), "fc", 299, 299, 4,
        options={"auxiliaryHead": True}, auxiliary="AuxLogits")
    add("inception_v4", "inception_v4", "timm", tm("inception_v4"), "last_linear", 299, 139, 4)
    add("inception_resnet_v2", "inception_resnet_v2", "timm", tm("inception_resnet_v2"), "classif", 299, 139, 4)
    # All but the last block's.
    pointwise = [f"blocks.{s}.{b}.bn2.bias" for s, count in enumerate([1, 2, 2, 6, 1]) for b in range(count)]
    add("mobilenetv1_100", "mobilenet_v1", "timm", tm("mobilenetv1_100"), "classifier", 224, 96, 4,
        positive=["bn1.bias"] + pointwise, saturates=True)
    for name, options in [("mobilenetv2_100", {}), ("mobilenetv2_140", {"width": 1.4})]:
        add(name, "mobilenet_v2", "timm", tm(name), "classifier", 224, 96, 4, options=options,
            positive=["bn1.bias", ".bn1.bias"], saturates=True)

    def pretrained(name, pool):
        model = getattr(pretrainedmodels, name)(num_classes=1000, pretrained=None)
        # Its last window is 7×7 whatever the map: right at native size only.
        setattr(model, pool, torch.nn.AdaptiveAvgPool2d(1))
        return model

    add("bninception", "bn_inception", "pretrainedmodels", lambda: pretrained("bninception", "global_pool"),
        "last_linear", 224, 128, 4, options={"origin": "pytorch"})
    add("nasnetamobile", "nasnet_mobile", "pretrainedmodels", lambda: pretrained("nasnetamobile", "avg_pool"),
        "last_linear", 224, 96, 4)
    add("nasnetalarge", "nasnet_large", "timm", tm("nasnetalarge"), "last_linear", 331, 96, 2,
        options={"origin": "pytorch"})
    return entries


def main():
    path = pathlib.Path(__file__).with_name("networks.json")
    result = json.loads(path.read_text()) if path.exists() else {}
    for key, (facts, make) in networks().items():
        if len(sys.argv) > 1 and key not in sys.argv[1:]:
            continue
        print(key, flush=True)
        result[key] = {**facts, **make()}
        path.write_text(json.dumps(result, indent=1) + "\n")


main()

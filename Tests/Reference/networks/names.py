"""What timm, torchvision and pretrainedmodels call the parameters of the declared networks: count and checksum of all names.

    python names.py        writes names.json

The checksum is zlib's CRC-32 of the sorted names joined by newlines; counters of batches and auxiliary heads are left out.
"""

import json
import pathlib
import warnings
import zlib

import pretrainedmodels
import timm
import torchvision

warnings.filterwarnings("ignore")

MODELS = {
    "timm": (
        lambda name, **options: timm.create_model(name, **options),
        {
            "resnet50": "resnet50", "resnet101": "resnet101", "resnet152": "resnet152", "densenet121": "densenet121",
            "densenet169": "densenet169", "densenet201": "densenet201", "inception_v3": "inception_v3",
            "inception_v4": "inception_v4", "inception_resnet_v2": "inception_resnet_v2",
            "mobilenet_v1": "mobilenetv1_100", "mobilenet_v2": "mobilenetv2_100", "nasnet_large": "nasnetalarge",
        },
    ),
    "torchvision": (
        lambda name: getattr(torchvision.models, name)(weights=None),
        {
            "resnet50": "resnet50", "resnet101": "resnet101", "resnet152": "resnet152", "densenet121": "densenet121",
            "densenet169": "densenet169", "densenet201": "densenet201", "inception_v1": "googlenet",
            "inception_v3": "inception_v3", "mobilenet_v2": "mobilenet_v2",
        },
    ),
    "pretrainedmodels": (
        lambda name: getattr(pretrainedmodels, name)(num_classes=1000, pretrained=None),
        {
            "bn_inception": "bninception", "inception_v4": "inceptionv4", "inception_resnet_v2": "inceptionresnetv2",
            "nasnet_mobile": "nasnetamobile", "nasnet_large": "nasnetalarge",
        },
    ),
}


def main():
    result = {}
    for library, (make, models) in MODELS.items():
        for ours, theirs in models.items():
            names = sorted(
                n for n in make(theirs).state_dict()
                if not n.endswith("num_batches_tracked") and not n.startswith(("aux", "Aux")))
            crc = zlib.crc32("\n".join(names).encode())
            result.setdefault(ours, {})[library] = {"count": len(names), "crc": crc}
    path = pathlib.Path(__file__).with_name("names.json")
    path.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")


main()

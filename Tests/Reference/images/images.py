"""What Pillow makes of small pictures: writes images.json beside this script.

Pixels and files are base64. Files with transparency are laid over white, as the data sets are. Run with Pillow 11 or later.
"""

import base64
import io
import json
import pathlib
import random
import struct
import zlib

from PIL import Image

random.seed(20)


def text(data):
    return base64.b64encode(bytes(data)).decode()


def picture(image):
    channels = {"L": 1, "RGB": 3}[image.mode]
    return {"width": image.width, "height": image.height, "channels": channels, "pixels": text(image.tobytes())}


def smooth(mode, width, height):
    """A slope with a little noise: resizing and JPEG see edges as well as flats."""
    bands = len(mode)
    data = bytearray()
    for y in range(height):
        for x in range(width):
            for band in range(bands):
                value = 200 * x / width + 50 * y / height + 30 * band + random.uniform(-20, 20)
                data.append(max(0, min(255, int(value + (90 if (x // 3 + y // 4) % 5 == 0 else 0)))))
    return Image.frombytes(mode, (width, height), bytes(data))


def noise(mode, width, height):
    return Image.frombytes(mode, (width, height), random.randbytes(width * height * len(mode)))


def saved(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def over_white(image):
    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, (255, 255, 255, 255))
    return Image.alpha_composite(white, image).convert("RGB")


def sixteen_bits(width, height):
    """A grey PNG of 16 bits, written by hand, and its samples scaled to 8 bits with rounding (PNG specification, 13.12)."""
    samples = [random.randrange(65536) for _ in range(width * height)]
    rows = b"".join(
        b"\0" + struct.pack(f">{width}H", *samples[row * width:(row + 1) * width]) for row in range(height))

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 16, 0, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    scaled = Image.frombytes("L", (width, height), bytes((sample * 255 + 32767) // 65535 for sample in samples))
    return data, scaled


def png_files():
    grey, colour, alpha = noise("L", 6, 5), noise("RGB", 6, 5), noise("RGBA", 8, 6)
    palette = smooth("RGB", 9, 7).quantize(12)
    sheer = Image.frombytes("LA", (5, 4), random.randbytes(40))
    yield "grey", saved(grey, "PNG"), grey
    yield "colour", saved(colour, "PNG"), colour
    yield "palette", saved(palette, "PNG"), palette.convert("RGB")
    yield "palette with transparency", saved(palette, "PNG", transparency=3), over_white(
        Image.open(io.BytesIO(saved(palette, "PNG", transparency=3))))
    # Pixels wholly opaque or wholly clear, for which every rule of blending agrees.
    cut = alpha.copy()
    cut.putalpha(alpha.getchannel("A").point(lambda value: 255 if value > 127 else 0))
    yield "colour on white", saved(cut, "PNG"), over_white(cut)
    cut = sheer.copy()
    cut.putalpha(sheer.getchannel("A").point(lambda value: 255 if value > 127 else 0))
    yield "grey on white", saved(cut, "PNG"), over_white(cut).convert("L")
    bits = noise("L", 10, 3).point(lambda value: 255 if value > 127 else 0).convert("1")
    yield "one bit", saved(bits, "PNG"), bits.convert("L")
    data, scaled = sixteen_bits(6, 4)
    yield "sixteen bits", data, scaled


def jpeg_files():
    for mode, name in (("L", "grey"), ("RGB", "colour")):
        data = saved(smooth(mode, 24, 17), "JPEG", quality=90, subsampling=0)
        yield name, data, Image.open(io.BytesIO(data)).convert(mode)


def resizes():
    for name, rule in (("bilinear", Image.Resampling.BILINEAR), ("bicubic", Image.Resampling.BICUBIC)):
        for mode, size, target in (
            ("L", (28, 28), (32, 32)), ("L", (28, 28), (14, 14)), ("L", (19, 11), (7, 23)),
            ("RGB", (16, 12), (5, 5)), ("RGB", (5, 7), (12, 10)), ("L", (40, 3), (1, 3))):
            source = noise(mode, *size) if mode == "L" else smooth(mode, *size)
            yield {"filter": name, "source": picture(source), "expected": picture(source.resize(target, rule))}


def files(rows):
    return [{"name": name, "bytes": text(data), "expected": picture(image)} for name, data, image in rows]


colours = noise("RGB", 24, 16)
reference = {
    "png": files(png_files()),
    "jpeg": files(jpeg_files()),
    "resize": list(resizes()),
    "grey": {"source": picture(colours), "expected": picture(colours.convert("L"))},
}
target = pathlib.Path(__file__).with_suffix(".json")
target.write_text(json.dumps(reference, indent=1) + "\n")

"""A photograph as a network of photographs takes it, held to torchvision's transforms."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image as Pillow
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as transforms

from app.imaging import Crop, Prepared, Scale, decode, prepare_photo
from app.imaging.cells import Region
from app.imaging.photographs import FOLDER, caption, names, photograph
from app.networks import Library
from app.networks.registry import ARCHITECTURES
from app.training.photographs import name_photographs
from tests.places import ROOT

IMAGENET = Scale((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
# torchvision's have weights only where somebody fetched them.
NETWORKS = [
    name
    for name, row in ARCHITECTURES.items()
    if row.preparation == "photo" and row.published is None
]


def encoded(image: Pillow.Image, form: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def resized_crop(picture: Pillow.Image, part: Region, size: tuple[int, int]) -> NDArray[np.float32]:
    """torchvision's, channel by channel in floats: bytes would be rounded and cut off twice."""
    channels = [
        transforms.resized_crop(
            Pillow.fromarray(np.asarray(channel, np.float32) / np.float32(255)),
            part.top,
            part.left,
            part.height,
            part.width,
            list(size),
            InterpolationMode.LANCZOS,
        )
        for channel in picture.split()
    ]
    pixels: NDArray[np.float32] = np.stack([np.asarray(channel) for channel in channels])
    return pixels.clip(0, 1)


def prepared(data: bytes, size: int | tuple[int, int] = 224) -> Prepared:
    decoded = decode(data)
    return prepare_photo(decoded.image, size, scale=IMAGENET, source=decoded.source)


@pytest.mark.parametrize("name", ["cat", "hopper"])
@pytest.mark.parametrize("size", [(224, 224), (227, 227), (128, 256), (250, 90)])
@pytest.mark.parametrize("crop", [Crop(), Crop(0, 1, 0.875), Crop(0.9, 0.2, 0.5)])
def test_a_crop_is_torchvisions(name: str, size: tuple[int, int], crop: Crop) -> None:
    image = photograph(name)
    ours = prepare_photo(image, size, crop=crop, scale=IMAGENET)
    _, height, width = image.shape
    part = crop.of(height, width, size)
    with Pillow.open(FOLDER / f"{name}.jpg") as picture:
        theirs = resized_crop(picture.convert("RGB"), part, size)
    np.testing.assert_allclose(ours.image, theirs, atol=1e-6)
    normalized = transforms.normalize(torch.tensor(ours.image), *map(list, IMAGENET))
    assert [step.name for step in ours.steps] == ["decoded", "cropped", "scaled", "normalized"]
    torch.testing.assert_close(torch.tensor(ours.steps[-1].image), normalized, atol=1e-6, rtol=0)
    for axis, start, end, side in (
        ("x", part.left, part.right, size[1]),
        ("y", part.top, part.bottom, size[0]),
    ):
        scale, offset = ours.mapping[axis]["scale"], ours.mapping[axis]["offset"]
        assert (offset, scale * side + offset) == pytest.approx((start, end))


@given(
    st.tuples(st.integers(1, 60), st.integers(1, 60)),
    st.tuples(st.integers(1, 30), st.integers(1, 30)),
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1)),
)
def test_every_crop_lies_in_the_picture(
    picture: tuple[int, int], size: tuple[int, int], place: tuple[float, float, float]
) -> None:
    part = Crop(*place).of(*picture, size)
    assert 0 <= part.top < part.bottom <= picture[0]
    assert 0 <= part.left < part.right <= picture[1]
    whole = Crop(*place[:2]).of(*picture, size)
    assert whole.height == picture[0] or whole.width == picture[1]
    assert prepare_photo(np.ones((3, *picture), np.float32), size).image.shape == (3, *size)


@pytest.mark.parametrize(
    ("scale", "told"),
    [
        (
            IMAGENET,
            "Red (value − 0.485) / 0.229, green (value − 0.456) / 0.224, "
            "blue (value − 0.406) / 0.225.",
        ),
        (Scale((127 / 255,) * 3, (128 / 255,) * 3), "(value − 0.498) / 0.502 in each channel."),
        (Scale((0.5,), (0.25,)), "(value − 0.5) / 0.25."),
        (Scale((0.5, 0.25), (1, 1)), "Channel 0 (value − 0.5) / 1, channel 1 (value − 0.25) / 1."),
    ],
)
def test_what_each_channel_is_normalized_by_is_told(scale: Scale, told: str) -> None:
    image = np.zeros((len(scale.mean), 8, 8), dtype=np.float32)
    assert prepare_photo(image, 8, scale=scale).steps[-1].detail == told


def test_a_network_of_one_channel_gets_brightness() -> None:
    image = photograph("cat")
    grey = prepare_photo(image, 100, channels=1).image
    wanted = np.tensordot([0.299, 0.587, 0.114], prepare_photo(image, 100).image, axes=1)
    # Where the resampling overshoots, cutting off and weighing change places.
    np.testing.assert_allclose(grey[0], wanted, atol=5e-3)


def gradient(width: int, height: int) -> Pillow.Image:
    """Red grows to the right, green downwards."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[..., 0] = np.linspace(0, 255, width).astype(np.uint8)
    pixels[..., 1] = np.linspace(0, 255, height).astype(np.uint8)[:, None]
    return Pillow.fromarray(pixels)


def test_sixteen_million_pixels_are_prepared_and_said_how() -> None:
    found = prepared(encoded(gradient(4_000, 4_000), "JPEG", quality=90))
    assert found.steps[0].detail == ("JPEG, 4000×4000 pixels, every 4×4 pixels averaged.")
    wanted = np.asarray(gradient(224, 224), np.float32).transpose(2, 0, 1) / 255
    np.testing.assert_allclose(found.image, wanted, atol=0.02)


@pytest.mark.parametrize("size", [(1, 4_000), (4_000, 1)])
def test_a_strip_is_prepared_and_said_how(size: tuple[int, int]) -> None:
    found = prepared(encoded(gradient(*size), "PNG"))
    assert found.image.shape == (3, 224, 224)
    assert np.ptp(found.image, axis=(1, 2)).max() < 1e-6
    assert f"{size[0]}×{size[1]} pixels" in found.steps[0].detail
    assert [each.name for each in found.remarks] == ["enlarged"]
    assert "1×1 pixels are read and enlarged to 224×224" in found.remarks[0].detail


@pytest.mark.parametrize(
    ("mode", "form", "told"),
    [
        ("L", "JPEG", None),
        ("CMYK", "JPEG", "made of CMYK"),
        ("P", "PNG", "made of a palette"),
        ("1", "PNG", "made of 1 bit a pixel"),
        ("RGBA", "PNG", "transparent parts on white"),
        ("I;16", "PNG", "made of 16 bits a pixel"),
    ],
)
def test_every_kind_of_pixels_is_prepared_and_said_how(mode: str, form: str, told: str) -> None:
    picture = gradient(300, 240)
    if mode == "I;16":
        whole = np.asarray(picture.convert("L"), np.uint16) * 257
        file, wanted = Pillow.fromarray(whole), picture.convert("L").convert("RGB")
    elif mode == "RGBA":
        file, wanted = picture.convert("RGBA"), picture.copy()
        file.paste((0, 0, 0, 0), (60, 40, 200, 200))
        wanted.paste((255, 255, 255), (60, 40, 200, 200))
    else:
        file = picture.convert(mode)
        wanted = Pillow.open(io.BytesIO(encoded(file, form))).convert("RGB")
    found = prepared(encoded(file, form), 120)
    expected = resized_crop(wanted, Region(0, 30, 240, 270), (120, 120))
    np.testing.assert_allclose(found.image, expected, atol=1e-5)
    assert (told or "JPEG, 300×240 pixels.") in found.steps[0].detail
    is_grey = mode in ("L", "1", "I;16")
    assert [each.name for each in found.remarks] == (["grey"] if is_grey else [])


def test_a_rotated_photograph_is_turned_upright_and_said_so() -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6
    found = prepared(encoded(gradient(320, 240), "JPEG", exif=exif, quality=95))
    assert "240×320 pixels, turned upright (orientation 6)" in found.steps[0].detail
    upright = gradient(320, 240).rotate(-90, expand=True)
    theirs = transforms.resized_crop(upright, 40, 0, 240, 240, [224, 224])
    np.testing.assert_allclose(found.image, transforms.to_tensor(theirs).numpy(), atol=0.05)


@pytest.mark.parametrize("name", NETWORKS)
def test_what_imagenet_has_of_a_photograph_is_among_the_first_five(name: str) -> None:
    network = Library.load(ROOT / "models", torch.device("cpu")).get(name)
    found = name_photographs(network.architecture, network.model)
    shown = [each for each in names() if caption(each).imagenet]
    assert len(shown) >= 5
    for each in shown:
        labels = [row["label"] for row in found[each]]
        assert set(labels) & set(caption(each).imagenet), f"{each}: {labels}"

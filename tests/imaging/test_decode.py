"""What is decoded, and to which values."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from app.imaging import DecodeLimits, Source, decode
from tests.imaging.files import png, png_chunk, saved, with_orientation

LOSSLESS = {"PNG": {}, "WEBP": {"lossless": True}, "BMP": {}, "GIF": {}}
# What Pillow can write, format by format.
MODES = [
    *(("PNG", mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")),
    *(("JPEG", mode) for mode in ("1", "L", "RGB", "CMYK", "YCbCr")),
    *(("WEBP", mode) for mode in ("L", "LA", "P", "RGB", "RGBA", "CMYK")),
    *(("GIF", mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA")),
    *(("BMP", mode) for mode in ("1", "L", "P", "RGB", "RGBA")),
]

ramp = np.arange(0, 240, 10, dtype=np.uint8).reshape(4, 6)
colours = np.stack([ramp, 255 - ramp, ramp // 2], axis=-1)


@pytest.mark.parametrize("form", LOSSLESS)
def test_grey_keeps_its_values(form: str) -> None:
    data = saved(Pillow.fromarray(ramp), form, **LOSSLESS[form])
    decoded = decode(data)
    assert decoded.image.dtype == np.float32
    assert decoded.source.format == form
    assert (decoded.source.width, decoded.source.height, decoded.source.frames) == (6, 4, 1)
    np.testing.assert_array_equal(decoded.image[0], ramp / np.float32(255))
    # A WebP has no grey and a GIF no image without a palette: they are colour, of three equals.
    assert decoded.image.shape == (3 if form in ("WEBP", "GIF") else 1, 4, 6)


@pytest.mark.parametrize("form", LOSSLESS)
def test_colour_is_three_channels_first(form: str) -> None:
    decoded = decode(saved(Pillow.fromarray(colours), form, **LOSSLESS[form]))
    assert decoded.image.shape == (3, 4, 6)
    np.testing.assert_array_equal(decoded.image, colours.transpose(2, 0, 1) / np.float32(255))
    assert decoded.image.flags.c_contiguous


def test_jpeg_is_near_its_values() -> None:
    smooth = np.linspace(0, 255, 64 * 64).reshape(64, 64).astype(np.uint8)
    decoded = decode(saved(Pillow.fromarray(smooth), "JPEG", quality=95))
    assert decoded.image.shape == (1, 64, 64)
    assert np.abs(decoded.image[0] - smooth / 255).max() < 0.03


def test_a_camera_s_jpeg_is_read_at_half_its_size() -> None:
    photograph = Pillow.linear_gradient("L").resize((4_928, 3_264))
    decoded = decode(saved(photograph, "JPEG"))
    assert (decoded.source.width, decoded.source.height) == (4_928, 3_264)
    assert decoded.source.reduction == 6
    assert decoded.image.shape == (1, 544, 822)
    rows = (np.arange(544) + 0.5) / 544
    assert np.abs(decoded.image[0] - rows[:, np.newaxis]).max() < 0.02


@pytest.mark.parametrize("orientation", range(1, 9))
def test_half_its_size_is_pairs_of_pixels_averaged(orientation: int) -> None:
    smooth = np.add.outer(np.arange(47), 2 * np.arange(61)).astype(np.uint8)
    data = with_orientation(Pillow.fromarray(smooth), "JPEG", orientation)
    whole, half = decode(data), decode(data, DecodeLimits(max_side=60, max_pixels=800))
    assert (half.source.width, half.source.height) == (whole.source.width, whole.source.height)
    assert (whole.source.reduction, half.source.reduction) == (1, 2)
    _, height, width = whole.image.shape
    assert half.image.shape == (1, -(-height // 2), -(-width // 2))
    wanted = whole.image[0, : height // 2 * 2, : width // 2 * 2]
    wanted = wanted.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3))
    # Which pairs, the end of the file that is now at the top left decides, where sides are odd.
    assert np.abs(half.image[0, : height // 2, : width // 2] - wanted).max() < 0.03


def test_16_bit_grey_is_scaled_not_cut_off() -> None:
    values = np.array([[0, 255, 256, 257], [1_000, 32_768, 65_534, 65_535]], dtype=np.uint16)
    decoded = decode(saved(Pillow.fromarray(values), "PNG"))
    np.testing.assert_allclose(decoded.image[0], values / 65_535, atol=1e-7)


def test_16_bit_grey_with_a_transparent_value() -> None:
    rows = b"\0" + np.array([0, 1_000, 65_535], dtype=">u2").tobytes()
    key = png_chunk(b"tRNS", (1_000).to_bytes(2, "big"))
    decoded = decode(png(3, 1, 16, 0, rows, extra=key))
    np.testing.assert_array_equal(decoded.image, [[[0, 1, 1]]])
    assert decoded.source.background == 1


def test_16_bit_colour_is_read() -> None:
    rows = b"\0" + np.array([[0, 32_768, 65_535]], dtype=">u2").tobytes()
    decoded = decode(png(1, 1, 16, 2, rows))
    np.testing.assert_allclose(decoded.image[:, 0, 0], [0, 0.5, 1], atol=0.005)
    assert decoded.source.stored == "16 bits a channel"
    assert decoded.source.describe() == "PNG, 1×1 pixels, made of 16 bits a channel."


def test_one_bit_is_black_and_white() -> None:
    data = saved(Pillow.fromarray(ramp > 100), "PNG")
    np.testing.assert_array_equal(decode(data).image[0], ramp > 100)


@pytest.mark.parametrize("background", [0.0, 0.5, 1.0])
def test_alpha_shows_the_background(background: float) -> None:
    pixels = np.array([[[200, 0, 0, 255], [0, 0, 0, 0], [0, 0, 0, 51]]], dtype=np.uint8)
    decoded = decode(saved(Pillow.fromarray(pixels), "PNG"), background=background)
    np.testing.assert_allclose(decoded.image[:, 0, 0], [200 / 255, 0, 0], atol=1e-6)
    np.testing.assert_allclose(decoded.image[:, 0, 1], background, atol=1e-6)
    np.testing.assert_allclose(decoded.image[:, 0, 2], background * 0.8, atol=1e-6)
    assert decoded.source.background == background


def white_ink(mode: str) -> bytes:
    """A soft white stroke on nothing, whose colour is black."""
    alpha = np.zeros((40, 30), dtype=np.uint8)
    alpha[5:35, 12:18] = 255
    alpha[5:35, [11, 18]] = 90
    value = np.where(alpha > 0, 255, 0).astype(np.uint8)
    bands = [value] * (len(mode) - 1) + [alpha]
    return saved(Pillow.merge(mode, [Pillow.fromarray(band) for band in bands]), "PNG")


@pytest.mark.parametrize("mode", ["LA", "RGBA"])
def test_white_ink_on_nothing_lies_on_black(mode: str) -> None:
    decoded = decode(white_ink(mode))
    assert decoded.source.background == 0
    assert decoded.image[:, 20, 15] == pytest.approx(1)
    assert decoded.image[:, 0, 0] == pytest.approx(0)
    assert "transparent parts on black, for on white nothing" in decoded.source.describe()
    assert decode(white_ink(mode), background=1).image.min() == 1


def test_ink_of_any_other_colour_lies_on_white() -> None:
    pixels = np.array([[[255, 255, 255, 255], [0, 0, 0, 0], [240, 255, 255, 255]]], dtype=np.uint8)
    assert decode(saved(Pillow.fromarray(pixels), "PNG")).source.background == 1
    nothing = Pillow.new("RGBA", (3, 3), (255, 255, 255, 0))
    assert decode(saved(nothing, "PNG")).image.min() == 1


def test_grey_with_alpha_stays_one_channel() -> None:
    pixels = np.array([[[0, 255], [0, 0]]], dtype=np.uint8)
    np.testing.assert_array_equal(decode(saved(Pillow.fromarray(pixels), "PNG")).image, [[[0, 1]]])


def test_alpha_that_hides_nothing_is_no_background() -> None:
    opaque = Pillow.new("RGBA", (2, 2), (10, 20, 30, 255))
    assert decode(saved(opaque, "PNG")).source.background is None


@pytest.mark.parametrize("transparency", [1, b"\xff\x00"])
def test_palette_with_transparency(transparency: int | bytes) -> None:
    image = Pillow.fromarray(np.array([[0, 1]], dtype=np.uint8)).convert("P")
    image.putpalette([255, 0, 0, 0, 255, 0])
    decoded = decode(saved(image, "PNG", transparency=transparency))
    np.testing.assert_array_equal(decoded.image[:, 0].T, [[1, 0, 0], [1, 1, 1]])


def test_cmyk_becomes_colour() -> None:
    cmyk = Pillow.new("CMYK", (16, 16), (255, 0, 0, 0))
    decoded = decode(saved(cmyk, "JPEG", quality=95))
    np.testing.assert_allclose(decoded.image[:, 8, 8], [0, 1, 1], atol=0.02)


def test_interlaced_png() -> None:
    # Adam7 of 2×2: pass 1 holds the first pixel, pass 6 the second, pass 7 the second row.
    rows = b"\0\x0a" + b"\0\x14" + b"\0\x1e\x28"
    decoded = decode(png(2, 2, 8, 0, rows, interlaced=True))
    np.testing.assert_allclose(decoded.image[0] * 255, [[10, 20], [30, 40]], atol=1e-4)


@pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP"])
def test_an_animation_gives_its_first_frame_and_their_number(form: str) -> None:
    frames = [Pillow.new("RGB", (5, 4), (60 * n, 0, 0)) for n in (1, 2, 3)]
    options = {"lossless": True} if form == "WEBP" else {}
    data = saved(frames[0], form, save_all=True, append_images=frames[1:], duration=10, **options)
    decoded = decode(data)
    assert decoded.source.frames == 3
    np.testing.assert_allclose(decoded.image[0], 60 / 255, atol=1e-6)
    assert "the first of 3 frames" in decoded.source.describe()


def animated(*chunks: tuple[bytes, bytes], before: bytes = b"") -> bytes:
    """A PNG of one row with `acTL`, other chunks behind its image data, and one before."""
    still = png(3, 1, 8, 0, b"\0\x10\x20\x30", extra=png_chunk(b"acTL", pair(2, 0)) + before)
    return still[:-12] + b"".join(png_chunk(*chunk) for chunk in chunks) + still[-12:]


def pair(*numbers: int) -> bytes:
    return struct.pack(f">{len(numbers)}I", *numbers)


def frame_control(number: int) -> bytes:
    return pair(number, 3, 1, 0, 0) + struct.pack(">HHBB", 1, 10, 0, 0)


FRAME_DATA = (b"fdAT", pair(1) + zlib.compress(b"\0\1\2\3"))


@pytest.mark.parametrize(
    ("data", "frames"),
    [
        (animated(), 1),
        (animated(FRAME_DATA), 1),
        (animated(FRAME_DATA, FRAME_DATA), 1),
        (animated((b"acTL", b"")), 1),
        (animated((b"fcTL", frame_control(0)), FRAME_DATA), 2),
        (animated((b"fcTL", frame_control(7)), FRAME_DATA), 2),
        (animated(before=png_chunk(b"fcTL", frame_control(0))), 1),
    ],
    ids=[
        "no frame", "data without control", "much of it", "two heads", "a still and a frame",
        "out of order", "the still is the frame",
    ],
)  # fmt: skip
def test_the_still_picture_of_an_animated_png(data: bytes, frames: int) -> None:
    decoded = decode(data)
    np.testing.assert_allclose(decoded.image[0] * 255, [[0x10, 0x20, 0x30]], atol=1e-4)
    assert decoded.source.frames == frames


def test_a_jpeg_with_a_preview_behind_it_is_a_jpeg() -> None:
    frames = [Pillow.new("RGB", (16, 16), (0, 0, 255 * n)) for n in (1, 0)]
    decoded = decode(saved(frames[0], "MPO", save_all=True, append_images=frames[1:]))
    assert (decoded.source.format, decoded.source.frames) == ("JPEG", 2)
    np.testing.assert_allclose(decoded.image[2], 1, atol=0.02)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright(form: str, orientation: int) -> None:
    upright = np.zeros((32, 48), dtype=np.uint8)
    upright[:16, :16] = 255  # bright only at the top left
    # Where the sensor put the picture that EXIF then turns upright.
    stored = {
        1: upright, 2: upright[:, ::-1], 3: upright[::-1, ::-1], 4: upright[::-1],
        5: upright.T, 6: upright.T[::-1], 7: upright.T[::-1, ::-1], 8: upright.T[:, ::-1],
    }[orientation]  # fmt: skip
    image = Pillow.fromarray(np.ascontiguousarray(stored))
    decoded = decode(with_orientation(image, form, orientation))
    assert decoded.source.orientation == orientation
    assert (decoded.source.width, decoded.source.height) == (48, 32)
    np.testing.assert_allclose(decoded.image[0], upright / 255, atol=0.05)


@pytest.mark.parametrize(
    "exif",
    [b"", b"Exif\0\0", b"Exif\0\0II*\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"nonsense" * 9,
     b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x12\0\x03\0\0\0\x01\0\x09\0\0"],
)  # fmt: skip
def test_damaged_exif_does_not_cost_the_picture(exif: bytes) -> None:
    data = saved(Pillow.fromarray(ramp), "JPEG", exif=exif)
    assert decode(data).source.orientation == 1


def test_a_large_picture_is_averaged_down_by_a_whole_factor() -> None:
    checks = np.kron(np.indices((50, 75)).sum(axis=0) % 2, np.ones((3, 3))).astype(np.uint8) * 255
    decoded = decode(saved(Pillow.fromarray(checks), "PNG"), DecodeLimits(working_side=75))
    assert decoded.source.reduction == 3
    assert (decoded.source.width, decoded.source.height) == (225, 150)
    np.testing.assert_array_equal(decoded.image[0], np.indices((50, 75)).sum(axis=0) % 2)


def test_16_bit_grey_and_alpha_are_averaged_down_too() -> None:
    deep = np.full((8, 8), 30_000, dtype=np.uint16)
    limits = DecodeLimits(working_side=4)
    np.testing.assert_allclose(
        decode(saved(Pillow.fromarray(deep), "PNG"), limits).image, 30_000 / 65_535, atol=1e-6
    )
    # Transparent black beside opaque red must not darken the red.
    clear = np.zeros((8, 8, 4), dtype=np.uint8)
    clear[:, ::2] = (255, 0, 0, 255)
    decoded = decode(saved(Pillow.fromarray(clear), "PNG"), limits)
    np.testing.assert_allclose(decoded.image[:, 0, 0], [1, 0.5, 0.5], atol=0.01)


@given(
    form_and_mode=st.sampled_from(MODES),
    size=st.tuples(st.integers(1, 40), st.integers(1, 40)),
    seed=st.integers(0, 1_000),
)
def test_every_mode_of_every_format_is_an_image_in_range(
    form_and_mode: tuple[str, str], size: tuple[int, int], seed: int
) -> None:
    form, mode = form_and_mode
    noise = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 4), dtype=np.uint8)
    image = Pillow.fromarray(noise)
    if mode.startswith("I"):
        image = Pillow.fromarray(noise.view(np.uint16)[..., 0])
    data = saved(image.convert(mode) if image.mode != mode else image, form)
    decoded = decode(data)
    assert decoded.image.dtype == np.float32
    assert decoded.image.shape[0] in (1, 3)
    assert decoded.image.shape[1:] == (size[1], size[0])
    assert decoded.image.min() >= 0
    assert decoded.image.max() <= 1


def test_the_source_as_plain_values() -> None:
    told = decode(saved(Pillow.fromarray(ramp), "PNG")).source.as_dict()
    assert told == {
        "format": "PNG", "width": 6, "height": 4, "frames": 1, "orientation": 1, "reduction": 1,
        "background": None, "stored": None,
    }  # fmt: skip


def test_the_source_in_one_line() -> None:
    told = Source("PNG", 4_000, 3_000, orientation=6, reduction=4, background=1.0).describe()
    assert told == (
        "PNG, 4000×3000 pixels, turned upright (orientation 6), transparent parts on white, "
        "every 4×4 pixels averaged."
    )
    strip = Source("PNG", 1, 4_000, reduction=4).describe()
    assert strip == "PNG, 1×4000 pixels, every 4 pixels averaged."
    assert "every 4×3 pixels" in Source("PNG", 3, 4_000, reduction=4).describe()
    assert "on black" in Source("GIF", 1, 1, background=0.0).describe()
    assert "on grey 0.5" in Source("GIF", 1, 1, background=0.5).describe()


def test_exif_without_an_orientation() -> None:
    exif = Pillow.Exif()
    exif[0x010F] = "Maker"
    exif[0x0131] = "Software"
    assert decode(saved(Pillow.fromarray(ramp), "JPEG", exif=exif)).source.orientation == 1

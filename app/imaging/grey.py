"""Colour as brightness."""

import numpy as np

from app.imaging.decoded_image import Image

_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)


def to_grey(image: Image) -> Image:
    """The brightness of an image: the same array where it is grey already.

    Green counts most and blue least, as for the eye.

    Shape: (C, H, W) → (1, H, W)

    Source: ITU-R BT.601, section 2.5.1; Pillow's mode L uses the same weights.
    """
    if image.shape[0] == 1:
        return image
    return np.clip(np.tensordot(_LUMA, image, axes=1), 0, 1)[np.newaxis]

"""The data set of the examples: a bar above, a bar below, as a `.npz` in base64."""

from __future__ import annotations

import base64

import numpy as np

from app.training.pictures.archive import to_archive
from app.training.pictures.picture_set import PictureSet

images = np.zeros((2, 28, 28), np.uint8)
images[0, 6:9, 4:24] = images[1, 19:22, 4:24] = 255
PICTURES = PictureSet("Above and below", "drawings", ("above", "below"), images, np.arange(2))
EXAMPLE = base64.b64encode(to_archive(PICTURES)).decode()

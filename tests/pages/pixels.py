"""What a canvas shows, read from a copy: the page's own is made for drawing, not for reading."""

from __future__ import annotations

import base64

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Locator

READ = """canvas => {
    const { width, height } = canvas;
    const copy = new OffscreenCanvas(width, height);
    const context = copy.getContext('2d', { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    const parts = [];
    for (let at = 0; at < data.length; at += 8192)
        parts.push(String.fromCharCode(...data.subarray(at, at + 8192)));
    return [height, width, btoa(parts.join(''))];
}"""


def pixels_of(canvas: Locator) -> NDArray[np.uint8]:
    """The pixels (rows, columns, RGBA) of a canvas."""
    height, width, data = canvas.evaluate(READ)
    return np.frombuffer(base64.b64decode(data), np.uint8).reshape(height, width, 4)

"""Occlusion: how much the answer falls when a patch of the picture is covered."""

from __future__ import annotations

from math import ceil

import torch
from torch import Tensor

from app.networks.attribution.method import Attribution, Method, Question

PATCHES_A_SIDE = 7


class Occlusion(Method):
    """A patch is moved over the picture; each pixel gets the mean fall under the patches over it.

    Source: Zeiler, Fergus, "Visualizing and Understanding Convolutional Networks", 2014, section
    4.2; the mean over overlapping patches as in captum's Occlusion.
    """

    name = "occlusion"
    title = "Occlusion"

    def attribute(self, question: Question) -> Attribution:
        """Shape: (C, H, W), alike for all channels."""
        return occlude(question, *patch_of(question.images))


def patch_of(images: Tensor) -> tuple[int, int]:
    """The side of a patch and its stride, in pixels: a seventh of the picture, by halves of it."""
    side = max(1, min(images.shape[2:]) // PATCHES_A_SIDE)
    return side, max(1, side // 2)


def occlude(question: Question, side: int, stride: int) -> Attribution:
    """The same with a patch of one's own.

    Args:
        side, stride: of the patch, in pixels of the input.
    """
    images, paper = question.images, question.paper
    tops, lefts = (_starts(size, side, stride) for size in images.shape[2:])
    places = [
        (..., slice(top, top + side), slice(left, left + side)) for top in tops for left in lefts
    ]
    falls, covers = torch.zeros(2, *images.shape, device=images.device)
    with torch.inference_mode():
        before = question.score(images)
        for start in range(0, len(places), question.at_once):
            some = places[start : start + question.at_once]
            covered = images.repeat(len(some), 1, 1, 1)
            for picture, place in zip(covered, some, strict=True):
                picture[place] = paper[0][place]
            for place, fall in zip(some, before - question.score(covered), strict=True):
                falls[place] += fall
                covers[place] += 1
            question.tell(start + len(some), len(places))
    values = (falls / covers.clamp(min=1))[0]
    note = (
        f"How much {question.explained} falls when a patch of {side}×{side} pixels is "
        f"covered with black, moved by {stride}; a pixel has the mean of the patches over it."
    )
    return Attribution(values.cpu(), note)


def _starts(size: int, side: int, stride: int) -> list[int]:
    """Where patches begin along one axis; the last may reach over the end."""
    return [stride * i for i in range(ceil(max(0, size - side) / stride) + 1)]

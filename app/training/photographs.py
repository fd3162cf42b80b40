"""What a network says of the photographs that ship."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import torch
from torch import nn

from app.imaging.photo import Crop, prepare_photo
from app.imaging.photographs import names, photograph
from app.networks.architecture import Architecture
from app.training.datasets import Dataset

TOP = 5

Named = dict[str, list[dict[str, Any]]]
"""By photograph the likeliest classes, each with its label and probability."""


def name_photographs(architecture: Architecture, model: nn.Module) -> Named:
    """The five likeliest classes of each photograph, the likeliest first."""
    named: Named = {}
    for name in names():
        size, crop = architecture.input_shape[1:], Crop(size=architecture.crop)
        image = torch.tensor(prepare_photo(photograph(name), size, crop=crop).image)
        with torch.inference_mode():
            logits = model(architecture.normalization(image).unsqueeze(0))
            found = logits.softmax(dim=1)[0].topk(TOP)
        named[name] = [
            {"label": architecture.classes[index], "probability": round(probability, 4)}
            for probability, index in zip(
                found.values.tolist(), found.indices.tolist(), strict=True
            )
        ]
    return named


def photographs_for(architecture: Architecture) -> Dataset:
    """The photographs that ship as a network takes them, each its own label.

    Shape: images (N, 3, H, W), H and W the network's
    """
    size = architecture.input_shape[1:]
    found = [prepare_photo(photograph(name), size).image for name in names()]
    images = torch.from_numpy(np.round(255 * np.stack(found)).astype(np.uint8))
    digest = hashlib.sha256(images.numpy().tobytes()).hexdigest()
    return Dataset("photographs", images, torch.arange(len(found)), digest)


def labels_of(named: Named) -> dict[str, list[str]]:
    """The labels alone, in their order."""
    return {name: [row["label"] for row in rows] for name, rows in named.items()}

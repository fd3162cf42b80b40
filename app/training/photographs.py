"""What a network says of the photographs that ship."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from app.imaging.photo import prepare_photo
from app.imaging.photographs import names, photograph
from app.networks.architecture import Architecture

TOP = 5

Named = dict[str, list[dict[str, Any]]]
"""By photograph the likeliest classes, each with its label and probability."""


def name_photographs(architecture: Architecture, model: nn.Module) -> Named:
    """The five likeliest classes of each photograph, the likeliest first."""
    named: Named = {}
    for name in names():
        image = torch.tensor(prepare_photo(photograph(name), architecture.input_shape[1:]).image)
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


def labels_of(named: Named) -> dict[str, list[str]]:
    """The labels alone, in their order."""
    return {name: [row["label"] for row in rows] for name, rows in named.items()}

"""A network that is there already, with the input that it is shown on."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from app.networks.architecture import Architecture
from app.networks.graph import GraphError
from app.networks.loaded_network import LoadedNetwork
from app.networks.normalization import Normalization
from app.networks.own.error import OwnNetworkError
from app.networks.own.lazy_layers import settle
from app.networks.own.own_network import OWN_DATASET, without_classes
from app.networks.standing import Standing
from app.networks.tracing import read_graph


def load_given(
    model: nn.Module, image: Tensor, title: str, classes: Sequence[str] | None
) -> LoadedNetwork:
    """A copy of the network, read and proved; the model itself is left as it is.

    Args:
        image: as the model takes it, (C, H, W): nothing is normalized.
        classes: a label for each logit; numbers where it is None.

    Raises: OwnNetworkError when it cannot be followed, or the labels are not as many.
    """
    if image.dim() != 3:
        raise OwnNetworkError(
            f"The input has {image.dim()} axes; one image is needed, (C, H, W) or (1, C, H, W)."
        )
    model = copy.deepcopy(model).cpu()
    settle(model, image.unsqueeze(0))
    model = model.eval().requires_grad_(False)
    channels, height, width = image.shape
    try:
        shape = (channels, height, width)
        graph = read_graph(model, shape, image.unsqueeze(0), may_end_anywhere=True)
    except GraphError as error:
        raise OwnNetworkError(f"{title}: {error}") from error
    count = 0 if graph.logits is None else graph.shapes[graph.logits][0]
    if classes is not None and len(classes) != count:
        raise OwnNetworkError(f"There are {len(classes)} classes, but {count} logits.")
    architecture = Architecture(
        name=re.sub(r"[^a-z0-9_]+", "_", title.lower()).strip("_") or "own",
        title=title,
        source="given",
        dataset=OWN_DATASET,
        classes=tuple(classes or map(str, range(count))),
        input_shape=shape,
        normalization=Normalization((0.0,) * channels, (1.0,) * channels),
        preparation="digit",
        build=type(model),
        initialize=lambda _: None,
    )
    standing = Standing("ready", graph.failure or without_classes(title, graph))
    return LoadedNetwork(architecture, model, {}, torch.device("cpu"), graph, standing)

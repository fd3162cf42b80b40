"""A network that is there already, with the input that it is shown on."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from app.networks.architecture import Architecture
from app.networks.graph import GraphError
from app.networks.loaded_network import LoadedNetwork
from app.networks.normalization import Normalization
from app.networks.own.error import OwnNetworkError
from app.networks.own.lazy_layers import settle
from app.networks.own.own_network import OWN_DATASET, without_classes
from app.networks.own.torchscript import refuse_compiled
from app.networks.recording.failure import told
from app.networks.standing import Standing
from app.networks.tracing import read_graph


def load_given(
    model: nn.Module, image: Tensor, title: str, classes: Sequence[str] | None
) -> LoadedNetwork:
    """A copy of the network, read and proved; the model itself is left as it is.

    Args:
        image: as the model takes it, (C, H, W): nothing is normalized.
        classes: a label for each logit; numbers where it is None.

    Raises: OwnNetworkError when it cannot be copied or followed, or the labels are not as many.
    """
    if isinstance(classes, str | Mapping):
        raise OwnNetworkError("The classes are a list, with a label for each logit in its order.")
    if image.dim() != 3:
        raise OwnNetworkError(
            f"The input has {image.dim()} axes; one image is needed, (C, H, W) or (1, C, H, W)."
        )
    refuse_compiled(model, title)
    model = _copied(model, image, title)
    channels, height, width = image.shape
    try:
        shape = (channels, height, width)
        graph = read_graph(model, shape, image.unsqueeze(0), may_end_anywhere=True)
    except GraphError as error:
        raise OwnNetworkError(f"{title}: {error}") from error
    count = 0 if graph.logits is None else graph.shapes[graph.logits][0]
    if classes is not None and len(classes) != count:
        given = "is 1 class" if len(classes) == 1 else f"are {len(classes)} classes"
        raise OwnNetworkError(f"There {given}, but {count} logits.")
    architecture = Architecture(
        name=re.sub(r"[^a-z0-9_]+", "_", title.lower()).strip("_") or "own",
        title=title,
        source="given",
        dataset=OWN_DATASET,
        classes=tuple(map(str, classes or range(count))),
        input_shape=shape,
        normalization=Normalization((0.0,) * channels, (1.0,) * channels),
        preparation="digit",
        build=type(model),
        initialize=lambda _: None,
    )
    standing = Standing("ready", graph.failure or without_classes(title, graph))
    return LoadedNetwork(architecture, model, {}, torch.device("cpu"), graph, standing)


def _copied(model: nn.Module, image: Tensor, title: str) -> nn.Module:
    """A copy on the CPU, in evaluation. Raises: OwnNetworkError when there can be none."""
    try:
        model = copy.deepcopy(model).cpu()
    except Exception as error:  # what a module keeps may raise anything
        raise OwnNetworkError(f"{title} cannot be copied: {told(error)}.") from error
    try:
        settle(model, image.unsqueeze(0))
    except Exception as error:  # a network's own code may raise anything
        raise OwnNetworkError(f"{title} cannot be used: {told(error)}.") from error
    return model.eval().requires_grad_(False)

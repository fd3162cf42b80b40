"""What a network is asked over HTTP and what it answers: documents with tensors in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from app.web.api.images.preparation import max_step_values
from app.web.api.networks.questions import Question, image_tensor, make_ready, refusals_as_problems
from app.web.wire.negotiation import JSON
from app.web.wire.problems import Place, Problem
from app.web.wire.queries import ForwardQuery, PositionQuery, WeightsQuery
from app.web.wire.tensors import Answer, Array, DType, NamedTensor, named, number

if TYPE_CHECKING:
    from app.networks import Forward, LoadedNetwork

# The one tensor of a trace that a .npy answer carries, by the layer's kind.
MAIN_OF_KIND = {
    "Conv2d": "products",
    "MaxPool2d": "window",
    "Linear": "products",
    "Softmax": "exponentials",
}


def weights(question: Question[WeightsQuery], layer: str) -> Answer:
    """The parameters of a layer under PyTorch's names."""
    with refusals_as_problems():
        parameters = question.network.weights(layer)
    dtype = question.query.dtype
    tensors = {name: named(name, value.numpy(), dtype) for name, value in parameters.items()}
    return Answer({"layer": layer, **tensors}, tensors["weight"])


def forward(question: Question[ForwardQuery]) -> Answer:
    """The prediction, and every layer that was asked for with its statistics."""
    network, query = question.network, question.query
    ready = make_ready(question)
    layers = None if query.layers == "all" else _names(query.layers)
    with refusals_as_problems():
        result = network.forward(image_tensor(ready), layers)
    logits = named("logits", result.logits.numpy())
    probabilities = named("probabilities", result.probabilities.numpy())
    top = _top(probabilities.values, network.architecture.classes, query.top)
    max_steps = max_step_values(question.media_type, question.settings)
    arrays = {name: tensor.numpy() for name, tensor in result.activations.items()}
    described = _layers(network, result)
    tensors: list[NamedTensor] = []
    if query.activations or question.media_type != JSON:
        tensors = _add_activations(described, arrays, query.dtype)
    document = {
        "network": network.name,
        "prediction": top[0],
        "top": top,
        "logits": logits,
        "probabilities": probabilities,
        "input": named("input", result.input.numpy()),
        **ready.as_dict(query.steps, query.dtype, max_steps),
        "layers": described,
    }
    main = tensors[0] if layers and len(tensors) == 1 else logits
    return Answer(document, main, is_in_bytes=query.dtype == "uint8")


def trace(question: Question[PositionQuery]) -> Answer:
    """The operands of one value, our sum of them, PyTorch's value, and the difference."""
    query, image = question.query, image_tensor(make_ready(question))
    with refusals_as_problems():
        found = question.network.trace(image, query.layer, query.channel, query.row, query.column)
    document = {name: _plain(name, value) for name, value in found.items()}
    main = document.get(MAIN_OF_KIND.get(found["kind"], ""))
    return Answer(document, main if isinstance(main, NamedTensor) else None)


def receptive_field(question: Question[PositionQuery]) -> Answer:
    """The box by geometry and, where an image came with the question, the gradient in it."""
    network, query = question.network, question.query
    position = (query.row, query.column)
    effective = None
    with refusals_as_problems():
        box = network.receptive_field(query.layer, *position, channel=query.channel)
        if question.body.content:
            image = image_tensor(make_ready(question))
            gradient = network.effective_receptive_field(
                image, query.layer, query.channel, *position
            )
            effective = named("effective", gradient.numpy())
    return Answer({"box": box.as_dict(), "effective": effective}, effective)


def _names(layers: str) -> Sequence[str]:
    """The layers of a comma-separated list, each once."""
    names = list(dict.fromkeys(name.strip() for name in layers.split(",") if name.strip()))
    if not names:
        sentence = "layers: name at least one layer, or all."
        raise Problem(422, sentence, errors=[Place("?layers", sentence)])
    return names


def _top(probabilities: Array, classes: Sequence[str], count: int) -> list[dict[str, Any]]:
    """The most probable classes, best first; of equal ones the first."""
    order = (-probabilities).argsort(kind="stable")[:count].tolist()
    return [
        {"index": i, "label": classes[i], "probability": number(float(probabilities[i]))}
        for i in order
    ]


def _layers(network: LoadedNetwork, result: Forward) -> list[dict[str, Any]]:
    """Each layer's name, kind, shape and statistics."""
    summaries = zip(result.activations.items(), result.statistics(), strict=True)
    return [
        {
            "name": name,
            "kind": network.layer(name).kind,
            "shape": tuple(activation.shape),
            **{statistic: number(value) for statistic, value in summary.items()},
        }
        for (name, activation), summary in summaries
    ]


def _add_activations(
    layers: Sequence[dict[str, Any]], arrays: dict[str, Array], dtype: DType
) -> list[NamedTensor]:
    """The activations, each added to its layer, together with the scale of one in bytes."""
    tensors = []
    for layer, (name, array) in zip(layers, arrays.items(), strict=True):
        tensor = named(name, array, dtype, is_scale_apart=True)
        if tensor.scale is not None:
            layer["scale"] = tensor.scale
        layer["activation"] = tensor
        tensors.append(tensor)
    return tensors


def _plain(name: str, value: object) -> object:
    """A value of a trace for a document: tensors under their names, sums as a plain list."""
    import torch

    if isinstance(value, torch.Tensor):
        array = value.numpy()
        return array.tolist() if name == "channel_sums" else named(name, array)
    return number(value) if isinstance(value, float) else value

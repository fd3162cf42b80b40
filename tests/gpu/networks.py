"""Every registered network on a device: its layers, traces, gradients, training and speed."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import torch
from torch import Tensor

from app.networks.loaded_network import LoadedNetwork
from app.networks.registry import ARCHITECTURES, Architecture
from app.networks.shelf import Places, load_network
from app.training.candidates import build_model
from app.training.datasets import Dataset
from app.training.events import CheckpointEvent, StepEvent
from app.training.loop import train
from app.training.recipe import Recipe
from tests.gpu.comparison import Comparison, compare

CPU = torch.device("cpu")
# float32 sums of some thousand products in another order, TF32 switched off; cuDNN may transform a
# 3×3 convolution first (Winograd), which costs a digit more.
FORWARD_TOLERANCE = 1e-4
# Adam's first steps are as large however small a gradient is, so noise grows: of 1e-7 or of 1e-5 in
# every activation, it changes twenty steps' losses by 6e-4 and their gradient norms by 5e-3.
TRAINING_TOLERANCE = 2e-2
BATCH_SIZE = 64
STEPS = 20
BATCHES = {"digit": (1, 256), "clothes": (1, 256), "photo": (1, 8)}
# A gradient is a whole pass back: of a deep network so many layers, evenly from first to last.
LAYERS = 12
# Twenty steps of more take minutes on a CPU.
TRAINED = ("mycnn", "mycnn_bn_dropout")
MEASURED_SECONDS = 0.3


def comparisons(device: torch.device, models: Path, names: Collection[str]) -> Iterator[Comparison]:
    """Every layer of these networks, one value of each taken apart, and some steps of training."""
    for architecture in map(ARCHITECTURES.__getitem__, names):
        ours, theirs = (_loaded(architecture, models, each) for each in (device, CPU))
        image = torch.rand(architecture.input_shape, generator=torch.Generator().manual_seed(0))
        found, wanted = ours.forward(image), theirs.forward(image)
        for layer, activation in wanted.activations.items():
            name = f"{architecture.name}: {layer}"
            yield compare(name, found.activations[layer], activation, FORWARD_TOLERANCE)
        yield from _explained(ours, theirs, image)
        if architecture.name in TRAINED:
            yield from _trained(architecture, device)


def speeds(device: torch.device, models: Path, names: Collection[str]) -> Iterator[str]:
    """How long a forward pass takes on the device and on the CPU, for information."""
    for architecture in map(ARCHITECTURES.__getitem__, names):
        for batch in BATCHES[architecture.preparation]:
            taken = []
            for each in (device, CPU):
                model = _loaded(architecture, models, each).model
                images = torch.rand(batch, *architecture.input_shape, device=each)
                taken.append(_milliseconds(partial(model, images), each))
            yield (
                f"  {architecture.name}, {batch} at a time: {taken[0]:.2f} ms on {device.type}, "
                f"{taken[1]:.2f} ms on the CPU"
            )


def _explained(ours: LoadedNetwork, theirs: LoadedNetwork, image: Tensor) -> Iterator[Comparison]:
    """The middle value of a layer, and how it answers to the image; of a deep network of some."""
    activations = theirs.forward(image).activations
    layers = theirs.outline.layers
    for layer in layers[:: -(-len(layers) // LAYERS)]:
        at = [size // 2 for size in layer.output_shape]
        found, wanted = (
            network.trace(image, layer.name, *at).trace.value for network in (ours, theirs)
        )
        # A value is as exact as its layer: one near zero is the difference of larger ones.
        largest = activations[layer.name].abs().max()
        name = f"{ours.name}: trace of {layer.name}"
        pair = [torch.stack([torch.tensor(value), largest]) for value in (found, wanted)]
        yield compare(name, pair[0], pair[1], FORWARD_TOLERANCE)
        fields = [net.effective_receptive_field(image, layer.name, *at) for net in (ours, theirs)]
        name = f"{ours.name}: gradient at the input of {layer.name}"
        yield compare(name, fields[0], fields[1], FORWARD_TOLERANCE)


def _trained(architecture: Architecture, device: torch.device) -> Iterator[Comparison]:
    """The losses and gradient norms of the first steps, and the weights after them."""
    found, wanted = (_run(architecture, each) for each in (device, CPU))
    for part, one, other in zip(("losses", "gradient norms"), found[:2], wanted[:2], strict=True):
        name = f"{architecture.name}: {part} of {STEPS} steps"
        yield compare(name, one, other, TRAINING_TOLERANCE)
    fell = wanted[0][-1] < wanted[0][0]
    yield Comparison(f"{architecture.name}: the loss falls", 0.0 if fell else float("inf"), 0.0)


def _run(architecture: Architecture, device: torch.device) -> tuple[Tensor, Tensor]:
    """Losses and gradient norms of the training loop on squares that tell their class."""
    data = _squares(architecture)
    recipe = replace(Recipe(), network=architecture.name, epochs=1, batch_size=BATCH_SIZE)
    model = build_model(architecture, recipe)
    events = list(train(model, recipe, data, data, architecture.normalization, device))
    steps = [event for event in events if isinstance(event, StepEvent)]
    assert any(isinstance(event, CheckpointEvent) for event in events)
    return (
        torch.tensor([step.loss for step in steps]),
        torch.tensor([step.gradient_norm for step in steps]),
    )


def _squares(architecture: Architecture) -> Dataset:
    """Images with a bright column for each class, and noise."""
    count, classes = BATCH_SIZE * STEPS, len(architecture.classes)
    labels = torch.arange(count) % classes
    generator = torch.Generator().manual_seed(0)
    shape = (count, *architecture.input_shape)
    images = torch.randint(0, 64, shape, generator=generator, dtype=torch.uint8)
    columns = 2 + 2 * labels
    images[torch.arange(count), :, :, columns] = 255
    return Dataset("columns", images, labels, "")


def _loaded(architecture: Architecture, models: Path, device: torch.device) -> LoadedNetwork:
    """A network with its weights, on a device."""
    network = load_network(architecture, Places(models), device)
    if not isinstance(network, LoadedNetwork):
        raise RuntimeError(network.reason)
    return network


def _milliseconds(forward: Callable[[], object], device: torch.device) -> float:
    """The time of one forward pass, the mean of some after the first one."""
    passes = 0
    with torch.inference_mode():
        forward()
        _finish(device)
        begin = time.perf_counter()
        while (taken := time.perf_counter() - begin) < MEASURED_SECONDS:
            forward()
            _finish(device)
            passes += 1
    return 1000 * taken / passes


def _finish(device: torch.device) -> None:
    """Waits for what the device still has to do."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)

"""MyCNN with its layers as one chooses them: channels, windows, poolings, and what stands between.

Source: The Math Behind Convolutional Neural Networks, sections 3 and 4. Left as they are, the
layers are those of its network; batch normalization and dropout are where section 4 puts them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, Self

from torch import Tensor, nn

from app.mechanics.errors import MechanicsError
from app.mechanics.spec import Conv2dSpec, Pool2dSpec

POOLINGS: dict[str, type[nn.MaxPool2d | nn.AvgPool2d]] = {
    "max": nn.MaxPool2d,
    "average": nn.AvgPool2d,
}
CONVOLUTIONS = ("conv1", "conv2", "conv3")
SIDE = 28


class LayerError(MechanicsError):
    """Layers that do not fit upon each other; `field` is what to change, as `pool.stride`."""


@dataclass(frozen=True)
class ConvolutionLayer:
    """A convolution whose windows are squares."""

    channels: int
    kernel_size: int = 3
    stride: int = 1
    padding: int = 1


@dataclass(frozen=True)
class PoolingLayer:
    """The pooling behind each convolution."""

    kind: Literal["max", "average"] = "max"
    kernel_size: int = 2
    stride: int = 2


@dataclass(frozen=True)
class DenseLayer:
    """A dense layer."""

    units: int = 128


@dataclass(frozen=True)
class Layers:
    """The layers of MyCNN that can be other than they are.

    Args:
        conv3: a third convolution, with its activation function and its pooling; None: not there.
        pool: of every convolution.
    """

    conv1: ConvolutionLayer = ConvolutionLayer(32)
    conv2: ConvolutionLayer = ConvolutionLayer(64)
    conv3: ConvolutionLayer | None = None
    pool: PoolingLayer = PoolingLayer()
    fc1: DenseLayer = DenseLayer()

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """What `asdict` gave; a layer that is left out is as it is.

        Raises: TypeError for what is no layer.
        """
        kinds = {"pool": PoolingLayer, "fc1": DenseLayer}
        return cls(
            **{
                name: given and kinds.get(name, ConvolutionLayer)(**given)
                for name, given in values.items()
            }
        )

    def convolutions(self) -> Iterator[tuple[str, ConvolutionLayer]]:
        """Each convolution that is there, under its name."""
        for name in CONVOLUTIONS:
            if (layer := getattr(self, name)) is not None:
                yield name, layer

    def flat(self, side: int = SIDE, in_channels: int = 1) -> int:
        """How many values are left of a square image for the first dense layer.

        Raises: LayerError, at the first layer that none of its windows fits into.

        Example:
            >>> Layers().flat()
            3136
        """
        pool = self.pool
        for index, (name, layer) in enumerate(self.convolutions(), start=1):
            settings = layer.kernel_size, layer.stride, layer.padding
            _check_room(name, name, layer.kernel_size, side, layer.padding)
            try:
                convolution = Conv2dSpec.of(in_channels, layer.channels, *settings)
                side = convolution.output_size(side, side)[0].output
            except MechanicsError as error:
                raise _at(name, name, error) from None
            _check_room(f"pool{index}", "pool", pool.kernel_size, side)
            try:
                pooling = Pool2dSpec.of(pool.kernel_size, pool.stride)
                side = pooling.output_size(side, side)[0].output
            except MechanicsError as error:
                raise _at(f"pool{index}", "pool", error) from None
            in_channels = layer.channels
        return in_channels * side * side


def _check_room(name: str, member: str, kernel_size: int, side: int, padding: int = 0) -> None:
    """Raises: LayerError where a window is larger than the map that it moves over."""
    room = side + 2 * padding
    if kernel_size > room:
        padded = f", {room} × {room} with its padding" if padding else ""
        raise LayerError(
            f"{name}: its {kernel_size} × {kernel_size} window does not fit: "
            f"what is left of the digit there is {side} × {side}{padded}.",
            f"{member}.kernel_size",
        )


def _at(name: str, member: str, error: MechanicsError) -> LayerError:
    """What a layer refuses, with its name, and where it is set."""
    return LayerError(f"{name}: {error}", f"{member}.{error.field or fields(PoolingLayer)[1].name}")


class ChangeableMyCNN(nn.Module):
    """MyCNN with these layers; names and order of what it keeps are MyCNN's own.

    Args:
        batch_norm: whether `conv1_bn` stands behind the first convolution.
        dropout: the share of `fc1`'s units that is left out while it learns; None: not there.

    Shape:
        input (N, 1, 28, 28) → conv1, conv1_bn → pool1 → conv2 → pool2 → conv3 → pool3 → flatten
        → fc1, dropout (N, units) → fc2 (N, 10)

    Raises: LayerError.
    """

    def __init__(
        self, layers: Layers = Layers(), batch_norm: bool = False, dropout: float | None = None
    ) -> None:
        super().__init__()
        flat, pool = layers.flat(), layers.pool
        stages, in_channels = 0, 1
        for stages, (name, layer) in enumerate(layers.convolutions(), start=1):
            settings = layer.kernel_size, layer.stride, layer.padding
            self.add_module(name, nn.Conv2d(in_channels, layer.channels, *settings))
            if batch_norm and stages == 1:
                self.conv1_bn = nn.BatchNorm2d(layer.channels)
            self.add_module(f"relu{stages}", nn.ReLU())
            self.add_module(f"pool{stages}", POOLINGS[pool.kind](pool.kernel_size, pool.stride))
            in_channels = layer.channels
        self.flatten = nn.Flatten()
        self.fc1 = nn.Linear(flat, layers.fc1.units)
        self.add_module(f"relu{stages + 1}", nn.ReLU())
        if dropout is not None:
            self.dropout = nn.Dropout(dropout)
        self.fc2 = nn.Linear(layers.fc1.units, 10)

    def forward(self, images: Tensor) -> Tensor:
        """Logits of a batch of normalized digits: its layers, one after the other.

        Shape: images (N, 1, 28, 28) → (N, 10).
        """
        x = images
        for layer in self.children():
            x = layer(x)
        return x

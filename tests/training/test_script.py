"""The script of a run, carried out: the losses are those of the run."""

from __future__ import annotations

import ast
import runpy
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from app.networks.changeable_mycnn import ConvolutionLayer, DenseLayer, Layers, PoolingLayer
from app.networks.registry import ARCHITECTURES
from app.training.candidates import build_model
from app.training.datasets import Dataset, split
from app.training.events import EpochEvent, StepEvent
from app.training.loop import train
from app.training.mnist import FASHION
from app.training.recipe import (
    AugmentationRecipe,
    EarlyStoppingRecipe,
    OneCycleRecipe,
    OptimizerRecipe,
    OwnData,
    Recipe,
    TransferRecipe,
)
from app.training.script.script import script_of
from app.training.variant import architecture_of
from tests.places import ROOT

PLAIN = Recipe(dataset="mnist-subset", epochs=2, batch_size=50, seed=3, split_seed=1)
MOVED = AugmentationRecipe(rotation_degrees=10, scale=0.1, shift=1, flip=True)
CLOTHES = TransferRecipe("fashion_mycnn")
RECIPES = {
    "the article's": PLAIN,
    "every layer": replace(
        PLAIN,
        layers=Layers(
            conv1=ConvolutionLayer(4, 5, 2, 2),
            conv3=ConvolutionLayer(6),
            pool=PoolingLayer("average", 2, 2),
            fc1=DenseLayer(20),
        ),
        batch_norm=True,
        dropout=0.3,
        augmentation=MOVED,
        initialization="normal",
        initialization_scale=0.1,
        scheduler=OneCycleRecipe(),
        early_stopping=None,
    ),
    "plain steps": replace(
        PLAIN,
        optimizer=OptimizerRecipe("sgd", lr=0.05, momentum=0.9),
        initialization="default",
        augmentation=replace(MOVED, flip=False),
        early_stopping=EarlyStoppingRecipe(1),
        scheduler=None,
    ),
    "LeNet-5": replace(PLAIN, network="lenet5", epochs=1),
    "ResNet-20": replace(PLAIN, network="resnet20", epochs=1, initialization="default"),
    "VGG mini": replace(PLAIN, network="vgg_mini", epochs=1),
    "half precision": replace(PLAIN, network="lenet5", precision="bfloat16", epochs=1),
    "own": replace(
        PLAIN,
        dataset="own:digits",
        data=OwnData(tuple("abcde"), "drawings", ""),
        transfer=CLOTHES,
        batch_norm=False,
    ),
    "clothes": replace(
        PLAIN, dataset=FASHION.name, network="mycnn_bn_dropout",
        transfer=replace(CLOTHES, source="mycnn_bn_dropout"),
    ),
}  # fmt: skip


def archive(data: Dataset, name: str, folder: Path) -> Path:
    """The data as the script is given them."""
    path, images = folder / "data.npz", data.images[:, 0].numpy()
    labels = data.labels.numpy()
    if name == FASHION.name:
        for part, values in (("images-idx3", images), ("labels-idx1", labels.astype(np.uint8))):
            header = bytes(16 if "images" in part else 8)
            (folder / f"train-{part}-ubyte").write_bytes(header + values.tobytes())
        return folder
    prefix = "" if name.startswith("own:") else "train_"
    np.savez(path, **{f"{prefix}images": images, f"{prefix}labels": labels})  # type: ignore[arg-type]  # arrays
    return path


@pytest.mark.parametrize("name", RECIPES)
def test_a_script_has_the_losses_of_its_run(
    name: str, tmp_path: Path, subset: tuple[Dataset, Dataset]
) -> None:
    recipe = RECIPES[name]
    digits = subset[0].subset(torch.arange(400))
    if recipe.data is not None:
        digits = digits.subset((digits.labels < 5).nonzero()[:, 0])
    data = replace(digits, name=recipe.dataset)
    file = ROOT / "models" / (recipe.transfer or CLOTHES).source / "weights.safetensors"
    weights = None
    if recipe.transfer is not None:
        weights = {
            each: value.float() if value.is_floating_point() else value
            for each, value in load_file(file).items()
        }
    architecture = architecture_of(recipe)
    parts = split(data, recipe.split, recipe.split_seed)
    model = build_model(architecture, recipe, weights)
    device = torch.device("cpu")
    events = list(train(model, recipe, *parts, architecture.normalization, device))

    script = tmp_path / "train.py"
    script.write_text(script_of(recipe, "run 1", torch.get_num_threads()))
    given: list[Any] = [archive(data, recipe.dataset, tmp_path)]
    given += [] if weights is None else [file]
    with torch.random.fork_rng():
        losses, judged = runpy.run_path(str(script))["train"](*given)
    steps = [event.loss for event in events if isinstance(event, StepEvent)]
    assert losses == steps
    epochs = [event.val_loss for event in events if isinstance(event, EpochEvent)]
    assert judged == pytest.approx(epochs, rel=1e-6)  # summed over other batches
    assert len(set(losses)) == len(losses)


def test_a_script_says_what_it_needs() -> None:
    plain = script_of(PLAIN, "run 7")
    assert "python train.py models/mnist-subset/digits.npz" in plain
    assert "It needs PyTorch and NumPy." in plain
    assert "app." not in plain
    lenet = script_of(replace(PLAIN, network="lenet5", dataset="mnist"), "run 8")
    assert "python train.py MNIST/raw" in lenet
    digits = replace(PLAIN, network="fashion_mycnn", transfer=CLOTHES)
    assert script_of(digits, "run 2").startswith('"""MyCNN: a training as run 2 was')
    clothes = script_of(replace(digits, dataset=FASHION.name), "run 3")
    assert clothes.startswith('"""MyCNN on Fashion-MNIST: a training as run 3 was')
    photographs = OwnData(("a", "b"), "photographs", "")
    squeezed = replace(PLAIN, network="squeezenet1_1", dataset="own:x", data=photographs)
    text = script_of(replace(squeezed, transfer=TransferRecipe("squeezenet1_1")), "run 9")
    assert "model.conv10 = nn.Conv2d(512, 2, kernel_size=(1, 1)" in text
    assert "those of squeezenet1_1" in text
    assert ARCHITECTURES["squeezenet1_1"].name in text


@pytest.mark.parametrize("transfer", [None, CLOTHES])
def test_a_script_that_is_given_nothing_says_how_it_is_called(
    transfer: TransferRecipe | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "train.py"
    script.write_text(script_of(replace(PLAIN, transfer=transfer), "run 1"))
    monkeypatch.setattr(sys, "argv", [str(script)])
    with pytest.raises(SystemExit, match=r"python train\.py models/mnist-subset/digits\.npz"):
        runpy.run_path(str(script), run_name="__main__")


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_a_script_stands_alone_for_every_network(name: str, tmp_path: Path) -> None:
    architecture = ARCHITECTURES[name]
    recipe = replace(PLAIN, network=name)
    if architecture.preparation == "photo":
        photographs = OwnData(architecture.classes, "photographs", "")
        recipe = replace(recipe, dataset="own:x", data=photographs)
    text = script_of(recipe, "run 1")
    tree = ast.parse(text)
    lines = [each for each in ast.walk(tree) if isinstance(each, ast.Import | ast.ImportFrom)]
    brought = {str(getattr(each, "module", each.names[0].name)).split(".")[0] for each in lines}
    assert brought <= {"__future__", "collections", "importlib", "math", "sys", "numpy", "torch"}
    assert ("NumPy, torchvision." in text) == (architecture.published is not None)
    defined = [each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.ClassDef)]
    assert len(defined) == len(set(defined))
    assert defined.count("initialize") + text.count("\ninitialize = ") == 1
    script = tmp_path / "train.py"
    script.write_text(text)
    found = runpy.run_path(str(script))
    with torch.device("meta"):
        model, wanted = found["build"](), architecture.build()
    shapes, others = (
        {key: value.shape for key, value in each.state_dict().items()} for each in (model, wanted)
    )
    assert shapes == others

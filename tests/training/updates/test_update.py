"""One update against torch.optim and autograd: the same loop written out once more, by the book."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from app.networks.modules import PartialConv2d
from app.training.candidates import build_model
from app.training.datasets import Dataset, split
from app.training.events import StepEvent
from app.training.loop import train
from app.training.recipe import AugmentationRecipe, OptimizerRecipe, Recipe
from app.training.updates.update import Update, UpdateError, take_update
from app.training.updates.watched_training import WatchedTraining
from app.training.variant import architecture_of
from tests.training.updates.book import Book

CPU = torch.device("cpu")
RECIPE = Recipe(dataset="mnist-subset", batch_size=16)
ADAM = OptimizerRecipe(lr=0.01, weight_decay=0.1, betas=(0.8, 0.95), eps=1e-4)
SGD = OptimizerRecipe(name="sgd", lr=0.1, weight_decay=0.1, momentum=0.9)


def training_of(recipe: Recipe, subset: tuple[Dataset, Dataset]) -> WatchedTraining:
    architecture = architecture_of(recipe)
    parts = split(subset[0], recipe.split, recipe.split_seed)
    model = build_model(architecture, recipe)
    return WatchedTraining(model, recipe, *parts, architecture.normalization, CPU)


def lines_of(update: Update) -> dict[str, float]:
    return {line.name: line.ours for line in update.cell.lines}


CELLS: list[tuple[str, tuple[int, ...] | None]] = [
    ("conv1", (6, 0, 0, 2)),
    ("conv2", None),
    ("fc1", (66, 457)),
    ("fc2", None),
]


@pytest.mark.parametrize(("layer", "cell"), CELLS)
@pytest.mark.parametrize(
    "optimizer",
    [ADAM, replace(ADAM, amsgrad=False), SGD, replace(SGD, momentum=0.0)],
    ids=["amsgrad", "adam", "momentum", "sgd"],
)
def test_a_weight_on_its_way_is_torchs(
    subset: tuple[Dataset, Dataset],
    optimizer: OptimizerRecipe,
    layer: str,
    cell: tuple[int, ...] | None,
) -> None:
    recipe, step = replace(RECIPE, optimizer=optimizer), 3
    update = take_update(training_of(recipe, subset), step, layer, cell)
    book = Book(recipe, subset, step)
    weight = f"{layer}.weight"
    at, watched = update.cell.index, update.watched
    parameter = book.model.get_parameter(weight)
    assert parameter.grad is not None
    if cell is None:
        assert parameter.grad[at].abs() == parameter.grad.abs().max()
    # The step as it happened: to the bit where nothing is computed in another order.
    torch.testing.assert_close(watched.images, book.images, rtol=0, atol=0)
    torch.testing.assert_close(watched.logits, book.logits.detach())
    torch.testing.assert_close(watched.gradients[weight], parameter.grad)
    torch.testing.assert_close(watched.before[weight], book.before[weight])
    torch.testing.assert_close(watched.after[weight], parameter.detach())
    with torch.no_grad():
        after = nn.functional.cross_entropy(book.model(book.images), book.labels)
    assert watched.loss_after == pytest.approx(after.item(), rel=1e-5)
    assert watched.loss == pytest.approx(book.losses.mean().item(), rel=1e-5)
    # Ours, in float64, from where PyTorch stood in float32.
    ours = lines_of(update)
    for line in update.cell.lines:
        if line.torch is not None:
            assert line.ours == pytest.approx(line.torch, rel=2e-4, abs=2e-8), line.name
    assert ours["gradient"] == pytest.approx(parameter.grad[at].item(), rel=1e-4)
    assert ours["weight_decay"] == pytest.approx(0.1 * book.before[weight][at].item(), rel=1e-4)
    state = book.state().get(weight, {})
    remembered = {name for name in state if name != "step"}
    assert remembered == set(update.cell.before.state)
    for name in remembered:
        assert ours[name] == pytest.approx(state[name][at].item(), rel=1e-3, abs=1e-12)
        before = book.state_before[weight][name][at].item()
        assert update.cell.before.state[name] == pytest.approx(before, rel=1e-3, abs=1e-12)
    if optimizer.name == "adam":
        assert update.cell.before.steps == 2
        assert ours["bias_correction1"] == pytest.approx(1 - 0.8**3)
        assert ours["bias_correction2"] == pytest.approx(1 - 0.95**3)
        assert ours["step_size"] == pytest.approx(0.01 / (1 - 0.8**3))
        second = state["max_exp_avg_sq" if optimizer.amsgrad else "exp_avg_sq"][at].item()
        root = math.sqrt(second / (1 - 0.95**3))
        assert ours["denominator"] == pytest.approx(root + 1e-4, rel=1e-3)
    assert ours["value"] == pytest.approx(parameter[at].item(), abs=1e-6)
    _check_sum(update, book, layer)


def test_a_weight_of_connected_slices_is_torchs(subset: tuple[Dataset, Dataset]) -> None:
    recipe, step = replace(RECIPE, network="lenet5", optimizer=ADAM), 2
    update = take_update(training_of(recipe, subset), step, "c3", (6, 1, 2, 3))
    book = Book(recipe, subset, step)
    module = book.model.get_submodule("c3")
    assert isinstance(module, PartialConv2d)
    pair = module.pairs.index((6, 1))
    slices, state = module.slices, book.state()["c3.slices"]
    assert slices.grad is not None
    theirs = {
        "gradient": slices.grad[pair, 2, 3],
        "exp_avg": state["exp_avg"][pair, 2, 3],
        "max_exp_avg_sq": state["max_exp_avg_sq"][pair, 2, 3],
        "value": slices[pair, 2, 3],
    }
    ours = lines_of(update)
    for name, value in theirs.items():
        assert ours[name] == pytest.approx(value.item(), rel=2e-4, abs=1e-9), name
    assert float(update.cell.gradient.image_sums.sum()) == pytest.approx(ours["gradient"])
    whole = update.watched.gradients["c3.weight"]
    torch.testing.assert_close(whole[[6] * 3, [0, 1, 2]], slices.grad[pair - 1 : pair + 2])
    assert not whole[0, 3:].any()
    # The largest of all is one that is learned; of an unconnected pair there is none.
    largest = take_update(training_of(recipe, subset), 1, "c3", None).cell
    assert largest.index[:2] in module.pairs
    with pytest.raises(UpdateError, match="Filter 0 reads the maps 0, 1, 2 and not 4"):
        take_update(training_of(recipe, subset), 1, "c3", (0, 4, 0, 0))


def _check_sum(update: Update, book: Book, layer: str) -> None:
    """The sum's parts against autograd: each image's share, and every product that is named."""
    at, gradient = update.cell.index, update.cell.gradient
    count = len(book.labels)
    seen: dict[str, Tensor] = {}
    model = book.model
    model.load_state_dict(book.before)

    def keep(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        seen["input"], seen["output"] = inputs[0], output

    handle = model.get_submodule(layer).register_forward_hook(keep)
    losses = nn.functional.cross_entropy(model(book.images), book.labels, reduction="none")
    handle.remove()
    weight = model.get_parameter(f"{layer}.weight")
    for image in (0, count - 1):
        (own,) = torch.autograd.grad(losses[image] / count, weight, retain_graph=True)
        assert gradient.image_sums[image].item() == pytest.approx(
            own[at].item(), rel=1e-3, abs=1e-8
        )
    (by_output,) = torch.autograd.grad(losses.mean(), seen["output"])
    for each in gradient.largest:
        place: Any = (each.image, at[0])
        read: Any = (each.image, at[1])
        if len(at) == 4:
            place += (each.row, each.column)
            read += (each.input_row, each.input_column)
            assert each.input_row == each.row + at[2] - 1  # 3×3, padding 1
            assert each.input_column == each.column + at[3] - 1
        assert each.output_gradient == pytest.approx(by_output[place].item(), rel=1e-3, abs=1e-9)
        assert each.input == pytest.approx(seen["input"][read].item(), rel=1e-3, abs=1e-6)
        assert each.product == pytest.approx(each.input * each.output_gradient)
    sizes = [abs(each.product) for each in gradient.largest]
    assert sizes == sorted(sizes, reverse=True)
    shown = dict(zip(gradient.pictured, gradient.products, strict=True))
    for image, products in shown.items():
        assert products.sum().item() == pytest.approx(gradient.image_sums[image].item())


def test_the_loop_is_the_trainings_own(subset: tuple[Dataset, Dataset]) -> None:
    """What drops out, what is moved by chance and what batch normalization keeps: all as in it.

    By SGD: the bias before a batch normalization has no gradient but rounding, which Adam would
    make a whole step of.
    """
    recipe = replace(
        RECIPE,
        dropout=0.5,
        batch_norm=True,
        augmentation=AugmentationRecipe(rotation_degrees=10),
        optimizer=replace(SGD, lr=0.05, weight_decay=0.0),
    )
    architecture = architecture_of(recipe)
    model = build_model(architecture, recipe)
    parts = split(subset[0], recipe.split, recipe.split_seed)
    run = train(model, recipe, *parts, architecture.normalization, CPU)
    losses = []
    for event in run:
        if isinstance(event, StepEvent):
            losses.append(event.loss)
            if event.step == 4:
                break
    for step in (1, 4):
        watched = take_update(training_of(recipe, subset), step, None, None).watched
        assert watched.loss == pytest.approx(losses[step - 1], rel=1e-5)
    for name, value in model.state_dict().items():
        torch.testing.assert_close(watched.after[name], value, atol=1e-5, rtol=1e-4)
    assert watched.normalized is not None
    assert watched.left_out is not None
    # A batch normalization gives each map its bias as mean and its weight as spread.
    normalized, layer = watched.normalized, watched.normalized.layer
    bias, weight = (watched.before[f"{layer}.{name}"] for name in ("bias", "weight"))
    torch.testing.assert_close(normalized.mean_after, bias, atol=1e-5, rtol=1e-4)
    spread = normalized.std_before / (normalized.std_before**2 + 1e-5).sqrt()
    torch.testing.assert_close(normalized.std_after, weight.abs() * spread, atol=1e-5, rtol=1e-3)
    # Of the units that had a value about half are left out, by their own dice each image.
    units = watched.left_out.units
    assert units.shape == (16, 128)
    alive = units != 1
    share = (units == 2)[alive].float().mean().item()
    assert share == pytest.approx(watched.left_out.share, abs=0.1)
    assert (units[0] != units[1]).any()
    kinds = [seen.kind for seen in watched.layers]
    assert kinds[:3] == ["Conv2d", "BatchNorm2d", "ReLU"]
    assert "Dropout" in kinds


def test_the_passes_are_as_large_as_torch_says(subset: tuple[Dataset, Dataset]) -> None:
    update = take_update(training_of(RECIPE, subset), 1, None, None)
    book = Book(RECIPE, subset, 1)
    by_name = {seen.name: seen for seen in update.watched.layers}
    assert by_name["fc2"].output_rms == pytest.approx(
        book.logits.square().mean().sqrt().item(), rel=1e-4
    )
    by_logits = torch.autograd.grad(
        nn.functional.cross_entropy(logits := book.logits.detach().requires_grad_(), book.labels),
        logits,
    )[0]
    assert by_name["fc2"].gradient_rms == pytest.approx(
        by_logits.square().mean().sqrt().item(), rel=1e-4
    )
    change = update.change_of("conv1")
    assert change is not None
    parts = [book.model.get_parameter(f"conv1.{name}").grad for name in ("weight", "bias")]
    norm = math.sqrt(sum(p.square().sum().item() for p in parts if p is not None))
    assert change.gradient == pytest.approx(norm, rel=1e-4)
    assert update.change_of("relu1") is None
    assert update.watched.left_out is None
    assert update.watched.normalized is None
    squares = [p.grad.square().sum().item() for p in book.model.parameters() if p.grad is not None]
    assert update.gradient_norm == pytest.approx(math.sqrt(sum(squares)), rel=1e-4)


def test_what_there_is_not_is_said(subset: tuple[Dataset, Dataset]) -> None:
    wrong: list[tuple[str, int, str | None, tuple[int, ...] | None, str]] = [
        ("layer", 1, "relu1", None, "conv1, conv2, fc1, fc2"),
        ("cell", 1, "conv1", (0, 0), "given by 4 numbers"),
        ("cell", 1, "conv1", (0, 0, 3, 0), "32 × 1 × 3 × 3"),
    ]
    for member, step, layer, cell, words in wrong:
        with pytest.raises(UpdateError, match=words) as caught:
            take_update(training_of(RECIPE, subset), step, layer, cell)
        assert caught.value.member == member
    few = Dataset("few", subset[0].images[:40], subset[0].labels[:40], "")
    once = replace(RECIPE, epochs=1)
    with pytest.raises(UpdateError, match="ends with step 2") as caught:
        take_update(training_of(once, (few, few)), 9, None, None)
    assert caught.value.member == "steps"
    frozen = training_of(RECIPE, subset)
    frozen.model.requires_grad_(False)
    with pytest.raises(UpdateError, match="of this network learns"):
        take_update(frozen, 1, None, None)

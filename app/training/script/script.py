"""A run's recipe as a script that needs no more than PyTorch and NumPy, and has the same losses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import torch
from torch import nn

from app.networks.architecture import Architecture
from app.networks.architectures.mycnn import initialize
from app.networks.head import name_of_head
from app.networks.registry import ARCHITECTURES
from app.training.datasets import OWN
from app.training.mnist import COLLECTIONS
from app.training.recipe import OneCycleRecipe, Recipe, SchedulerRecipe
from app.training.script import templates
from app.training.variant import architecture_of

INDENT = " " * 4
DROPOUTS = (nn.Dropout, nn.Dropout2d)


def script_of(recipe: Recipe, run: str, threads: int = 1) -> str:
    """The script.

    Args:
        run: how the run is called.
        threads: how many it computed with.

    Raises: RecipeError for a recipe that cannot be carried out.
    """
    architecture = architecture_of(recipe)
    base = _base_of(recipe)
    pieces = [
        _head(recipe, architecture, run, threads, is_chain=_is_chain(base)),
        _load(recipe),
        templates.SPLIT_BY_CLASS if recipe.dataset.startswith(OWN) else templates.SPLIT,
        _build(recipe, architecture, base),
        *_initialize(recipe, architecture),
        *_augment(recipe),
        _train(recipe, architecture),
    ]
    return "\n".join(pieces)


def _base_of(recipe: Recipe) -> Architecture:
    """The network with the classes that it has by itself."""
    if recipe.data is not None and recipe.data.kind == "photographs":
        return ARCHITECTURES[recipe.network]
    return architecture_of(replace(recipe, data=None))


def _is_chain(architecture: Architecture) -> bool:
    """Whether a network is PyTorch's own layers, one after the other."""
    model = architecture.build().eval()
    children = list(model.children())
    if any(
        type(each).__module__.split(".")[0] != "torch" or [*each.children()] for each in children
    ):
        return False
    image = torch.rand(1, *architecture.input_shape)
    with torch.inference_mode():
        return torch.equal(nn.Sequential(*children)(image), model(image))


def _head(
    recipe: Recipe, architecture: Architecture, run: str, threads: int, *, is_chain: bool
) -> str:
    normalization = architecture.normalization
    more = ", safetensors" if recipe.transfer else ""
    more += "" if is_chain else ", and Convoscope's folder for its network"
    weights = "" if recipe.transfer is None else " weights.safetensors"
    text = templates.HEAD.format(
        title=architecture.title,
        run=run,
        data=_data_argument(recipe) + weights,
        more=more,
        source=_whose_weights(recipe),
        epochs=recipe.epochs,
        batch_size=recipe.batch_size,
        seed=recipe.seed,
        split=recipe.split,
        split_seed=recipe.split_seed,
        threads=threads,
        mean=list(normalization.mean),
        std=list(normalization.std),
    )
    if not is_chain:
        needed = "from app.networks.registry import ARCHITECTURES\n"
        text += f'{needed}\nARCHITECTURE = ARCHITECTURES["{recipe.network}"]\n'
    return text.replace(" \n", "\n")


def _whose_weights(recipe: Recipe) -> str:
    """Which file a transfer begins with, in a sentence."""
    if recipe.transfer is None:
        return ""
    return f"weights.safetensors are those of {recipe.transfer.source}."


def _data_argument(recipe: Recipe) -> str:
    """What the script is given to learn from."""
    if recipe.dataset.startswith(OWN):
        return f"{recipe.dataset.removeprefix(OWN)}.npz"
    collection = COLLECTIONS.get(recipe.dataset)
    if collection is None:
        return "models/mnist-subset/digits.npz"
    return f"{collection.title.replace('-', '')}/raw"


def _load(recipe: Recipe) -> str:
    if recipe.dataset.startswith(OWN):
        return templates.OWN
    collection = COLLECTIONS.get(recipe.dataset)
    return templates.COLLECTION.format(title=collection.title) if collection else templates.SUBSET


def _build(recipe: Recipe, architecture: Architecture, base: Architecture) -> str:
    """The network, its last layer replaced where there are other classes."""
    more = ""
    if len(architecture.classes) != len(base.classes):
        name = name_of_head(architecture.build())
        head = architecture.build().get_submodule(name)
        more = f"{INDENT}model.{name} = nn.{head!r}\n"
    if not _is_chain(base):
        return templates.REGISTERED.format(title=base.title, more=more)
    layers = base.build().named_children()
    lines = [f"{3 * INDENT}{name}=nn.{module!r}," for name, module in layers]
    return templates.CHAIN.format(layers="\n".join(lines), more=more)


def _initialize(recipe: Recipe, architecture: Architecture) -> Iterator[str]:
    if recipe.initialization == "normal":
        yield templates.NORMAL.format(scale=recipe.initialization_scale)
    elif recipe.initialization == "article":
        its_own = "\ninitialize = ARCHITECTURE.initialize\n"
        yield templates.ARTICLE if architecture.initialize is initialize else its_own


def _augment(recipe: Recipe) -> Iterator[str]:
    if (moves := recipe.augmentation) is not None:
        yield templates.AUGMENT.format(
            mirrored=", mirrored" if moves.flip else "",
            rotation=moves.rotation_degrees,
            scale=moves.scale,
            shift=moves.shift,
            sign="torch.where(mirror < 0, -1.0, 1.0)" if moves.flip else "torch.ones(count)",
        )


def _train(recipe: Recipe, architecture: Architecture) -> str:
    is_half = recipe.precision == "bfloat16"
    drops = any(isinstance(module, DROPOUTS) for module in architecture.build().modules())
    forward = f"{3 * INDENT}logits = model(some)"
    if is_half:
        forward = (
            f"{3 * INDENT}some = some.contiguous(memory_format=torch.channels_last)\n"
            f"{3 * INDENT}with torch.autocast(DEVICE.type, torch.bfloat16):\n"
            f"{4 * INDENT}logits = model(some)\n"
            f"{3 * INDENT}logits = logits.float()"
        )
    is_plateau = isinstance(recipe.scheduler, SchedulerRecipe)
    is_cycle = isinstance(recipe.scheduler, OneCycleRecipe)
    seed = "torch.manual_seed(int(torch.randint(2**62, (), generator=chance)))"
    return templates.REST.format(
        weights_argument="" if recipe.transfer is None else ", weights",
        start=_start(recipe, name_of_head(architecture.build())),
        layout=_layout(is_half=is_half),
        optimizer=_optimizer(recipe),
        schedule=_schedule(recipe),
        frozen=_frozen(recipe),
        augment=f"{3 * INDENT}some = augment(some, chance)\n" if recipe.augmentation else "",
        drops=f"{3 * INDENT}{seed}\n" if drops else "",
        forward=forward,
        after_step=f"{3 * INDENT}schedule.step()\n" if is_cycle else "",
        after_epoch=f"{2 * INDENT}schedule.step(val_loss)\n" if is_plateau else "",
        stopping=_stopping(recipe),
    )


def _layout(*, is_half: bool) -> str:
    """The lines that bring the weights into the layout of the run's, as the loop does."""
    layout = "model.to(memory_format=torch.channels_last)"
    if is_half:
        return f"{INDENT}{layout}\n"
    return f'{INDENT}if DEVICE.type == "cpu":\n{2 * INDENT}{layout}\n'


def _start(recipe: Recipe, head: str) -> str:
    """What is done to the starting weights, a line each."""
    lines = [] if recipe.initialization == "default" else ["initialize(model)"]
    if recipe.transfer is not None:
        lines += [
            "from safetensors.torch import load_file",
            "",
            "known = {name: value.float() if value.is_floating_point() else value",
            "         for name, value in load_file(weights).items()",
            f'         if not name.startswith("{head}.")}}',
            "model.load_state_dict(known, strict=False)",
        ]
        if recipe.transfer.freeze:
            lines += ["model.requires_grad_(False)", f"model.{head}.requires_grad_(True)"]
    return "".join(f"{INDENT}{line}".rstrip() + "\n" for line in lines)


def _frozen(recipe: Recipe) -> str:
    """The lines that keep frozen normalizations in evaluation."""
    if recipe.transfer is None or not recipe.transfer.freeze:
        return ""
    lines = [
        f"{2 * INDENT}for module in model.modules():",
        f"{3 * INDENT}if isinstance(module, nn.BatchNorm2d):",
        f"{4 * INDENT}module.eval()",
    ]
    return "\n".join(lines) + "\n"


def _optimizer(recipe: Recipe) -> str:
    given = recipe.optimizer
    if given.name == "sgd":
        rest = f"momentum={given.momentum}, weight_decay={given.weight_decay}"
        return f"torch.optim.SGD(parameters, lr={given.lr}, {rest})"
    rest = f"weight_decay={given.weight_decay}, amsgrad={given.amsgrad}, fused=True"
    return (
        f"torch.optim.Adam(\n{2 * INDENT}parameters, lr={given.lr}, betas={given.betas}, "
        f"eps={given.eps},\n{2 * INDENT}{rest}\n{INDENT})"
    )


def _schedule(recipe: Recipe) -> str:
    match recipe.scheduler:
        case SchedulerRecipe(patience=patience, factor=factor, min_lr=lowest):
            return (
                f"{INDENT}schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(\n"
                f"{2 * INDENT}optimizer, factor={factor}, patience={patience}, min_lr={lowest}\n"
                f"{INDENT})\n"
            )
        case OneCycleRecipe(rise=rise):
            return (
                f"{INDENT}steps = EPOCHS * math.ceil(len(first) / BATCH_SIZE)\n"
                f"{INDENT}schedule = torch.optim.lr_scheduler.OneCycleLR(\n"
                f"{2 * INDENT}optimizer, {recipe.optimizer.lr}, steps + 1, pct_start={rise}, "
                f"cycle_momentum=False\n{INDENT})\n"
            )
        case None:
            return ""


def _stopping(recipe: Recipe) -> str:
    if recipe.early_stopping is None:
        return ""
    lines = (
        "waited = 0 if val_loss < lowest else waited + 1",
        "lowest = min(lowest, val_loss)",
        f"if waited >= {recipe.early_stopping.patience}:",
        f"{INDENT}break",
    )
    return "".join(f"{2 * INDENT}{line}\n" for line in lines)

"""The training's part of a script: starting weights, optimizer, schedule, loop."""

from __future__ import annotations

from app.networks.architecture import Architecture
from app.networks.head import name_of_head
from app.training import divergence
from app.training.frozen_part import DROPOUTS
from app.training.recipe import OneCycleRecipe, Recipe, SchedulerRecipe
from app.training.script import templates

INDENT = " " * 4


def training_of(recipe: Recipe, architecture: Architecture) -> str:
    """The function that trains, and what it calls."""
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
        arguments=2 if recipe.transfer is None else 3,
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
        divergence_steps=divergence.STEPS,
        divergence_factor=divergence.FACTOR,
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

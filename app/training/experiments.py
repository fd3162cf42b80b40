"""Ready-made experiments: short runs that differ in one thing, and what their numbers say of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.training import experiment_outcomes as outcomes
from app.training.experiment_outcomes import LARGE_RATE
from app.training.recipe import (
    AugmentationRecipe,
    OptimizerRecipe,
    Recipe,
    TransferRecipe,
)

SHORT = Recipe(dataset="mnist-subset", epochs=3, scheduler=None, early_stopping=None)


@dataclass(frozen=True)
class Part:
    """One of an experiment's runs: what it is called there, and its recipe."""

    name: str
    recipe: Recipe


@dataclass(frozen=True)
class Experiment:
    """Runs that differ in one thing.

    Args:
        question: what they answer.
        compared: what is looked at, in a few words.
        outcome: from the runs in the order of `parts` the closing sentence, and for each run the
            numbers in it.
    """

    name: str
    title: str
    question: str
    compared: str
    parts: tuple[Part, ...]
    outcome: outcomes.Outcome


_SGD = OptimizerRecipe("sgd", lr=0.05, weight_decay=0.0, momentum=0.9)
_CLOTHES, _ALL = TransferRecipe("fashion_mycnn"), TransferRecipe("fashion_mycnn", freeze=False)
_SCALED = replace(SHORT, initialization="normal")
_FLIPPED = replace(SHORT, augmentation=AugmentationRecipe(flip=True))

EXPERIMENTS: dict[str, Experiment] = {
    each.name: each
    for each in (
        Experiment(
            "flip",
            "Mirrored digits",
            "Does it help to learn from mirrored digits, too?",
            "accuracy of the digits 2, 5 and 7",
            (
                Part("as they are", SHORT),
                Part("mirrored by chance", _FLIPPED),
            ),
            outcomes.mirroring,
        ),
        Experiment(
            "dropout",
            "Units left out by chance",
            "What does dropout do to the loss of training and of validation?",
            "training and validation loss",
            (Part("all units", SHORT), Part("dropout 0.5", replace(SHORT, dropout=0.5))),
            outcomes.dropout,
        ),
        Experiment(
            "batch-norm",
            "Normalized batches",
            "How many epochs does batch normalization save?",
            "epochs to the same accuracy",
            (
                Part("without batch norm", SHORT),
                Part("with batch norm", replace(SHORT, batch_norm=True)),
            ),
            outcomes.normalization,
        ),
        Experiment(
            "initialization",
            "Where weights begin",
            "What happens when the starting weights are too small, or too large?",
            "activations and gradients of each layer at the first step, and the accuracy",
            (
                Part("weights of 0.0001", replace(_SCALED, initialization_scale=1e-4)),
                Part("the article's weights", SHORT),
                Part("weights of 0.5", replace(_SCALED, initialization_scale=0.5)),
            ),
            outcomes.scales,
        ),
        Experiment(
            "freezing",
            "Frozen layers",
            "How much of a network that knows clothes has to learn anew to read digits?",
            "trained parameters, speed and accuracy",
            (
                Part("the last layer", replace(SHORT, transfer=_CLOTHES)),
                Part("all layers", replace(SHORT, transfer=_ALL)),
            ),
            outcomes.freezing,
        ),
        Experiment(
            "learning-rate",
            "A step too large",
            "What does a learning rate do that is far too large?",
            "loss, step by step",
            (
                Part("rate 0.05", replace(SHORT, optimizer=_SGD)),
                Part(
                    f"rate {LARGE_RATE:g}",
                    replace(SHORT, optimizer=replace(_SGD, lr=LARGE_RATE)),
                ),
            ),
            outcomes.rate,
        ),
    )
}
"""By name, in the order in which they are told."""

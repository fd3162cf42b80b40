"""What the runs of an experiment measured, in a sentence each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

MIRRORED_DIGITS = (2, 5, 7)
ALL_BUT_MIRRORED = tuple(digit for digit in range(10) if digit not in MIRRORED_DIGITS)
LARGE_RATE = 5.0


@dataclass(frozen=True)
class Measured:
    """A run that has ended, in the numbers that are compared.

    Args:
        state, reason: how it ended.
        epochs: what it told of each epoch.
        step: how many batches it learned from.
        trainable, parameters: how many numbers learn, of how many.

    Shape: labels, predictions (n,): of validation images at its last moment.
    """

    state: str
    reason: str | None
    epochs: Sequence[Mapping[str, Any]]
    step: int
    trainable: int
    parameters: int
    labels: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    predictions: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))

    def share_right(self, classes: Sequence[int]) -> float:
        """The share of the images of these classes that is named rightly."""
        among = np.isin(self.labels, classes)
        return float((self.labels == self.predictions)[among].mean()) if among.any() else 0.0

    def last(self, name: str) -> float:
        """A number of its last epoch; NaN where none ended."""
        return float(self.epochs[-1][name]) if self.epochs else float("nan")

    def first(self, name: str) -> float:
        """A number of its first epoch; NaN where none ended."""
        return float(self.epochs[0][name]) if self.epochs else float("nan")

    def epochs_to(self, accuracy: float) -> int | None:
        """After how many epochs the validation accuracy was so high; None: never."""
        reached = (each["epoch"] for each in self.epochs if each["val_accuracy"] >= accuracy)
        return next(reached, None)


Numbers = list[dict[str, float | None]]
Outcome = Callable[[Sequence[Measured]], tuple[str, Numbers]]


def percent_text(share: float) -> str:
    """One decimal, a half rounded up: as the pages write it."""
    return f"{Decimal(100 * share).quantize(Decimal('0.1'), ROUND_HALF_UP)} %"


def mirroring(runs: Sequence[Measured]) -> tuple[str, Numbers]:
    """How mirrored digits are read that have no mirror image, and the others."""
    plain, flipped = runs
    values: Numbers = [
        {
            "2, 5 and 7": each.share_right(MIRRORED_DIGITS),
            "other digits": each.share_right(ALL_BUT_MIRRORED),
        }
        for each in (plain, flipped)
    ]
    before, after = (each.share_right(MIRRORED_DIGITS) for each in runs)
    others = [percent_text(each.share_right(ALL_BUT_MIRRORED)) for each in runs]
    verdict = "worse, for" if after < before else "no worse in this run, though"
    return (
        f"Of the digits 2, 5 and 7, {percent_text(before)} were read rightly without mirroring and "
        f"{percent_text(after)} with it: {verdict} a mirrored 2 is none. "
        f"Of the other digits it was {others[0]} and {others[1]}.",
        values,
    )


def dropout(runs: Sequence[Measured]) -> tuple[str, Numbers]:
    """The losses of training and of validation, without and with dropout."""
    values: Numbers = [
        {
            "training loss": each.last("train_loss"),
            "validation loss": each.last("val_loss"),
            "validation accuracy": each.last("val_accuracy"),
        }
        for each in runs
    ]
    off, on = runs
    return (
        f"Without dropout the training loss ended at {off.last('train_loss'):.4f} and that of "
        f"validation at {off.last('val_loss'):.4f}; with half of fc1's units left out of each "
        f"batch at {on.last('train_loss'):.4f} and {on.last('val_loss'):.4f}. While it learns "
        f"units are missing, so the first is higher; where it is judged, all of them are there.",
        values,
    )


def normalization(runs: Sequence[Measured]) -> tuple[str, Numbers]:
    """How many epochs batch normalization saves."""
    plain, normalized = runs
    goal = plain.last("val_accuracy")
    needed = normalized.epochs_to(goal)
    values: Numbers = [
        {
            "accuracy after the first epoch": each.first("val_accuracy"),
            "accuracy after the last": each.last("val_accuracy"),
            "epochs to the goal": each.epochs_to(goal),
        }
        for each in runs
    ]
    saved = len(plain.epochs) - (needed or 0)
    ending = "did not get there: nothing was saved"
    if needed is not None:
        words = {0: ", too: none was saved", 1: ": one was saved"}
        ending = f"was there after {needed}{words.get(saved, f': {saved} were saved')}"
    first = [percent_text(each.first("val_accuracy")) for each in runs]
    return (
        f"After the first epoch {first[0]} of the validation digits were right without batch "
        f"normalization and {first[1]} with it. Without it the network came to "
        f"{percent_text(goal)} in {len(plain.epochs)} epochs; with it, it {ending}.",
        values,
    )


def scales(runs: Sequence[Measured]) -> tuple[str, Numbers]:
    """What starting weights of three scales come to."""
    values: Numbers = [
        {
            "mean loss of the first epoch": float(each.epochs[0]["train_loss"])
            if each.epochs
            else None,
            "gradient norm of the first epoch": (
                float(each.epochs[0]["gradient_norm"]) if each.epochs else None
            ),
            "validation accuracy": each.last("val_accuracy") if each.epochs else None,
        }
        for each in runs
    ]
    words = [
        f"{percent_text(each.last('val_accuracy'))}" if each.epochs else "nothing, for it diverged"
        for each in runs
    ]
    small, article, large = words
    return (
        f"After the same steps weights that began near 0 (0.0001) came to {small}, the article's "
        f"to {article}, and weights that began large (0.5) to {large}. What is too small passes "
        "no signal on and gets no gradient back; what is too large drowns it.",
        values,
    )


def freezing(runs: Sequence[Measured]) -> tuple[str, Numbers]:
    """What the last layer alone learns, and how fast."""
    frozen, free = runs
    values: Numbers = [
        {
            "trained parameters": float(each.trainable),
            "digits a second": each.last("samples_per_second"),
            "validation accuracy": each.last("val_accuracy"),
        }
        for each in runs
    ]
    faster = frozen.last("samples_per_second") / free.last("samples_per_second")
    speed = f"{faster:.1f} times as fast a step" if faster >= 1.05 else "no faster in this run"
    return (
        f"With {frozen.trainable:,} of {frozen.parameters:,} parameters trained and the rest "
        f"frozen as it learned clothes, {percent_text(frozen.last('val_accuracy'))} of the digits "
        f"were right, {speed}; with all {free.trainable:,} trained, "
        f"{percent_text(free.last('val_accuracy'))}.",
        values,
    )


def rate(runs: Sequence[Measured]) -> tuple[str, Numbers]:
    """Where a learning rate ends that is too large."""
    good, large = runs
    values: Numbers = [
        {
            "steps": float(each.step),
            "validation accuracy": each.last("val_accuracy") if each.epochs else None,
        }
        for each in runs
    ]
    ended = (
        f"diverged after {large.step} {'step' if large.step == 1 else 'steps'}"
        if large.state == "diverged"
        else f"ended at {percent_text(large.last('val_accuracy'))}"
    )
    return (
        f"With a learning rate of 0.05, {percent_text(good.last('val_accuracy'))} of the digits "
        f"were right; with {LARGE_RATE:g}, each step leaps over the valley, and the run {ended}.",
        values,
    )

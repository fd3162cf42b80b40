"""What the runs of an experiment measured, in a sentence each that is true of what it came to."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from app.training.experiment_measures import (
    Measured,
    compared,
    count_text,
    known,
    lack_of,
    lack_of_epochs,
    loss_text,
    percent_text,
)

MIRRORED_DIGITS = (2, 5, 7)
ALL_BUT_MIRRORED = tuple(digit for digit in range(10) if digit not in MIRRORED_DIGITS)
LARGE_RATE = 5.0

Numbers = list[dict[str, float | None]]
Outcome = Callable[[Sequence[Measured]], tuple[str, Numbers]]


def _shares(run: Measured) -> tuple[float, float]:
    """The shares that are right of the digits without a mirror image, and of the others."""
    return run.share_right(MIRRORED_DIGITS), run.share_right(ALL_BUT_MIRRORED)


def mirroring(runs: Sequence[Measured]) -> tuple[str, Numbers]:
    """How mirrored digits are read that have no mirror image, and the others."""
    shares = [_shares(each) for each in runs]
    values: Numbers = [
        known({"2, 5 and 7": mirrored, "other digits": other}) for mirrored, other in shares
    ]
    is_read = [not math.isnan(sum(each)) for each in shares]
    if lack := lack_of(is_read, "ended with weights that read no digit"):
        return lack, values
    (before, other_before), (after, other_after) = shares
    texts = percent_text(before), percent_text(after)
    words = ("worse, for", "the same in this run, though", "better in this run, though")
    return (
        f"Of the digits 2, 5 and 7, {texts[0]} were read rightly without mirroring and "
        f"{texts[1]} with it: {compared(*texts, after - before, words)} a mirrored 2 is none. "
        f"Of the other digits it was {percent_text(other_before)} and {percent_text(other_after)}.",
        values,
    )


def dropout(runs: Sequence[Measured]) -> tuple[str, Numbers]:
    """The losses of training and of validation, without and with dropout."""
    values: Numbers = [
        known(
            {
                "training loss": each.last("train_loss"),
                "validation loss": each.last("val_loss"),
                "validation accuracy": each.last("val_accuracy"),
            }
        )
        for each in runs
    ]
    if lack := lack_of_epochs(runs):
        return lack, values
    off, on = runs
    words = ("lower than", "the same as", "higher than")
    train, val = ([each.last(name) for each in (off, on)] for name in ("train_loss", "val_loss"))
    than_train, than_val = (
        compared(loss_text(one), loss_text(other), other - one, words)
        if math.isfinite(other - one)
        else None
        for one, other in (train, val)
    )
    told = (
        f"Without dropout the training loss ended at {loss_text(train[0])} and that of "
        f"validation at {loss_text(val[0])}; with half of fc1's units left out of each "
        f"batch at {loss_text(train[1])} and {loss_text(val[1])}."
    )
    if than_train is None or than_val is None:
        return told, values
    return (
        f"{told} While it learns, units are missing, and the training loss is {than_train} "
        f"without dropout; where it is judged, all of them are there, and the validation loss is "
        f"{than_val} without.",
        values,
    )


def normalization(runs: Sequence[Measured]) -> tuple[str, Numbers]:
    """How many epochs batch normalization saves."""
    plain, normalized = runs
    goal = plain.last("val_accuracy")
    values: Numbers = [
        {
            **known(
                {
                    "accuracy after the first epoch": each.first("val_accuracy"),
                    "accuracy after the last": each.last("val_accuracy"),
                }
            ),
            "epochs to the goal": each.epochs_to(goal),
        }
        for each in runs
    ]
    if lack := lack_of_epochs(runs):
        return lack, values
    needed, needed_without = normalized.epochs_to(goal), plain.epochs_to(goal) or 0
    ending = f"did not get there in {count_text(len(normalized.epochs), 'epoch')}: none was saved"
    if needed is not None:
        ending = f"was there after {needed}{_saved(needed_without - needed)}"
    first = [percent_text(each.first("val_accuracy")) for each in runs]
    return (
        f"After the first epoch {first[0]} of the validation digits were right without batch "
        f"normalization and {first[1]} with it. Without it the network came to "
        f"{percent_text(goal)} in {count_text(needed_without, 'epoch')}; with it, it {ending}.",
        values,
    )


def _saved(epochs: int) -> str:
    """What so many epochs less come to."""
    if epochs < 0:
        return f": it took {-epochs} more"
    words = {0: ", too: none was saved", 1: ": one was saved"}
    return words.get(epochs, f": {epochs} were saved")


def scales(runs: Sequence[Measured]) -> tuple[str, Numbers]:
    """What starting weights of three scales come to."""
    values: Numbers = [
        known(
            {
                "mean loss of the first epoch": each.first("train_loss"),
                "gradient norm of the first epoch": each.first("gradient_norm"),
                "validation accuracy": each.last("val_accuracy"),
            }
        )
        for each in runs
    ]
    small, article, large = (_end_text(each) for each in runs)
    when = "After the same steps" if len({each.step for each in runs}) == 1 else "In the end"
    return (
        f"{when} weights that began near 0 (0.0001) came to {small}, the article's "
        f"to {article}, and weights that began large (0.5) to {large}. {_scales_lesson(runs)}",
        values,
    )


def _end_text(run: Measured) -> str:
    """What accuracy a run ended with."""
    if not run.epochs:
        return "nothing, for it diverged" if run.state == "diverged" else "nothing"
    accuracy = percent_text(run.last("val_accuracy"))
    return f"{accuracy}, and diverged" if run.state == "diverged" else accuracy


def _scales_lesson(runs: Sequence[Measured]) -> str:
    """What was to be seen of weights too small and too large, held against the article's."""
    small, article, large = runs
    if article.state == "diverged" or not article.epochs:
        return "There is nothing to hold them against."
    if not _is_better(article, small):
        first = "Weights so small did no harm in this run"
    elif small.epochs:
        first = "What is too small passes no signal on and gets no gradient back"
    else:
        first = "Too small was no good"
    if _is_better(article, large):
        return f"{first}; what is too large drowns the signal."
    return f"{first}; weights so large did no harm in this run."


def _is_better(one: Measured, other: Measured) -> bool:
    """Whether a run came to more than another: to an accuracy that reads higher, or to an end."""
    if other.state == "diverged" or not other.epochs:
        return one.state != "diverged" and bool(one.epochs)
    ends = one.last("val_accuracy"), other.last("val_accuracy")
    return ends[0] > ends[1] and percent_text(ends[0]) != percent_text(ends[1])


def freezing(runs: Sequence[Measured]) -> tuple[str, Numbers]:
    """What the last layer alone learns, and how fast."""
    frozen, free = runs
    values: Numbers = [
        known(
            {
                "trained parameters": float(each.trainable),
                "digits a second": each.last("samples_per_second"),
                "validation accuracy": each.last("val_accuracy"),
            }
        )
        for each in runs
    ]
    if lack := lack_of_epochs(runs):
        return lack, values
    return (
        f"With {frozen.trainable:,} of {frozen.parameters:,} parameters trained and the rest "
        f"frozen as it learned clothes, {percent_text(frozen.last('val_accuracy'))} of the digits "
        f"were right{_pace(frozen, free)}; with all {free.trainable:,} trained, "
        f"{percent_text(free.last('val_accuracy'))}.",
        values,
    )


def _pace(run: Measured, other: Measured) -> str:
    """How much faster the steps of a run were than another's, where either was timed."""
    own, others = (each.last("samples_per_second") for each in (run, other))
    if not (own > 0 and others > 0):
        return ""
    faster = own / others
    return f", {faster:.1f} times as fast a step" if faster >= 1.05 else ", no faster in this run"


def rate(runs: Sequence[Measured]) -> tuple[str, Numbers]:
    """Where a learning rate ends that is too large."""
    good, large = runs
    values: Numbers = [
        known({"steps": float(each.step), "validation accuracy": each.last("val_accuracy")})
        for each in runs
    ]
    small = f"With a learning rate of 0.05, {_rate_end(good)}"
    if large.state == "diverged":
        ending = f"each step leaps over the valley, and {_rate_end(large)}"
    elif _is_better(good, large):
        ending = f"{_rate_end(large)}: steps so large leap over the valley"
    else:
        ending = f"{_rate_end(large)}: in this run so large a step did no harm"
    return f"{small}; with {LARGE_RATE:g}, {ending}.", values


def _rate_end(run: Measured) -> str:
    """How a run ended."""
    if run.state == "diverged" or not run.epochs:
        verb = "diverged" if run.state == "diverged" else "was ended"
        return f"the run {verb} after {count_text(run.step, 'step')}"
    return f"{percent_text(run.last('val_accuracy'))} of the digits were right"

"""An experiment's sentence is true whatever its runs came to; shares are as in tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.training import experiment_outcomes as outcomes
from app.training.experiment_measures import Measured, percent_text

NOTHING = Measured("diverged", None, (), 1, 10, 20)


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.8725, "87.3 %"), (0.5, "50.0 %"), (0.93249, "93.2 %"), (0.0625, "6.3 %"), (1.0, "100.0 %")],
)
def test_a_half_is_rounded_up_as_on_the_page(share: float, text: str) -> None:
    assert percent_text(share) == text


def ended(*accuracies: float, state: str = "finished", **last: Any) -> Measured:
    """A run of an epoch for each validation accuracy; other numbers are of every epoch."""
    usual = {"train_loss": 0.5, "val_loss": 0.4, "samples_per_second": 100.0, "gradient_norm": 1.0}
    epochs = [
        {"epoch": number, "val_accuracy": accuracy, **usual, **last}
        for number, accuracy in enumerate(accuracies, 1)
    ]
    return Measured(state, None, epochs, 75 * len(epochs), 10, 20)


def reading(two: int, seven: int, nine: int) -> Measured:
    """A run by which so many of ten each are read rightly."""
    labels = np.repeat([2, 7, 9], 10)
    right = np.concatenate([np.arange(10) < count for count in (two, seven, nine)])
    return replace(ended(0.9), labels=labels, predictions=np.where(right, labels, 0))


@pytest.mark.parametrize(
    ("runs", "said", "unsaid"),
    [
        ((reading(9, 9, 9), reading(8, 8, 9)), "90.0 % were read rightly without", "no worse"),
        ((reading(9, 9, 9), reading(8, 8, 9)), "80.0 % with it: worse, for a mirrored 2", "same"),
        ((reading(9, 9, 9), reading(8, 10, 9)), "90.0 % with it: the same in this run", "worse"),
        ((reading(9, 9, 9), reading(10, 9, 8)), "95.0 % with it: better in this run", "worse"),
        ((reading(9, 9, 9), reading(10, 9, 8)), "other digits it was 90.0 % and 80.0 %.", "worse"),
        ((reading(9, 9, 9), NOTHING), "One of the runs ended with weights that read no", "%"),
        ((NOTHING, NOTHING), "2 of the runs ended with weights that read no digit", "%"),
    ],
)
def test_mirroring(runs: tuple[Measured, ...], said: str, unsaid: str) -> None:
    sentence, numbers = outcomes.mirroring(runs)
    assert (said in sentence, unsaid in sentence) == (True, False), sentence
    for run, row in zip(runs, numbers, strict=True):
        assert all((value is None) == (run is NOTHING) for value in row.values())


@pytest.mark.parametrize(
    ("train", "val", "said"),
    [
        ((0.2, 0.4), (0.5, 0.3), ("is higher than without dropout", "is lower than without.")),
        ((0.4, 0.2), (0.3, 0.5), ("is lower than without dropout", "is higher than without.")),
        ((0.4, 0.40001), (0.3, 0.3), ("is the same as without dropout", "is the same as without.")),
    ],
)
def test_dropout(
    train: tuple[float, float], val: tuple[float, float], said: tuple[str, str]
) -> None:
    runs = [ended(0.9, train_loss=a, val_loss=b) for a, b in zip(train, val, strict=True)]
    sentence, _ = outcomes.dropout(runs)
    assert f"ended at {train[0]:.4f} and that of validation at {val[0]:.4f};" in sentence
    assert f"the training loss {said[0]};" in sentence
    assert f"the validation loss {said[1]}" in sentence


def test_dropout_without_numbers() -> None:
    sentence, numbers = outcomes.dropout([ended(0.9), ended(0.1, val_loss="NaN")])
    assert sentence.endswith("at 0.5000 and not a number.")
    assert numbers[1]["validation loss"] is None
    assert outcomes.dropout([ended(0.9), NOTHING])[0] == (
        "One of the runs ended within the first epoch: there is nothing to compare."
    )


@pytest.mark.parametrize(
    ("plain", "normalized", "said"),
    [
        (
            (0.8, 0.9, 0.95),
            (0.95, 0.96, 0.97),
            "in 3 epochs; with it, it was there after 1: 2 were",
        ),
        ((0.8, 0.9, 0.95), (0.9, 0.96, 0.97), "was there after 2: one was saved."),
        ((0.8, 0.9, 0.95), (0.9, 0.9, 0.95), "was there after 3, too: none was saved."),
        ((0.8, 0.9, 0.95), (0.9, 0.9), "it did not get there in 2 epochs: none was saved."),
        ((0.95,), (0.9, 0.96), "95.0 % in 1 epoch; with it, it was there after 2: it took 1 more."),
        # What the last epoch came to was reached by an earlier one.
        ((0.8, 0.96, 0.95), (0.9, 0.95), "in 2 epochs; with it, it was there after 2, too: none"),
    ],
)
def test_normalization(plain: tuple[float, ...], normalized: tuple[float, ...], said: str) -> None:
    sentence, _ = outcomes.normalization([ended(*plain), ended(*normalized)])
    assert said in sentence


def test_normalization_without_epochs() -> None:
    for runs in ([NOTHING, ended(0.9)], [ended(0.9), NOTHING], [NOTHING, NOTHING]):
        sentence, numbers = outcomes.normalization(runs)
        assert sentence.endswith("ended within the first epoch: there is nothing to compare.")
        lost = numbers[runs.index(NOTHING)]
        assert set(lost.values()) == {None}


GOOD, POOR = ended(0.95), ended(0.1)
SMALL = "passes no signal on and gets no gradient back"
LARGE = "too large drowns the signal"


@pytest.mark.parametrize(
    ("runs", "said", "unsaid"),
    [
        ((POOR, GOOD, NOTHING), ("After the same", SMALL, LARGE, "nothing, for it"), ("no harm",)),
        ((POOR, GOOD, ended(0.1, state="diverged")), (SMALL, LARGE, "10.0 %, and diverged"), ()),
        ((GOOD, GOOD, POOR), ("so small did no harm in this run", LARGE), (SMALL,)),
        ((POOR, GOOD, ended(0.96)), (SMALL, "so large did no harm in this run"), (LARGE,)),
        ((POOR, GOOD, ended(0.9500001)), ("so large did no harm",), (LARGE,)),
        ((NOTHING, GOOD, POOR), ("Too small was no good",), (SMALL,)),
        ((POOR, NOTHING, POOR), ("nothing to hold them against",), (SMALL, LARGE)),
        ((POOR, ended(0.9, 0.95), POOR), ("In the end weights",), ("After the same steps",)),
    ],
)
def test_scales(runs: tuple[Measured, ...], said: tuple[str, ...], unsaid: tuple[str, ...]) -> None:
    runs = tuple(replace(each, step=75) if each is NOTHING else each for each in runs)
    sentence, _ = outcomes.scales(runs)
    assert [each for each in said if each not in sentence] == [], sentence
    assert [each for each in unsaid if each in sentence] == [], sentence


@pytest.mark.parametrize(
    ("speeds", "said"),
    [
        ((250.0, 100.0), "were right, 2.5 times as fast a step; with"),
        ((104.0, 100.0), "were right, no faster in this run; with"),
        ((50.0, 100.0), "were right, no faster in this run; with"),
        ((100.0, 0.0), "were right; with"),
        (("NaN", 100.0), "were right; with"),
    ],
)
def test_freezing(speeds: tuple[Any, Any], said: str) -> None:
    sentence, _ = outcomes.freezing([ended(0.9, samples_per_second=each) for each in speeds])
    assert said in sentence
    assert "nothing to compare" in outcomes.freezing([NOTHING, ended(0.9)])[0]


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        ((GOOD, NOTHING), "0.05, 95.0 % of the digits were right; with 5, each step leaps over"),
        ((GOOD, NOTHING), "the valley, and the run diverged after 1 step."),
        ((GOOD, POOR), "with 5, 10.0 % of the digits were right: steps so large leap over the val"),
        ((GOOD, GOOD), "with 5, 95.0 % of the digits were right: in this run so large a step did"),
        ((POOR, GOOD), "95.0 % of the digits were right: in this run so large a step did no harm."),
        ((NOTHING, GOOD), "With a learning rate of 0.05, the run diverged after 1 step; with 5, 9"),
        ((GOOD, replace(NOTHING, state="cancelled", step=3)), "the run was ended after 3 steps: s"),
    ],
)
def test_rate(runs: tuple[Measured, ...], said: str) -> None:
    sentence, _ = outcomes.rate(runs)
    assert said in sentence

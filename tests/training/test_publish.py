from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from app.networks.checkpoint import load_checkpoint
from app.networks.registry import ARCHITECTURES
from app.training.candidates import Candidate, build_model, run_candidates
from app.training.datasets import Dataset
from app.training.events import CheckpointEvent, EpochEvent, Event, StateEvent
from app.training.publish import TrainingError, evaluate_published, publish
from app.training.recipe import Recipe

CPU = torch.device("cpu")
MYCNN = ARCHITECTURES["mycnn"]
RECIPE = Recipe(epochs=2, batch_size=32)


def small(dataset: Dataset, count: int) -> Dataset:
    return dataset.subset(torch.arange(count))


@pytest.fixture(scope="module")
def candidates(subset: tuple[Dataset, Dataset]) -> list[list[Candidate]]:
    """What is known after each of two seeds; a few batches are enough here."""
    return list(
        run_candidates(
            MYCNN, RECIPE, [3, 4], small(subset[0], 320), CPU, lambda recipe, event: None
        )
    )


def test_every_seed_is_a_run_and_the_best_by_validation_comes_first(
    candidates: list[list[Candidate]],
) -> None:
    first, both = candidates
    assert [candidate.recipe.seed for candidate in first] == [3]
    assert {candidate.recipe.seed for candidate in both} == {3, 4}
    ranks = [candidate.rank for candidate in both]
    assert ranks == sorted(ranks, reverse=True)
    for candidate in both:
        history = candidate.history
        assert {name: len(values) for name, values in history.items()} == {
            "train_loss": 2, "val_loss": 2, "val_accuracy": 2, "gradient_norm": 2, "lr": 2,
        }  # fmt: skip
        assert candidate.checkpoint is not None
        assert candidate.checkpoint.val_accuracy == max(history["val_accuracy"])


def test_a_published_network_tells_all_that_remakes_it(
    candidates: list[list[Candidate]], subset: tuple[Dataset, Dataset], tmp_path: Path
) -> None:
    test, command = small(subset[1], 100), "python -m app train mycnn --seed 3 --seed 4"
    card = publish(MYCNN, candidates[-1], test, CPU, tmp_path, command)
    assert json.loads((tmp_path / "card.json").read_text("utf-8")) == card
    best = candidates[-1][0]
    assert card["seed"] == best.recipe.seed
    assert card["recipe"] == json.loads(json.dumps(best.recipe.as_dict()))
    assert [each["seed"] for each in card["candidates"]] == [
        candidate.recipe.seed for candidate in candidates[-1]
    ]
    assert card["command"] == command
    assert card["data"]["sha256"] == test.sha256
    assert card["data"]["license"] == "CC BY-SA 3.0"
    assert card["history"] == best.history
    assert card["test"]["count"] == 100
    assert card["test"]["accuracy"] == card["test"]["correct"] / 100
    assert best.checkpoint is not None
    model = MYCNN.build()
    load_checkpoint(tmp_path, model)
    for name, value in model.state_dict().items():
        assert torch.equal(value, best.checkpoint.weights[name])
    evaluation, read = evaluate_published(MYCNN, tmp_path, test, CPU)
    assert read == card
    assert evaluation.correct == card["test"]["correct"]


def test_weights_are_kept_as_float16_where_that_changes_no_prediction(
    subset: tuple[Dataset, Dataset], tmp_path: Path
) -> None:
    recipe, test = replace(RECIPE, weights_dtype="float16"), small(subset[1], 40)
    (candidates,) = run_candidates(MYCNN, recipe, [0], small(subset[0], 320), CPU, lambda *_: None)
    card = publish(MYCNN, candidates, test, CPU, tmp_path, "")
    assert card["weights"]["dtype"] == "float16"
    kept = candidates[0].checkpoint
    assert kept is not None
    model = MYCNN.build()
    load_checkpoint(tmp_path, model)
    for name, value in model.state_dict().items():
        assert value.dtype == torch.float32
        assert torch.equal(value, kept.weights[name].half().float())
    assert evaluate_published(MYCNN, tmp_path, test, CPU)[0].loss == card["test"]["loss"]
    # Two classes apart by less than float16 can tell: rounded, the other one would be named.
    kept.weights["fc2.weight"].zero_()
    kept.weights["fc2.bias"].copy_(torch.arange(10.0) * 1e-6 + 1)
    card = publish(MYCNN, candidates, test, CPU, tmp_path, "")
    assert card["weights"]["dtype"] == "float32"
    assert card["test"]["correct"] == int((test.labels == 9).sum())


def test_a_checkpoint_is_kept_by_accuracy_then_by_the_smaller_loss() -> None:
    candidate = Candidate(RECIPE)
    told: list[Event] = [
        CheckpointEvent(epoch, loss, accuracy, best=False, weights={})
        for epoch, loss, accuracy in [(1, 0.1, 0.90), (2, 0.3, 0.95), (3, 0.2, 0.95), (4, 0.1, 0.9)]
    ]
    for event in told:
        candidate.listen(event)
    assert candidate.checkpoint is not None
    assert candidate.checkpoint.epoch == 3
    assert candidate.rank == (0.95, -0.2)


def test_a_run_that_diverged_at_once_is_below_all_others_and_is_not_published(
    subset: tuple[Dataset, Dataset], tmp_path: Path
) -> None:
    lost = Candidate(RECIPE)
    for event in (StateEvent("running"), StateEvent("diverged", "The loss is nan.")):
        lost.listen(event)
    assert lost.rank < Candidate(RECIPE, checkpoint=CheckpointEvent(1, 9.0, 0.0, True, {})).rank
    assert lost.summary()["state"] == "diverged"
    with pytest.raises(TrainingError, match="the first ended diverged"):
        publish(MYCNN, [lost], subset[1], CPU, tmp_path, "")
    assert list(tmp_path.iterdir()) == []


def test_starting_weights_come_from_the_seed_and_leave_torchs_generator_alone() -> None:
    torch.manual_seed(5)
    before = torch.get_rng_state()
    weights = [build_model(MYCNN, replace(RECIPE, seed=seed)).state_dict() for seed in (1, 1, 2)]
    assert torch.equal(before, torch.get_rng_state())
    assert torch.equal(weights[0]["conv1.weight"], weights[1]["conv1.weight"])
    assert not torch.equal(weights[0]["conv1.weight"], weights[2]["conv1.weight"])
    assert not weights[0]["conv1.bias"].any()
    default = build_model(MYCNN, replace(RECIPE, initialization="default")).state_dict()
    assert default["conv1.bias"].any()


def test_listeners_hear_every_event_with_its_recipe(subset: tuple[Dataset, Dataset]) -> None:
    heard: list[tuple[int, Event]] = []

    def listener(recipe: Recipe, event: Event) -> None:
        heard.append((recipe.seed, event))

    recipe, few = replace(RECIPE, epochs=1), small(subset[0], 80)
    assert len(list(run_candidates(MYCNN, recipe, [8], few, CPU, listener))) == 1
    assert {seed for seed, _ in heard} == {8}
    assert sum(isinstance(event, EpochEvent) for _, event in heard) == 1
    assert heard[-1][1] == StateEvent("finished")

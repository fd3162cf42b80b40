"""The run that ships: what its folder holds, that a store takes it in once, and who makes it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from app.networks.checkpoint import sha256
from app.networks.loaded_network import LoadedNetwork
from app.training.candidates import build_model
from app.training.datasets import Dataset
from app.training.events import StepEvent
from app.training.loop import Training
from app.training.recipe import OptimizerRecipe, Recipe
from app.training.runs import lookback as lookback_module
from app.training.runs.conductor import Conductor
from app.training.runs.judgement import judge
from app.training.runs.lookback import Lookback
from app.training.runs.moment import moments_of
from app.training.runs.moment_gradients import MomentGradients, gradients_of
from app.training.runs.plan import Plan
from app.training.runs.process import lesson_of
from app.training.runs.publication import publish_run
from app.training.runs.run import RunError
from app.training.runs.shipped_run import adopt_shipped_runs, shipped_runs
from app.training.runs.store import RunStore
from app.training.runs.supervisor import Supervisor
from tests.places import ROOT
from tests.training.runs.lessons import CPU

MODELS = ROOT / "models"
ARTICLE = MODELS / "runs" / "article"
MOST_BYTES = 13_000_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RunStore]:
    """An empty one."""
    store = RunStore(tmp_path / "runs")
    yield store
    store.close()


def test_the_articles_training_ships() -> None:
    (shipped,) = shipped_runs(MODELS)
    run = shipped.run
    assert (run.id, run.state, run.step) == ("article", "finished", run.steps)
    article = Recipe(dataset="mnist-subset", epochs=run.recipe["epochs"])
    assert Recipe.from_dict(run.recipe) == article
    assert len(shipped.checkpoints) <= 14
    assert max(each.val_accuracy or 0 for each in shipped.checkpoints) > 0.95
    assert sum(path.stat().st_size for path in ARTICLE.iterdir()) < MOST_BYTES
    for each in shipped.card["files"]:
        data = (ARTICLE / each["file"]).read_bytes()
        assert (len(data), sha256(data)) == (each["bytes"], each["sha256"])
    told = [each for each in shipped.documents() if each["kind"] == "step"]
    assert [each["step"] for each in told] == list(range(1, run.steps + 1))


def test_what_ships_is_what_the_recipe_gives(store: RunStore) -> None:
    adopt_shipped_runs(store, MODELS)
    (run,) = store.runs()
    lesson = lesson_of(run, Path(), MODELS)
    model = build_model(lesson.architecture, lesson.recipe)
    first = load_file(ARTICLE / "weights-0000000.safetensors")
    for name, value in model.state_dict().items():
        assert value.equal(first[name])
    parts = (lesson.training, lesson.validation, lesson.architecture.normalization, CPU)
    events = Training(model, lesson.recipe, *parts).events()
    steps = [event for event, _ in zip(events, range(6), strict=False)][1:]
    told = store.documents(run.id, "step")
    for event, document in zip(steps, told, strict=False):
        assert isinstance(event, StepEvent)
        assert event.loss == pytest.approx(document["loss"], rel=1e-4)
        assert event.gradient_norm == pytest.approx(document["gradient_norm"], rel=1e-3)
        norms = document["layer_gradient_norms"]
        assert event.layer_gradient_norms == pytest.approx(norms, rel=1e-3)


def test_what_is_known_by_its_moments_is_what_their_weights_say(store: RunStore) -> None:
    adopt_shipped_runs(store, MODELS)
    lookback = Lookback(store, Path(), MODELS)
    (run,) = store.runs()
    moments = moments_of(store, run)
    validation = lookback.lesson(run).validation
    for moment in (moments[0], moments[-1]):
        network = lookback.networks.of(moment, CPU)
        kept, again = lookback.judgement(moment, CPU), judge(network, validation)
        for name in ("confidence", "truth"):
            np.testing.assert_allclose(getattr(kept, name), getattr(again, name), atol=1e-4)
        # As it was validated, with the weights before they were rounded.
        if moment.checkpoint.val_accuracy is not None:
            assert kept.accuracy == moment.checkpoint.val_accuracy
            assert kept.loss == pytest.approx(moment.checkpoint.val_loss, abs=1e-3)
    assert len(list(store.folder_of(run.id).glob("judgement-*"))) == len(moments)


def test_a_run_is_taken_in_once(tmp_path: Path) -> None:
    plan = Plan(tmp_path, MODELS, "cpu", 1, 10**9, ships_runs=True)
    for number in (1, 2):
        supervisor = Supervisor(plan)
        assert [run.id for run in supervisor.store.runs()] == ["article"], number
        used = supervisor.store.used_bytes()
        assert used < MOST_BYTES + 10**6
        supervisor.close()
    supervisor = Supervisor(plan)
    with pytest.raises(RunError, match="finished"):
        supervisor.resume("article")
    supervisor.delete("article")
    supervisor.close()
    supervisor = Supervisor(plan)
    assert supervisor.store.runs() == []
    assert not (plan.folder / "article").exists()
    supervisor.close()


def test_a_run_that_cannot_be_taken_in_is_left_out(store: RunStore, tmp_path: Path) -> None:
    models = tmp_path / "models"
    adopt_shipped_runs(store, models)  # none ships
    folder = models / "runs" / "odd"
    folder.mkdir(parents=True)
    for card in ("no JSON", "[]", '{"run": {}}'):
        (folder / "card.json").write_text(card, "utf-8")
        adopt_shipped_runs(store, models)
    shutil.copy(ARTICLE / "card.json", folder / "card.json")  # without the files it speaks of
    adopt_shipped_runs(store, models)
    assert store.runs() == []
    shutil.copytree(ARTICLE, folder, dirs_exist_ok=True)
    adopt_shipped_runs(store, models)
    assert [run.id for run in store.runs()] == ["odd"]


def test_a_run_is_published_with_fewer_moments_and_smaller_weights(
    store: RunStore, tmp_path: Path
) -> None:
    adopt_shipped_runs(store, MODELS)
    lesson = lesson_of(store.runs()[0], Path(), MODELS)
    few = torch.arange(500)
    recipe = replace(
        lesson.recipe, epochs=2, network="lenet5", batch_size=50, optimizer=OptimizerRecipe(lr=0.01)
    )
    lesson = replace(lesson_of(replace(store.runs()[0], recipe=recipe.as_dict()), Path(), MODELS))
    lesson = replace(
        lesson, training=lesson.training.subset(few), validation=lesson.validation.subset(few)
    )
    run = store.create(recipe.as_dict())
    with pytest.raises(RunError, match="this one is queued"):
        publish_run(store, run, lesson, tmp_path / "runs" / "mine", 9)
    Conductor(store, run, lesson, CPU).conduct()
    done = store.run(run.id)
    with pytest.raises(RunError, match="2 epochs and a beginning are more than 2 moments"):
        publish_run(store, done, lesson, tmp_path / "mine", 2)
    card = publish_run(store, done, lesson, tmp_path / "ships" / "runs" / "mine", 5)
    first, *_, one, two = (each["step"] for each in card["checkpoints"])
    assert (first, one, two) == (0, 10, 20)
    (shipped,) = shipped_runs(tmp_path / "ships")
    adopt_shipped_runs(store, tmp_path / "ships")
    mine = store.run("mine")
    assert (mine.state, mine.recipe, mine.step) == (done.state, done.recipe, done.step)
    assert store.documents("mine", "step") == store.documents(run.id, "step")
    kept = [each["step"] for each in store.documents("mine", "checkpoint")]
    assert kept == [each.step for each in shipped.checkpoints]
    networks = Lookback(store, Path(), MODELS).networks
    for new in moments_of(store, mine):
        (old,) = (
            each for each in moments_of(store, done) if each.checkpoint.step == new.checkpoint.step
        )
        before, after = (judge(networks.of(each, CPU), lesson.validation) for each in (old, new))
        assert (before.predictions == after.predictions).all()
    dtypes = {networks.of(each, CPU).card["weights"]["dtype"] for each in moments_of(store, mine)}
    assert "float16" in dtypes
    assert shipped.card == json.loads(json.dumps(card))


def test_the_gradients_of_a_moment_are_computed_once(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed = []

    def counted(network: LoadedNetwork, layer: str, training: Dataset) -> MomentGradients:
        computed.append((network.name, layer))
        return gradients_of(network, layer, training)

    monkeypatch.setattr(lookback_module, "gradients_of", counted)
    adopt_shipped_runs(store, MODELS)
    first, second, *_ = moments_of(store, store.run("article"))
    lookback = Lookback(store, Path(), MODELS)
    asked = [(first, "conv1"), (second, "conv1"), (first, "conv2")]
    found = [lookback.gradients(moment, layer, CPU) for moment, layer in asked]
    again = [lookback.gradients(moment, layer, CPU) for moment, layer in asked]
    assert all(one is other for one, other in zip(found, again, strict=True))
    assert computed == [(moment.name, layer) for moment, layer in asked]
    # By other images it is another gradient.
    lesson = lookback.lesson(first.run)
    changed = replace(lesson.training.subset(torch.arange(9, 99)), sha256="of others")
    monkeypatch.setattr(lookback, "lesson", lambda run: replace(lesson, training=changed))
    assert not lookback.gradients(first, "conv1", CPU).gradients.equal(found[0].gradients)

"""Large layers are summed up beside the forward pass, to the numbers that they have without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Timer, get_ident

import pytest
import torch
from torch import Tensor, nn

import app.networks.inference as inference_module
import app.networks.summaries as summaries_module
from app.networks.inference import Inference
from app.networks.statistics import LARGE, Ends, Summary, summarize, summarize_large
from app.networks.summaries import BATCH, MOST_WAITING, Passes, Summaries
from app.networks.tracing import read_graph

PATIENCE_SECONDS = 60
SHAPE = (8, 96, 96)


@pytest.fixture
def beside() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as threads:
        yield threads


def test_a_pass_has_a_reader_as_long_as_a_core_is_free() -> None:
    passes = Passes(cores=3)
    with passes.one_more() as first, passes.one_more() as second:
        assert first.reader() is second.reader() is not None
        with passes.one_more() as third:
            assert first.reader() is third.reader() is None
        with pytest.raises(ArithmeticError), passes.one_more():
            raise ArithmeticError
        assert first.reader() is not None
    with Passes(cores=1).one_more() as alone:
        assert alone.reader() is None


def test_a_pass_on_several_cores_leaves_fewer_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch, "get_num_threads", lambda: 2)
    passes = Passes(cores=4)
    with passes.one_more() as first:
        assert first.reader() is not None
        with passes.one_more():
            assert first.reader() is None


def test_a_pass_waits_for_a_reader_that_is_far_behind(beside: ThreadPoolExecutor) -> None:
    free = Event()
    beside.submit(free.wait, PATIENCE_SECONDS)
    values = torch.ones(MOST_WAITING + 1)
    summaries = Summaries(lambda: beside)
    summaries.add("first", values, "input", None)
    assert not summaries.found
    Timer(0.2, free.set).start()
    summaries.add("second", values, "first", None)
    assert "first" in summaries.found
    assert list(summaries.all()) == ["first", "second"]


def test_one_thread_reads_all_that_waits(
    beside: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = Event()
    begun: list[Callable[[], None]] = []
    beside.submit(free.wait, PATIENCE_SECONDS)
    submit = beside.submit

    def noted(act: Callable[[], None]) -> Future[None]:
        begun.append(act)
        return submit(act)

    monkeypatch.setattr(beside, "submit", noted)
    values = torch.ones(BATCH)
    summaries = Summaries(lambda: beside)
    for name in ("first", "second", "third"):
        summaries.add(name, values, "input", None)
    assert len(begun) == 1
    free.set()
    assert list(summaries.all()) == ["first", "second", "third"]
    # It has ended, and what comes later is read all the same.
    summaries.add("fourth", values, "input", None)
    assert list(summaries.all()) == ["first", "second", "third", "fourth"]
    assert len(begun) == 2


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_pass_that_fails_in_a_layer_is_over(
    at: int, beside: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Tensor) -> Tensor:
        raise ArithmeticError("no values")

    passes = Passes(cores=2)
    monkeypatch.setattr(summaries_module, "_READERS", beside)
    monkeypatch.setattr(inference_module, "PASSES", passes)
    with torch.inference_mode():
        model = nn.Sequential(nn.Identity(), nn.ReLU(), nn.Flatten()).eval()
        inference = Inference(read_graph(model, SHAPE, None, True), is_quick=True)
        whole = inference.calls
        inference.calls = (*whole[:at], whole[at]._replace(forward=fail), *whole[at + 1 :])
        image = torch.randn(1, *SHAPE)
        with pytest.raises(ArithmeticError, match="no values"):
            inference.run(image, ("0", "1", "2"), keeps=())
        assert passes.count == 0
        inference.calls = whole
        assert set(inference.run(image, ("0", "1"), keeps=())[1]) == {"0", "1"}


@pytest.mark.parametrize("threads", [0, 1, 3])
def test_each_summary_is_the_one_of_its_values(threads: int) -> None:
    """Large ones one by one, small ones of a batch together, in whatever order they come."""
    torch.manual_seed(threads)
    sizes = [LARGE + 50_000, 12, LARGE, LARGE + 1, 700_000, 1, 300, 450_000, 9]
    rows = {str(n): torch.randn(1, size) * 2 + n for n, size in enumerate(sizes)}
    pool = ThreadPoolExecutor(threads) if threads else None
    summaries = Summaries(lambda: pool)
    for name, values in rows.items():
        summaries.add(name, values, "input", None)
    wanted = summarize([values.numpy() for values in rows.values()])
    assert summaries.all() == dict(zip(rows, wanted, strict=True))
    if pool:
        pool.shutdown()


def test_the_ends_of_what_is_read_are_waited_for(beside: ThreadPoolExecutor) -> None:
    """Within a batch, and from one to the next, whose thread is busy with something else first."""
    free = Event()
    beside.submit(free.wait, PATIENCE_SECONDS)
    asked: list[Summary] = []

    def ends_behind(read: Summary) -> Ends:
        asked.append(read)
        return -7.0, 7.0

    values = torch.linspace(-1, 1, BATCH // 2 + 1)
    summaries = Summaries(lambda: beside)
    summaries.add("conv", values, "input", ends_behind)
    summaries.add("relu", values, "conv", ends_behind)
    summaries.add("again", values, "relu", ends_behind)
    summaries.add("last", values, "again", None)
    assert not asked
    free.set()
    found = summaries.all()
    assert asked == [found["conv"], found["relu"]]
    for behind in ("relu", "again"):
        assert (found[behind]["minimum"], found[behind]["maximum"]) == (-7, 7)
    assert found["conv"] == found["last"] == summarize_large(values.numpy())


def test_what_follows_whole_from_what_is_read_is_not_read_itself() -> None:
    """The values of what is padded are never looked at: these would tell another story."""
    told = {"minimum": 0.0, "maximum": 3.0, "mean": 0.5, "zero_fraction": 0.25}
    summaries = Summaries(lambda: None)
    summaries.add("conv", torch.ones(LARGE + 1), "input", None)
    summaries.add("pad", torch.zeros(LARGE + 1), "conv", lambda _: told)
    assert summaries.all()["pad"] == told


def test_what_is_read_at_once_waits_for_what_is_read_beside(beside: ThreadPoolExecutor) -> None:
    """Another pass took the core in between: the ends are still those of the layer before."""
    free = Event()
    beside.submit(free.wait, PATIENCE_SECONDS)
    readers: list[ThreadPoolExecutor | None] = [beside, None]
    values = torch.linspace(-1, 1, BATCH)
    summaries = Summaries(lambda: readers.pop(0))
    summaries.add("conv", values, "input", None)
    assert not summaries.found
    free.set()
    summaries.add("relu", values, "conv", lambda read: (0.0, read["maximum"]))
    assert list(summaries.found) == ["conv", "relu"]
    assert summaries.all()["relu"]["minimum"] == 0


def test_what_fails_beside_fails_the_forward_pass(beside: ThreadPoolExecutor) -> None:
    def ends_behind(read: Summary) -> Ends:
        raise ArithmeticError("no ends")

    summaries = Summaries(lambda: beside)
    summaries.add("conv", torch.zeros(LARGE + 1), "input", None)
    summaries.add("relu", torch.zeros(LARGE + 1), "conv", ends_behind)
    with pytest.raises(ArithmeticError, match="no ends"):
        summaries.all()


def test_the_next_layer_is_computed_meanwhile(
    beside: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Had the last layer to wait for the summaries of those before it, they would never come."""
    free = Event()
    beside.submit(free.wait, PATIENCE_SECONDS)
    computed_by = []

    def flatten(maps: Tensor) -> Tensor:
        computed_by.append((get_ident(), free.is_set()))
        free.set()
        return maps.flatten(1)

    passes = Passes(cores=2)
    monkeypatch.setattr(summaries_module, "_READERS", beside)
    monkeypatch.setattr(inference_module, "PASSES", passes)
    image = torch.randn(1, *SHAPE)
    with torch.inference_mode():
        model = nn.Sequential(nn.Identity(), nn.ReLU(), nn.Flatten()).eval()
        inference = Inference(read_graph(model, SHAPE, None, True), is_quick=True)
        *before, last = inference.calls
        inference.calls = (*before, last._replace(forward=flatten))
        _, summaries = inference.run(image, ("0", "1"), keeps=())
    assert computed_by == [(get_ident(), False)]
    assert summaries["0"] == summarize_large(image.numpy().reshape(-1))
    assert summaries["1"]["maximum"] == float(image.max())
    assert summaries["1"]["minimum"] == 0

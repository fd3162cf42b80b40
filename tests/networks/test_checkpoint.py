from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save
from torch import nn

from app.networks.checkpoint import (
    CARD_FILE,
    WEIGHTS_FILE,
    CheckpointError,
    load_checkpoint,
    narrowed,
    save_checkpoint,
    sha256,
)


def model_of(value: float) -> nn.Linear:
    model = nn.Linear(3, 2)
    nn.init.constant_(model.weight, value)
    nn.init.constant_(model.bias, -value)
    return model


def value_in(folder: Path) -> tuple[float, Any]:
    """What a fresh model holds after loading, and the seed its card tells."""
    model = model_of(0.0)
    card = load_checkpoint(folder, model)
    assert len(set(model.weight.flatten().tolist())) == 1
    return model.weight[0, 0].item(), card["seed"]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    save_checkpoint(tmp_path, model_of(1.0).state_dict(), {"seed": 1})
    return tmp_path


def test_weights_come_back_with_their_card(saved: Path) -> None:
    assert value_in(saved) == (1.0, 1)
    card = json.loads((saved / CARD_FILE).read_text("utf-8"))
    assert card["weights"]["sha256"] == sha256((saved / WEIGHTS_FILE).read_bytes())
    assert {path.name for path in saved.iterdir()} == {CARD_FILE, WEIGHTS_FILE}


def test_weights_kept_as_float16_are_computed_with_as_float32(tmp_path: Path) -> None:
    model = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm2d(2))
    save_checkpoint(tmp_path, narrowed(model.state_dict()), {})
    card = json.loads((tmp_path / CARD_FILE).read_text("utf-8"))
    assert card["weights"]["dtype"] == "float16"
    again = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm2d(2))
    load_checkpoint(tmp_path, again)
    for name, value in again.state_dict().items():
        assert value.dtype == model.state_dict()[name].dtype
        torch.testing.assert_close(value, model.state_dict()[name], rtol=1e-3, atol=0)


@pytest.mark.parametrize("position", [0, 7, 8, 60, -1])
@pytest.mark.parametrize("bit", [0, 7])
def test_a_flipped_bit_is_refused(saved: Path, position: int, bit: int) -> None:
    data = bytearray((saved / WEIGHTS_FILE).read_bytes())
    data[position] ^= 1 << bit
    (saved / WEIGHTS_FILE).write_bytes(data)
    with pytest.raises(CheckpointError, match="damaged"):
        value_in(saved)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_truncated_file_is_refused(saved: Path, share: float) -> None:
    data = (saved / WEIGHTS_FILE).read_bytes()
    (saved / WEIGHTS_FILE).write_bytes(data[: int(len(data) * share)])
    with pytest.raises(CheckpointError, match="damaged"):
        value_in(saved)


def with_matching_card(folder: Path, data: bytes) -> None:
    (folder / WEIGHTS_FILE).write_bytes(data)
    card = {"seed": 1, "weights": {"sha256": sha256(data)}}
    (folder / CARD_FILE).write_text(json.dumps(card), "utf-8")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"bias": None}, "lack bias"),
        ({"extra": torch.zeros(1)}, "hold extra"),
        ({"weight": torch.zeros(2, 4)}, r"weight has shape \(2, 4\), but the network needs \(2, 3"),
        ({"weight": torch.zeros(2, 3).double()}, "weight is torch.float64"),
        ({"weight": torch.full((2, 3), torch.nan)}, "weight holds a value that is not finite"),
        ({"bias": torch.tensor([0.0, torch.inf])}, "bias holds a value that is not finite"),
    ],
)
def test_tensors_that_the_model_does_not_need_are_refused(
    saved: Path, change: dict[str, torch.Tensor | None], sentence: str
) -> None:
    changed = {**model_of(5.0).state_dict(), **change}
    with_matching_card(saved, save({k: v for k, v in changed.items() if v is not None}))
    model = model_of(2.0)
    with pytest.raises(CheckpointError, match=sentence):
        load_checkpoint(saved, model)
    assert model.weight[0, 0].item() == 2.0, "a refused file must leave the model as it was"


def test_bytes_that_are_not_safetensors_are_refused(saved: Path) -> None:
    with_matching_card(saved, b"\x80\x04 not a tensor in sight")
    with pytest.raises(CheckpointError, match="not a safetensors file"):
        value_in(saved)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"weights": 3}', "\udce9 nonsense"])
def test_a_card_that_says_nothing_is_refused(saved: Path, text: str) -> None:
    (saved / CARD_FILE).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(CheckpointError, match="no card"):
        value_in(saved)


def test_a_missing_file_is_refused(saved: Path) -> None:
    (saved / WEIGHTS_FILE).unlink()
    with pytest.raises(CheckpointError, match="missing"):
        value_in(saved)


def test_no_refusal_names_a_path(saved: Path) -> None:
    for break_it in (
        lambda: (saved / WEIGHTS_FILE).write_bytes(b"x"),
        lambda: (saved / WEIGHTS_FILE).unlink(),
    ):
        break_it()
        with pytest.raises(CheckpointError) as caught:
            value_in(saved)
        assert str(saved) not in str(caught.value)


class Killed(BaseException):
    """The process ends here: nothing after it runs, clean-up included."""


@pytest.mark.parametrize("moment", range(14))
def test_a_kill_at_any_moment_of_saving_leaves_one_whole_checkpoint(
    saved: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    """Every call that touches the disk is counted, and the one numbered `moment` never happens."""
    calls = 0

    def counted(owner: object, name: str) -> None:
        original = getattr(owner, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls > moment:  # what follows in a `finally` does not happen either
                raise Killed
            return original(*args, **kwargs)

        monkeypatch.setattr(owner, name, call)

    counted(os, "fsync")
    counted(os, "open")
    counted(Path, "open")
    counted(Path, "replace")
    counted(Path, "unlink")
    try:
        save_checkpoint(saved, model_of(2.0).state_dict(), {"seed": 2})
        finished = True
    except Killed:
        finished = False
    monkeypatch.undo()
    assert value_in(saved) in ([(2.0, 2)] if finished else [(1.0, 1), (2.0, 2)])
    # And the next save is as good as any, whatever the dead one left lying about.
    save_checkpoint(saved, model_of(3.0).state_dict(), {"seed": 3})
    assert value_in(saved) == (3.0, 3)


def test_a_full_disk_leaves_the_old_checkpoint(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        save_checkpoint(saved, model_of(2.0).state_dict(), {"seed": 2})
    monkeypatch.undo()
    assert value_in(saved) == (1.0, 1)
    assert {path.name for path in saved.iterdir()} == {CARD_FILE, WEIGHTS_FILE}

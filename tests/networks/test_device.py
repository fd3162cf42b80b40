from __future__ import annotations

import pytest
import torch

from app.networks.device import DeviceError, available_types, describe, moved, resolve_device


def with_types(monkeypatch: pytest.MonkeyPatch, cuda: bool, mps: bool) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)


@pytest.mark.parametrize(
    ("cuda", "mps", "best"),
    [(False, False, "cpu"), (True, False, "cuda"), (False, True, "mps"), (True, True, "cuda")],
)
def test_auto_takes_the_fastest_there_is(
    monkeypatch: pytest.MonkeyPatch, cuda: bool, mps: bool, best: str
) -> None:
    with_types(monkeypatch, cuda, mps)
    assert resolve_device("auto").type == best
    assert best in available_types()


def test_a_device_that_is_not_there_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_types(monkeypatch, cuda=False, mps=True)
    with pytest.raises(DeviceError, match="device is cuda, but this machine has only cpu and mps"):
        resolve_device("cuda")
    assert resolve_device("mps").type == "mps"
    with pytest.raises(DeviceError, match="must be auto, cpu, cuda or mps"):
        resolve_device("abacus")


def test_the_cpu_describes_itself() -> None:
    described = describe(torch.device("cpu"))
    assert described["type"] == "cpu"
    assert described["name"]
    assert described["threads"] == torch.get_num_threads()


def test_a_graphics_card_is_called_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda device: "A card")
    assert describe(torch.device("cuda"))["name"] == "A card"
    assert describe(torch.device("mps"))["name"] == "Apple GPU"


def test_a_tensor_that_is_as_it_should_be_is_itself() -> None:
    tensor = torch.arange(3.0)
    assert moved(tensor, torch.device("cpu"), torch.float32) is tensor
    halved = moved(tensor, torch.device("cpu"), torch.float16)
    assert halved.dtype is torch.float16
    assert moved(tensor, torch.device("meta"), torch.float32).device.type == "meta"

"""The training loop itself, whose one step is watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from app.networks.checkpoint import copy_weights
from app.networks.modules import PartialConv2d
from app.training.gradient_norms import StepMeasures
from app.training.loop import Training
from app.training.updates.recording import LayerSeen, LeftOut, Normalized, Pass, Recording


@dataclass(frozen=True)
class Watched:
    """One step as it happened, all of it on the CPU.

    Args:
        lr: the learning rate that it was taken with.
        loss, loss_after: the mean over the batch, by the weights before and after; what drops out
            is the same in both.
        before, after: every weight; gradients: of those that learn. Where the layer looked into
            learns a slice a connection, its `weight` is the kernel that they make with the zeros.
        state: what the optimizer remembered of the weights of the layer looked into, before;
            state_after: after the step.

    Shape: images (N, C, H, W) as the network reads them; labels (N); logits, logits_after (N, K).
    """

    epoch: int
    lr: float
    loss: float
    loss_after: float
    images: Tensor
    labels: Tensor
    logits: Tensor
    layers: list[LayerSeen]
    passes: list[Pass]
    before: dict[str, Tensor]
    gradients: dict[str, Tensor]
    after: dict[str, Tensor]
    state: dict[str, Tensor]
    state_after: dict[str, Tensor]
    left_out: LeftOut | None
    normalized: Normalized | None


def _with_kernel(module: nn.Module, layer: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """The tensors of all layers, those of connected slices as the whole kernel's."""
    if not isinstance(module, PartialConv2d):
        return tensors
    slices = tensors.pop(f"{layer}.slices")
    return {**tensors, f"{layer}.weight": module.kernel_of(slices)}


def _of_kernel(module: nn.Module, state: dict[str, Tensor]) -> dict[str, Tensor]:
    """What the optimizer remembers of each slice, as of the whole kernel."""
    if not isinstance(module, PartialConv2d):
        return state
    return {name: module.kernel_of(each) if each.ndim else each for name, each in state.items()}


class WatchedTraining(Training):
    """A training that watches its step number `watched_step`, and does nothing else differently.

    Args:
        layer: the name of the layer that is looked into.
    """

    watched_step: int = 1
    layer: str = ""
    watched: Watched | None = None

    def read_frozen(self) -> None:
        """Nothing is read beforehand: every layer is watched."""

    def learn(self, images: Tensor, labels: Tensor) -> StepMeasures:
        """One batch, as ever; the watched one is written down."""
        if self.step + 1 != self.watched_step:
            return super().learn(images, labels)
        chance, lr = self.chance.get_state(), self.lr
        module = self.model.get_submodule(self.layer)
        learned = "slices" if isinstance(module, PartialConv2d) else "weight"
        parameter = module.get_parameter(learned)
        before, state = copy_weights(self.model), self._state_of(parameter)
        with Recording(self.model, self.layer) as recording:
            outcome = super().learn(images, labels)
        gradients = {
            name: each.grad.detach().cpu().clone()
            for name, each in self.model.named_parameters()
            if each.grad is not None
        }
        after = copy_weights(self.model)
        assert recording.logits is not None
        loss = nn.functional.cross_entropy(recording.logits, labels)
        self.watched = Watched(
            epoch=self.epoch,
            lr=lr,
            loss=loss.item(),
            loss_after=self._loss_again(images, labels, chance),
            images=images.cpu(),
            labels=labels.cpu(),
            logits=recording.logits.cpu(),
            layers=recording.layers,
            passes=recording.passes,
            before=_with_kernel(module, self.layer, before),
            gradients=_with_kernel(module, self.layer, gradients),
            after=_with_kernel(module, self.layer, after),
            state=_of_kernel(module, state),
            state_after=_of_kernel(module, self._state_of(parameter)),
            left_out=recording.left_out,
            normalized=recording.normalized,
        )
        return outcome

    def _state_of(self, parameter: Tensor) -> dict[str, Tensor]:
        """What the optimizer remembers of a parameter, in copies."""
        state: Mapping[str, Any] = self.optimizer.state.get(parameter, {})
        return {
            name: value.detach().cpu().clone()
            for name, value in state.items()
            if isinstance(value, Tensor)
        }

    def _loss_again(self, images: Tensor, labels: Tensor, chance: Tensor) -> float:
        """The loss of the same batch by the weights as they are now; nothing else is changed."""
        buffers = {name: each.clone() for name, each in self.model.named_buffers()}
        drawn = self.chance.get_state()
        self.chance.set_state(chance)
        with torch.no_grad():
            loss = nn.functional.cross_entropy(self._logits(images), labels).item()
        self.chance.set_state(drawn)
        for name, each in self.model.named_buffers():
            each.copy_(buffers[name])
        return loss

from __future__ import annotations

import torch

from app.networks.architectures.mycnn import MyCNN, initialize


def test_parameter_counts_are_the_published_ones() -> None:
    model = MyCNN()
    counts = {
        name: sum(p.numel() for p in module.parameters())
        for name, module in model.named_children()
        if any(True for _ in module.parameters())
    }
    assert counts == {"conv1": 320, "conv2": 18_496, "fc1": 401_536, "fc2": 1_290}
    assert sum(p.numel() for p in model.parameters()) == 421_642


def test_a_batch_of_digits_becomes_a_batch_of_ten_logits() -> None:
    assert MyCNN()(torch.zeros(3, 1, 28, 28)).shape == (3, 10)


def test_starting_weights_are_drawn_as_the_recipe_says() -> None:
    torch.manual_seed(1)
    model = MyCNN()
    initialize(model)
    for convolution in (model.conv1, model.conv2):
        assert abs(convolution.weight.std().item() - 0.01) < 0.001
        assert abs(convolution.weight.mean().item()) < 0.002
    for dense in (model.fc1, model.fc2):
        bound = (6 / (dense.in_features + dense.out_features)) ** 0.5
        largest = dense.weight.abs().max().item()
        assert 0.98 * bound < largest <= bound
        assert abs(dense.weight.std().item() - bound / 3**0.5) < 0.05 * bound
    for module in (model.conv1, model.conv2, model.fc1, model.fc2):
        assert module.bias is not None
        assert not module.bias.any()


def test_the_same_seed_draws_the_same_starting_weights() -> None:
    models = []
    for _ in range(2):
        torch.manual_seed(7)
        models.append(MyCNN())
        initialize(models[-1])
    first, second = (model.state_dict() for model in models)
    assert all(torch.equal(first[name], second[name]) for name in first)

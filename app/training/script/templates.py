"""The pieces of a script, as text; what differs from run to run stands in braces."""

from __future__ import annotations

HEAD = '''"""{title}: a training as {run} was, with the same losses.

    python train.py {data}

It needs PyTorch and NumPy{more}. {source}
"""
{future}
import math
import sys
from collections import OrderedDict

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
{imports}
EPOCHS, BATCH_SIZE, SEED = {epochs}, {batch_size}, {seed}
SPLIT, SPLIT_SEED = {split}, {split_seed}
MEAN, STD = {mean}, {std}
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
# Sums are rounded in another order with more threads, in another layout or on another processor.
torch.set_num_threads({threads})
'''

SUBSET = '''
def load(path):
    """The digits that ship with Convoscope: (N, 1, 28, 28) bytes, (N,) labels."""
    with np.load(path) as arrays:
        images, labels = arrays["train_images"], arrays["train_labels"]
    return torch.tensor(images)[:, None], torch.tensor(labels).long()
'''

COLLECTION = '''
def load(path):
    """The four files of {title}, unpacked in a folder: (N, 1, 28, 28) bytes, (N,) labels."""
    images = np.fromfile(f"{{path}}/train-images-idx3-ubyte", np.uint8)[16:].reshape(-1, 1, 28, 28)
    labels = np.fromfile(f"{{path}}/train-labels-idx1-ubyte", np.uint8)[8:]
    return torch.tensor(images), torch.tensor(labels).long()
'''

OWN = '''
def load(path):
    """The exported pictures: (N, C, H, W) bytes, (N,) labels."""
    with np.load(path) as arrays:
        images, labels = arrays["images"], arrays["labels"]
    images = torch.tensor(images)
    return images if images.ndim == 4 else images[:, None], torch.tensor(labels).long()
'''

SPLIT = '''
def split(labels):
    """Which images are trained on and which validate, at random."""
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(SPLIT_SEED))
    count = round(len(labels) * SPLIT)
    return order[:count], order[count:]
'''

SPLIT_BY_CLASS = '''
def split(labels):
    """Which images of each class are trained on and which validate, at random."""
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(SPLIT_SEED))
    first = torch.zeros(len(order), dtype=torch.bool)
    for label in set(labels.tolist()):
        places = (labels[order] == label).nonzero()[:, 0]
        first[places[: max(1, min(len(places) - 1, round(len(places) * SPLIT)))]] = True
    return order[first], order[~first]
'''

CHAIN = '''
def build():
    """The network, layer after layer."""
    model = nn.Sequential(
        OrderedDict(
{layers}
        )
    )
{more}    return model
'''

REGISTERED = '''
def build():
    """{title}, with as many outputs as there are classes."""
    model = {make}
{more}    return model
'''

ARTICLE = '''
def initialize(model):
    """Convolutions from normal(0, 0.01), dense layers by Xavier, biases 0."""
    for module in model.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.normal_(module.weight, 0.0, 0.01)
        elif isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight)
        if isinstance(module, (nn.Conv2d, nn.Linear)) and module.bias is not None:
            nn.init.zeros_(module.bias)
'''

NORMAL = '''
def initialize(model):
    """Convolutions and dense layers from normal(0, {scale}), biases 0."""
    for module in model.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.normal_(module.weight, 0.0, {scale})
            if module.bias is not None:
                nn.init.zeros_(module.bias)
'''

AUGMENT = '''
def augment(images, chance):
    """Each image turned, scaled, shifted{mirrored} by numbers of its own, black around it."""
    count, height, width = len(images), *images.shape[-2:]
    angle, scale, right, down, mirror = torch.rand(5, count, generator=chance) * 2 - 1
    angle = angle * math.radians({rotation})
    shrink = 1 / (1 + scale * {scale})
    sign = {sign}
    cosine, sine = angle.cos() * shrink, angle.sin() * shrink
    across = [cosine * sign, sine * sign * height / width, right * {shift} * 2 / width]
    along = [-sine * width / height, cosine, down * {shift} * 2 / height]
    moves = torch.stack([torch.stack(across, 1), torch.stack(along, 1)], 1).to(images.device)
    grid = F.affine_grid(moves, list(images.shape), align_corners=False)
    return F.grid_sample(images, grid, align_corners=False)
'''

REST = '''
def normalized(images):
    """Bytes as the network takes them."""
    shape = (1, -1, 1, 1)
    mean, std = torch.tensor(MEAN).view(shape), torch.tensor(STD).view(shape)
    return (images - mean.to(images.device)) / std.to(images.device)


def validate(model, images, labels):
    """Mean loss, and the share of images that are named rightly."""
    model.eval()
    loss, right = 0.0, 0
    with torch.inference_mode():
        for some, truth in zip(images.split(500), labels.split(500)):
            logits = model(normalized(some.to(DEVICE).float() / 255))
            truth = truth.to(DEVICE)
            loss += F.cross_entropy(logits, truth, reduction="sum").item()
            right += int((logits.argmax(1) == truth).sum())
    return loss / len(labels), right / len(labels)


def train(path{weights_argument}):
    """The whole training. Gives every step's loss, and every epoch's validation loss."""
    images, labels = load(path)
    first, second = split(labels)
    torch.manual_seed(SEED)
    model = build()
{start}    model.to(DEVICE)
{layout}    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = {optimizer}
{schedule}    order, chance = (torch.Generator().manual_seed(SEED) for _ in range(2))
    losses, judged, lowest, waited = [], [], math.inf, 0
    since, guessing = 0, math.log(int(labels.max()) + 1)
    for epoch in range(EPOCHS):
        model.train()
{frozen}        for batch in first[torch.randperm(len(first), generator=order)].split(BATCH_SIZE):
            some = images[batch].to(DEVICE).float() / 255
{augment}            some = normalized(some)
{drops}            optimizer.zero_grad()
{forward}
            loss = F.cross_entropy(logits, labels[batch].to(DEVICE))
            loss.backward()
            optimizer.step()
{after_step}            losses.append(loss.item())
        judged.append(validate(model, images[second], labels[second]))
        val_loss, accuracy = judged[-1]
        print(f"epoch {{epoch + 1}}: validation loss {{val_loss:.6f}}, accuracy {{accuracy:.2%}}")
        if not math.isfinite(val_loss):
            break
        if len(losses) - since >= {divergence_steps}:
            # Far above its beginning, and no better than guessing: it has diverged.
            mean, since = sum(losses[since:]) / (len(losses) - since), len(losses)
            if mean > {divergence_factor:g} * max(losses[0], guessing) and val_loss >= guessing:
                break
{after_epoch}{stopping}    return losses, [loss for loss, _ in judged]


if __name__ == "__main__":
    if len(sys.argv) != {arguments}:
        sys.exit(__doc__)
    train(*sys.argv[1:])
'''

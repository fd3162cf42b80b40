"""MyCNN with what section 4 of its article adds: batch normalization and dropout.

Source: The Math Behind Convolutional Neural Networks, section 4. The normalization stands behind
the first convolution and before its activation function, the dropout between the dense layers.
"""

from __future__ import annotations

from functools import partial

from app.networks.architecture import DIGITS, Architecture, Costs
from app.networks.architectures.mycnn import initialize
from app.networks.changeable_mycnn import ChangeableMyCNN
from app.networks.normalization import MNIST_NORMALIZATION

ARCHITECTURE = Architecture(
    name="mycnn_bn_dropout",
    title="MyCNN with batch normalization and dropout",
    source="The Math Behind Convolutional Neural Networks, section 4",
    dataset="mnist",
    classes=DIGITS,
    input_shape=(1, 28, 28),
    normalization=MNIST_NORMALIZATION,
    preparation="digit",
    build=partial(ChangeableMyCNN, batch_norm=True, dropout=0.5),
    initialize=initialize,
    costs=Costs(421_706, 4_266_240),
)

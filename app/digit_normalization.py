"""What a digit is normalized by: mean and standard deviation of MNIST's training pixels, in [0, 1].

Apart, since tensors and pictures both need them and know nothing of each other.
"""

MEAN = 0.1307
STD = 0.3081

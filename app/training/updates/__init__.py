"""One update of a training, seen whole: forward, loss, backward and the optimizer's step."""

"""One update of a training, before and after."""

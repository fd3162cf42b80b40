"""Single operations: their bodies, and documents with tensors in them for an answer."""

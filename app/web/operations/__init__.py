"""What each operation answers: documents with tensors in them. Only workers import this."""

"""A run as a script of PyTorch that anybody can carry out."""

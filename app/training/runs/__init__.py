"""Training runs that live in processes of their own, and what is kept of them."""

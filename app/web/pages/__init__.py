"""The pages and the static files they are made of."""

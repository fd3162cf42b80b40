"""Data sets over HTTP: what ships, what can be fetched, and pictures of the user's own."""

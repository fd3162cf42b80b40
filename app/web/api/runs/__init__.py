"""Training runs over HTTP: begun, watched, paused, taken up again."""

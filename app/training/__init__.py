"""Teaching a network: data, recipe, and a loop that tells what it does while it does it."""

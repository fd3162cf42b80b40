"""The only package that knows HTTP, JSON and templates."""

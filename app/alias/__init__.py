"""What is imported by the project's own name; this folder is on the path of an installation."""

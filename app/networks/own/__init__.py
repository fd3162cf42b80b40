"""Networks of the user's own, from files that are named on the command line, never over HTTP."""

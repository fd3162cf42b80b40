"""What a request must get past before a route sees it, and the headers that it leaves with."""

"""The queue page: what waits for the chief, what is on its way to the sites, and what went out."""

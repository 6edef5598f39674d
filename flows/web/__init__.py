"""The page's server: routes, what is refused at the door, and the log."""

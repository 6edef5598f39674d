"""Whether the participants really got JobFirst: nine elements by project, and a sample for the consultant."""

"""Whether it was JobFirst that the participants got: nine elements by project, and a sample for the consultant."""

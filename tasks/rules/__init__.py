"""The rules as Python objects: the model of `rules/jobfirst.yaml`. The values themselves stay in that file."""

"""A second, independent reading of the whole settlement in plain Python, for tests to compare with.

Written from the specification alone and for reading: slow, one row at a time, nothing shared with `tasks/` or
`sql/`. `generate` writes small hostile portfolios; `intake`, `rules`, `settlement` and `output` say what must
come of them.
"""

"""The commands of `jobfirst`, one a file. Each gives its parser by `add` and does its work in `run`.

What a command needs beyond the standard library is imported when it runs: `--help` answers at once.
"""

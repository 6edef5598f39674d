"""The commands of `jobfirst`, one per file. Each adds its parser in `add` and does its work in `run`.

What a command needs beyond the standard library is imported when it runs: `--help` answers at once.
"""

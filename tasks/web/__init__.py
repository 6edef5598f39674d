"""The page where a municipality checks its delivery: what is taken in, checked in a process of its own, and answered.

Nothing here knows of routes or servers (`flows/web/`), and nothing that is taken in is written anywhere.
"""

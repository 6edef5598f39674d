"""The page where a municipality checks its delivery: taking it in, checking it in its own process, and answering.

Nothing here knows of routes or servers (`flows/web/`), and no upload is written anywhere.
"""

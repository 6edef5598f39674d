"""Settling on a Dask cluster: the same steps and statements, a shard of projects at a time, the same bytes out."""

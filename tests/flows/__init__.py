"""Flows, and what stands beside them: a server, a cluster, a run's story."""

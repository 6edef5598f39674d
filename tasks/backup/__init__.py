"""A home as one file: written while no run works, and brought back whole or not at all."""

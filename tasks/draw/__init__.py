"""STAR's draw: who is a participant and who a control, so that nobody can pick and anybody can check.

Source: the draw (docs/draw-format.md).
"""

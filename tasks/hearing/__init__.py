"""The hearing: what was put to the municipalities before a decision, until when, and what they answered."""

"""The hearing: what the municipalities were told before a decision, until when, and what they answered."""

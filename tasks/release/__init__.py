"""The release: a draft that a second person approves becomes a decision, posted and sent."""

"""A foreign file becomes a Transcript."""

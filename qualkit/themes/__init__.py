"""From codes to themes: outline, matrices, tables."""

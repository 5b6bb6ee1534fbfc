"""From meaning units to condensates."""

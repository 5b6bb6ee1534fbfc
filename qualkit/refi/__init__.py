"""Exchange with other QDA programs, in the formats of REFI-QDA."""

"""What analysts note while they read."""

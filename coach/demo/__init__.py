"""A department to look at: an office-supplies distributor, twelve weeks replayed through the services."""

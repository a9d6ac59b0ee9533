"""What is done after the answer: an outbox written in the same transaction, delivered by Huey workers."""

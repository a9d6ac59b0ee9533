"""What to tell whom by mail: a neutral sentence and a link, written to the outbox."""

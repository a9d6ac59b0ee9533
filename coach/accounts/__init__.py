"""How a person gets in: sign-in, server-side sessions, one-time links, passwords."""

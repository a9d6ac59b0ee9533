"""How fast a library is checked and published, against reading its bytes and YAML alone."""

"""The tests that keep the house in shape: each reads the code or walks the product and says what to do."""

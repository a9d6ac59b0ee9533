"""Tests of the library and the lessons."""

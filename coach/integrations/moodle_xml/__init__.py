"""Moodle XML, the export format of Moodle's question bank."""

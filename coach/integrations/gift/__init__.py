"""GIFT, the text format that Moodle reads and writes."""

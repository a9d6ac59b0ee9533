"""The question bank: items with a skill and a step, their revisions, and how an answer is marked."""

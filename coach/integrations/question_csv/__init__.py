"""Questions as rows of a table, from a spreadsheet."""

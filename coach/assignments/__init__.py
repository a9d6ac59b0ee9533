"""Work given, with a due date and a reason. Whether it is done is read from what was done."""

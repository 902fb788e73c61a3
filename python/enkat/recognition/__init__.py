"""What the columns of an export are: questions, their boxes and items, and what is no question at all."""

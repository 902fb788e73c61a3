"""Reading answers from files and data frames, and drafting a study from them."""

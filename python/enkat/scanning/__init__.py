"""Surveys whose rows are read in parts: from files, lazy queries and streams, or by workers on other machines."""

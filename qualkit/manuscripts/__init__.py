"""Finished texts held against the study: which words in them are quotations, and where those stand."""

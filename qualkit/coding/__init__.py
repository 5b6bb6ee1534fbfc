"""Codebook, rules, matching, codings."""

"""Workbooks that agencies fill in and send back, and what is to be put right in them."""

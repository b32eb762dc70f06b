"""Chronique: news articles in, dated events and figures out."""

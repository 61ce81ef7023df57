"""Spiders written in Python. Those of a province are data: see crawler.loader and settings/sites."""

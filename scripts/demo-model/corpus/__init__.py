"""The text that the demo model is trained and tested on: written by templates, from tables."""

"""What a report shows, section by section: frozen dataclasses made from the report document and nothing else.

The terminal, Markdown, the tables, the page and the desk say the same because they all stand on these.
"""

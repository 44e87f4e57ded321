"""The page on which an editor sees who says so: one HTML file, made from the report document and nothing else.

The modules turn the document into a view, a tree of frozen dataclasses that ``templates/`` lay out; :mod:`page` holds
the two public functions.
"""

"""The page on which an editor sees who says so: one HTML file, laid out by ``templates/`` from the view."""

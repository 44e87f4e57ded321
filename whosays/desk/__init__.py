"""The library in the browser, and over HTTP: ``whosays serve``."""

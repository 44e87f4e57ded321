"""The HTTP interface under ``/api/v1``: a module for each kind of resource; ``docs/http.md`` shows how to use it."""

"""The HTTP interface under ``/api/v1``, a module for each thing that it gives."""

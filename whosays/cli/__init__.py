"""The command line. What it makes goes to standard output, everything that it has to say to standard error."""

from whosays.cli import archive, finding, library, marks, serve  # noqa: F401  the commands enter themselves
from whosays.cli.app import app, main
from whosays.cli.report import ReportFormat, StatementsFormat

__all__ = ["ReportFormat", "StatementsFormat", "app", "main"]

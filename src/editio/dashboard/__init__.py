"""The editor's dashboard: problems, baseline and coverage of an edition as one page."""

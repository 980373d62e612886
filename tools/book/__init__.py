"""The course as a site and as one PDF of its mathematics: `make book`."""

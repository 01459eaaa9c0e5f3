"""People at screens: the office's workplace on the web. Django; a room per job."""

"""What draws the first versions of templates; no part of the installed product."""

"""What draws the first versions of templates, makes locks and bundles; no part of the installed product."""

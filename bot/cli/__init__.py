"""The command line: ``program`` says how commands fail, ``commands`` what there is; the rest does the work."""

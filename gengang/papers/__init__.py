"""What goes on each paper the office signs: facts and verdicts in, template values out."""

"""Readers: a returned file in, readings out. They know the form, never the judgement."""

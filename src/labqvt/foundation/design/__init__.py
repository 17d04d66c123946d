"""The visual language: tokens, icons, stylesheets, and the living catalogue of components."""

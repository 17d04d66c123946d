"""LimeSurvey structures: XML (.lss in both layouts, .lsa, .lsg, .lsq) and tab-separated text.

Both are read into the same tables (``tables``), which ``questions`` turns into items.
"""

"""The visual language, in one place: screens, charts and documents read their colours, sizes and patterns here."""

"""The house's own icons: 24 px box, stroke 1.75, round ends. Also read by documents (PDF, poster).

Each value is the inside of an ``<svg viewBox="0 0 24 24">`` with no fill and a stroke.
"""

from typing import Final

_DOT: Final = 'fill="currentColor" stroke="none"'

ICONS: Final[dict[str, str]] = {
    # ways
    "arrow-right": '<path d="M4 12h15.5M13.5 6l6 6-6 6"/>',
    "arrow-left": '<path d="M20 12H4.5M10.5 6l-6 6 6 6"/>',
    "chevron-down": '<path d="M6 9.5l6 6 6-6"/>',
    "chevron-up": '<path d="M6 14.5l6-6 6 6"/>',
    "external": '<path d="M13.5 4H20v6.5M20 4l-9 9M10 5.5H5.5A1.5 1.5 0 0 0 4 7v11.5A1.5 1.5 0 0 0 5.5 20H17a1.5 1.5 0 0 0 1.5-1.5V14"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    "home": '<path d="M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-5.5h4V20"/>',
    "exit": '<path d="M14 4h4.5A1.5 1.5 0 0 1 20 5.5v13a1.5 1.5 0 0 1-1.5 1.5H14M15 12H3.5M8 7.5L3.5 12 8 16.5"/>',
    # states
    "check": '<path d="M4.5 12.5l5 5 10-11"/>',
    "success": '<circle cx="12" cy="12" r="8.5"/><path d="M8 12.3l2.8 2.8L16 9.5"/>',
    "info": f'<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5"/><circle cx="12" cy="7.7" r="1.2" {_DOT}/>',
    "warning": f'<path d="M12 3.8L21 19.5H3z"/><path d="M12 10v4.3"/><circle cx="12" cy="16.9" r="1.1" {_DOT}/>',
    "error": f'<path d="M8.3 3.5h7.4l4.8 4.8v7.4l-4.8 4.8H8.3l-4.8-4.8V8.3z"/><path d="M12 7.5v5.5"/>'
    f'<circle cx="12" cy="16.2" r="1.2" {_DOT}/>',
    "lock": '<rect x="5" y="10.5" width="14" height="9.5" rx="1.5"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14v2.5"/>',
    "eye": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>',
    "moved": '<path d="M5 16.5A7.5 7.5 0 0 1 19 12M19.8 6.5V12h-5.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.5 2"/>',
    "calendar": '<rect x="4" y="5.5" width="16" height="14.5" rx="1.5"/><path d="M4 10h16M8.5 3v4.5M15.5 3v4.5"/>',
    "planned": '<circle cx="12" cy="12" r="7.5"/>',
    "done": f'<circle cx="12" cy="12" r="8" {_DOT}/>',
    # acts
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "edit": '<path d="M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19zM14 6.5l3.5 3.5"/>',
    "trash": '<path d="M4.5 6.5h15M9 6.5V4h6v2.5M6.5 6.5L7.5 20h9l1-13.5M10.2 10.5v5.5M13.8 10.5v5.5"/>',
    "undo": '<path d="M8.5 4.5L4 9l4.5 4.5M4 9h10a5.5 5.5 0 0 1 0 11H9"/>',
    "redo": '<path d="M15.5 4.5L20 9l-4.5 4.5M20 9H10a5.5 5.5 0 0 0 0 11h5"/>',
    "grip": f'<g {_DOT}><circle cx="9" cy="6" r="1.4"/><circle cx="15" cy="6" r="1.4"/><circle cx="9" cy="12" r="1.4"/><circle cx="15" cy="12" r="1.4"/><circle cx="9" cy="18" r="1.4"/><circle cx="15" cy="18" r="1.4"/></g>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5.5 5.5"/>',
    "filter": '<path d="M4 6.5h16M7 12h10M10 17.5h4"/>',
    "download": '<path d="M12 4v11M7 10.5l5 5 5-5M4.5 20h15"/>',
    "upload": '<path d="M12 15.5v-11M7 9l5-5 5 5M4.5 20h15"/>',
    "print": '<path d="M7 9V4h10v5M7 16.5H4V9h16v7.5h-3M7 14h10v6H7z"/>',
    "mail": '<rect x="3.5" y="5.5" width="17" height="13" rx="1.5"/><path d="M4 7l8 6 8-6"/>',
    "send": '<path d="M20.5 3.5L10 14M20.5 3.5L14 20.5l-4-6.5-6.5-4z"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1"/>',
    # things
    "person": '<circle cx="12" cy="8" r="3.8"/><path d="M4.5 20a7.5 7.5 0 0 1 15 0"/>',
    "building": '<path d="M5 20V4.5h9V20M14 10h5v10M3.5 20h17M8 8.5h3M8 12h3M8 15.5h3"/>',
    "place": '<path d="M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z"/><circle cx="12" cy="10" r="2.3"/>',
    "file": '<path d="M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5V8.5h5M9 13h6M9 16.5h6"/>',
    "chart": '<path d="M4 20h16M6.5 16.5v-5M12 16.5V5M17.5 16.5V9"/>',
    "table": '<rect x="4" y="5" width="16" height="14.5" rx="1.5"/><path d="M4 10h16M4 14.8h16M10 10v9.5"/>',
    "phone": '<rect x="7" y="3" width="10" height="18" rx="2"/><path d="M10.8 17.8h2.4"/>',
    "ticket": '<path d="M4 7.5h16v3a1.8 1.8 0 0 0 0 3.5v3H4v-3a1.8 1.8 0 0 0 0-3.5zM14.5 7.5v2M14.5 11.5v1.5M14.5 15v2"/>',
    "speech": '<path d="M4 5h16v11h-9l-4.5 4V16H4zM8 9h8M8 12.3h5"/>',
    "flag": '<path d="M6 21V4M6 5h11.5L15 9l2.5 4H6"/>',
    "key": '<circle cx="8" cy="15.5" r="4"/><path d="M11 12.5l8.5-8.5M16 7.5l3 3"/>',
    "list": f'<path d="M9 6.5h11M9 12h11M9 17.5h11"/><circle cx="5" cy="6.5" r="1.3" {_DOT}/>'
    f'<circle cx="5" cy="12" r="1.3" {_DOT}/><circle cx="5" cy="17.5" r="1.3" {_DOT}/>',
    # the six determinants
    "people": '<circle cx="8.5" cy="8.5" r="3.3"/><path d="M2.5 19.5a6 6 0 0 1 12 0M15.5 5.5a3.3 3.3 0 0 1 0 6M17 14a6 6 0 0 1 4.5 5.5"/>',
    "layers": '<path d="M12 3.5l9 4.7-9 4.7-9-4.7zM3.5 12.3L12 16.7l8.5-4.4M3.5 16.3L12 20.7l8.5-4.4"/>',
    "heart": '<path d="M12 20S3.5 15 3.5 9.2A4.6 4.6 0 0 1 12 6.8a4.6 4.6 0 0 1 8.5 2.4C20.5 15 12 20 12 20z"/>',
    "path": '<circle cx="5.5" cy="18.5" r="2"/><circle cx="18.5" cy="5.5" r="2"/><path d="M7.5 18.5H15a3.2 3.2 0 0 0 0-6.5H9a3.2 3.2 0 0 1 0-6.5h7.5"/>',
    "balance": '<path d="M12 4v16M7.5 20h9M4.5 7h15M4.5 7L2 13.5h5zM19.5 7L17 13.5h5zM2 13.5a2.5 2.5 0 0 0 5 0M17 13.5a2.5 2.5 0 0 0 5 0"/>',
    "compass": '<circle cx="12" cy="12" r="8.5"/><path d="M15.8 8.2l-2.3 5.3-5.3 2.3 2.3-5.3z"/>',
}  # fmt: skip

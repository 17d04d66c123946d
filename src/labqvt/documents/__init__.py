"""Charts and documents: accessible SVG, tagged PDF through Typst, XLSX. It draws and writes; it knows no trade word."""

"""Charts and documents: accessible SVG, tagged PDF, typed XLSX. It draws and writes, no more."""

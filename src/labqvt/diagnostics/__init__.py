"""The shared reading of evidence, on a page, on paper and in a workbook; the diagnosis by discussion."""

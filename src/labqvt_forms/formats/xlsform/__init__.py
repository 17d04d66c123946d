"""XLSForm workbooks."""

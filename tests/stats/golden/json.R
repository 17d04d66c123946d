# Writes nested lists as JSON, sixteen digits.
json <- function(x) {
  if (is.list(x)) {
    parts <- vapply(x, json, "")
    if (is.null(names(x))) return(paste0("[", paste(parts, collapse = ", "), "]"))
    return(paste0("{", paste0('"', names(x), '": ', parts, collapse = ", "), "}"))
  }
  v <- if (is.character(x)) paste0('"', x, '"') else format(x, digits = 16, trim = TRUE, scientific = NA)
  if (length(x) == 1) v else paste0("[", paste(v, collapse = ", "), "]")
}

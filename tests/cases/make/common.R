# Shared by the scripts of this folder: collects reference cases and writes them where C++ and Python tests read them.
# A data set is an object of columns (tests/cases/data/<name>.json, a missing value is null). A file of cases is
# {"source", "cases": [{id, data, design, call, expected, tol, source}]} in tests/cases/<call$fn>/<script>.json: `design` and `call`
# hold the keywords of enkat.Design and of the verb `fn`; the order of figures is that of R's levels (the first of two
# crossed factors fastest). `tol` is relative. Beside keywords of the verb, `call` may hold
#   where    the domain, taken after calibration          of    contrast: the verb whose rows are contrasted (mean)
#   then     calibrating verbs: what is computed after, a verb or "weights"
# and `design` may hold replicates: {method, mse, rho}, what the survey is turned into before any calibration.
suppressMessages({library(survey); library(jsonlite)})
options(digits = 17, survey.replicates.mse = FALSE, warn = 1)
folder <- normalizePath(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), ".."))
source_of_cases <- paste("R survey", packageVersion("survey"))
cases <- list()

num <- function(x) unname(as.numeric(x))

add <- function(id, data, design, call, expected, tol = 1e-8, source = source_of_cases) {
  stopifnot(all(is.finite(unlist(expected[setdiff(names(expected), c("group", "answer"))]))))
  cases[[length(cases) + 1]] <<- list(id = id, data = data, design = design, call = call, expected = expected,
                                      tol = tol, source = source)
}

write_data <- function(name, frame)
  writeLines(toJSON(as.list(frame), na = "null", digits = NA), file.path(folder, "data", paste0(name, ".json")))

write_cases <- function(name, about) {
  verb <- sapply(cases, function(case) case$call$fn)
  stopifnot(!anyDuplicated(sapply(cases, function(case) case$id)))
  for (fn in unique(verb)) {
    dir.create(file.path(folder, fn), showWarnings = FALSE)
    lines <- sapply(cases[verb == fn], function(case) toJSON(case, auto_unbox = TRUE, digits = NA))
    text <- paste0('{"source": ', toJSON(about, auto_unbox = TRUE), ', "cases": [\n', paste(lines, collapse = ",\n"), "\n]}")
    writeLines(text, file.path(folder, fn, paste0(name, ".json")))
  }
  cat(length(cases), "cases of", name, "\n"); print(table(verb))
}

# A statistic with its t interval on the degrees of freedom of its own base.
with_interval <- function(statistic, base) {
  limits <- confint(statistic, df = degf(base))
  list(estimate = num(coef(statistic)), se = num(SE(statistic)), ci_low = num(limits[, 1]), ci_high = num(limits[, 2]),
       df = degf(base))
}

# Estimates and standard errors; the error of a total that was calibrated to is 0, not what rounding leaves of it.
plain <- function(statistic) {
  estimate <- num(coef(statistic))
  se <- num(SE(statistic))
  list(estimate = estimate, se = ifelse(se < 1e-9 * abs(estimate), 0, se))
}
rows_of <- function(matrix) lapply(seq_len(nrow(matrix)), function(i) num(matrix[i, ]))

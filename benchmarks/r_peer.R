# Answers one task a line from standard input with R survey. Started once for a data set; its start is never timed.
# Arguments: a folder with a file of doubles for each column, and the number of rows. Replies are lines of text:
# "seconds <s>", then "row <key> <value> <se>" or "weights <file>", then "done"; or "failed <message>".

suppressPackageStartupMessages(library(survey))
given <- commandArgs(trailingOnly = TRUE)
folder <- given[1]
rows <- as.integer(given[2])
column <- function(name) readBin(file.path(folder, paste0(name, ".f64")), "double", rows)
items <- paste0("item_", 0:9)
data <- as.data.frame(sapply(c("stratum", "psu", "w", "y", "x", "dom3", "dom20", "age4", items), column))
margins <- read.csv(file.path(folder, "margins.csv"))
for (name in c("dom3", "dom20", "age4")) data[[name]] <- factor(data[[name]])
design <- svydesign(ids = ~psu, strata = ~stratum, weights = ~w, data = data)
all_items <- reformulate(items)

sizes <- function(name) margins$size[margins$name == name]
margin <- function(name) setNames(data.frame(levels(data[[name]]), sizes(name)), c(name, "Freq"))
totals <- c(
  "(Intercept)" = sum(sizes("dom3")), dom31 = sizes("dom3")[2], dom32 = sizes("dom3")[3],
  age41 = sizes("age4")[2], age42 = sizes("age4")[3], age43 = sizes("age4")[4], x = margins$size[margins$name == "x"]
)

tasks <- list(
  mean = function() svymean(~y, design, na.rm = TRUE),
  mean_by_20 = function() svyby(~y, ~dom20, design, svymean, na.rm = TRUE),
  items_by_3 = function() svyby(all_items, ~dom3, design, svymean, na.rm = TRUE),
  ratio = function() svyratio(~y, ~x, design, na.rm = TRUE),
  median = function() svyquantile(~y, design, 0.5, na.rm = TRUE),
  rake = function() {
    names <- c("dom3", "dom20", "age4")
    raked <- rake(design, lapply(names, reformulate), lapply(names, margin), control = list(epsilon = 1e-9, maxit = 100))
    weights(raked)
  },
  calibrate = function() weights(calibrate(design, ~ dom3 + age4 + x, totals)),
  bootstrap_200 = function() {
    set.seed(1)
    replicated <- as.svrepdesign(design, type = "subbootstrap", replicates = 200, mse = TRUE)
    svymean(all_items, replicated, na.rm = TRUE)
  }
)

text <- function(x) format(x, digits = 17, scientific = TRUE, trim = TRUE)
report <- function(key, value, se) cat(paste("row", key, text(value), text(se)), sep = "\n")

show <- function(task, result) {
  if (is.numeric(result) && length(result) == rows && is.null(attr(result, "var"))) {
    file <- file.path(folder, "weights.f64")
    writeBin(as.double(result), file)
    cat("weights", file, "\n")
  } else if (task == "mean_by_20") {
    report(as.character(result$dom20), result$y, result$se)
  } else if (task == "items_by_3") {
    for (item in items) report(paste0(result$dom3, "/", item), result[[item]], result[[paste0("se.", item)]])
  } else if (task == "bootstrap_200") {
    report(items, coef(result), SE(result))
  } else {
    report("all", unname(coef(result)), unname(as.vector(SE(result))))
  }
}

cat("ready", as.character(packageVersion("survey")), "\n")
connection <- file("stdin", "r")
while (length(task <- readLines(connection, 1)) > 0) {
  tryCatch({
    start <- Sys.time()
    result <- tasks[[task]]()
    cat("seconds", text(as.numeric(difftime(Sys.time(), start, units = "secs"))), "\n")
    show(task, result)
    cat("done\n")
  }, error = function(e) cat("failed", gsub("\n", " ", conditionMessage(e)), "\n"))
}

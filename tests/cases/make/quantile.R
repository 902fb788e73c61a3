# Cases of the functions quantile() and woodruff_probabilities(): ../quantile/functions, read by their C++ tests only.
# Weights are multiples of 1/4, so that R's sums of them are exact, but for means of tied ones. Run: Rscript tests/cases/make/quantile.R
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "common.R"))
source_of <- function(what) paste0("R survey ", packageVersion("survey"), " ", what)

# ---- rules
p <- c(1:15 / 16, .01, .1, .3, .9, .95, .99)
samples <- list(
  untied = list(values = c(3.5, -1.25, 12, 7.75, 0.5, 9, 4.25, 21.5), weights = c(1.25, 3, .5, 2, 4.25, 1, 2.75, 1.25)),
  tied = list(values = c(2, 5, 2, 3, 5, 5, 1, 2, 3, 8, 8, 1),
              weights = c(1, .5, 2.25, 1.25, 3, .25, .75, 1.5, 2, 1.5, .75, 1.25)),
  heavy = list(values = c(4, 1, 4, 2, 2, 9), weights = c(12, .25, .25, 2, .5, 1)),
  two = list(values = c(3, 2), weights = c(1, 3)))
rules <- list()
for (name in names(samples)) for (rule in c("math", "school", "hf1", "hf2", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9")) {
  s <- samples[[name]]
  # R takes tied answers in the order of rows, and hf4 to hf9 change with it; with their mean weight each they do not.
  one_each <- data.frame(values = s$values, weights = if (rule %in% paste0("hf", 4:9)) ave(s$weights, s$values) else s$weights)
  design <- svydesign(ids = ~1, weights = ~weights, data = one_each)
  # Below the first cumulative share R's discrete rules give the second answer, and its hf4 extrapolates.
  affected <- rule %in% c("math", "school", "hf1", "hf2", "hf4")
  first <- if (affected) s$weights[which.min(s$values)] / sum(s$weights) else 0
  at <- p[p >= first]
  expected <- num(svyquantile(~values, design, at, qrule = rule, ci = FALSE)[[1]])
  rules[[length(rules) + 1]] <- c(list(id = paste(name, rule)), s, list(rule = rule, p = at, expected = expected,
                                  source = source_of("svyquantile")))
}
equal <- list(distinct = 1:10, tied = c(1, 1, 2, 2, 2, 3, 5, 5, 5, 5), odd = c(2, 7, 7, 9, 4, 4, 4))
at <- c(0, 1:19 / 20, 1 / 7, 1 / 14, 3 / 14, 1)
for (name in names(equal)) for (weight in c(1, 7.5)) for (type in 1:9)
  rules[[length(rules) + 1]] <- list(id = paste0("equal ", name, " ", weight, " hf", type), values = equal[[name]],
    weights = rep(weight, length(equal[[name]])), rule = paste0("hf", type), p = at,
    expected = num(quantile(equal[[name]], at, type = type)),
    source = paste0("R ", getRversion(), " quantile(type = ", type, ")"))
write_json(list(tolerance = 1e-8, cases = rules), file.path(folder, "quantile/functions/rules.json"), digits = NA, auto_unbox = TRUE)

# ---- Woodruff: the share below the quantile and its standard error from svymean, the interval from svyquantile
set.seed(1952)
d <- data.frame(cluster = rep(1:9, each = 10), stratum = rep(1:3, each = 30), weights = sample(4:20, 90, TRUE) / 4)
d$values <- round(rnorm(90, 40, 8) + rep(rnorm(9, 0, 3), each = 10), 3)  # no ties: see above
design <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~weights, data = d)
cases <- list()
for (level in c(.95, .8)) for (rule in c("math", "school", "hf7")) for (type in c("mean", "beta", "xlogit", "asin"))
  # Elsewhere .03 has a lower limit below the first cumulative share.
  for (q in c(if (type == "mean" && level == .95) .03, .1, .25, .5, .75, .9, .97)) {
    r <- svyquantile(~values, design, q, alpha = 1 - level, qrule = rule, interval.type = type, ci = TRUE)[[1]]
    below <- svymean(~I(1 * (values <= r[1])), design)
    case <- list(id = paste(rule, type, q, level), p = q, rule = rule, type = type, level = level,
                 share = num(coef(below)), se_of_share = num(SE(below)), estimate = r[1])
    if (all(is.finite(r))) case <- c(case, list(ci_low = r[2], ci_high = r[3], se = r[4]))
    cases[[length(cases) + 1]] <- case
  }
write_json(list(source = source_of("svyquantile and svymean; cases without limits are NaN in R"), tolerance = 1e-8,
                df = degf(design), values = d$values, weights = d$weights, cases = cases),
           file.path(folder, "quantile/functions/woodruff.json"), digits = NA, auto_unbox = TRUE)

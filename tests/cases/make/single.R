# Strata of which one PSU was drawn, without and with finite population corrections, and one stratum that was taken
# whole. Survey 4.1 centres totals wrongly under "adjust" (fixed in 4.3): those figures come from the formula, which is
# checked against R for the means. Run: Rscript tests/cases/make/single.R
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "common.R"))
set.seed(404)
drawn <- c(a = 3, b = 1, c = 4, d = 1, e = 2)
units <- list(a = 9, b = 5, c = 11, d = 4, e = 6)
rows <- list()
for (h in names(drawn)) for (i in seq_len(drawn[h])) {
  m <- sample(4:9, 1)
  rows[[length(rows) + 1]] <- data.frame(stratum = h, psu = paste0(h, i), n_psu = units[[h]],
                                         w = round(runif(m, 5, 25), 3), u = rnorm(1))
}
rows[[length(rows) + 1]] <- data.frame(stratum = "whole", psu = "whole1", n_psu = 1, w = round(runif(6, 1, 6), 3), u = 0)
d <- do.call(rbind, rows)
d$y <- round(20 + 3 * d$u + rnorm(nrow(d), 0, 4), 2)
d$x <- round(8 + d$u + rnorm(nrow(d), 0, 2), 2)
d$kind <- sample(c("k", "l", "m"), nrow(d), TRUE)
d$u <- NULL
rownames(d) <- NULL
write_data("single", d)
case <- function(id, design, call, expected, source = source_of_cases)
  add(paste0("single/", id), "single", design, call, expected, source = source)

# Variance of the total of z (already weighted) with single PSUs centred at the mean of all PSU totals.
adjusted <- function(z, fraction) {
  totals <- tapply(z, d$psu, sum)
  stratum <- tapply(d$stratum, d$psu, unique)
  f <- tapply(fraction, d$psu, unique)
  sum(sapply(unique(stratum), function(h) {
    t <- totals[stratum == h]
    left <- 1 - f[stratum == h][1]
    if (length(t) > 1) left * length(t) / (length(t) - 1) * sum((t - mean(t))^2) else left * (t - mean(totals))^2
  }))
}
for (with_fpc in c(FALSE, TRUE)) for (rule in c("remove", "certainty", "adjust", "average")) {
  options(survey.lonely.psu = rule)
  r <- if (with_fpc) svydesign(ids = ~psu, strata = ~stratum, weights = ~w, fpc = ~n_psu, data = d)
       else svydesign(ids = ~psu, strata = ~stratum, weights = ~w, data = d)
  words <- c(list(weight = "w", strata = "stratum", cluster = "psu", single_psu = rule),
             if (with_fpc) list(fpc = "n_psu"))
  id <- function(what) paste0(rule, if (with_fpc) " with fpc", "/", what)
  if (with_fpc && rule == "average") next  # R counts the stratum taken whole among those without a variance
  case(id("mean"), words, list(fn = "mean", y = "y"), plain(svymean(~y, r)))
  q <- svyratio(~y, ~x, r)
  case(id("ratio"), words, list(fn = "ratio", y = "y", x = "x"), plain(q))
  case(id("where"), words, list(fn = "mean", y = "y", where = list(kind = "k")), plain(svymean(~y, subset(r, kind == "k"))))
  # The errors are those of the joint covariance: subset() forgets strata without members, and with them how many
  # strata "average" is about.
  b <- svyby(~y, ~kind, r, svymean, covmat = TRUE)
  case(id("by"), words, list(fn = "mean", y = "y", by = "kind"),
       list(group = b$kind, estimate = num(coef(b)), se = num(sqrt(diag(vcov(b)))), vcov = rows_of(vcov(b))))
  if (rule != "adjust") case(id("total"), words, list(fn = "total", y = "y"), plain(svytotal(~y, r)))
  else {
    fraction <- if (with_fpc) ave(as.numeric(factor(d$psu)), d$stratum, FUN = function(k) length(unique(k))) / d$n_psu
                else 0 * d$y
    mean_y <- sum(d$w * d$y) / sum(d$w)
    by_formula <- sqrt(adjusted(d$w * (d$y - mean_y) / sum(d$w), fraction))
    stopifnot(abs(by_formula / num(SE(svymean(~y, r))) - 1) < 1e-10)
    case(id("total"), words, list(fn = "total", y = "y"),
         list(estimate = sum(d$w * d$y), se = sqrt(adjusted(d$w * d$y, fraction))),
         "formula of R survey's adjust rule, checked against its means")
  }
}
options(survey.lonely.psu = "fail")
whole <- d[!d$stratum %in% c("b", "d"), ]
r <- svydesign(ids = ~psu, strata = ~stratum, weights = ~w, fpc = ~n_psu, data = whole)
write_data("single_whole", whole)
for (fn in c("mean", "total"))
  add(paste0("single/a stratum taken whole/", fn), "single_whole",
      list(weight = "w", strata = "stratum", cluster = "psu", fpc = "n_psu"), list(fn = fn, y = "y"),
      plain(if (fn == "mean") svymean(~y, r) else svytotal(~y, r)))
write_cases("single", paste(source_of_cases, "on the generated survey with single PSUs of tests/cases/make/single.R"))

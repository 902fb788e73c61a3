# Two phases: a first sample in strata, or of clusters, and a second one among it in strata of its own. Everybody's
# first answers are known, y only of those asked again. All first strata have one size: R takes the size of the first
# one for all of them, -(1 - f_h)/(n_1 - 1) off the diagonal. Without strata and fpc R drops the factor n/(n - 1) of the
# first phase; such a design is not among these cases. Run: Rscript tests/cases/make/phases.R
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "common.R"))
set.seed(818)
zones <- data.frame(zone = c("n", "s", "w"), N = c(900, 1500, 600), n = c(70, 70, 70))
d <- do.call(rbind, lapply(1:3, function(h) data.frame(zone = rep(zones$zone[h], zones$n[h]), N = zones$N[h])))
n <- nrow(d)
d$id <- seq_len(n)
d$screen <- sample(c("high", "low", "none"), n, TRUE, c(.25, .35, .4))
d$x <- round(rnorm(n, 10, 3), 2)
asked <- c(high = 24, low = 22, none = 20)
d$second <- 0
for (g in names(asked)) d$second[sample(which(d$screen == g), asked[g])] <- 1
d$y <- round(4 + .7 * d$x + 2 * (d$screen == "high") + rnorm(n), 2)
d$case <- rbinom(n, 1, plogis((d$y - 12) / 2))
d$sex <- sample(c("f", "m"), n, TRUE)
d$y[d$second == 0] <- NA
d$case[d$second == 0] <- NA
write_data("phases", d)

clusters <- do.call(rbind, lapply(1:14, function(i) {
  m <- sample(9:16, 1)
  u <- rnorm(1)
  data.frame(clinic = i, clinics = 60, x = round(10 + u + rnorm(m, 0, 2), 2), u = u)
}))
clusters$id <- seq_len(nrow(clusters))
clusters$screen <- sample(c("high", "low"), nrow(clusters), TRUE, c(.4, .6))
clusters$second <- 0
for (g in c("high", "low")) clusters$second[sample(which(clusters$screen == g), 28)] <- 1
clusters$y <- round(3 + .5 * clusters$x + clusters$u + rnorm(nrow(clusters)), 2)
clusters$case <- rbinom(nrow(clusters), 1, .3)
clusters$sex <- sample(c("f", "m"), nrow(clusters), TRUE)
clusters$u <- NULL
clusters$y[clusters$second == 0] <- NA
clusters$case[clusters$second == 0] <- NA
write_data("phases_clusters", clusters)

estimators <- function(id, data, words, r) {
  # The estimated variance of the first phase may be negative in a sample of few clusters; nothing to compare then.
  put <- function(what, call, expected) {
    if (all(is.finite(expected$se))) add(paste0("phases/", id, "/", what), data, words, call, expected)
    else cat("negative variance:", id, what, "\n")
  }
  put("mean", list(fn = "mean", y = "y"), plain(svymean(~y, r)))
  put("total", list(fn = "total", y = "y"), plain(svytotal(~y, r)))
  q <- svyratio(~y, ~x, r)
  put("ratio", list(fn = "ratio", y = "y", x = "x"), plain(q))
  b <- svyby(~y, ~sex, r, svymean)
  put("by", list(fn = "mean", y = "y", by = "sex"), list(group = b$sex, estimate = num(coef(b)), se = num(SE(b))))
  m <- svymean(~case, r)
  put("share", list(fn = "proportion", y = "case", answer = 1), plain(m))
  put("where", list(fn = "total", y = "y", where = list(sex = "m")), plain(svytotal(~y, subset(r, sex == "m"))))
}
second <- list(column = "second", strata = "screen")
as_design <- function(data, id, strata, fpc)
  twophase(id = id, strata = strata, fpc = fpc, subset = ~I(second == 1), data = data, method = "full")
estimators("strata then strata", "phases", list(strata = "zone", fpc = "N", phase2 = second),
           as_design(d, list(~id, ~id), list(~zone, ~screen), list(~N, NULL)))
estimators("strata then a simple sample", "phases", list(strata = "zone", fpc = "N", phase2 = list(column = "second")),
           as_design(d, list(~id, ~id), list(~zone, NULL), list(~N, NULL)))
estimators("clusters then strata", "phases_clusters", list(cluster = "clinic", fpc = "clinics", phase2 = second),
           as_design(clusters, list(~clinic, ~id), list(NULL, ~screen), list(~clinics, NULL)))
write_cases("phases", paste(source_of_cases, "on the generated two-phase samples of tests/cases/make/phases.R"))

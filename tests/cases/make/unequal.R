# Samples drawn with unequal probabilities without replacement: Brewer's, Overton's and Hartley and Rao's
# approximations, given joint probabilities (of conditional Poisson sampling, by enumeration of every sample), Poisson
# sampling. Run: Rscript tests/cases/make/unequal.R
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "common.R"))
set.seed(5150)

# Conditional Poisson sampling of 5 of 9 farms: probabilities of samples are proportional to the product of the odds.
farms <- data.frame(farm = 1:9, size = c(12, 20, 25, 31, 38, 44, 52, 61, 70))
farms$yield <- round(farms$size * 3 + rnorm(9, 0, 20), 1)
farms$cows <- rpois(9, farms$size)
farms$type <- rep(c("dairy", "crops"), length.out = 9)
samples <- combn(9, 5)
odds <- farms$size / (160 - farms$size)
chance <- apply(samples, 2, function(s) prod(odds[s]))
chance <- chance / sum(chance)
joint <- matrix(0, 9, 9)
for (k in seq_along(chance)) joint[samples[, k], samples[, k]] <- joint[samples[, k], samples[, k]] + chance[k]
stopifnot(all.equal(sum(diag(joint)), 5))
in_sample <- c(2, 4, 5, 7, 9)
f <- farms[in_sample, ]
joint <- round(joint, 12)
f$pi <- diag(joint)[in_sample]
sampled_joint <- joint[in_sample, in_sample]
write_data("farms", f)

# Twelve schools in two strata drawn with unequal probabilities, pupils in them at random.
rows <- list()
for (i in 1:12) {
  pupils <- sample(30:90, 1)
  m <- sample(4:9, 1)
  u <- rnorm(1)
  rows[[i]] <- data.frame(stratum = if (i <= 7) "east" else "west", school = i, pi = round(runif(1, .15, .75), 4),
                          pi_pupil = round(m / pupils, 6), score = round(50 + 5 * u + rnorm(m, 0, 8), 1),
                          hours = round(10 + u + rnorm(m, 0, 2), 1), sex = sample(c("f", "m"), m, TRUE))
}
s <- do.call(rbind, rows)
s$number <- seq_len(nrow(s))
write_data("unequal", s)

estimators <- function(id, data, words, r, y, x, by) {
  # Approximate joint probabilities may make an estimated variance negative; there is nothing to compare then.
  put <- function(what, call, expected) {
    if (all(is.finite(expected$se))) add(paste0("unequal/", id, "/", what), data, words, call, expected)
    else cat("negative variance:", id, what, "\n")
  }
  of <- function(v) reformulate(v)
  put("total", list(fn = "total", y = y), plain(svytotal(of(y), r)))
  put("mean", list(fn = "mean", y = y), plain(svymean(of(y), r)))
  q <- svyratio(of(y), of(x), r)
  put("ratio", list(fn = "ratio", y = y, x = x), plain(q))
  b <- svyby(of(y), of(by), r, svytotal)
  put("total by", list(fn = "total", y = y, by = by), list(group = b[[by]], estimate = num(coef(b)), se = num(SE(b))))
  m <- svymean(of(by), r)
  put("levels", list(fn = "proportion", y = by), c(plain(m), list(vcov = rows_of(vcov(m)))))
}
one <- function(id, words, ...)
  estimators(id, "farms", c(list(fpc = "pi"), words), svydesign(ids = ~1, fpc = ~pi, data = f, ...), "yield", "cows", "type")
one("Brewer", list(pps = "brewer"), pps = "brewer")
one("Overton", list(pps = "overton"), pps = "overton")
one("Overton Yates-Grundy", list(pps = "overton", variance = "YG"), pps = "overton", variance = "YG")
known <- sum(diag(joint)^2) / 5
one("Hartley-Rao", list(pps = "hartley-rao", sum_pi2_n = known), pps = HR(known))
one("Hartley-Rao Yates-Grundy", list(pps = "hartley-rao", variance = "YG", sum_pi2_n = known), pps = HR(known),
    variance = "YG")
one("Hartley-Rao from the sample", list(pps = "hartley-rao", variance = "YG"), pps = HR(), variance = "YG")
one("joint", list(joint_probabilities = rows_of(sampled_joint)), pps = ppsmat(sampled_joint))
one("joint Yates-Grundy", list(joint_probabilities = rows_of(sampled_joint), variance = "YG"),
    pps = ppsmat(sampled_joint), variance = "YG")
one("Poisson", list(pps = "poisson"), pps = poisson_sampling(f$pi))

estimators("Brewer in strata", "unequal", list(strata = "stratum", cluster = "school", fpc = "pi", pps = "brewer"),
           svydesign(ids = ~school, strata = ~stratum, fpc = ~pi, pps = "brewer", data = s), "score", "hours", "sex")
estimators("Brewer two-stage", "unequal",
           list(strata = "stratum", cluster = c("school", "number"), fpc = c("pi", "pi_pupil"), pps = "brewer"),
           svydesign(ids = ~school + number, strata = ~stratum, fpc = ~pi + pi_pupil, pps = "brewer", data = s),
           "score", "hours", "sex")
write_cases("unequal", paste(source_of_cases, "on the generated samples of tests/cases/make/unequal.R"))

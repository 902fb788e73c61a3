# Combinations in which engines go wrong: groups with one member in a unit under several stages, estimates after trimming,
# groups of domains of calibrated samples, and distribution, agreement and association from replicates or after a
# calibration. The data are those of schools.R and pairs.R. Run: Rscript tests/cases/make/corners.R
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "common.R"))
read_data <- function(name) as.data.frame(fromJSON(file.path(folder, "data", paste0(name, ".json"))))
d <- read_data("schools")
three <- c("n_municipalities", "n_schools", "n_pupils")
stages <- c("municipality", "school", "number")
put <- function(id, design, call, expected, tol = 1e-8) add(paste0("corners/", id), "schools", design, call, expected, tol)
grouped <- function(b, design, by) {
  labels <- as.character(b[[by]])
  list(group = labels, estimate = num(coef(b)), se = num(SE(b)), vcov = rows_of(vcov(b)),
       df = unname(sapply(labels, function(g) degf(design[design$variables[[by]] == g, ]))))
}

# ---- groups with one member in each of a few municipalities
designs <- list(
  "three stages" = list(
    words = list(weight = "w", strata = "stratum", cluster = stages, fpc = three, nest = TRUE),
    r = svydesign(ids = ~municipality + school + number, strata = ~stratum, nest = TRUE, data = d, weights = ~w,
                  fpc = ~n_municipalities + n_schools + n_pupils)),
  "two stages" = list(
    words = list(weight = "w", strata = "stratum", cluster = stages[1:2], fpc = three[1:2], nest = TRUE),
    r = svydesign(ids = ~municipality + school, strata = ~stratum, nest = TRUE, data = d, weights = ~w,
                  fpc = ~n_municipalities + n_schools)),
  "ultimate clusters" = list(
    words = list(weight = "w", strata = "stratum", cluster = "municipality", nest = TRUE),
    r = svydesign(ids = ~municipality, strata = ~stratum, nest = TRUE, data = d, weights = ~w)))
psu <- paste(d$stratum, d$municipality)
chosen <- unlist(lapply(c("both", "other", "swedish"), function(h) {
  of <- which(d$home == h & d$w > 0 & d$stratum == c(both = "coast", other = "inland", swedish = "city")[h])
  of[!duplicated(psu[of])][1:3]
}))
stopifnot(!anyNA(chosen))
for (name in names(designs)) {
  s <- designs[[name]]$words
  few <- subset(designs[[name]]$r, number %in% chosen)
  id <- function(what) paste0("single members, ", name, "/", what)
  asked <- list(number = d$number[chosen])
  put(id("mean"), s, list(fn = "mean", y = "score", by = "home", where = asked),
      grouped(svyby(~score, ~home, few, svymean, covmat = TRUE), few, "home"))
  put(id("total"), s, list(fn = "total", y = "hours", by = "home", where = asked),
      grouped(svyby(~hours, ~home, few, svytotal, covmat = TRUE), few, "home"))
  put(id("ratio"), s, list(fn = "ratio", y = "score", x = "hours", by = "home", where = asked),
      grouped(svyby(~score, ~home, few, svyratio, denominator = ~hours, covmat = TRUE), few, "home"))
}

# ---- trimmed weights are taken as given
words <- list(weight = "wpos", strata = "stratum", cluster = stages[1:2], fpc = three[1:2], nest = TRUE)
r <- svydesign(ids = ~municipality + school, strata = ~stratum, nest = TRUE, data = d, weights = ~wpos,
               fpc = ~n_municipalities + n_schools)
limit <- round(1.6 * mean(d$wpos), 3)
trimmed <- trimWeights(r, upper = limit, lower = 0)
trim <- function(what, then, expected)
  put(paste0("trimmed/", what), words, c(list(fn = "trim", upper = limit), then), expected)
trim("mean", list(then = "mean", y = "score"), with_interval(svymean(~score, trimmed), trimmed))
trim("total", list(then = "total", y = "hours"), with_interval(svytotal(~hours, trimmed), trimmed))
q <- svyratio(~score, ~hours, trimmed)
trim("ratio", list(then = "ratio", y = "score", x = "hours"), plain(q))
trim("by", list(then = "mean", y = "score", by = "home"),
     grouped(svyby(~score, ~home, trimmed, svymean, covmat = TRUE), trimmed, "home"))
trim("levels", list(then = "proportion", y = "agegroup", where = list(sex = "girl")),
     plain(svymean(~agegroup, subset(trimmed, sex == "girl"))))

# ---- groups of a domain, and more estimators, of calibrated samples of two stages
size <- 20000
homes <- list(both = .18 * size, other = .14 * size, swedish = .68 * size)
sexes <- list(boy = .51 * size, girl = .49 * size)
totals <- c("(Intercept)" = size, homeother = .14 * size, homeswedish = .68 * size, sexgirl = .49 * size)
more <- c(totals, hours = 12.4 * size)
tight <- list(epsilon = 1e-13, maxit = 1000)
fit <- function(r, ...) do.call(calibrate, c(list(r, ...), tight))
groups <- c("10-12", "13-15", "16-18")
# svyby(covmat = TRUE) fails on calibrated designs in 4.1: groups are sums and ratios of columns.
for (g in groups) {
  r$variables[[paste0("in_", g)]] <- as.numeric(d$agegroup == g & d$home != "both")
  r$variables[[paste0("score_", g)]] <- r$variables[[paste0("in_", g)]] * d$score
}
column <- function(what) reformulate(sprintf("`%s_%s`", what, groups))
calibrated <- list(
  poststratified = list(call = list(fn = "poststratify", margins = list(home = homes)),
                        r = postStratify(r, ~home, data.frame(home = names(homes), Freq = unlist(homes)))),
  raked = list(call = list(fn = "rake", margins = list(home = homes, sex = sexes)),
               r = fit(r, ~home + sex, totals, calfun = "raking")),
  linear = list(call = list(fn = "calibrate", formula = "~ home + sex + hours", totals = as.list(more), method = "linear"),
                r = fit(r, ~home + sex + hours, more, calfun = "linear")))
for (name in names(calibrated)) {
  g <- calibrated[[name]]$r
  after <- function(what, then, expected, tol = 1e-6)
    put(paste0(name, "/", what), words, c(calibrated[[name]]$call, then), expected, tol)
  there <- list(home = c("other", "swedish"))
  t <- svytotal(column("score"), g)
  after("total by in a domain", list(then = "total", y = "score", by = "agegroup", where = there),
        list(group = groups, estimate = num(coef(t)), se = num(SE(t)), vcov = rows_of(vcov(t))))
  q <- svyratio(column("score"), column("in"), g, covmat = TRUE)
  same <- c(1, 5, 9)
  after("mean by in a domain", list(then = "mean", y = "score", by = "agegroup", where = there),
        list(group = groups, estimate = num(coef(q))[same], se = num(sqrt(diag(vcov(q))))[same],
             vcov = rows_of(vcov(q)[same, same])))
  points <- c(400, 480.5, 500, 560)
  below <- svymean(~I(as.numeric(score <= 400)) + I(as.numeric(score <= 480.5)) + I(as.numeric(score <= 500)) +
                     I(as.numeric(score <= 560)), g)
  after("cdf", list(then = "cdf", y = "score", points = points), plain(below))
  z <- svyquantile(~score, g, c(.2, .5, .8), qrule = "math", interval.type = "mean")[[1]]
  after("quantile", list(then = "quantile", y = "score", p = c(.2, .5, .8), rule = "math", interval = "mean"),
        list(estimate = num(z[, 1]), ci_low = num(z[, 2]), ci_high = num(z[, 3]), se = num(z[, 4])))
  after("kappa", list(then = "kappa", y = c("grade", "grade2")),
        plain(svykappa(~g1 + g2, update(g, g1 = factor(grade), g2 = factor(grade2)))))
  after("alpha", list(then = "alpha", y = c("grade", "grade2", "likes")),
        list(estimate = num(svycralpha(~grade + grade2 + likes, g))))
}

# ---- the same estimators from replicates
ultimate <- designs[["ultimate clusters"]]
for (mse in c(TRUE, FALSE)) {
  s <- c(ultimate$words, list(replicates = list(method = "JKn", mse = mse)))
  r <- as.svrepdesign(ultimate$r, type = "JKn", mse = mse)
  id <- function(what) paste0("JKn around ", if (mse) "the estimate" else "their mean", "/", what)
  below <- svymean(~I(as.numeric(score <= 400)) + I(as.numeric(score <= 480.5)) + I(as.numeric(score <= 500)) +
                     I(as.numeric(score <= 560)), r)
  put(id("cdf"), s, list(fn = "cdf", y = "score", points = points), plain(below))
  b <- svyby(~hours, ~home, r, svyratio, denominator = ~score, covmat = TRUE)
  put(id("ratio by"), s, list(fn = "ratio", y = "hours", x = "score", by = "home"),
      list(group = b$home, estimate = num(coef(b)), se = num(SE(b)), vcov = rows_of(vcov(b))))
  # With replicates svyvar counts rows of weight 0 in its n/(n - 1).
  weighted <- subset(r, w > 0)
  b <- svyby(~score, ~home, subset(weighted, sex == "girl"), svyvar)
  put(id("variance by in a domain"), s, list(fn = "variance", y = "score", by = "home", where = list(sex = "girl")),
      list(group = b$home, estimate = num(coef(b)), se = num(SE(b))))
  v <- svyvar(~hours + score, weighted)
  put(id("covariance"), s, list(fn = "covariance", y = c("hours", "score")),
      list(estimate = num(v["hours", "score"]), se = num(SE(v)[2])))
  # Any statistic is computed in each replicate; twice, since withReplicates() wants more than one number.
  of <- function(statistic) {
    z <- withReplicates(r, function(w, data) rep(statistic(w, data), 2))
    list(estimate = num(coef(z))[1], se = num(SE(z))[1])
  }
  put(id("correlation"), s, list(fn = "correlation", y = c("hours", "score")),
      of(function(w, data) cov.wt(data[c("hours", "score")], w / sum(w), cor = TRUE)$cor[1, 2]))
  put(id("kappa"), s, list(fn = "kappa", y = c("grade", "grade2")), of(function(w, data) {
    p <- tapply(w, list(factor(data$grade, 1:5), factor(data$grade2, 1:5)), sum, default = 0) / sum(w)
    chance <- sum(rowSums(p) * colSums(p))
    (sum(diag(p)) - chance) / (1 - chance)
  }))
  items <- c("grade", "grade2", "likes")
  put(id("alpha"), s, list(fn = "alpha", y = items), of(function(w, data) {
    v <- cov.wt(data[items], w / sum(w))$cov
    3 / 2 * (1 - sum(diag(v)) / sum(v))
  }))
}

# ---- supplied replicates, calibrated
p <- read_data("pairs")
tenures <- list(own = 780, rent = 540, share = 180)
margins <- list(tenure = tenures, sex = list(f = 750, m = 750))
weights_of <- list(JKn = paste0("jk", 1:20), Fay = grep("^fay", names(p), value = TRUE))
for (method in names(weights_of)) {
  s <- list(weight = "w", replicate_weights = weights_of[[method]], method = method)
  more <- if (method == "JKn") list(scale = .95, rscales = rep(c(.45, .5), 10)) else list(rho = .3)
  r <- do.call(svrepdesign, c(list(weights = ~w, repweights = p[weights_of[[method]]], type = method, data = p,
                                   combined.weights = TRUE, mse = TRUE), more))
  raked <- calibrate(r, ~tenure + sex, c("(Intercept)" = 1500, tenurerent = 540, tenureshare = 180, sexm = 750),
                     calfun = "raking", epsilon = 1e-13, maxit = 1000, compress = FALSE)
  posted <- postStratify(r, ~tenure, data.frame(tenure = names(tenures), Freq = unlist(tenures)))
  case <- function(what, call, expected)
    add(paste0("corners/supplied ", method, "/", what), "pairs", c(s, more), call, expected, 1e-6)
  q <- svyratio(~spend, ~income, subset(raked, sex == "f"))
  case("raked ratio in a domain", list(fn = "rake", margins = margins, then = "ratio", y = "spend", x = "income",
                                       where = list(sex = "f")), plain(q))
  b <- svyby(~income, ~sex, posted, svymean, covmat = TRUE)
  case("poststratified by", list(fn = "poststratify", margins = list(tenure = tenures), then = "mean", y = "income", by = "sex"),
       list(group = b$sex, estimate = num(coef(b)), se = num(SE(b)), vcov = rows_of(vcov(b))))
}
write_cases("corners", paste(source_of_cases, "on the data of schools.R and pairs.R, by tests/cases/make/corners.R"))

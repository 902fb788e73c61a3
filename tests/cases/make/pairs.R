# Two PSUs in each of ten strata, and replicate weights made from them: JK1, JKn, BRR, Fay, made by the survey or
# supplied, around the full-sample estimate (mse) or not. BRR made by the survey is compared for totals only: there
# every balanced set gives the same variance. Run: Rscript tests/cases/make/pairs.R
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "common.R"))
set.seed(77)
rows <- list()
for (h in 1:10) for (i in 1:2) {
  m <- sample(4:8, 1)
  u <- rnorm(1)
  rows[[length(rows) + 1]] <- data.frame(stratum = sprintf("s%02d", h), psu = 2 * (h - 1) + i, n_psu = 8 + 2 * h,
                                         w = round((8 + 2 * h) / 2 * runif(m, 2, 6), 3), u = u)
}
d <- do.call(rbind, rows)
n <- nrow(d)
d$income <- round(exp(3.3 + .2 * d$u + rnorm(n, 0, .4)), 2)
d$spend <- round(d$income * runif(n, .4, .9), 2)
d$sex <- sample(c("f", "m"), n, TRUE)
d$tenure <- sample(c("own", "rent", "share"), n, TRUE, c(.5, .35, .15))
d$u <- NULL
plain_design <- svydesign(ids = ~psu, strata = ~stratum, weights = ~w, data = d)
half <- weights(as.svrepdesign(plain_design, type = "BRR"), "replication")
replicates <- ncol(half)
for (k in seq_len(replicates)) d[[paste0("half", k)]] <- half[, k]
for (k in seq_len(replicates)) d[[paste0("fay", k)]] <- round(d$w * ifelse(half[, k] > 1, 1.7, .3), 6)
jkn <- as.svrepdesign(plain_design, type = "JKn")
for (k in 1:20) d[[paste0("jk", k)]] <- round(d$w * weights(jkn, "replication")[, k], 6)
write_data("pairs", d)
case <- function(id, design, call, expected, tol = 1e-8) add(paste0("pairs/", id), "pairs", design, call, expected, tol)

estimators <- function(id, words, r) {
  case(paste0(id, "/mean"), words, list(fn = "mean", y = "spend"),
       c(plain(svymean(~spend, r)), list(df = degf(r))))
  case(paste0(id, "/total"), words, list(fn = "total", y = "income"), plain(svytotal(~income, r)))
  q <- svyratio(~spend, ~income, r)
  case(paste0(id, "/ratio"), words, list(fn = "ratio", y = "spend", x = "income"), plain(q))
  b <- svyby(~income, ~sex, r, svymean, covmat = TRUE)
  case(paste0(id, "/by"), words, list(fn = "mean", y = "income", by = "sex"),
       list(group = b$sex, estimate = num(coef(b)), se = num(SE(b)), vcov = rows_of(vcov(b))))
  m <- svymean(~tenure, r)
  case(paste0(id, "/levels"), words, list(fn = "proportion", y = "tenure"), c(plain(m), list(vcov = rows_of(vcov(m)))))
  v <- svyvar(~income, r)
  case(paste0(id, "/variance"), words, list(fn = "variance", y = "income"), plain(v))
}

jk1 <- svydesign(ids = ~psu, weights = ~w, data = d)
corrected <- svydesign(ids = ~psu, strata = ~stratum, weights = ~w, fpc = ~n_psu, data = d)
stratified <- list(weight = "w", strata = "stratum", cluster = "psu")
for (mse in c(TRUE, FALSE)) {
  made <- function(method, ...) list(replicates = list(method = method, mse = mse, ...))
  says <- if (mse) "around the estimate" else "around their mean"
  estimators(paste("JK1", says), c(list(weight = "w", cluster = "psu"), made("JK1")),
             as.svrepdesign(jk1, type = "JK1", mse = mse))
  estimators(paste("JKn", says), c(stratified, made("JKn")), as.svrepdesign(plain_design, type = "JKn", mse = mse))
  estimators(paste("JKn with fpc", says), c(stratified, list(fpc = "n_psu"), made("JKn")),
             as.svrepdesign(corrected, type = "JKn", mse = mse))
  for (method in c("BRR", "Fay")) {
    r <- if (method == "BRR") as.svrepdesign(plain_design, type = "BRR", mse = mse)
         else as.svrepdesign(plain_design, type = "Fay", fay.rho = .3, mse = mse)
    words <- c(stratified, if (method == "BRR") made("BRR") else made("Fay", rho = .3))
    case(paste0(method, " ", says, "/total"), words, list(fn = "total", y = "spend"), plain(svytotal(~spend, r)))
  }
  estimators(paste("supplied BRR factors", says),
             list(weight = "w", replicate_weights = paste0("half", 1:replicates), method = "BRR", combined = FALSE,
                  mse = mse),
             svrepdesign(weights = ~w, repweights = d[paste0("half", 1:replicates)], type = "BRR", data = d,
                         combined.weights = FALSE, mse = mse))
  estimators(paste("supplied Fay weights", says),
             list(weight = "w", replicate_weights = paste0("fay", 1:replicates), method = "Fay", rho = .3, mse = mse),
             svrepdesign(weights = ~w, repweights = d[paste0("fay", 1:replicates)], type = "Fay", rho = .3, data = d,
                         combined.weights = TRUE, mse = mse))
  estimators(paste("supplied JKn weights", says),
             list(weight = "w", replicate_weights = paste0("jk", 1:20), method = "JKn", scale = 1,
                  rscales = rep(.5, 20), mse = mse),
             svrepdesign(weights = ~w, repweights = d[paste0("jk", 1:20)], type = "JKn", scale = 1,
                         rscales = rep(.5, 20), data = d, combined.weights = TRUE, mse = mse))
  estimators(paste("supplied other weights", says),
             list(weight = "w", replicate_weights = paste0("jk", 1:20), method = "other", scale = .9,
                  rscales = rep(c(.4, .6), 10), mse = mse),
             svrepdesign(weights = ~w, repweights = d[paste0("jk", 1:20)], type = "other", scale = .9,
                         rscales = rep(c(.4, .6), 10), data = d, combined.weights = TRUE, mse = mse))
}

# Calibrated again in every replicate.
size <- 1500
tenures <- list(own = .52 * size, rent = .36 * size, share = .12 * size)
sexes <- list(f = .5 * size, m = .5 * size)
totals <- c("(Intercept)" = size, tenurerent = .36 * size, tenureshare = .12 * size, sexm = .5 * size)
more <- c(totals, income = 31 * size)
words <- c(stratified, list(replicates = list(method = "JKn", mse = TRUE)))
jkn <- as.svrepdesign(plain_design, type = "JKn", mse = TRUE)
after <- function(id, call, g) {
  put <- function(what, then, expected) case(paste0("JKn then ", id, "/", what), words, c(call, then), expected, 1e-6)
  put("mean", list(then = "mean", y = "spend"), plain(svymean(~spend, g)))
  put("total", list(then = "total", y = "spend"), plain(svytotal(~spend, g)))
  put("domain", list(then = "mean", y = "income", where = list(sex = "f")), plain(svymean(~income, subset(g, sex == "f"))))
  put("levels", list(then = "proportion", y = "tenure", where = list(sex = "m")),
      plain(svymean(~tenure, subset(g, sex == "m"))))
}
after("poststratified", list(fn = "poststratify", margins = list(tenure = tenures)),
      postStratify(jkn, ~tenure, data.frame(tenure = names(tenures), Freq = unlist(tenures))))
after("raked", list(fn = "rake", margins = list(tenure = tenures, sex = sexes)),
      calibrate(jkn, ~tenure + sex, totals, calfun = "raking", epsilon = 1e-13, maxit = 1000))
after("linear", list(fn = "calibrate", formula = "~ tenure + sex + income", totals = as.list(more), method = "linear"),
      calibrate(jkn, ~tenure + sex + income, more, calfun = "linear", epsilon = 1e-13))
write_cases("pairs", paste(source_of_cases, "on the generated two-per-stratum survey of tests/cases/make/pairs.R"))

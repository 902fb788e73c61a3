# A three-stage school survey: municipalities in strata (ids repeat between strata), schools, pupils, with the number
# of units at every stage; unequal weights, some of them zero; item nonresponse. Run: Rscript tests/cases/make/schools.R
# Cases with zero weights leave out R's "beta" interval, which counts such rows where the design is calibrated.
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "common.R"))
set.seed(20240)

population <- data.frame(stratum = c("coast", "city", "inland", "north"), municipalities = c(18, 9, 24, 14),
                         sampled = c(4, 3, 5, 3))
rows <- list()
for (h in seq_len(nrow(population))) for (i in seq_len(population$sampled[h])) {
  schools <- sample(4:11, 1)
  level <- rnorm(1, 0, 6)
  for (j in seq_len(sample(2:3, 1))) {
    pupils <- sample(20:60, 1)
    drawn <- sample(4:11, 1)
    climate <- level + rnorm(1, 0, 4)
    rows[[length(rows) + 1]] <- data.frame(
      stratum = population$stratum[h], municipality = i, school = j, pupil = seq_len(drawn),
      n_municipalities = population$municipalities[h], n_schools = schools, n_pupils = pupils,
      score = round(500 + 10 * climate + rnorm(drawn, 0, 60), 1), climate = climate)
  }
}
d <- do.call(rbind, rows)
n <- nrow(d)
drawn <- function(key, of) ave(as.numeric(factor(key)), of, FUN = function(k) length(unique(k)))
psu <- paste(d$stratum, d$municipality)
ssu <- paste(psu, d$school)
design_weight <- d$n_municipalities / drawn(psu, d$stratum) * d$n_schools / drawn(ssu, psu) * d$n_pupils /
  ave(d$score, ssu, FUN = length)
d$w <- round(design_weight * exp(rnorm(n, 0, .3)), 4)
d$w[sample(n, 12)] <- 0
d$wn <- round(d$w / mean(d$w[d$w > 0]), 6)
d$wpos <- round(design_weight * exp(rnorm(n, 0, .2)), 4)
d$sex <- sample(c("boy", "girl"), n, TRUE)
d$home <- sample(c("both", "other", "swedish"), n, TRUE, c(.2, .15, .65))
d$agegroup <- sample(c("10-12", "13-15", "16-18"), n, TRUE, c(.4, .35, .25))
d$cell <- paste(d$sex, d$agegroup, sep = ", ")
d$reading <- round(.5 * d$score + rnorm(n, 250, 45), 1)
d$hours <- round(pmax(0, rnorm(n, 12, 4) + (d$score - 500) / 60), 1)
d$books <- rpois(n, exp(1.2 + .002 * (d$score - 500)))
d$passed <- rbinom(n, 1, plogis((d$score - 440) / 40))
d$bullied <- rbinom(n, 1, .06)
d$grade <- pmin(5, pmax(1, round((d$score - 350) / 60)))
d$grade2 <- pmin(5, pmax(1, d$grade + sample(-1:1, n, TRUE, c(.15, .7, .15))))
d$likes <- pmin(5, pmax(1, d$grade + sample(-2:2, n, TRUE)))
d$climate <- NULL
d$reading[sample(n, 20)] <- NA
d$passed[sample(n, 15)] <- NA
d$books[sample(n, 10)] <- NA
d$all <- 1
d$number <- seq_len(n)
write_data("schools", d)

case <- function(id, design, call, expected, tol = 1e-8) add(id, "schools", design, call, expected, tol)
three <- c("n_municipalities", "n_schools", "n_pupils")
stages <- c("municipality", "school", "number")
D <- list(
  threestage = list(
    words = list(strata = "stratum", cluster = stages, fpc = three, nest = TRUE),
    r = svydesign(ids = ~municipality + school + number, strata = ~stratum, nest = TRUE, data = d,
                  fpc = ~n_municipalities + n_schools + n_pupils)),
  weighted3 = list(
    words = list(weight = "w", strata = "stratum", cluster = stages, fpc = three, nest = TRUE),
    r = svydesign(ids = ~municipality + school + number, strata = ~stratum, nest = TRUE, data = d, weights = ~w,
                  fpc = ~n_municipalities + n_schools + n_pupils)),
  twostage = list(
    words = list(weight = "w", strata = "stratum", cluster = stages[1:2], fpc = three[1:2], nest = TRUE),
    r = svydesign(ids = ~municipality + school, strata = ~stratum, nest = TRUE, data = d, weights = ~w,
                  fpc = ~n_municipalities + n_schools)),
  ultimate = list(
    words = list(weight = "w", strata = "stratum", cluster = "municipality", nest = TRUE),
    r = svydesign(ids = ~municipality, strata = ~stratum, nest = TRUE, data = d, weights = ~w)),
  scaled = list(
    words = list(weight = "wn", strata = "stratum", cluster = "municipality", nest = TRUE),
    r = svydesign(ids = ~municipality, strata = ~stratum, nest = TRUE, data = d, weights = ~wn)))

for (name in names(D)) {
  s <- D[[name]]$words
  r <- D[[name]]$r
  id <- function(...) paste0("schools/", name, "/", ...)
  answered <- subset(r, !is.na(reading))
  case(id("mean"), s, list(fn = "mean", y = "score"), with_interval(svymean(~score, r), r))
  case(id("mean missing"), s, list(fn = "mean", y = "reading"), with_interval(svymean(~reading, answered), answered))
  if (name != "scaled")
    case(id("deff"), s, list(fn = "mean", y = "score"), list(deff = num(deff(svymean(~score, r, deff = TRUE)))))
  else
    case(id("deff with replacement"), s, list(fn = "mean", y = "score"),
         list(deff = num(deff(svymean(~score, r, deff = "replace")))))
  case(id("total"), s, list(fn = "total", y = "books"),
       with_interval(svytotal(~books, subset(r, !is.na(books))), subset(r, !is.na(books))))
  case(id("total of rows"), s, list(fn = "total", y = "all"), plain(svytotal(~all, r)))
  case(id("ratio"), s, list(fn = "ratio", y = "reading", x = "hours"),
       { q <- svyratio(~reading, ~hours, answered); plain(q) })
  b <- svyby(~hours, ~home, r, svyratio, denominator = ~score, covmat = TRUE)
  case(id("ratio by"), s, list(fn = "ratio", y = "hours", x = "score", by = "home"),
       list(group = b$home, estimate = num(coef(b)), se = num(SE(b)), vcov = rows_of(vcov(b))))
  b <- svyby(~score, ~home + sex, r, svymean)
  case(id("by two"), s, list(fn = "mean", y = "score", by = c("home", "sex")),
       list(group = names(coef(b)), estimate = num(coef(b)), se = num(SE(b))))
  b <- svyby(~hours, ~stratum, r, svytotal, covmat = TRUE)
  case(id("total by stratum"), s, list(fn = "total", y = "hours", by = "stratum"),
       list(group = b$stratum, estimate = num(coef(b)), se = num(SE(b)), vcov = rows_of(vcov(b)),
            df = unname(sapply(b$stratum, function(g) degf(subset(r, stratum == g))))))
  m <- svymean(~home, r)
  case(id("levels"), s, list(fn = "proportion", y = "home"),
       list(answer = sub("home", "", names(coef(m))), estimate = num(coef(m)), se = num(SE(m)),
            vcov = rows_of(vcov(m))))
  girls <- subset(r, sex == "girl" & !is.na(passed))
  for (method in c("logit", "mean", "xlogit", "asin")) {
    q <- suppressWarnings(svyciprop(~passed, girls, method = method))
    case(id("interval ", method), s,
         list(fn = "proportion", y = "passed", answer = 1, where = list(sex = "girl"),
              interval = if (method == "mean") "wald" else method),
         list(estimate = num(coef(q)), ci_low = num(attr(q, "ci")[1]), ci_high = num(attr(q, "ci")[2])))
  }
  v <- svyvar(~score, r)
  case(id("variance"), s, list(fn = "variance", y = "score"), plain(v))
  b <- svyby(~score, ~home, r, svyvar)
  case(id("variance by"), s, list(fn = "variance", y = "score", by = "home"),
       list(group = b$home, estimate = num(coef(b)), se = num(SE(b))))
  v <- svyvar(~hours + score, r)
  case(id("covariance"), s, list(fn = "covariance", y = c("hours", "score")),
       list(estimate = num(v["hours", "score"]), se = num(SE(v)[2])))
  # svyvar's own covariance matrix has the order (aa, ba, ab, bb)
  moments <- structure(num(coef(v)), names = c("aa", "ab", "ba", "bb"), var = attr(v, "var"), class = "svystat")
  q <- svycontrast(moments, quote(ab / sqrt(aa * bb)))
  case(id("correlation"), s, list(fn = "correlation", y = c("hours", "score")), plain(q))
  k <- svykappa(~g1 + g2, update(r, g1 = factor(grade), g2 = factor(grade2)))
  case(id("kappa"), s, list(fn = "kappa", y = c("grade", "grade2")), plain(k))
  case(id("alpha"), s, list(fn = "alpha", y = c("grade", "grade2", "likes")),
       list(estimate = num(svycralpha(~grade + grade2 + likes, r))))
  points <- c(400, 480.5, 500, 560)
  cdf <- svymean(~I(as.numeric(score <= 400)) + I(as.numeric(score <= 480.5)) + I(as.numeric(score <= 500)) +
                   I(as.numeric(score <= 560)), r)
  stopifnot(all.equal(num(coef(cdf)), num(svycdf(~score, r)[[1]](points))))
  case(id("cdf"), s, list(fn = "cdf", y = "score", points = points), plain(cdf))
  standard <- c("10-12" = .3, "13-15" = .3, "16-18" = .4)
  # Not svystandardize: its post-stratified residuals are wrong where weights are 0 (with those rows taken out it agrees).
  b <- svyby(~score, ~agegroup, r, svymean, covmat = TRUE)
  z <- svycontrast(b, standard[names(coef(b))])
  case(id("standardized mean"), s,
       list(fn = "standardized_mean", y = "score", standard = list(agegroup = as.list(standard))), plain(z))
  b <- svyby(~score, ~agegroup + sex, r, svymean, covmat = TRUE)
  sexes <- c("boy", "girl")
  weighted <- lapply(sexes, function(g) ifelse(sub(".*\\.", "", names(coef(b))) == g, standard[sub("\\..*", "", names(coef(b)))], 0))
  z <- svycontrast(b, setNames(weighted, sexes))
  case(id("standardized mean by"), s,
       list(fn = "standardized_mean", y = "score", standard = list(agegroup = as.list(standard)), by = "sex"),
       list(group = sexes, estimate = num(coef(z)), se = num(SE(z))))
  for (rule in c("math", "school", "hf7", "hf4")) {
    groups <- lapply(c("boy", "girl"), function(g)
      svyquantile(~score, subset(r, sex == g), c(.2, .5, .8), qrule = rule, interval.type = "mean")[[1]])
    case(id("quantile by ", rule), s, list(fn = "quantile", y = "score", p = c(.2, .5, .8), by = "sex", rule = rule),
         list(group = c("boy", "girl"), estimate = lapply(groups, function(q) num(q[, 1])),
              ci_low = lapply(groups, function(q) num(q[, 2])), ci_high = lapply(groups, function(q) num(q[, 3])),
              se = lapply(groups, function(q) num(q[, 4]))), 1e-7)
  }
  m <- svymean(~hours + score + all, r)
  for (expr in c("score / hours", "log(score) - 2 * log(hours)", "sqrt(hours * score)", "exp(hours / 10)")) {
    z <- svycontrast(m, str2lang(expr))
    case(id("contrast ", expr), s, list(fn = "contrast", y = c("hours", "score"), expr = expr), plain(z))
  }
  b <- svyby(~score, ~home, r, svymean, covmat = TRUE)
  for (expr in c("swedish - (both + other) / 2", "other / swedish")) {
    z <- svycontrast(b, str2lang(expr))
    case(id("contrast of groups ", expr), s, list(fn = "contrast", y = "score", by = "home", expr = expr), plain(z))
  }
  t <- svytotal(~books + hours, subset(r, !is.na(books)))
  z <- svycontrast(t, quote(books / hours))
  case(id("contrast of totals"), s,
       list(fn = "contrast", of = "total", y = c("books", "hours"), expr = "books / hours", where = list(has_books = 1)),
       plain(z))
}
# where() cannot say "answered", so this data set says it in a column.
d$has_books <- as.numeric(!is.na(d$books))
write_data("schools", d)

# Calibration of the one-stage and the two-stage design: the population is that of the design weights, moved a little.
r1 <- svydesign(ids = ~municipality, strata = ~stratum, nest = TRUE, data = d, weights = ~wpos,
                fpc = ~n_municipalities)
s1 <- list(weight = "wpos", strata = "stratum", cluster = "municipality", fpc = "n_municipalities", nest = TRUE)
r2 <- svydesign(ids = ~municipality + school, strata = ~stratum, nest = TRUE, data = d, weights = ~wpos,
                fpc = ~n_municipalities + n_schools)
s2 <- list(weight = "wpos", strata = "stratum", cluster = stages[1:2], fpc = three[1:2], nest = TRUE)
size <- 20000
share <- function(...) { x <- c(...); as.list(x * size) }
sexes <- share(boy = .51, girl = .49)
homes <- share(both = .18, other = .14, swedish = .68)
ages <- share("10-12" = .38, "13-15" = .36, "16-18" = .26)
cells <- setNames(as.list(as.vector(outer(unlist(ages), unlist(sexes))) / size),
                  paste(rep(names(sexes), each = 3), names(ages), sep = ", "))
frame <- function(margin, name) setNames(data.frame(names(margin), num(unlist(margin))), c(name, "Freq"))
totals <- c("(Intercept)" = size, homeother = .14 * size, homeswedish = .68 * size, sexgirl = .49 * size)
more <- c(totals, hours = 12.4 * size)
tight <- list(epsilon = 1e-13, maxit = 1000)
fit <- function(r, formula, totals, ...) do.call(calibrate, c(list(r, formula, totals), list(...), tight))

after <- function(id, s, call, g, tol = 1e-6) {
  put <- function(what, then, expected)
    case(paste0("schools/calibration/", id, "/", what), s, c(call, then), expected, tol)
  put("mean", list(then = "mean", y = "score"), plain(svymean(~score, g)))
  put("total", list(then = "total", y = "hours"), plain(svytotal(~hours, g)))
  put("ratio", list(then = "ratio", y = "score", x = "hours"), { q <- svyratio(~score, ~hours, g); plain(q) })
  # svyby(covmat = TRUE) fails on calibrated designs in 4.1; means of groups are ratios of totals.
  groups <- sort(unique(d$stratum))
  for (k in groups) g$variables[[paste0("in_", k)]] <- as.numeric(g$variables$stratum == k)
  for (k in groups) g$variables[[paste0("of_", k)]] <- g$variables[[paste0("in_", k)]] * g$variables$score
  q <- svyratio(reformulate(paste0("of_", groups)), reformulate(paste0("in_", groups)), g, covmat = TRUE)
  same <- seq(1, length(groups)^2, by = length(groups) + 1)
  b <- svyby(~score, ~stratum, g, svymean)
  stopifnot(all.equal(num(SE(b)), num(sqrt(diag(vcov(q))[same]))))
  put("by", list(then = "mean", y = "score", by = "stratum"),
      list(group = b$stratum, estimate = num(coef(b)), se = num(SE(b)), vcov = rows_of(vcov(q)[same, same])))
  m <- svymean(~agegroup, g)
  put("levels", list(then = "proportion", y = "agegroup"), plain(m))
  # Rows outside the domain stay in a calibrated design with weight 0, where NA would spoil the sums.
  girls <- update(subset(g, sex == "girl" & !is.na(reading)), reading = ifelse(is.na(reading), 0, reading))
  put("domain", list(then = "mean", y = "reading", where = list(sex = "girl")), plain(svymean(~reading, girls)))
  put("domain total", list(then = "total", y = "books", where = list(home = "other")),
      plain(svytotal(~books, update(subset(g, home == "other" & !is.na(books)), books = ifelse(is.na(books), 0, books)))))
  w <- weights(g)
  put("weights", list(then = "weights"), list(weights_head = num(head(w, 20)), sum = sum(w), min = min(w), max = max(w)))
}
for (of in c("one stage", "two stages")) {
  s <- if (of == "one stage") s1 else s2
  r <- if (of == "one stage") r1 else r2
  after(paste(of, "poststratified"), s, list(fn = "poststratify", margins = list(home = homes)),
        postStratify(r, ~home, frame(homes, "home")), 1e-8)
  after(paste(of, "post-strata of two questions"), s, list(fn = "poststratify", margins = list(cell = cells)),
        postStratify(r, ~cell, frame(cells, "cell")), 1e-8)
  after(paste(of, "raked"), s, list(fn = "rake", margins = list(home = homes, sex = sexes)),
        fit(r, ~home + sex, totals, calfun = "raking"))
  after(paste(of, "linear"), s,
        list(fn = "calibrate", formula = "~ home + sex + hours", totals = as.list(more), method = "linear"),
        fit(r, ~home + sex + hours, more, calfun = "linear"))
  after(paste(of, "raking"), s,
        list(fn = "calibrate", formula = "~ home + sex + hours", totals = as.list(more), method = "raking"),
        fit(r, ~home + sex + hours, more, calfun = "raking"))
}
g <- fit(r1, ~home + sex + hours, more, calfun = "linear")
ratio <- range(weights(g) / d$wpos)
centre <- mean(ratio)
bounds <- round(c(ratio[1] + .12 * (centre - ratio[1]), ratio[2] - .12 * (ratio[2] - centre)), 3)
for (method in c("linear", "logit"))
  after(paste(method, "bounded"), s1,
        list(fn = "calibrate", formula = "~ home + sex + hours", totals = as.list(more), method = method,
             bounds = bounds),
        fit(r1, ~home + sex + hours, more, calfun = method, bounds = bounds))
after("raked on three margins", s1, list(fn = "rake", margins = list(home = homes, sex = sexes, agegroup = ages)),
      fit(r1, ~home + sex + agegroup, c(totals, "agegroup13-15" = .36 * size, "agegroup16-18" = .26 * size),
          calfun = "raking"))
after("without intercept", s1, list(fn = "calibrate", formula = "~ hours - 1", totals = list(hours = 12.4 * size),
                                    method = "linear"),
      fit(r1, ~hours - 1, c(hours = 12.4 * size), calfun = "linear"))
for (upper in c(1.6, 2.2)) {
  limit <- round(upper * mean(d$wpos), 3)
  w <- weights(trimWeights(r1, upper = limit, lower = 0))
  case(paste("schools/trim", upper), s1, list(fn = "trim", upper = limit, then = "weights"),
       list(weights_head = num(head(w, 20)), sum = sum(w), min = min(w), max = max(w)))
}

write_cases("schools", paste(source_of_cases, "on the generated three-stage school survey of tests/cases/make/schools.R"))

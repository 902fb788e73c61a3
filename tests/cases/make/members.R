# The generated member survey and what R survey 4.5 says about it. Run: Rscript tests/cases/make/members.R
# The version matters: 4.1 centres single PSUs of totals differently ("adjust") and has no Wilson interval; all other
# figures are the same in both. Intervals of quantiles of the type "score" are not among the cases: R reads the
# unweighted share of rows at or below their ends through the weighted distribution, and its root finder stops on either
# side of a step (ours are tested by their definition, tests/python/estimate/test_score_interval.py).
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "common.R"))
stopifnot(packageVersion("survey") >= "4.5")
set.seed(1473)
# 6 regions (strata), workplaces (PSUs), members; unequal weights, item nonresponse, workplace effects.
reg <- c("norr", "mitt", "ost", "vast", "syd", "stor")
Nw <- c(40, 55, 70, 90, 65, 120)
nw <- c(5, 6, 7, 9, 6, 12)
rows <- list()
id <- 0

for (r in seq_along(reg)) for (k in seq_len(nw[r])) {
    id <- id + 1
    M <- sample(30:120, 1)
    m <- sample(8:16, 1)
    u <- rnorm(1, 0, 0.5)
    rows[[id]] <- data.frame(region = reg[r], workplace = id, n_workplaces = Nw[r], n_members = M, u = u, 
        w = Nw[r]/nw[r] * M/m * exp(rnorm(m, 0, 0.15)))
}

d <- do.call(rbind, rows)
n <- nrow(d)
d$member <- seq_len(n)
d$occupation <- sample(c("socialsekreterare", "behandlare", "faltassistent"), n, TRUE, c(0.7, 0.2, 0.1))
d$sex <- sample(c("k", "m"), n, TRUE, c(0.8, 0.2))
d$age <- round(pmin(67, pmax(22, rnorm(n, 44, 11))))
d$cases <- rpois(n, exp(2.4 + 0.3 * d$u))
d$hours <- round(rnorm(n, 38, 5) + 2 * d$u, 1)
d$heard <- rbinom(n, 1, plogis(1 + d$u + 0.6 * (d$occupation == "socialsekreterare")))
d$fear <- rbinom(n, 1, plogis(-2.6 + 0.5 * d$u))
d$rare <- rbinom(n, 1, 0.02)
for (k in 1:6) d[[paste0("q5_", k)]] <- rbinom(n, 1, plogis(c(1.2, -0.4, -1.2, -2.4, 0.1, -0.8)[k] + 
    d$u))
d$works <- cut(rlogis(n) + 0.5 * d$u + 0.02 * (d$age - 44), c(-Inf, -1.5, -0.3, 0.8, 2, Inf), labels = c("inte alls", 
    "daligt", "varken", "bra", "mycket bra"))
d$trust <- sample(1:5, n, TRUE, c(0.1, 0.2, 0.35, 0.25, 0.1))
d$trust2 <- pmin(5, pmax(1, d$trust + sample(-1:1, n, TRUE)))
d$heard[sample(n, 25)] <- NA
d$cases[sample(n, 18)] <- NA
d$time <- rexp(n, 0.05 * exp(0.4 * d$fear))
d$event <- rbinom(n, 1, 0.7)
d$u <- NULL
d$w <- round(d$w, 6)
write_data("members", d)
add_member_case <- function(id, design, call, expected, tol = 1e-08, data = "members", source = source_of_cases)
    add(id, data, design, call, expected, tol, source)

# One-stage, stratified, clustered and two-stage designs, with and without finite population corrections.
D <- list(srs = list(s = list(population = 9820), d = svydesign(ids = ~1, data = transform(d, fp = 9820), 
    fpc = ~fp)), weighted = list(s = list(weight = "w"), d = svydesign(ids = ~1, weights = ~w, data = d)), 
    strat = list(s = list(weight = "w", strata = "region"), d = svydesign(ids = ~1, strata = ~region, 
        weights = ~w, data = d)), clus = list(s = list(weight = "w", strata = "region", cluster = "workplace"), 
        d = svydesign(ids = ~workplace, strata = ~region, weights = ~w, data = d)), clusfpc = list(s = list(weight = "w", 
        strata = "region", cluster = "workplace", fpc = "n_workplaces"), d = svydesign(ids = ~workplace, 
        strata = ~region, weights = ~w, fpc = ~n_workplaces, data = d)), two = list(s = list(strata = "region", 
        cluster = c("workplace", "member"), fpc = c("n_workplaces", "n_members")), d = svydesign(ids = ~workplace + 
        member, strata = ~region, fpc = ~n_workplaces + n_members, data = d)))

for (nm in names(D)) {
    x <- D[[nm]]
    s <- x$s
    dd <- x$d
    p <- function(...) paste0(nm, "/", ...)
    db <- subset(dd, !is.na(heard))
    dc <- subset(dd, !is.na(cases))
    add_member_case(p("mean"), s, list(fn = "mean", y = "age"), c(with_interval(svymean(~age, dd), dd), list(deff = num(deff(svymean(~age, 
        dd, deff = TRUE)))))[c("estimate", "se", "ci_low", "ci_high", "df")])
    add_member_case(p("deff"), s, list(fn = "mean", y = "hours"), list(deff = num(deff(svymean(~hours, dd, deff = TRUE)))))
    add_member_case(p("mean missing"), s, list(fn = "mean", y = "cases"), with_interval(svymean(~cases, dc), dc))
    add_member_case(p("total missing"), s, list(fn = "total", y = "cases"), with_interval(svytotal(~cases, dc), dc))
    add_member_case(p("total"), s, list(fn = "total", y = "hours"), with_interval(svytotal(~hours, dd), dd))
    r <- svyratio(~cases, ~hours, dc)
    ci <- confint(r, df = degf(dc))
    add_member_case(p("ratio"), s, list(fn = "ratio", y = "cases", x = "hours"), list(estimate = num(coef(r)), se = num(SE(r)), 
        ci_low = num(ci[1]), ci_high = num(ci[2])))
    m <- svymean(~works, dd)
    add_member_case(p("levels"), s, list(fn = "proportion", y = "works"), list(answer = levels(d$works), estimate = num(coef(m)), 
        se = num(SE(m))))
    add_member_case(p("levels covariance"), s, list(fn = "proportion", y = "works"), list(vcov = lapply(1:5, function(i) num(vcov(m)[i, 
        ]))))
    for (v in c("heard", "fear", "rare")) {
        dv <- subset(dd, !is.na(get(v)))
        for (me in c("logit", "mean", "beta", "xlogit", "asin", "wilson", "likelihood")) {
            q <- tryCatch(svyciprop(as.formula(paste0("~", v)), dv, method = me), error = function(e) NULL)
            if (!is.null(q) && all(is.finite(attr(q, "ci")))) 
                add_member_case(p("interval ", v, " ", me), s, list(fn = "proportion", y = v, answer = 1, interval = if (me == 
                  "mean") "wald" else me), list(estimate = num(coef(q)), ci_low = num(attr(q, "ci")[1]), 
                  ci_high = num(attr(q, "ci")[2])), if (me == "likelihood") 
                  if (v == "rare") 5e-04 else 1e-04
                else 1e-08, source = if (v == "rare" && me == "likelihood") paste0(source_of_cases, 
                  "; R interpolates its profile by a spline, hence the tolerance") else source_of_cases)
        }
    }
    b <- svyby(~age, ~occupation, dd, svymean)
    add_member_case(p("by"), s, list(fn = "mean", y = "age", by = "occupation"), list(group = as.character(b$occupation), 
        estimate = num(coef(b)), se = num(SE(b)), df = unname(sapply(as.character(b$occupation), function(g) degf(subset(dd, 
            occupation == g))))))
    b <- svyby(~age, ~occupation + sex, dd, svymean)
    add_member_case(p("by two"), s, list(fn = "mean", y = "age", by = c("occupation", "sex")), list(group = names(coef(b)), 
        estimate = num(coef(b)), se = num(SE(b))))
    b <- svyby(~hours, ~occupation, dd, svymean, covmat = TRUE)
    v <- vcov(b)
    add_member_case(p("by covariance"), s, list(fn = "mean", y = "hours", by = "occupation"), list(group = as.character(b$occupation), 
        vcov = lapply(1:3, function(i) num(v[i, ]))))
    ct <- svycontrast(b, list(d = c(0, -1, 1)))
    add_member_case(p("domain difference"), s, list(fn = "contrast", y = "hours", by = "occupation", expr = "socialsekreterare - faltassistent"), 
        list(estimate = num(coef(ct)), se = num(SE(ct))))
    sb <- subset(dd, sex == "m")
    add_member_case(p("where mean"), s, list(fn = "mean", y = "age", where = list(sex = "m")), with_interval(svymean(~age, sb), 
        sb))
    add_member_case(p("where total"), s, list(fn = "total", y = "hours", where = list(sex = "m")), with_interval(svytotal(~hours, 
        sb), sb))
    m <- svymean(~q5_1 + q5_2 + q5_3 + q5_4 + q5_5 + q5_6, dd)
    add_member_case(p("multiple response"), s, list(fn = "proportion", y = "q5"), list(estimate = num(coef(m)), se = num(SE(m)), 
        vcov = lapply(1:6, function(i) num(vcov(m)[i, ]))))
    b <- svyby(~q5_1 + q5_2 + q5_3 + q5_4 + q5_5 + q5_6, ~occupation, dd, svymean)
    add_member_case(p("multiple response by"), s, list(fn = "proportion", y = "q5", by = "occupation"), list(group = as.character(b$occupation), 
        estimate = lapply(1:3, function(i) num(b[i, 2:7])), se = lapply(1:3, function(i) num(b[i, 8:13]))))
    for (q in c("math", "school", "hf1", "hf2", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9")) for (it in if (q %in% 
        c("math", "school")) 
        c("mean", "beta", "xlogit", "asin")
    else "mean") {
        # Where answers are tied, R's hf4 to hf9 go by the order of rows.
        y <- if (q %in% paste0("hf", 4:9)) "time" else "age"
        z <- tryCatch(svyquantile(as.formula(paste0("~", y)), dd, c(0.1, 0.25, 0.5, 0.75, 0.9), qrule = q, ci = TRUE, 
            interval.type = it)[[1]], error = function(e) NULL, warning = function(w) NULL)
        if (!is.null(z) && all(is.finite(z))) 
            add_member_case(p("quantile ", q, " ", it), s, list(fn = "quantile", y = y, p = c(0.1, 0.25, 0.5, 
                0.75, 0.9), rule = q, interval = it), list(estimate = num(z[, 1]), ci_low = num(z[, 2]), 
                ci_high = num(z[, 3])), 1e-07)
    }
    z <- svyquantile(~hours, dd, c(0.25, 0.5, 0.75), ci = TRUE)
    add_member_case(p("quantile continuous"), s, list(fn = "quantile", y = "hours", p = c(0.25, 0.5, 0.75), rule = "math"), 
        list(estimate = num(z[[1]][, 1]), se = num(SE(z))), 1e-07)
    vv <- svyvar(~age, dd)
    add_member_case(p("variance"), s, list(fn = "variance", y = "age"), list(estimate = num(coef(vv)), se = num(SE(vv))))
    m <- svymean(~age + hours, dd)
    ct <- svycontrast(m, quote(log(age/hours)))
    add_member_case(p("nonlinear contrast"), s, list(fn = "contrast", y = c("age", "hours"), expr = "log(age/hours)"), 
        list(estimate = num(coef(ct)), se = num(SE(ct))))
    k <- svykappa(~ft1 + ft2, update(dd, ft1 = factor(trust), ft2 = factor(trust2)))
    add_member_case(p("kappa"), s, list(fn = "kappa", y = c("trust", "trust2")), list(estimate = num(coef(k)), se = num(SE(k))))
    ca <- svycralpha(~trust + trust2 + age, dd)
    add_member_case(p("cronbach alpha"), s, list(fn = "alpha", y = c("trust", "trust2", "age")), list(estimate = num(ca)))
}


# Calibration. Raked variances come from calibrate(calfun = "raking"): rake() stops after ten projections.
dd <- D$clus$d
s <- D$clus$s
N <- sum(d$w)
pr <- data.frame(occupation = c("behandlare", "faltassistent", "socialsekreterare"), Freq = c(0.22, 0.08, 
    0.7) * N)
px <- data.frame(sex = c("k", "m"), Freq = c(0.82, 0.18) * N)
lst <- function(x) as.list(setNames(x$Freq, x[[1]]))

aft <- function(id, call, g, tol = 1e-06) {
    gs <- g
    add_member_case(paste0("calibration/", id, " mean"), s, c(call, list(then = "mean", y = "hours")), list(estimate = num(coef(svymean(~hours, 
        gs))), se = num(SE(svymean(~hours, gs)))), tol)
    add_member_case(paste0("calibration/", id, " total"), s, c(call, list(then = "total", y = "age")), list(estimate = num(coef(svytotal(~age, 
        gs))), se = num(SE(svytotal(~age, gs)))), tol)
    w <- weights(gs)
    add_member_case(paste0("calibration/", id, " weights"), s, c(call, list(then = "weights")), list(weights_head = num(head(w, 
        20)), sum = sum(w), min = min(w), max = max(w)), tol)
    sb <- subset(gs, sex == "m")
    add_member_case(paste0("calibration/", id, " domain"), s, c(call, list(then = "mean", y = "hours", where = list(sex = "m"))), 
        list(estimate = num(coef(svymean(~hours, sb))), se = num(SE(svymean(~hours, sb)))), tol)
}

aft("poststratify", list(fn = "poststratify", margins = list(occupation = lst(pr))), postStratify(dd, 
    ~occupation, pr))
tot <- c(`(Intercept)` = N, occupationfaltassistent = 0.08 * N, occupationsocialsekreterare = 0.7 * N, 
    sexm = 0.18 * N)
aft("rake", list(fn = "rake", margins = list(occupation = lst(pr), sex = lst(px))), calibrate(dd, ~occupation + 
    sex, tot, calfun = "raking", epsilon = 1e-13, maxit = 500))
t2 <- c(tot, age = 44.5 * N)
for (cf in c("linear", "raking")) aft(cf, list(fn = "calibrate", method = cf, formula = "~ occupation + sex + age", 
    totals = as.list(t2)), calibrate(dd, ~occupation + sex + age, t2, calfun = cf, epsilon = 1e-13, maxit = 500))

aft("logit bounded", list(fn = "calibrate", method = "logit", bounds = c(0.6, 1.7), formula = "~ occupation + sex + age", 
    totals = as.list(t2)), calibrate(dd, ~occupation + sex + age, t2, calfun = "logit", bounds = c(0.6, 
    1.7), epsilon = 1e-13, maxit = 500))

g0 <- calibrate(dd, ~occupation + sex + age, t2, calfun = "linear", epsilon = 1e-13, maxit = 500)
rg <- range(weights(g0)/d$w)
bd <- c(floor(1000 * (rg[1] + 0.01))/1000, ceiling(1000 * (rg[2] - 0.02))/1000)

aft("linear bounded", list(fn = "calibrate", method = "linear", bounds = bd, formula = "~ occupation + sex + age", 
    totals = as.list(t2)), calibrate(dd, ~occupation + sex + age, t2, calfun = "linear", bounds = bd, 
    epsilon = 1e-13, maxit = 500))

tw <- trimWeights(dd, upper = quantile(d$w, 0.95), lower = 0)
add_member_case("calibration/trim", s, list(fn = "trim", upper = num(quantile(d$w, 0.95)), then = "weights"), list(weights_head = num(head(weights(tw), 
    20)), max = max(weights(tw)), sum = sum(weights(tw))))

# Replicates made from the design, then supplied ones.
for (mse in c(TRUE, FALSE)) {
    r <- as.svrepdesign(dd, type = "JKn", mse = mse)
    for (f in c("mean", "total")) {
        v <- if (f == "mean") 
            svymean(~hours, r)
        else svytotal(~hours, r)
        add_member_case(paste0("replicates/JKn mse=", mse, " ", f), c(s, list(replicates = list(method = "JKn", mse = mse))), 
            list(fn = f, y = "hours"), list(estimate = num(coef(v)), se = num(SE(v)), df = degf(r)))
    }
}

rc <- calibrate(as.svrepdesign(dd, type = "JKn", mse = TRUE), ~occupation + sex, tot, calfun = "raking", 
    epsilon = 1e-12, maxit = 500)
v <- svymean(~hours, rc)

add_member_case("replicates/JKn raked", c(s, list(replicates = list(method = "JKn", mse = TRUE))), list(fn = "rake", 
    margins = list(occupation = lst(pr), sex = lst(px)), then = "mean", y = "hours"), list(estimate = num(coef(v)), 
    se = num(SE(v))), 1e-06)

d1 <- svydesign(ids = ~workplace, weights = ~w, data = d)
r <- as.svrepdesign(d1, type = "JK1", mse = TRUE)
v <- svymean(~hours, r)
add_member_case("replicates/JK1", list(weight = "w", cluster = "workplace", replicates = list(method = "JK1", mse = TRUE)), 
    list(fn = "mean", y = "hours"), list(estimate = num(coef(v)), se = num(SE(v))))
set.seed(7)
B <- as.svrepdesign(dd, type = "subbootstrap", replicates = 60, mse = TRUE)
W <- weights(B, "analysis")
colnames(W) <- paste0("rep", 1:60)
supplied <- cbind(d[c("w", "hours", "heard", "fear", "occupation", "age")], round(W, 6))
write_data("replicates", supplied)

for (ty in c("bootstrap", "ACS", "Fay", "other")) {
    a <- list(weights = ~w, repweights = "rep[0-9]+", data = supplied, combined.weights = TRUE, mse = TRUE)
    if (ty == "bootstrap") 
        a$scale <- 1/60
    if (ty == "Fay") 
        a$rho <- 0.3
    if (ty == "other") {
        a$scale <- 0.02
        a$rscales <- rep(c(1, 1.5), 30)
    }
    r <- suppressWarnings(do.call(svrepdesign, c(a, list(type = ty))))
    sp <- list(weight = "w", replicate_weights = paste0("rep", 1:60), method = if (ty == "ACS") "SDR" else ty)
    if (ty == "bootstrap") 
        sp$scale <- 1/60
    if (ty == "Fay") 
        sp$rho <- 0.3
    if (ty == "other") {
        sp$scale <- 0.02
        sp$rscales <- rep(c(1, 1.5), 30)
    }
    v <- svymean(~hours, r)
    add_member_case(paste0("supplied/", ty, " mean"), sp, list(fn = "mean", y = "hours"), list(estimate = num(coef(v)), 
        se = num(SE(v))), data = "replicates")
    b <- svyby(~hours, ~occupation, r, svymean)
    add_member_case(paste0("supplied/", ty, " by"), sp, list(fn = "mean", y = "hours", by = "occupation"), list(group = as.character(b$occupation), 
        estimate = num(coef(b)), se = num(SE(b))), data = "replicates")
    v <- svyratio(~hours, ~age, r)
    add_member_case(paste0("supplied/", ty, " ratio"), sp, list(fn = "ratio", y = "hours", x = "age"), list(estimate = num(coef(v)), 
        se = num(SE(v))), data = "replicates")
}

# One PSU in a stratum.
ds <- subset(d, !(region == "norr" & workplace > 1))
write_data("single_psu", ds[c("region", "workplace", "w", "hours", "age", "sex")])

for (lp in c("remove", "certainty", "adjust", "average")) {
    options(survey.lonely.psu = lp)
    z <- svydesign(ids = ~workplace, strata = ~region, weights = ~w, data = ds)
    for (f in c("mean", "total")) {
        v <- if (f == "mean") 
            svymean(~hours, z)
        else svytotal(~hours, z)
        add_member_case(paste0("single psu/", lp, " ", f), list(weight = "w", strata = "region", cluster = "workplace", 
            single_psu = lp), list(fn = f, y = "hours"), list(estimate = num(coef(v)), se = num(SE(v))), 
            data = "single_psu")
    }
}

options(survey.lonely.psu = "fail")
# Unequal probabilities without replacement, and two phases.
set.seed(3)
P <- data.frame(size = round(rlnorm(40, 3, 0.6), 1))
P$y <- P$size * 2 + rnorm(40, 0, 5)
n <- 8
P$pi <- n * P$size/sum(P$size)
i <- order(P$pi)[c(3, 9, 15, 21, 27, 31, 35, 38)]
S <- P[i, ]
write_data("pps", S)

for (me in c("brewer", "overton")) {
    z <- svydesign(ids = ~1, fpc = ~pi, pps = me, data = S)
    v <- svytotal(~y, z)
    add_member_case(paste0("pps/", me), list(fpc = "pi", pps = me), list(fn = "total", y = "y"), list(estimate = num(coef(v)), 
        se = num(SE(v))), data = "pps")
}

# Yates-Grundy only: the Horvitz-Thompson form of the variance is negative in this sample.
vt <- "YG"
z <- svydesign(ids = ~1, fpc = ~pi, pps = HR(sum(P$pi^2)/n), variance = vt, data = S)
v <- svytotal(~y, z)
add_member_case(paste0("pps/hartley-rao ", vt), list(fpc = "pi", pps = "hartley-rao", variance = vt, sum_pi2_n = sum(P$pi^2)/n), 
    list(fn = "total", y = "y"), list(estimate = num(coef(v)), se = num(SE(v))), data = "pps")

set.seed(11)
T <- data.frame(id = 1:400, g = sample(c("a", "b", "c"), 400, TRUE, c(0.5, 0.3, 0.2)), x = rnorm(400, 
    10, 3), N = 5000)
T$y <- 3 + 0.8 * T$x + rnorm(400)
T$second <- FALSE
for (k in c("a", "b", "c")) T$second[sample(which(T$g == k), 30)] <- TRUE
T$y[!T$second] <- NA
write_data("twophase", T)
z <- twophase(id = list(~id, ~id), strata = list(NULL, ~g), fpc = list(~N, NULL), subset = ~second, data = T, 
    method = "full")
v <- svymean(~y, z)
add_member_case("two-phase/mean", list(fpc = "N", phase2 = list(column = "second", strata = "g")), list(fn = "mean", 
    y = "y"), list(estimate = num(coef(v)), se = num(SE(v))), data = "twophase")
v <- svytotal(~y, z)
add_member_case("two-phase/total", list(fpc = "N", phase2 = list(column = "second", strata = "g")), list(fn = "total", 
    y = "y"), list(estimate = num(coef(v)), se = num(SE(v))), data = "twophase")
write_cases("r_survey", "R survey 4.5 on the generated member survey of tests/cases/make/members.R (no real people)")

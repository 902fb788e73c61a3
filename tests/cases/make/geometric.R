# Geometric means: exp of the mean of logarithms, its standard error by the delta method and its interval taken back from
# the logarithms. Numbers that are not positive are outside the domain. Run: Rscript tests/cases/make/geometric.R
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "common.R"))
read_data <- function(name) {
  columns <- fromJSON(file.path(folder, "data", paste0(name, ".json")))
  as.data.frame(columns)
}
of_logs <- function(m, base) {
  limits <- exp(confint(m, df = degf(base)))
  list(estimate = num(exp(coef(m))), se = num(exp(coef(m)) * SE(m)), ci_low = num(limits[, 1]), ci_high = num(limits[, 2]))
}
case <- function(data, id, design, call, expected) add(paste0("geometric/", id), data, design, call, expected)

schools <- read_data("schools")
threestage <- list(weight = "w", strata = "stratum", cluster = c("municipality", "school", "number"),
                   fpc = c("n_municipalities", "n_schools", "n_pupils"), nest = TRUE)
ultimate <- list(weight = "w", strata = "stratum", cluster = "municipality", nest = TRUE)
rows <- list(weight = "w")
designs <- list(
  threestage = svydesign(ids = ~municipality + school + number, strata = ~stratum, weights = ~w,
                         fpc = ~n_municipalities + n_schools + n_pupils, nest = TRUE, data = schools),
  ultimate = svydesign(ids = ~municipality, strata = ~stratum, weights = ~w, nest = TRUE, data = schools),
  rows = svydesign(ids = ~1, weights = ~w, data = schools))
words <- list(threestage = threestage, ultimate = ultimate, rows = rows)
for (id in names(designs)) {
  d <- designs[[id]]
  for (y in c("score", "reading", "books")) {
    positive <- subset(d, !is.na(schools[[y]]) & schools[[y]] > 0)
    m <- svymean(as.formula(paste0("~log(", y, ")")), positive)
    case("schools", paste0(id, "/", y), words[[id]], list(fn = "geometric_mean", y = y),
         c(of_logs(m, positive), list(df = degf(positive), n = sum(weights(positive) > 0))))
  }
  b <- svyby(~log(score), ~sex, d, svymean, covmat = TRUE)
  g <- exp(coef(b))
  case("schools", paste0(id, "/by"), words[[id]], list(fn = "geometric_mean", y = "score", by = "sex"),
       list(group = b$sex, estimate = num(g), se = num(g * SE(b)), vcov = rows_of(outer(g, g) * vcov(b))))
}
pairs <- read_data("pairs")
plain_design <- svydesign(ids = ~psu, strata = ~stratum, weights = ~w, data = pairs)
d <- svydesign(ids = ~psu, strata = ~stratum, weights = ~w, data = pairs)
r <- as.svrepdesign(plain_design, type = "JKn", mse = TRUE)
v <- withReplicates(r, function(w, data) exp(sum(w * log(data$income)) / sum(w)))
case("pairs", "JKn", list(weight = "w", strata = "stratum", cluster = "psu", replicates = list(method = "JKn", mse = TRUE)),
     list(fn = "geometric_mean", y = "income"), plain(v))
write_cases("geometric", paste(source_of_cases, "on the data of schools.R and pairs.R, by tests/cases/make/geometric.R"))

# Golden values of labqvt_stats, from R. Run from this folder: Rscript golden.R
# Packages: psych (alpha, ICC), lavaan (one factor, ML), multilevel (ICC1, ICC2), survey (rake, svymean),
# effectsize (hedges_g). Own code, written apart from the library, where no packaged function exists: LMG by all
# orders of entry with lm(), beta-binomial quantiles by summing choose()*beta(), finite-population shrinkage.
suppressPackageStartupMessages({library(psych); library(lavaan); library(multilevel); library(survey); library(effectsize)})
d <- read.csv("answers.csv")
sizes <- c(a = 3, b = 4, c = 5, d = 6, e = 4)
out <- list(versions = list(R = as.character(getRversion())))
for (p in c("psych", "lavaan", "multilevel", "survey", "effectsize")) out$versions[[p]] <- as.character(packageVersion(p))

# Reliability of five scales with missing answers, complete cases.
out$reliability <- lapply(setNames(names(sizes), names(sizes)), function(s) {
  items <- paste0(s, seq_len(sizes[[s]]))
  x <- na.omit(d[items])
  n <- nrow(x); k <- ncol(x)
  al <- suppressWarnings(psych::alpha(x, check.keys = FALSE))
  a <- al$total$raw_alpha
  feldt <- 1 - (1 - a) * qf(c(.975, .025), n - 1, (n - 1) * (k - 1))
  fit <- cfa(paste("f =~", paste(items, collapse = " + ")), data = x, std.lv = TRUE, estimator = "ML",
             control = list(rel.tol = 1e-10, x.tol = 1e-9, iter.max = 1000))
  pe <- parameterEstimates(fit)
  l <- pe$est[pe$op == "=~"]; th <- pe$est[pe$op == "~~" & pe$lhs == pe$rhs & pe$lhs != "f"]
  list(n = n, alpha = a, lo = feldt[1], hi = feldt[2], omega = sum(l)^2 / (sum(l)^2 + sum(th)),
       item_total = al$item.stats$r.drop)
})

# Scale scores 0-100 with the half rule.
score <- function(s) {
  x <- as.matrix(d[paste0(s, seq_len(sizes[[s]]))])
  ifelse(rowSums(!is.na(x)) >= ceiling(ncol(x) / 2), (rowMeans(x, na.rm = TRUE) - 1) / 4 * 100, NA)
}
S <- sapply(names(sizes), score)
out$scores <- list(n = as.list(colSums(!is.na(S))), mean = as.list(colMeans(S, na.rm = TRUE)), sd = as.list(apply(S, 2, sd, na.rm = TRUE)))

# Intraclass correlations (mean unit size) and the balanced one through aov.
ok <- !is.na(S[, "a"]); y <- S[ok, "a"]; u <- factor(d$unit[ok])
m <- aov(y ~ u); ms <- summary(m)[[1]][["Mean Sq"]]
ng <- as.numeric(table(u)); m0 <- (sum(ng) - sum(ng^2) / sum(ng)) / (length(ng) - 1)
out$icc <- list(icc1 = ICC1(m), icc2 = ICC2(m), m0 = m0, icc1_m0 = (ms[1] - ms[2]) / (ms[1] + (m0 - 1) * ms[2]), msw = ms[2])
wide <- as.matrix(na.omit(d[paste0("b", 1:4)]))[1:40, ]
out$rwg <- rwg.j(wide, rep(1, 40), ranvar = 2)$rwg.j

# Shrinkage with a finite population, N = ceiling(1.4 n).
ybar <- tapply(y, u, mean); n <- tapply(y, u, length); N <- ceiling(1.4 * n); s2 <- ms[2]
v <- s2 / n; w <- 1 / v; mu0 <- sum(w * ybar) / sum(w); Q <- sum(w * (ybar - mu0)^2)
tau2 <- max(0, (Q - (length(n) - 1)) / (sum(w) - sum(w^2) / sum(w)))
w2 <- 1 / (tau2 + v); mu <- weighted.mean(ybar, w2)
out$shrinkage <- list(means = as.numeric(ybar), n = as.numeric(n), N = as.numeric(N), s = sqrt(s2),
  value = as.numeric(n / N * ybar + (1 - n / N) * (mu + tau2 / (tau2 + v) * (ybar - mu))))

# Raking and clustered mean.
des <- svydesign(ids = ~1, data = transform(d, y = S[, "a"]), weights = rep(1, nrow(d)))
raked <- rake(des, list(~sex, ~sector), list(data.frame(sex = c("f", "m"), Freq = c(5200, 4800)),
  data.frame(sector = c("x", "y", "z"), Freq = c(3000, 4000, 3000))), control = list(maxit = 500, epsilon = 1e-13))
w <- weights(raked); out$rake <- list(weights = w / mean(w), deff = length(w) * sum(w^2) / sum(w)^2)
clu <- svydesign(ids = ~unit, data = transform(d, y = S[, "a"], w = w), weights = ~w)
cm <- svymean(~y, clu, na.rm = TRUE)
out$clustered <- list(mean = as.numeric(cm), se = as.numeric(SE(cm)))
clu1 <- svydesign(ids = ~unit, data = transform(d, y = S[, "a"], w = 1), weights = ~w)
cm1 <- svymean(~y, clu1, na.rm = TRUE)
out$clustered_unweighted <- list(mean = as.numeric(cm1), se = as.numeric(SE(cm1)))
str <- svydesign(ids = ~1, strata = ~sector, fpc = ~N, data = transform(d, y = S[, "a"], N = c(x = 300, y = 200, z = 150)[sector])[ok, ])
sm <- svymean(~y, str)
out$stratified <- list(mean = as.numeric(sm), se = as.numeric(SE(sm)))

# Mean of N from n: survey with fpc.
first <- data.frame(y = y[1:9], N = 14)
fm <- svymean(~y, svydesign(ids = ~1, fpc = ~N, data = first))
out$finite_mean <- list(y = y[1:9], mean = as.numeric(fm), se = as.numeric(SE(fm)), ci = as.numeric(confint(fm, df = 8)))

# Proportions.
bb <- function(x, n, N) {
  k <- 0:(N - n); p <- choose(N - n, k) * beta(k + x + .5, N - n - k + n - x + .5) / beta(x + .5, n - x + .5); F <- cumsum(p)
  c(x + k[which(F >= .025)[1]], x + k[which(F >= .975)[1]]) / N
}
cases <- list(c(3, 8, 12), c(0, 8, 10), c(8, 8, 10), c(12, 30, 45), c(25, 50, 100), c(7, 7, 60))
out$finite_proportion <- lapply(cases, function(q) list(x = q[1], n = q[2], N = q[3], ci = bb(q[1], q[2], q[3])))
out$wilson <- lapply(list(c(3, 10), c(0, 25), c(60, 200), c(199, 200)), function(q)
  list(x = q[1], n = q[2], ci = as.numeric(suppressWarnings(prop.test(q[1], q[2], correct = FALSE))$conf.int)))

# Effects.
g <- function(a, b) { h <- hedges_g(a, b, pooled_sd = TRUE); list(g = h$Hedges_g, lo = h$CI_low, hi = h$CI_high) }
female <- d$sex[ok] == "f"
big <- y + ifelse(female, 30, 0)
out$hedges <- list(list(kind = "all") , list(kind = "shifted"), list(kind = "small"))
out$hedges[[1]] <- c(out$hedges[[1]], g(y[female], y[!female]))
out$hedges[[2]] <- c(out$hedges[[2]], g(big[female], big[!female]))
out$hedges[[3]] <- c(out$hedges[[3]], g(y[1:12], y[13:30]))

# Benjamini-Hochberg.
p <- c(.001, .04, .03, .2, .5, .012, .04)
out$bh <- list(p = p, adjusted = p.adjust(p, "BH"))

# LMG by averaging over all orders of entry.
z <- data.frame(na.omit(S)); predictors <- c("a", "b", "c", "d")
r2 <- function(set) if (length(set) == 0) 0 else summary(lm(reformulate(set, "e"), z))$r.squared
perms <- function(v) if (length(v) <= 1) list(v) else do.call(c, lapply(seq_along(v), function(i) lapply(perms(v[-i]), function(q) c(v[i], q))))
all <- perms(predictors)
share <- setNames(numeric(4), predictors)
for (o in all) for (i in seq_along(o)) share[o[i]] <- share[o[i]] + (r2(o[seq_len(i)]) - r2(o[seq_len(i - 1)])) / length(all)
out$lmg <- list(n = nrow(z), shares = as.list(share), r2 = r2(predictors))

source("json.R")
writeLines(json(out), "golden.json")

# Golden values of what is said of networks and texts, from R. Run from this folder: Rscript network.R
# Packages: psych (ICC, alpha, cohen.kappa), multilevel (ad.m), survey (rake, svymean), pwr (pwr.t2n.test),
# SnowballC (wordStem). Own code, written apart from the library: Brunner-Munzel counted pair by pair, tf-idf,
# NNDSVD and HALS element by element, references leave-own-out.
suppressPackageStartupMessages({library(psych); library(multilevel); library(survey); library(pwr); library(SnowballC)})
source("json.R")
d <- read.csv("answers.csv")
sizes <- c(a = 3, b = 4, c = 5, d = 6, e = 4)
out <- list(versions = list(R = as.character(getRversion())))
for (p in c("psych", "multilevel", "survey", "pwr", "SnowballC")) out$versions[[p]] <- as.character(packageVersion(p))
score <- function(s) {
  x <- as.matrix(d[paste0(s, seq_len(sizes[[s]]))])
  ifelse(rowSums(!is.na(x)) >= ceiling(ncol(x) / 2), (rowMeans(x, na.rm = TRUE) - 1) / 4 * 100, NA)
}
S <- sapply(names(sizes), score)

# Six intraclass forms of sixty complete rows of scale c, items as judges.
x <- as.matrix(na.omit(d[paste0("c", 1:5)]))[1:60, ]
forms <- suppressWarnings(psych::ICC(x, lmer = FALSE, alpha = .05))$results
out$icc_forms <- setNames(lapply(seq_len(6), function(i) c(forms$ICC[i], forms[["lower bound"]][i], forms[["upper bound"]][i])),
                          c("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"))

# Average deviation of forty complete rows of scale b; alpha without each item.
wide <- as.matrix(na.omit(d[paste0("b", 1:4)]))[1:40, ]
out$ad <- ad.m(wide, rep(1, 40))$AD.M
out$alpha_without <- lapply(setNames(names(sizes), names(sizes)), function(s)
  suppressWarnings(psych::alpha(na.omit(d[paste0(s, seq_len(sizes[[s]]))]), check.keys = FALSE))$alpha.drop$raw_alpha)

# Raked mean, structures as primary units, margins taken into account by the error.
for (s in c("a", "e")) {
  des <- svydesign(ids = ~unit, data = transform(d, y = S[, s], one = 1), weights = ~one)
  raked <- rake(des, list(~sex, ~sector), list(data.frame(sex = c("f", "m"), Freq = c(5200, 4800)),
    data.frame(sector = c("x", "y", "z"), Freq = c(3000, 4000, 3000))), control = list(maxit = 500, epsilon = 1e-13))
  m <- svymean(~y, raked, na.rm = TRUE)
  out$raked[[s]] <- list(mean = as.numeric(m), se = as.numeric(SE(m)))
}

# Probability of superiority: every pair compared.
bm <- function(x, y) {
  win <- outer(x, y, ">") + outer(x, y, "==") / 2
  p <- mean(win); n1 <- length(x); n2 <- length(y)
  v1 <- var(rowMeans(win)) / n1; v2 <- var(colMeans(win)) / n2
  df <- (v1 + v2)^2 / (v1^2 / (n1 - 1) + v2^2 / (n2 - 1)); se <- sqrt(v1 + v2)
  list(value = p, lo = max(0, p - qt(.975, df) * se), hi = min(1, p + qt(.975, df) * se), p = 2 * pt(-abs(p - .5) / se, df))
}
ok <- !is.na(S[, "a"]); y <- S[ok, "a"]; female <- d$sex[ok] == "f"
pain <- list(c(1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1), c(3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4)) # Brunner & Munzel 2000, p .0058
out$superiority <- list(c(list(kind = "all"), bm(y[female], y[!female])), c(list(kind = "small"), bm(y[1:12], y[13:30])),
                        c(list(kind = "published"), bm(pain[[2]], pain[[1]])))

# Power of two unpaired waves.
out$power <- lapply(list(c(10, 10, .5), c(20, 35, .8), c(50, 50, .57), c(200, 180, .1), c(3, 4, 0)), function(q)
  list(n1 = q[1], n2 = q[2], d = q[3], power = pwr.t2n.test(n1 = q[1], n2 = q[2], d = q[3])$power))
out$detectable <- lapply(list(c(10, 10), c(20, 20), c(50, 50), c(34, 61)), function(q)
  list(n1 = q[1], n2 = q[2], d = pwr.t2n.test(n1 = q[1], n2 = q[2], power = .8)$d))

# Two coders of the same answers.
first <- c("a", "a", "b", "b", "c", "c", "a", "b", "c", "a", "b", "a"); second <- c("a", "b", "b", "b", "c", "a", "a", "b", "c", "a", "c", "a")
out$kappa <- list(first = first, second = second, value = psych::cohen.kappa(cbind(first, second))$kappa)

# References without one's own, 24 others or more: finite-population shrinkage, then quantiles of type 7.
u <- factor(d$unit[ok]); m <- tapply(y, u, mean); n <- tapply(y, u, length); N <- ceiling(1.4 * n)
s2 <- summary(aov(y ~ u))[[1]][["Mean Sq"]][2]
out$references <- lapply(c("3", "17"), function(own) {
  k <- names(m) != own; mm <- m[k]; nn <- n[k]; NN <- N[k]; v <- s2 / nn; w <- 1 / v
  mu0 <- sum(w * mm) / sum(w); Q <- sum(w * (mm - mu0)^2)
  tau2 <- max(0, (Q - (length(mm) - 1)) / (sum(w) - sum(w^2) / sum(w)))
  mu <- weighted.mean(mm, 1 / (tau2 + v)); f <- nn / NN
  z <- f * mm + (1 - f) * (mu + tau2 / (tau2 + v) * (mm - mu))
  q <- quantile(z, c(.25, .75), type = 7)
  list(own = own, mean = floor(mean(z) + .5), p25 = floor(q[[1]] + .5), p75 = floor(q[[2]] + .5), people = sum(nn))
})

# Stems.
words <- read.csv("stems.csv", encoding = "UTF-8", colClasses = "character")
words$stem <- wordStem(words$word, "french")
write.csv(words, "stems.csv", row.names = FALSE, quote = FALSE, fileEncoding = "UTF-8")

# Terms used by at least three of the answers in texts.txt, tf-idf, three factors.
stops <- readLines("stop_words.txt", encoding = "UTF-8")
terms <- lapply(readLines("texts.txt", encoding = "UTF-8"), function(line) {
  w <- tolower(gsub("\u2019", "'", line)); w <- unlist(strsplit(w, "[^[:alpha:]']+"))
  w <- sub("^(qu|jusqu|lorsqu|[cdjlmnst])'", "", w); w <- w[nchar(w) > 0]
  said <- !(w %in% stops) & nchar(w) >= 3; st <- wordStem(w, "french")
  pairs <- if (length(w) > 1) which(said[-1] & said[-length(said)]) else integer(0)
  c(st[said], paste(st[pairs], st[pairs + 1]))
})
df <- table(unlist(lapply(terms, unique))); df <- df[df >= 3]
kept <- sort(names(df), method = "radix"); kept <- kept[order(-as.numeric(df[kept]))]
X <- t(sapply(terms, function(t) sapply(kept, function(k) sum(t == k)) * (log((1 + length(terms)) / (1 + as.numeric(df[kept]))) + 1)))
len <- sqrt(rowSums(X^2)); X[len > 0, ] <- X[len > 0, ] / len[len > 0]
dimnames(X) <- NULL
rank3 <- 3; sv <- svd(X); W <- matrix(0, nrow(X), rank3); H <- matrix(0, rank3, ncol(X))
for (k in seq_len(rank3)) {
  a <- sv$u[, k]; b <- sv$v[, k]
  up <- list(pmax(a, 0), pmax(b, 0)); down <- list(pmax(-a, 0), pmax(-b, 0))
  size <- function(z) sqrt(sum(z[[1]]^2)) * sqrt(sum(z[[2]]^2))
  z <- if (size(down) > size(up)) down else up
  W[, k] <- sqrt(sv$d[k] * size(z)) * z[[1]] / sqrt(sum(z[[1]]^2)); H[k, ] <- sqrt(sv$d[k] * size(z)) * z[[2]] / sqrt(sum(z[[2]]^2))
}
for (sweep in 1:200) {
  before <- H
  for (k in 1:rank3) { R <- X - W %*% H + W[, k] %o% H[k, ]; W[, k] <- pmax(0, R %*% H[k, ] / sum(H[k, ]^2)) }
  for (k in 1:rank3) { R <- X - W %*% H + W[, k] %o% H[k, ]; H[k, ] <- pmax(0, t(R) %*% W[, k] / sum(W[, k]^2)) }
  if (max(abs(H - before)) <= 1e-4 * max(H)) break
}
out$texts <- list(terms = kept, authors = as.numeric(df[kept]), row1 = X[1, ], row30 = X[30, ], sweeps = sweep,
                  w = as.list(as.data.frame(W)), h = as.list(as.data.frame(t(H))))
writeLines(json(out), "network.json", useBytes = TRUE)

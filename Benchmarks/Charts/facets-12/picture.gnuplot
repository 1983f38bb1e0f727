# The same in gnuplot.
set terminal pngcairo size 2000,1600
set output ARG1."/gnuplot.png"
set datafile separator ","
data = ARG0[1:strlen(ARG0)-15]."../transfer.csv"
logit(p) = log(p / (1 - p))
set key off
set multiplot layout 3,4
f(x) = a + b * x
half(x) = 2.1448 * sqrt(S_ssd_y ** 2 * (n - 1) * (1 - S_correlation ** 2) / (n - 2)) \
    * sqrt(1.0 / n + (x - S_mean_x) ** 2 / (S_ssd_x ** 2 * (n - 1)))
do for [name in "Food CIFAR10 CIFAR100 Birdsnap SUN397 Cars Aircraft VOC2007 DTD Pets Caltech101 Flowers"] {
    stats data every ::1 using (strcol(1) eq name ? logit($2) : NaN):(logit($3)) name "S" nooutput
    n = S_records
    a = S_intercept
    b = S_slope
    set title name
    plot [logit(0.71):logit(0.82)][logit(0.4):logit(0.98)] \
        '+' using 1:(f($1) - half($1)):(f($1) + half($1)) with filledcurves fs transparent solid 0.2, \
        f(x), data every ::1 using (strcol(1) eq name ? logit($2) : NaN):(logit($3)) with points pt 7 ps 0.6
}
unset multiplot

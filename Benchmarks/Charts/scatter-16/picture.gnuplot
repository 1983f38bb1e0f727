# The same in gnuplot: the axes in log odds with labels in percent.
set terminal pngcairo size 1120,840 fontscale 1.6
set output ARG1."/gnuplot.png"
set datafile separator ","
data = ARG0[1:strlen(ARG0)-15]."../networks.csv"
logit(p) = log(p / (1 - p))
stats data every ::1 using (logit($2)):(logit($3)) name "S" nooutput
n = S_records
f(x) = S_intercept + S_slope * x
half(x) = 2.1448 * sqrt(S_ssd_y ** 2 * (n - 1) * (1 - S_correlation ** 2) / (n - 2)) \
    * sqrt(1.0 / n + (x - S_mean_x) ** 2 / (S_ssd_x ** 2 * (n - 1)))
set xtics ("72%%" logit(0.72), "74%%" logit(0.74), "76%%" logit(0.76), "78%%" logit(0.78), "80%%" logit(0.8))
set ytics ("76%%" logit(0.76), "78%%" logit(0.78), "80%%" logit(0.8), "82%%" logit(0.82), "84%%" logit(0.84))
set title "Sixteen networks"
set xlabel "source accuracy"
set ylabel "transfer accuracy"
set key off
plot [logit(0.71):logit(0.82)] '+' using 1:(f($1) - half($1)):(f($1) + half($1)) with filledcurves fs transparent solid 0.2, \
    f(x), data every ::1 using (logit($2)):(logit($3)):4 with yerrorbars pt 7, \
    '' every ::1 using (logit($2)):(logit($3)):1 with labels left offset 0.7,0.3 font ",8"

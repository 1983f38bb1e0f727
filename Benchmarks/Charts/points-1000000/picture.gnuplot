# The same in gnuplot.
set terminal pngcairo size 1120,840
set output ARG1."/gnuplot.png"
set key off
set samples 1000000
set style fill transparent solid 0.1
plot '+' using (invnorm(rand(0))):(invnorm(rand(0))) with points pt 7 ps 0.2 lc rgb "#e60072b2"

// Plain C face of the distribution functions of Boost.Math: no exception leaves it, and arguments outside a
// distribution's domain give NaN. `cdf` is the lower tail, `sf` the upper one, computed as such and accurate where it
// is tiny.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

double dist_normal_cdf(double x);
double dist_normal_sf(double x);
double dist_normal_quantile(double p);

double dist_t_cdf(double x, double df);
double dist_t_sf(double x, double df);
double dist_t_quantile(double p, double df);

double dist_noncentral_t_cdf(double x, double df, double noncentrality);

double dist_f_cdf(double x, double df1, double df2);
double dist_f_sf(double x, double df1, double df2);
double dist_f_quantile(double p, double df1, double df2);

double dist_chi_squared_cdf(double x, double df);
double dist_chi_squared_sf(double x, double df);
double dist_chi_squared_quantile(double p, double df);

double dist_beta_cdf(double x, double a, double b);
double dist_beta_sf(double x, double a, double b);
double dist_beta_quantile(double p, double a, double b);

#ifdef __cplusplus
}
#endif

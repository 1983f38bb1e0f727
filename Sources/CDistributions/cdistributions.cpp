// The only file that includes Boost.Math (headers of Debian's libboost-math-dev). Promotion to long double stays on: it
// is what makes the tails good to 1e-13.
#include "cdistributions.h"

#include <limits>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace {

namespace bm = boost::math;
namespace bp = boost::math::policies;

using quiet = bp::policy<bp::domain_error<bp::ignore_error>, bp::pole_error<bp::ignore_error>,
                         bp::overflow_error<bp::ignore_error>, bp::underflow_error<bp::ignore_error>,
                         bp::denorm_error<bp::ignore_error>, bp::evaluation_error<bp::ignore_error>,
                         bp::rounding_error<bp::ignore_error>, bp::indeterminate_result_error<bp::ignore_error>>;

using normal = bm::normal_distribution<double, quiet>;
using student = bm::students_t_distribution<double, quiet>;
using noncentral_t = bm::non_central_t_distribution<double, quiet>;
using fisher = bm::fisher_f_distribution<double, quiet>;
using chi_squared = bm::chi_squared_distribution<double, quiet>;
using beta = bm::beta_distribution<double, quiet>;

// Boost may still throw, for instance when an iteration does not settle.
template <class Function> double guarded(Function function) noexcept {
    try {
        return function();
    } catch (...) {
        return std::numeric_limits<double>::quiet_NaN();
    }
}

template <class Distribution> double upper(const Distribution &d, double x) { return bm::cdf(bm::complement(d, x)); }

}  // namespace

double dist_normal_cdf(double x) { return guarded([=] { return bm::cdf(normal(), x); }); }
double dist_normal_sf(double x) { return guarded([=] { return upper(normal(), x); }); }
double dist_normal_quantile(double p) { return guarded([=] { return bm::quantile(normal(), p); }); }

double dist_t_cdf(double x, double df) { return guarded([=] { return bm::cdf(student(df), x); }); }
double dist_t_sf(double x, double df) { return guarded([=] { return upper(student(df), x); }); }
double dist_t_quantile(double p, double df) { return guarded([=] { return bm::quantile(student(df), p); }); }

double dist_noncentral_t_cdf(double x, double df, double noncentrality) {
    return guarded([=] { return bm::cdf(noncentral_t(df, noncentrality), x); });
}

double dist_f_cdf(double x, double df1, double df2) { return guarded([=] { return bm::cdf(fisher(df1, df2), x); }); }
double dist_f_sf(double x, double df1, double df2) { return guarded([=] { return upper(fisher(df1, df2), x); }); }
double dist_f_quantile(double p, double df1, double df2) {
    return guarded([=] { return bm::quantile(fisher(df1, df2), p); });
}

double dist_chi_squared_cdf(double x, double df) { return guarded([=] { return bm::cdf(chi_squared(df), x); }); }
double dist_chi_squared_sf(double x, double df) { return guarded([=] { return upper(chi_squared(df), x); }); }
double dist_chi_squared_quantile(double p, double df) {
    return guarded([=] { return bm::quantile(chi_squared(df), p); });
}

double dist_beta_cdf(double x, double a, double b) { return guarded([=] { return bm::cdf(beta(a, b), x); }); }
double dist_beta_sf(double x, double a, double b) { return guarded([=] { return upper(beta(a, b), x); }); }
double dist_beta_quantile(double p, double a, double b) {
    return guarded([=] { return bm::quantile(beta(a, b), p); });
}

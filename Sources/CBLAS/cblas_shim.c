// Finds OpenBLAS, has it pick the right kernels, and forwards to it (see the header).
//
// OpenBLAS chooses its kernels while it is loaded, from CPU family and model: a library older than the CPU does not
// know the model and takes AVX2 kernels where AVX-512 ones would run twice as fast (0.3.21 on Zen 5: 221 against 419
// GFLOP/s at 2048³). The environment variable OPENBLAS_CORETYPE overrides the choice; it is set around the loading, and
// left alone when the user has set it.

#define _GNU_SOURCE
#include "cblas_shim.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { row_major = 101, no_transpose = 111, transposed = 112, upper = 121 };

typedef void (*sgemm_function)(int, int, int, int, int, int, float, const float *, int, const float *, int, float,
                               float *, int);
typedef void (*dgemm_function)(int, int, int, int, int, int, double, const double *, int, const double *, int, double,
                               double *, int);
typedef void (*ssyrk_function)(int, int, int, int, int, float, const float *, int, float, float *, int);
typedef void (*dsyrk_function)(int, int, int, int, int, double, const double *, int, double, double *, int);
typedef void (*sgemv_function)(int, int, int, int, float, const float *, int, const float *, int, float, float *, int);
typedef void (*dgemv_function)(int, int, int, int, double, const double *, int, const double *, int, double, double *,
                               int);
typedef void (*dsyevd_function)(const char *, const char *, const int *, double *, const int *, double *, double *,
                                const int *, int *, const int *, int *, size_t, size_t);

static struct {
    sgemm_function sgemm;
    dgemm_function dgemm;
    ssyrk_function ssyrk;
    dsyrk_function dsyrk;
    sgemv_function sgemv;
    dgemv_function dgemv;
    dsyevd_function dsyevd;
    void (*set_threads)(int);
    char *(*core_name)(void);
} library;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool ready;
static char failure[512];

/// "SkylakeX" where the CPU and the system have what those kernels use, else NULL: the library knows older CPUs itself.
/// The newer AVX-512 cores of OpenBLAS (Cooperlake, SapphireRapids) share these float and double kernels and add
/// bfloat16.
static const char *wide_core(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512cd"))
        return "SkylakeX";
#endif
    return NULL;
}

static void *open_library(void) {
    const char *core = getenv("OPENBLAS_CORETYPE") ? NULL : wide_core();
    if (core) setenv("OPENBLAS_CORETYPE", core, 0);
    void *handle = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
    if (core) unsetenv("OPENBLAS_CORETYPE");
    return handle;
}

static bool resolve(void *handle, const char *name, void *slot) {
    void *symbol = dlsym(handle, name);
    *(void **)slot = symbol;
    if (!symbol) snprintf(failure, sizeof failure, "libopenblas.so.0 has no function %s", name);
    return symbol != NULL;
}

static void load(void) {
    void *handle = open_library();
    if (!handle) {
        const char *reason = dlerror();
        snprintf(failure, sizeof failure, "OpenBLAS could not be loaded: %s", reason ? reason : "unknown reason");
        return;
    }
    ready = resolve(handle, "cblas_sgemm", &library.sgemm) && resolve(handle, "cblas_dgemm", &library.dgemm)
        && resolve(handle, "cblas_ssyrk", &library.ssyrk) && resolve(handle, "cblas_dsyrk", &library.dsyrk)
        && resolve(handle, "cblas_sgemv", &library.sgemv) && resolve(handle, "cblas_dgemv", &library.dgemv)
        && resolve(handle, "dsyevd_", &library.dsyevd)
        && resolve(handle, "openblas_set_num_threads", &library.set_threads)
        && resolve(handle, "openblas_get_corename", &library.core_name);
}

const char *blas_load(void) {
    pthread_once(&once, load);
    return ready ? NULL : failure;
}

const char *blas_core_name(void) { return ready ? library.core_name() : ""; }

void blas_set_threads(int32_t threads) { library.set_threads(threads); }

static int operation(bool transpose) { return transpose ? transposed : no_transpose; }

void blas_sgemm(bool transpose_a, bool transpose_b, int32_t m, int32_t n, int32_t k, float alpha, const float *a,
                int32_t lda, const float *b, int32_t ldb, float beta, float *c, int32_t ldc) {
    library.sgemm(row_major, operation(transpose_a), operation(transpose_b), m, n, k, alpha, a, lda, b, ldb, beta, c,
                  ldc);
}

void blas_dgemm(bool transpose_a, bool transpose_b, int32_t m, int32_t n, int32_t k, double alpha, const double *a,
                int32_t lda, const double *b, int32_t ldb, double beta, double *c, int32_t ldc) {
    library.dgemm(row_major, operation(transpose_a), operation(transpose_b), m, n, k, alpha, a, lda, b, ldb, beta, c,
                  ldc);
}

void blas_ssyrk(bool transpose, int32_t n, int32_t k, float alpha, const float *a, int32_t lda, float beta, float *c,
                int32_t ldc) {
    library.ssyrk(row_major, upper, operation(transpose), n, k, alpha, a, lda, beta, c, ldc);
}

void blas_dsyrk(bool transpose, int32_t n, int32_t k, double alpha, const double *a, int32_t lda, double beta,
                double *c, int32_t ldc) {
    library.dsyrk(row_major, upper, operation(transpose), n, k, alpha, a, lda, beta, c, ldc);
}

void blas_sgemv(bool transpose, int32_t m, int32_t n, float alpha, const float *a, int32_t lda, const float *x,
                float beta, float *y) {
    library.sgemv(row_major, operation(transpose), m, n, alpha, a, lda, x, 1, beta, y, 1);
}

void blas_dgemv(bool transpose, int32_t m, int32_t n, double alpha, const double *a, int32_t lda, const double *x,
                double beta, double *y) {
    library.dgemv(row_major, operation(transpose), m, n, alpha, a, lda, x, 1, beta, y, 1);
}

int32_t blas_eigen(int32_t n, double *a, double *values, double *work, int32_t work_size, int32_t *integers,
                   int32_t integers_size) {
    // LAPACK is column-major: its lower triangle is our upper one, and its columns of eigenvectors are our rows.
    int order = n, info = 0;
    library.dsyevd("V", "L", &order, a, &order, values, work, &work_size, integers, &integers_size, &info, 1, 1);
    return info;
}

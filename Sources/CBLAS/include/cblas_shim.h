// Plain C face of OpenBLAS, loaded with dlopen on first use: a program that needs no linear algebra starts without its
// 36 MB, and a missing library becomes an error text instead of a program that does not start.
//
// All matrices are row-major. Nothing here checks sizes; Engine/BLAS.swift does.
#pragma once

#include <stdbool.h>
#include <stdint.h>

/// Loads the library if that has not happened. NULL when it is ready, otherwise a sentence that stays valid.
const char *_Nullable blas_load(void);

/// The kernels in use, e.g. "SkylakeX"; empty before a successful `blas_load`.
const char *_Nonnull blas_core_name(void);

/// Threads of all later calls. Everything below needs a successful `blas_load` before it.
void blas_set_threads(int32_t threads);

/// c ← alpha · op(a) · op(b) + beta · c with op(a) m × k, op(b) k × n, c m × n.
void blas_sgemm(bool transpose_a, bool transpose_b, int32_t m, int32_t n, int32_t k, float alpha,
                const float *_Nonnull a, int32_t lda, const float *_Nonnull b, int32_t ldb, float beta,
                float *_Nonnull c, int32_t ldc);
void blas_dgemm(bool transpose_a, bool transpose_b, int32_t m, int32_t n, int32_t k, double alpha,
                const double *_Nonnull a, int32_t lda, const double *_Nonnull b, int32_t ldb, double beta,
                double *_Nonnull c, int32_t ldc);

/// The upper triangle of c ← alpha · op(a) · op(a)ᵀ + beta · c with op(a) n × k; `transpose` takes op(a) = aᵀ.
void blas_ssyrk(bool transpose, int32_t n, int32_t k, float alpha, const float *_Nonnull a, int32_t lda, float beta,
                float *_Nonnull c, int32_t ldc);
void blas_dsyrk(bool transpose, int32_t n, int32_t k, double alpha, const double *_Nonnull a, int32_t lda,
                double beta, double *_Nonnull c, int32_t ldc);

/// y ← alpha · op(a) · x + beta · y with a m × n before `transpose`.
void blas_sgemv(bool transpose, int32_t m, int32_t n, float alpha, const float *_Nonnull a, int32_t lda,
                const float *_Nonnull x, float beta, float *_Nonnull y);
void blas_dgemv(bool transpose, int32_t m, int32_t n, double alpha, const double *_Nonnull a, int32_t lda,
                const double *_Nonnull x, double beta, double *_Nonnull y);

/// Eigenvalues, ascending, of the symmetric n × n `a`, whose rows become the unit eigenvectors (LAPACK's dsyevd).
/// `work` needs 1 + 6n + 2n² doubles, `integers` 3 + 5n entries. 0, or LAPACK's `info` when it failed.
int32_t blas_eigen(int32_t n, double *_Nonnull a, double *_Nonnull values, double *_Nonnull work, int32_t work_size,
                   int32_t *_Nonnull integers, int32_t integers_size);

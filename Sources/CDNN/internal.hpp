// What cdnn.cpp and kernels.cpp share: the thread count and OpenMP's entry points.
#pragma once

// Declared here rather than through omp.h: Swift's clang has no OpenMP headers, and these two are all we need. They
// come from the runtime that oneDNN itself is linked with, so that both use one team of threads.
extern "C" void omp_set_num_threads(int count);
extern "C" int omp_get_thread_num(void);

/// Threads a context may use; kept first in cdnn_context.
struct cdnn_threads {
    int count;
};

const cdnn_threads &cdnn_threads_of(const struct cdnn_context *context);

// Kernels of our own beside oneDNN's, on the same OpenMP threads: copies along the channels of blocked maps.
#include "cdnn.h"
#include "internal.hpp"

#include <algorithm>
#include <cstring>
#include <sched.h>

// The call that compilers emit for `#pragma omp parallel` (libgomp's ABI, also offered by LLVM's and Intel's runtimes):
// with it no compiler flag is needed, and clang cannot bring in a second runtime.
extern "C" void GOMP_parallel(void (*body)(void *), void *argument, unsigned threads, unsigned flags);

namespace {

struct Work {
    void (*body)(void *, int64_t);
    void *argument;
    int64_t count;
    int threads;
};

/// Thread t's contiguous share: fixed by the thread count, whatever the scheduling.
void run_share(void *pointer) {
    const Work &work = *static_cast<Work *>(pointer);
    const int64_t thread = omp_get_thread_num();
    const int64_t end = work.count * (thread + 1) / work.threads;
    for (int64_t i = work.count * thread / work.threads; i < end; ++i) work.body(work.argument, i);
}

/// Calls body(argument, i) for every i in 0..<count on the context's threads; which thread runs which i is fixed.
void parallel(const cdnn_context *context, int64_t count, void (*body)(void *, int64_t), void *argument) {
    const int threads = cdnn_threads_of(context).count;
    if (threads == 1 || count < 2) {
        for (int64_t i = 0; i < count; ++i) body(argument, i);
        return;
    }
    Work work{body, argument, count, threads};
    GOMP_parallel(run_share, &work, static_cast<unsigned>(threads), 0);
}

struct Copy {
    cdnn_channels source, destination;
    int64_t count, positions, block;
};

/// Visits runs of channels that are contiguous on both sides.
template <typename Body> void for_runs(const Copy &copy, Body body) {
    int64_t done = 0;
    while (done < copy.count) {
        const int64_t from = copy.source.first + done, to = copy.destination.first + done;
        const int64_t run = std::min({copy.count - done, copy.block - from % copy.block, copy.block - to % copy.block});
        body(from, to, run);
        done += run;
    }
}

/// Address of a channel at position 0 of an image.
float *at(const cdnn_channels &map, const Copy &copy, int64_t image, int64_t channel) {
    const int64_t block = channel / copy.block * copy.block;
    return map.data + (image * map.channels + block) * copy.positions + channel % copy.block;
}

void copy_image(void *pointer, int64_t image) {
    const Copy &copy = *static_cast<Copy *>(pointer);
    for_runs(copy, [&](int64_t from, int64_t to, int64_t run) {
        const float *source = at(copy.source, copy, image, from);
        float *destination = at(copy.destination, copy, image, to);
        if (run == copy.block) {
            std::memcpy(destination, source, sizeof(float) * run * copy.positions);
            return;
        }
        for (int64_t p = 0; p < copy.positions; ++p)
            for (int64_t lane = 0; lane < run; ++lane)
                destination[p * copy.block + lane] = source[p * copy.block + lane];
    });
}

void clear_image(void *pointer, int64_t image) {
    const Copy &copy = *static_cast<Copy *>(pointer);
    for_runs(copy, [&](int64_t, int64_t to, int64_t run) {
        float *destination = at(copy.destination, copy, image, to);
        for (int64_t p = 0; p < copy.positions; ++p)
            std::fill(destination + p * copy.block, destination + p * copy.block + run, 0.0f);
    });
}

} // namespace

extern "C" {

int cdnn_available_threads(void) {
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0) return 1;
    return std::max(1, CPU_COUNT(&allowed));
}

void cdnn_copy_channels(const cdnn_context *context, cdnn_channels source, cdnn_channels destination, int64_t count,
                        int64_t batch, int64_t positions, int64_t block) {
    Copy copy{source, destination, count, positions, block};
    parallel(context, batch, copy_image, &copy);
}

void cdnn_clear_channels(const cdnn_context *context, cdnn_channels destination, int64_t count, int64_t batch,
                         int64_t positions, int64_t block) {
    Copy copy{destination, destination, count, positions, block};
    parallel(context, batch, clear_image, &copy);
}

} // extern "C"

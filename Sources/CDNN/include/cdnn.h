/* The plain C face of oneDNN that the engine uses: contexts, layouts, primitives and calls.
 *
 * Every function that can fail returns 0 on success and otherwise another number with a sentence in `error`, a buffer
 * of the caller's: nothing is shared between threads, nothing throws, prints or exits. Objects are immutable once made,
 * so that they may be used from several threads; memory that calls read and write belongs to the caller.
 *
 * Maps are [batch, channels, height, width]; the layout in which oneDNN's convolutions like them on this processor is
 * called the map format, e.g. channels in blocks of 16. Its channel counts must be multiples of `cdnn_map_block`.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cdnn_error {
    char text[240];
} cdnn_error;
typedef struct cdnn_context cdnn_context;
typedef struct cdnn_layout cdnn_layout;
typedef struct cdnn_primitive cdnn_primitive;
typedef struct cdnn_call cdnn_call;

/* Context: engine, stream and thread count. `threads` holds from creation of a primitive to its last call. */
int cdnn_context_create(int threads, cdnn_context **result, cdnn_error *error);
void cdnn_context_destroy(cdnn_context *context);
/* OpenMP's thread count belongs to the calling thread: enter before making or running anything. */
void cdnn_context_enter(const cdnn_context *context);
int64_t cdnn_map_block(const cdnn_context *context);
/* "oneDNN 2.6.3", for `explain` and bug reports. */
void cdnn_version(char *text, size_t size);

/* Layouts. */
enum cdnn_format {
    CDNN_ANY,   /* the primitive chooses */
    CDNN_PLAIN, /* row-major */
    CDNN_MAP    /* what convolutions like: only for four dimensions */
};
int cdnn_layout_create(const cdnn_context *context, const int64_t *dims, int count, enum cdnn_format format,
                       cdnn_layout **result, cdnn_error *error);
void cdnn_layout_destroy(cdnn_layout *layout);
size_t cdnn_layout_bytes(const cdnn_layout *layout);
int cdnn_layout_equal(const cdnn_layout *one, const cdnn_layout *other);
/* As oneDNN's documentation names layouts: "abcd", "aBcd16b". */
void cdnn_layout_describe(const cdnn_layout *layout, char *text, size_t size);

/* What a primitive reads and writes. */
enum cdnn_argument {
    CDNN_SOURCE,
    CDNN_SOURCE_2,
    CDNN_WEIGHTS,
    CDNN_BIAS,
    CDNN_DESTINATION,
    CDNN_MEAN,
    CDNN_VARIANCE,
    CDNN_SCALE,
    CDNN_SHIFT,
    CDNN_WORKSPACE,
    CDNN_SCRATCHPAD,
    CDNN_DIFF_SOURCE,
    CDNN_DIFF_WEIGHTS,
    CDNN_DIFF_BIAS,
    CDNN_DIFF_DESTINATION,
    CDNN_DIFF_SCALE,
    CDNN_DIFF_SHIFT
};
enum cdnn_activation { CDNN_IDENTITY, CDNN_RELU, CDNN_RELU6 };

typedef struct cdnn_window {
    int64_t kernel[2], stride[2], dilation[2], before[2], after[2]; /* rows, columns; dilation 1 is dense */
} cdnn_window;

/* What happens to a result before it is stored: first `+= destination`, then the activation. */
typedef struct cdnn_fused {
    int sum;
    enum cdnn_activation activation;
} cdnn_fused;

/* The layout that a primitive wants for an argument; NULL in `result` when it takes none. */
int cdnn_primitive_layout(const cdnn_primitive *primitive, enum cdnn_argument argument, cdnn_layout **result,
                          cdnn_error *error);
/* oneDNN's name of the implementation, e.g. "jit:avx512_core"; lives as long as the primitive. */
const char *cdnn_primitive_implementation(const cdnn_primitive *primitive);
void cdnn_primitive_destroy(cdnn_primitive *primitive);

/* Convolution: weights [out, in, h, w], or [groups, out / groups, in / groups, h, w]; `bias` may be NULL. */
int cdnn_convolution_forward(const cdnn_context *context, int training, const cdnn_layout *source,
                             const cdnn_layout *weights, const cdnn_layout *bias, const cdnn_layout *destination,
                             const cdnn_window *window, cdnn_fused fused, cdnn_primitive **result, cdnn_error *error);
int cdnn_convolution_backward_data(const cdnn_context *context, const cdnn_layout *source, const cdnn_layout *weights,
                                   const cdnn_layout *destination, const cdnn_window *window,
                                   const cdnn_primitive *forward, cdnn_primitive **result, cdnn_error *error);
int cdnn_convolution_backward_weights(const cdnn_context *context, const cdnn_layout *source,
                                      const cdnn_layout *weights, const cdnn_layout *bias,
                                      const cdnn_layout *destination, const cdnn_window *window,
                                      const cdnn_primitive *forward, cdnn_primitive **result, cdnn_error *error);

/* Batch normalisation with scale and shift. Training computes mean and (biased) variance, inference reads them; a fused
 * ReLU keeps its mask in the workspace. */
int cdnn_batch_norm_forward(const cdnn_context *context, int training, const cdnn_layout *source, float epsilon,
                            int relu, cdnn_primitive **result, cdnn_error *error);
int cdnn_batch_norm_backward(const cdnn_context *context, const cdnn_layout *source, float epsilon, int relu,
                             const cdnn_primitive *forward, cdnn_primitive **result, cdnn_error *error);

/* Activations; the backward direction reads the result (CDNN_DESTINATION), so the forward one may work in place. */
int cdnn_activation_forward(const cdnn_context *context, enum cdnn_activation activation, const cdnn_layout *source,
                            cdnn_primitive **result, cdnn_error *error);
int cdnn_activation_backward(const cdnn_context *context, enum cdnn_activation activation, const cdnn_layout *source,
                             cdnn_primitive **result, cdnn_error *error);

enum cdnn_pooling { CDNN_MAXIMUM, CDNN_AVERAGE_INSIDE, CDNN_AVERAGE_WITH_PADDING };
int cdnn_pooling_forward(const cdnn_context *context, enum cdnn_pooling pooling, int training,
                         const cdnn_layout *source, const cdnn_layout *destination, const cdnn_window *window,
                         cdnn_primitive **result, cdnn_error *error);
int cdnn_pooling_backward(const cdnn_context *context, enum cdnn_pooling pooling, const cdnn_layout *source,
                          const cdnn_layout *destination, const cdnn_window *window, const cdnn_primitive *forward,
                          cdnn_primitive **result, cdnn_error *error);

/* Inner product: source [batch, in], weights [out, in], destination [batch, out]; `bias` may be NULL. */
int cdnn_linear_forward(const cdnn_context *context, int training, const cdnn_layout *source,
                        const cdnn_layout *weights, const cdnn_layout *bias, const cdnn_layout *destination,
                        cdnn_fused fused, cdnn_primitive **result, cdnn_error *error);
int cdnn_linear_backward_data(const cdnn_context *context, const cdnn_layout *source, const cdnn_layout *weights,
                              const cdnn_layout *destination, const cdnn_primitive *forward, cdnn_primitive **result,
                              cdnn_error *error);
int cdnn_linear_backward_weights(const cdnn_context *context, const cdnn_layout *source, const cdnn_layout *weights,
                                 const cdnn_layout *bias, const cdnn_layout *destination, const cdnn_primitive *forward,
                                 cdnn_primitive **result, cdnn_error *error);

/* destination = activation(source + source 2), all of one layout. */
int cdnn_add(const cdnn_context *context, const cdnn_layout *layout, enum cdnn_activation activation,
             cdnn_primitive **result, cdnn_error *error);
/* The same values in another layout. */
int cdnn_reorder(const cdnn_context *context, const cdnn_layout *source, const cdnn_layout *destination,
                 cdnn_primitive **result, cdnn_error *error);

/* A primitive bound to memory. `pointers` must stay valid, and every buffer hold what its layout needs. */
int cdnn_call_create(const cdnn_context *context, const cdnn_primitive *primitive, int count,
                     const enum cdnn_argument *arguments, const cdnn_layout *const *layouts, void *const *pointers,
                     cdnn_call **result, cdnn_error *error);
void cdnn_call_destroy(cdnn_call *call);
int cdnn_call_run(const cdnn_context *context, const cdnn_call *call, cdnn_error *error);

/* C = alpha · op(A) · op(B) + beta · C, row-major; op(A) is m × k, op(B) is k × n. */
int cdnn_sgemm(const cdnn_context *context, int transpose_a, int transpose_b, int64_t m, int64_t n, int64_t k,
               float alpha, const float *a, int64_t lda, const float *b, int64_t ldb, float beta, float *c, int64_t ldc,
               cdnn_error *error);

/* Our own kernels (kernels.cpp): what oneDNN lacks or does slowly. */

/* Processors that this process may run on. */
int cdnn_available_threads(void);
/* One operand of cdnn_copy_channels: a map in channel blocks of `block` (1 is plain), from channel `first` on. */
typedef struct cdnn_channels {
    float *data;
    int64_t channels; /* as stored, a multiple of the block */
    int64_t first;
} cdnn_channels;
/* Copies `count` channels of every image; `positions` is height · width. Concatenation and its gradient: oneDNN's own
 * falls back to a reference implementation wherever a part does not fill its blocks. */
void cdnn_copy_channels(const cdnn_context *context, cdnn_channels source, cdnn_channels destination, int64_t count,
                        int64_t batch, int64_t positions, int64_t block);
/* Zeroes `count` channels of every image. */
void cdnn_clear_channels(const cdnn_context *context, cdnn_channels destination, int64_t count, int64_t batch,
                         int64_t positions, int64_t block);

#ifdef __cplusplus
}
#endif

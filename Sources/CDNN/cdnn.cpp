// The only file that knows oneDNN, and its version: written for 2.6 (Debian 12).
//
// A build for 3.x changes this file alone. Operation descriptors are gone there: each `X::primitive_desc(X::desc(…),
// attributes, engine, hint)` becomes `X::primitive_desc(engine, …, attributes, hint)`; pooling takes dilations as well;
// `memory::desc` is opaque, so that `cdnn_layout_describe` asks get_strides, get_inner_blks and get_inner_idxs;
// everything else keeps its name. No exception leaves: `guarded` turns them into a status and a sentence.
#include "cdnn.h"
#include "internal.hpp"

#include <oneapi/dnnl/dnnl.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

using dnnl::algorithm;
using dnnl::memory;
using dnnl::prop_kind;
using tag = dnnl::memory::format_tag;

struct cdnn_context {
    cdnn_threads threads;
    dnnl::engine engine;
    mutable dnnl::stream stream;
    tag map = tag::nchw;
    int64_t block = 1;

    explicit cdnn_context(int count) : threads{count}, engine(dnnl::engine::kind::cpu, 0), stream(engine) {}
};

struct cdnn_layout {
    memory::desc desc;
};

struct cdnn_primitive {
    virtual ~cdnn_primitive() = default;
    virtual memory::desc query(dnnl::query what, int index) const = 0;
    dnnl::primitive primitive;
    std::string implementation;
};

struct cdnn_call {
    dnnl::primitive primitive;
    std::vector<memory> memories;
    /// What the library takes, made once so that running allocates nothing here.
    std::vector<dnnl_exec_arg_t> arguments;
};

const cdnn_threads &cdnn_threads_of(const cdnn_context *context) { return context->threads; }

namespace {

/// A primitive with its description, which backward primitives want as a hint.
template <typename Description> struct Described final : cdnn_primitive {
    Description description;

    template <typename Primitive> Described(const Description &made, const Primitive *) : description(made) {
        primitive = Primitive(description);
        implementation = description.impl_info_str();
    }
    memory::desc query(dnnl::query what, int index) const override { return description.query_md(what, index); }
};

template <typename Body> int guarded(cdnn_error *error, Body body) {
    try {
        body();
        return 0;
    } catch (const dnnl::error &failure) {
        std::snprintf(error->text, sizeof(error->text), "oneDNN: %s (status %d)", failure.what(), int(failure.status));
    } catch (const std::exception &failure) {
        std::snprintf(error->text, sizeof(error->text), "%s", failure.what());
    } catch (...) {
        std::snprintf(error->text, sizeof(error->text), "unknown failure");
    }
    return 1;
}

template <typename Primitive, typename Description> cdnn_primitive *described(const Description &description) {
    return new Described<Description>(description, static_cast<const Primitive *>(nullptr));
}

template <typename Description> const Description &hint(const cdnn_primitive *forward) {
    const auto *typed = dynamic_cast<const Described<Description> *>(forward);
    if (!typed) throw std::invalid_argument("the forward primitive is of another kind");
    return typed->description;
}

dnnl::primitive_attr attributes(cdnn_fused fused = {0, CDNN_IDENTITY}) {
    dnnl::post_ops operations;
    if (fused.sum) operations.append_sum(1.0f);
    if (fused.activation == CDNN_RELU) operations.append_eltwise(1.0f, algorithm::eltwise_relu, 0.0f, 0.0f);
    if (fused.activation == CDNN_RELU6) operations.append_eltwise(1.0f, algorithm::eltwise_clip_v2, 0.0f, 6.0f);
    dnnl::primitive_attr attributes;
    attributes.set_post_ops(operations);
    // The plan's arena holds every scratchpad: nothing is allocated while running.
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    return attributes;
}

memory::desc or_empty(const cdnn_layout *layout) { return layout ? layout->desc : memory::desc(); }

memory::dims pair(const int64_t values[2]) { return {values[0], values[1]}; }

/// oneDNN counts the positions skipped.
memory::dims gaps(const cdnn_window *window) { return {window->dilation[0] - 1, window->dilation[1] - 1}; }

prop_kind forward_kind(int training) { return training ? prop_kind::forward_training : prop_kind::forward_inference; }

dnnl::normalization_flags batch_norm_flags(int training, int relu) {
    auto flags = dnnl::normalization_flags::use_scale | dnnl::normalization_flags::use_shift;
    if (!training) flags = flags | dnnl::normalization_flags::use_global_stats;
    if (relu) flags = flags | dnnl::normalization_flags::fuse_norm_relu;
    return flags;
}

/// The variants whose gradient reads the result.
algorithm activation_algorithm(cdnn_activation activation) {
    return activation == CDNN_RELU6 ? algorithm::eltwise_clip_v2_use_dst_for_bwd
                                    : algorithm::eltwise_relu_use_dst_for_bwd;
}

/// Upper bound of ReLU6; ReLU's parameter, the slope below zero, is none.
float highest_value(cdnn_activation activation) { return activation == CDNN_RELU6 ? 6.0f : 0.0f; }

dnnl::eltwise_forward::desc activation_description(cdnn_activation activation, const cdnn_layout *source) {
    return dnnl::eltwise_forward::desc(prop_kind::forward_training, activation_algorithm(activation), source->desc,
                                       0.0f, highest_value(activation));
}

algorithm pooling_algorithm(cdnn_pooling pooling) {
    switch (pooling) {
    case CDNN_MAXIMUM: return algorithm::pooling_max;
    case CDNN_AVERAGE_INSIDE: return algorithm::pooling_avg_exclude_padding;
    case CDNN_AVERAGE_WITH_PADDING: return algorithm::pooling_avg_include_padding;
    }
    throw std::invalid_argument("unknown pooling");
}

struct Argument {
    int index;
    dnnl::query query;
    int query_index;
};

/// How oneDNN numbers an argument in calls and in queries for its layout.
Argument argument_of(cdnn_argument argument) {
    using q = dnnl::query;
    switch (argument) {
    case CDNN_SOURCE: return {DNNL_ARG_SRC, q::src_md, 0};
    case CDNN_SOURCE_2: return {DNNL_ARG_SRC_1, q::src_md, 1};
    case CDNN_WEIGHTS: return {DNNL_ARG_WEIGHTS, q::weights_md, 0};
    case CDNN_BIAS: return {DNNL_ARG_BIAS, q::weights_md, 1};
    case CDNN_DESTINATION: return {DNNL_ARG_DST, q::dst_md, 0};
    case CDNN_MEAN: return {DNNL_ARG_MEAN, q::exec_arg_md, DNNL_ARG_MEAN};
    case CDNN_VARIANCE: return {DNNL_ARG_VARIANCE, q::exec_arg_md, DNNL_ARG_VARIANCE};
    case CDNN_SCALE: return {DNNL_ARG_SCALE, q::exec_arg_md, DNNL_ARG_SCALE};
    case CDNN_SHIFT: return {DNNL_ARG_SHIFT, q::exec_arg_md, DNNL_ARG_SHIFT};
    case CDNN_WORKSPACE: return {DNNL_ARG_WORKSPACE, q::workspace_md, 0};
    case CDNN_SCRATCHPAD: return {DNNL_ARG_SCRATCHPAD, q::scratchpad_md, 0};
    case CDNN_DIFF_SOURCE: return {DNNL_ARG_DIFF_SRC, q::diff_src_md, 0};
    case CDNN_DIFF_WEIGHTS: return {DNNL_ARG_DIFF_WEIGHTS, q::diff_weights_md, 0};
    case CDNN_DIFF_BIAS: return {DNNL_ARG_DIFF_BIAS, q::diff_weights_md, 1};
    case CDNN_DIFF_DESTINATION: return {DNNL_ARG_DIFF_DST, q::diff_dst_md, 0};
    case CDNN_DIFF_SCALE: return {DNNL_ARG_DIFF_SCALE, q::exec_arg_md, DNNL_ARG_DIFF_SCALE};
    case CDNN_DIFF_SHIFT: return {DNNL_ARG_DIFF_SHIFT, q::exec_arg_md, DNNL_ARG_DIFF_SHIFT};
    }
    throw std::invalid_argument("unknown argument");
}

/// Asks a convolution of usual size what it likes; every map of a plan then uses that.
void choose_map_format(cdnn_context &context) {
    const memory::desc map({8, 64, 14, 14}, memory::data_type::f32, tag::any);
    const memory::desc weights({64, 64, 3, 3}, memory::data_type::f32, tag::any);
    const dnnl::convolution_forward::desc operation(prop_kind::forward_training, algorithm::convolution_direct, map,
                                                    weights, map, {1, 1}, {1, 1}, {1, 1});
    const auto chosen = dnnl::convolution_forward::primitive_desc(operation, context.engine).src_desc();
    const std::pair<tag, int64_t> candidates[] = {{tag::nChw16c, 16}, {tag::nChw8c, 8}, {tag::nChw4c, 4}};
    for (auto [format, block] : candidates)
        if (memory::desc(map.dims(), memory::data_type::f32, format) == chosen) {
            context.map = format;
            context.block = block;
        }
}

} // namespace

extern "C" {

int cdnn_context_create(int threads, cdnn_context **result, cdnn_error *error) {
    return guarded(error, [&] {
        auto context = std::make_unique<cdnn_context>(std::max(1, threads));
        cdnn_context_enter(context.get());
        choose_map_format(*context);
        *result = context.release();
    });
}

void cdnn_context_destroy(cdnn_context *context) { delete context; }

void cdnn_context_enter(const cdnn_context *context) { omp_set_num_threads(context->threads.count); }

int64_t cdnn_map_block(const cdnn_context *context) { return context->block; }

void cdnn_version(char *text, size_t size) {
    const dnnl_version_t *version = dnnl_version();
    std::snprintf(text, size, "oneDNN %d.%d.%d", version->major, version->minor, version->patch);
}

int cdnn_layout_create(const cdnn_context *context, const int64_t *dims, int count, cdnn_format format,
                       cdnn_layout **result, cdnn_error *error) {
    return guarded(error, [&] {
        static const tag plain[] = {tag::a, tag::ab, tag::abc, tag::abcd, tag::abcde};
        if (count < 1 || count > 5) throw std::invalid_argument("layouts have one to five dimensions");
        if (format == CDNN_MAP && count != 4) throw std::invalid_argument("maps have four dimensions");
        const tag chosen = format == CDNN_ANY ? tag::any : format == CDNN_MAP ? context->map : plain[count - 1];
        *result = new cdnn_layout{memory::desc(memory::dims(dims, dims + count), memory::data_type::f32, chosen)};
    });
}

void cdnn_layout_destroy(cdnn_layout *layout) { delete layout; }

size_t cdnn_layout_bytes(const cdnn_layout *layout) { return layout->desc.get_size(); }

int cdnn_layout_equal(const cdnn_layout *one, const cdnn_layout *other) { return one->desc == other->desc; }

void cdnn_layout_describe(const cdnn_layout *layout, char *text, size_t size) {
    const dnnl_memory_desc_t &desc = layout->desc.data;
    if (desc.format_kind != dnnl_blocked) {
        std::snprintf(text, size, "%s", desc.format_kind == dnnl_format_kind_any ? "any" : "opaque");
        return;
    }
    const dnnl_blocking_desc_t &blocking = desc.format_desc.blocking;
    std::vector<int> order(desc.ndims);
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](int a, int b) {
        return blocking.strides[a] != blocking.strides[b] ? blocking.strides[a] > blocking.strides[b] : a < b;
    });
    std::string name;
    for (int axis : order) {
        const auto *end = blocking.inner_idxs + blocking.inner_nblks;
        const bool blocked = std::find(blocking.inner_idxs, end, axis) != end;
        name += char((blocked ? 'A' : 'a') + axis);
    }
    for (int i = 0; i < blocking.inner_nblks; ++i)
        name += std::to_string(blocking.inner_blks[i]) + char('a' + blocking.inner_idxs[i]);
    std::snprintf(text, size, "%s", name.c_str());
}

int cdnn_primitive_layout(const cdnn_primitive *primitive, cdnn_argument argument, cdnn_layout **result,
                          cdnn_error *error) {
    return guarded(error, [&] {
        const Argument known = argument_of(argument);
        const memory::desc desc = primitive->query(known.query, known.query_index);
        *result = desc.get_size() == 0 ? nullptr : new cdnn_layout{desc};
    });
}

const char *cdnn_primitive_implementation(const cdnn_primitive *primitive) { return primitive->implementation.c_str(); }

void cdnn_primitive_destroy(cdnn_primitive *primitive) { delete primitive; }

int cdnn_convolution_forward(const cdnn_context *context, int training, const cdnn_layout *source,
                             const cdnn_layout *weights, const cdnn_layout *bias, const cdnn_layout *destination,
                             const cdnn_window *window, cdnn_fused fused, cdnn_primitive **result, cdnn_error *error) {
    return guarded(error, [&] {
        using Kind = dnnl::convolution_forward;
        const Kind::desc operation(forward_kind(training), algorithm::convolution_direct, source->desc, weights->desc,
                                   or_empty(bias), destination->desc, pair(window->stride), gaps(window),
                                   pair(window->before), pair(window->after));
        *result = described<Kind>(Kind::primitive_desc(operation, attributes(fused), context->engine));
    });
}

int cdnn_convolution_backward_data(const cdnn_context *context, const cdnn_layout *source, const cdnn_layout *weights,
                                   const cdnn_layout *destination, const cdnn_window *window,
                                   const cdnn_primitive *forward, cdnn_primitive **result, cdnn_error *error) {
    return guarded(error, [&] {
        using Kind = dnnl::convolution_backward_data;
        const Kind::desc operation(algorithm::convolution_direct, source->desc, weights->desc, destination->desc,
                                   pair(window->stride), gaps(window), pair(window->before), pair(window->after));
        const auto &known = hint<dnnl::convolution_forward::primitive_desc>(forward);
        *result = described<Kind>(Kind::primitive_desc(operation, attributes(), context->engine, known));
    });
}

int cdnn_convolution_backward_weights(const cdnn_context *context, const cdnn_layout *source,
                                      const cdnn_layout *weights, const cdnn_layout *bias,
                                      const cdnn_layout *destination, const cdnn_window *window,
                                      const cdnn_primitive *forward, cdnn_primitive **result, cdnn_error *error) {
    return guarded(error, [&] {
        using Kind = dnnl::convolution_backward_weights;
        const Kind::desc operation(algorithm::convolution_direct, source->desc, weights->desc, or_empty(bias),
                                   destination->desc, pair(window->stride), gaps(window), pair(window->before),
                                   pair(window->after));
        const auto &known = hint<dnnl::convolution_forward::primitive_desc>(forward);
        *result = described<Kind>(Kind::primitive_desc(operation, attributes(), context->engine, known));
    });
}

int cdnn_batch_norm_forward(const cdnn_context *context, int training, const cdnn_layout *source, float epsilon,
                            int relu, cdnn_primitive **result, cdnn_error *error) {
    return guarded(error, [&] {
        using Kind = dnnl::batch_normalization_forward;
        const Kind::desc operation(forward_kind(training), source->desc, epsilon, batch_norm_flags(training, relu));
        *result = described<Kind>(Kind::primitive_desc(operation, attributes(), context->engine));
    });
}

int cdnn_batch_norm_backward(const cdnn_context *context, const cdnn_layout *source, float epsilon, int relu,
                             const cdnn_primitive *forward, cdnn_primitive **result, cdnn_error *error) {
    return guarded(error, [&] {
        using Kind = dnnl::batch_normalization_backward;
        const Kind::desc operation(prop_kind::backward, source->desc, source->desc, epsilon, batch_norm_flags(1, relu));
        const auto &known = hint<dnnl::batch_normalization_forward::primitive_desc>(forward);
        *result = described<Kind>(Kind::primitive_desc(operation, attributes(), context->engine, known));
    });
}

int cdnn_activation_forward(const cdnn_context *context, cdnn_activation activation, const cdnn_layout *source,
                            cdnn_primitive **result, cdnn_error *error) {
    return guarded(error, [&] {
        using Kind = dnnl::eltwise_forward;
        *result = described<Kind>(
            Kind::primitive_desc(activation_description(activation, source), attributes(), context->engine));
    });
}

int cdnn_activation_backward(const cdnn_context *context, cdnn_activation activation, const cdnn_layout *source,
                             cdnn_primitive **result, cdnn_error *error) {
    return guarded(error, [&] {
        using Kind = dnnl::eltwise_backward;
        const dnnl::eltwise_forward::primitive_desc forward(activation_description(activation, source), attributes(),
                                                            context->engine);
        const Kind::desc operation(activation_algorithm(activation), source->desc, source->desc, 0.0f,
                                   highest_value(activation));
        *result = described<Kind>(Kind::primitive_desc(operation, attributes(), context->engine, forward));
    });
}

int cdnn_pooling_forward(const cdnn_context *context, cdnn_pooling pooling, int training, const cdnn_layout *source,
                         const cdnn_layout *destination, const cdnn_window *window, cdnn_primitive **result,
                         cdnn_error *error) {
    return guarded(error, [&] {
        using Kind = dnnl::pooling_forward;
        const Kind::desc operation(forward_kind(training), pooling_algorithm(pooling), source->desc, destination->desc,
                                   pair(window->stride), pair(window->kernel), pair(window->before),
                                   pair(window->after));
        *result = described<Kind>(Kind::primitive_desc(operation, attributes(), context->engine));
    });
}

int cdnn_pooling_backward(const cdnn_context *context, cdnn_pooling pooling, const cdnn_layout *source,
                          const cdnn_layout *destination, const cdnn_window *window, const cdnn_primitive *forward,
                          cdnn_primitive **result, cdnn_error *error) {
    return guarded(error, [&] {
        using Kind = dnnl::pooling_backward;
        const Kind::desc operation(pooling_algorithm(pooling), source->desc, destination->desc, pair(window->stride),
                                   pair(window->kernel), pair(window->before), pair(window->after));
        const auto &known = hint<dnnl::pooling_forward::primitive_desc>(forward);
        *result = described<Kind>(Kind::primitive_desc(operation, attributes(), context->engine, known));
    });
}

int cdnn_linear_forward(const cdnn_context *context, int training, const cdnn_layout *source,
                        const cdnn_layout *weights, const cdnn_layout *bias, const cdnn_layout *destination,
                        cdnn_fused fused, cdnn_primitive **result, cdnn_error *error) {
    return guarded(error, [&] {
        using Kind = dnnl::inner_product_forward;
        const Kind::desc operation(forward_kind(training), source->desc, weights->desc, or_empty(bias),
                                   destination->desc);
        *result = described<Kind>(Kind::primitive_desc(operation, attributes(fused), context->engine));
    });
}

int cdnn_linear_backward_data(const cdnn_context *context, const cdnn_layout *source, const cdnn_layout *weights,
                              const cdnn_layout *destination, const cdnn_primitive *forward, cdnn_primitive **result,
                              cdnn_error *error) {
    return guarded(error, [&] {
        using Kind = dnnl::inner_product_backward_data;
        const Kind::desc operation(source->desc, weights->desc, destination->desc);
        const auto &known = hint<dnnl::inner_product_forward::primitive_desc>(forward);
        *result = described<Kind>(Kind::primitive_desc(operation, attributes(), context->engine, known));
    });
}

int cdnn_linear_backward_weights(const cdnn_context *context, const cdnn_layout *source, const cdnn_layout *weights,
                                 const cdnn_layout *bias, const cdnn_layout *destination, const cdnn_primitive *forward,
                                 cdnn_primitive **result, cdnn_error *error) {
    return guarded(error, [&] {
        using Kind = dnnl::inner_product_backward_weights;
        const Kind::desc operation(source->desc, weights->desc, or_empty(bias), destination->desc);
        const auto &known = hint<dnnl::inner_product_forward::primitive_desc>(forward);
        *result = described<Kind>(Kind::primitive_desc(operation, attributes(), context->engine, known));
    });
}

int cdnn_add(const cdnn_context *context, const cdnn_layout *layout, cdnn_activation activation,
             cdnn_primitive **result, cdnn_error *error) {
    return guarded(error, [&] {
        using Kind = dnnl::binary;
        const Kind::desc operation(algorithm::binary_add, layout->desc, layout->desc, layout->desc);
        *result = described<Kind>(Kind::primitive_desc(operation, attributes({0, activation}), context->engine));
    });
}

int cdnn_reorder(const cdnn_context *context, const cdnn_layout *source, const cdnn_layout *destination,
                 cdnn_primitive **result, cdnn_error *error) {
    return guarded(error, [&] {
        using Kind = dnnl::reorder;
        *result = described<Kind>(
            Kind::primitive_desc(context->engine, source->desc, context->engine, destination->desc, attributes()));
    });
}

int cdnn_call_create(const cdnn_context *context, const cdnn_primitive *primitive, int count,
                     const cdnn_argument *arguments, const cdnn_layout *const *layouts, void *const *pointers,
                     cdnn_call **result, cdnn_error *error) {
    return guarded(error, [&] {
        auto call = std::make_unique<cdnn_call>();
        call->primitive = primitive->primitive;
        for (int i = 0; i < count; ++i) {
            call->memories.emplace_back(layouts[i]->desc, context->engine, pointers[i]);
            call->arguments.push_back({argument_of(arguments[i]).index, call->memories.back().get()});
        }
        *result = call.release();
    });
}

void cdnn_call_destroy(cdnn_call *call) { delete call; }

int cdnn_call_run(const cdnn_context *context, const cdnn_call *call, cdnn_error *error) {
    const auto status = dnnl_primitive_execute(call->primitive.get(), context->stream.get(),
                                               int(call->arguments.size()), call->arguments.data());
    if (status == dnnl_success) return 0;
    std::snprintf(error->text, sizeof(error->text), "oneDNN: could not run a primitive (status %d)", int(status));
    return 1;
}

int cdnn_sgemm(const cdnn_context *context, int transpose_a, int transpose_b, int64_t m, int64_t n, int64_t k,
               float alpha, const float *a, int64_t lda, const float *b, int64_t ldb, float beta, float *c, int64_t ldc,
               cdnn_error *error) {
    return guarded(error, [&] {
        cdnn_context_enter(context);
        const auto status =
            dnnl::sgemm(transpose_a ? 'T' : 'N', transpose_b ? 'T' : 'N', m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
        if (status != dnnl::status::success) throw dnnl::error(dnnl_status_t(status), "sgemm failed");
    });
}

} // extern "C"

import CDNN

/// What oneDNN can compute, compiled for shapes and layouts: one initialiser an operation and direction.
///
/// A backward primitive takes its forward one as a hint, so that both agree on layouts and workspaces.
extension DNN {
    enum Argument: UInt32, CaseIterable {
        case source, source2, weights, bias, destination, mean, variance, scale, shift, workspace, scratchpad
        case gradientOfSource, gradientOfWeights, gradientOfBias, gradientOfDestination, gradientOfScale,
            gradientOfShift

        var code: cdnn_argument { cdnn_argument(rawValue: rawValue) }
    }

    /// What happens to a result before it is stored: first the sum with what is there, then the activation.
    struct Fused: Hashable {
        var sum = false
        var activation: Activation.Function?
        var code: cdnn_fused { cdnn_fused(sum: sum ? 1 : 0, activation: DNN.code(activation)) }
    }

    static func code(_ activation: Activation.Function?) -> cdnn_activation {
        switch activation {
        case nil: CDNN_IDENTITY
        case .relu: CDNN_RELU
        case .relu6: CDNN_RELU6
        }
    }

    static func code(_ window: Window, on input: Extent) -> cdnn_window {
        let margins = window.margins(on: input)
        func pair(_ extent: Extent) -> (Int64, Int64) { (Int64(extent.height), Int64(extent.width)) }
        return cdnn_window(
            kernel: pair(window.kernel), stride: pair(window.stride), dilation: pair(window.dilation),
            before: (Int64(margins.top), Int64(margins.left)), after: (Int64(margins.bottom), Int64(margins.right)))
    }

    static func code(_ pooling: Pooling) -> cdnn_pooling {
        switch pooling.function {
        case .maximum: CDNN_MAXIMUM
        case .average: pooling.includesPadding ? CDNN_AVERAGE_WITH_PADDING : CDNN_AVERAGE_INSIDE
        }
    }

    /// An operation compiled for shapes and layouts.
    final class Primitive: @unchecked Sendable {
        let handle: OpaquePointer
        let context: Context

        init(
            _ context: Context,
            _ body: (OpaquePointer, UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<cdnn_error>) -> Int32
        ) throws {
            self.context = context
            handle = try made { body(context.handle, $0, $1) }
        }

        deinit { cdnn_primitive_destroy(handle) }

        /// oneDNN's name of the implementation, e.g. "jit:avx512_core"; "ref" marks a slow one.
        var implementation: String { String(cString: cdnn_primitive_implementation(handle)) }

        /// Plain loops, hundreds of times slower than generated code.
        var isReference: Bool { implementation.hasPrefix("ref") }

        /// The layout it wants for an argument; nil when it takes none.
        func layout(_ argument: Argument) throws -> Layout? {
            var result: OpaquePointer?
            try check { cdnn_primitive_layout(handle, argument.code, &result, $0) }
            return result.map { Layout(owning: $0) }
        }

        /// The layout of an argument that it must have.
        func needed(_ argument: Argument) throws -> Layout {
            guard let layout = try layout(argument) else {
                throw ComputeError(.engine, "the primitive takes no \(argument)")
            }
            return layout
        }
    }
}

extension DNN.Primitive {
    typealias Layout = DNN.Layout
    typealias Context = DNN.Context

    /// What convolutions in all directions are told: layouts of source, weights, bias (nil without), destination.
    struct ConvolutionShape {
        var source: Layout
        var weights: Layout
        var bias: Layout?
        var destination: Layout
        var window: Window
        /// Rows and columns of the source.
        var input: Extent
    }

    convenience init(
        convolution shape: ConvolutionShape, training: Bool, fused: DNN.Fused = DNN.Fused(), in context: Context
    ) throws {
        var window = DNN.code(shape.window, on: shape.input)
        try self.init(context) {
            cdnn_convolution_forward(
                $0, training ? 1 : 0, shape.source.handle, shape.weights.handle, shape.bias?.handle,
                shape.destination.handle, &window, fused.code, $1, $2)
        }
    }

    convenience init(convolutionData shape: ConvolutionShape, forward: DNN.Primitive) throws {
        var window = DNN.code(shape.window, on: shape.input)
        try self.init(forward.context) {
            cdnn_convolution_backward_data(
                $0, shape.source.handle, shape.weights.handle, shape.destination.handle, &window, forward.handle, $1, $2
            )
        }
    }

    convenience init(convolutionWeights shape: ConvolutionShape, forward: DNN.Primitive) throws {
        var window = DNN.code(shape.window, on: shape.input)
        try self.init(forward.context) {
            cdnn_convolution_backward_weights(
                $0, shape.source.handle, shape.weights.handle, shape.bias?.handle, shape.destination.handle, &window,
                forward.handle, $1, $2)
        }
    }

    convenience init(
        batchNorm source: Layout, epsilon: Float, relu: Bool, training: Bool, in context: Context
    ) throws {
        try self.init(context) {
            cdnn_batch_norm_forward($0, training ? 1 : 0, source.handle, epsilon, relu ? 1 : 0, $1, $2)
        }
    }

    convenience init(batchNormBackward source: Layout, epsilon: Float, relu: Bool, forward: DNN.Primitive) throws {
        try self.init(forward.context) {
            cdnn_batch_norm_backward($0, source.handle, epsilon, relu ? 1 : 0, forward.handle, $1, $2)
        }
    }

    convenience init(activation: Activation.Function, _ source: Layout, in context: Context) throws {
        try self.init(context) { cdnn_activation_forward($0, DNN.code(activation), source.handle, $1, $2) }
    }

    convenience init(activationBackward activation: Activation.Function, _ source: Layout, in context: Context) throws {
        try self.init(context) { cdnn_activation_backward($0, DNN.code(activation), source.handle, $1, $2) }
    }

    convenience init(
        pooling: Pooling, source: Layout, destination: Layout, input: Extent, training: Bool, in context: Context
    ) throws {
        var window = DNN.code(pooling.window, on: input)
        try self.init(context) {
            cdnn_pooling_forward(
                $0, DNN.code(pooling), training ? 1 : 0, source.handle, destination.handle, &window, $1, $2)
        }
    }

    convenience init(
        poolingBackward pooling: Pooling, source: Layout, destination: Layout, input: Extent, forward: DNN.Primitive
    ) throws {
        var window = DNN.code(pooling.window, on: input)
        try self.init(forward.context) {
            cdnn_pooling_backward(
                $0, DNN.code(pooling), source.handle, destination.handle, &window, forward.handle, $1, $2)
        }
    }

    /// What inner products in all directions are told.
    struct LinearShape {
        var source: Layout
        var weights: Layout
        var bias: Layout?
        var destination: Layout
    }

    convenience init(
        linear shape: LinearShape, training: Bool, fused: DNN.Fused = DNN.Fused(), in context: Context
    ) throws {
        try self.init(context) {
            cdnn_linear_forward(
                $0, training ? 1 : 0, shape.source.handle, shape.weights.handle, shape.bias?.handle,
                shape.destination.handle, fused.code, $1, $2)
        }
    }

    convenience init(linearData shape: LinearShape, forward: DNN.Primitive) throws {
        try self.init(forward.context) {
            cdnn_linear_backward_data(
                $0, shape.source.handle, shape.weights.handle, shape.destination.handle, forward.handle, $1, $2)
        }
    }

    convenience init(linearWeights shape: LinearShape, forward: DNN.Primitive) throws {
        try self.init(forward.context) {
            cdnn_linear_backward_weights(
                $0, shape.source.handle, shape.weights.handle, shape.bias?.handle, shape.destination.handle,
                forward.handle, $1, $2)
        }
    }

    /// destination = activation(source + source2).
    convenience init(sumOf layout: Layout, activation: Activation.Function? = nil, in context: Context) throws {
        try self.init(context) { cdnn_add($0, layout.handle, DNN.code(activation), $1, $2) }
    }

    convenience init(reorder source: Layout, to destination: Layout, in context: Context) throws {
        try self.init(context) { cdnn_reorder($0, source.handle, destination.handle, $1, $2) }
    }
}

import CDNN

/// The Swift face of the CDNN shim, and its only user: owned handles, checked calls, typed arguments.
///
/// Everything throws `ComputeError` of kind `.engine`. Objects are immutable; memory bound to a call belongs to the caller.
enum DNN {
    /// Library and version, for `explain` and bug reports.
    static var version: String { text { cdnn_version($0, $1) } }

    /// Calls a function of the shim that reports into an error buffer.
    static func check(_ body: (UnsafeMutablePointer<cdnn_error>) -> Int32) throws {
        var error = cdnn_error()
        guard body(&error) != 0 else { return }
        throw ComputeError(.engine, withUnsafeBytes(of: &error.text) { message($0) })
    }

    /// As `check`, for functions that make a handle.
    static func made(
        _ body: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<cdnn_error>) -> Int32
    ) throws -> OpaquePointer {
        var handle: OpaquePointer?
        try check { body(&handle, $0) }
        guard let handle else { throw ComputeError(.engine, "oneDNN made nothing and reported no error") }
        return handle
    }

    static func text(_ fill: (UnsafeMutablePointer<CChar>, Int) -> Void) -> String {
        withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { buffer in
            buffer.initializeMemory(as: UInt8.self, repeating: 0)
            guard let base = buffer.baseAddress else { return "" }
            fill(base.assumingMemoryBound(to: CChar.self), buffer.count)
            return message(UnsafeRawBufferPointer(buffer))
        }
    }

    private static func message(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}

// MARK: Context

extension DNN {
    /// Engine, stream and thread count: what primitives are made in and run on.
    final class Context: @unchecked Sendable {
        let handle: OpaquePointer
        let threads: Int
        /// Channels of a map are stored in whole blocks of this many: 16 with AVX-512, 8 with AVX2.
        let block: Int

        init(threads: Int) throws {
            self.threads = max(1, threads)
            let count = Int32(clamping: self.threads)
            handle = try made { cdnn_context_create(count, $0, $1) }
            block = Int(cdnn_map_block(handle))
        }

        deinit { cdnn_context_destroy(handle) }

        /// Gives the calling thread the context's thread count: needed before primitives are made or run, cheap.
        func enter() { cdnn_context_enter(handle) }

        /// `channels` rounded up to whole blocks.
        func rounded(_ channels: Int) -> Int { (channels + block - 1) / block * block }

        /// Copies `count` channels of every image between maps of `positions` that store channels in blocks of `block`.
        func copyChannels(
            _ source: Channels, to destination: Channels, count: Int, batch: Int, positions: Int, block: Int
        ) {
            cdnn_copy_channels(
                handle, source.operand, destination.operand, Int64(count), Int64(batch), Int64(positions), Int64(block))
        }

        /// Zeroes `count` channels of every image.
        func clearChannels(_ destination: Channels, count: Int, batch: Int, positions: Int, block: Int) {
            cdnn_clear_channels(
                handle, destination.operand, Int64(count), Int64(batch), Int64(positions), Int64(block))
        }
    }

    /// A map's memory from channel `first` on; `stored` counts its channels with padding.
    struct Channels {
        var data: UnsafeMutablePointer<Float>
        var stored: Int
        var first: Int
        fileprivate var operand: cdnn_channels {
            cdnn_channels(data: data, channels: Int64(stored), first: Int64(first))
        }
    }
}

// MARK: Layouts

extension DNN {
    enum Format {
        /// The primitive chooses.
        case any
        /// Row-major.
        case plain
        /// What convolutions like; the channels must fill whole blocks, or padding lanes are added.
        case map
    }

    /// A shape (batch first) and how it lies in memory.
    final class Layout: @unchecked Sendable, Equatable, CustomStringConvertible {
        let handle: OpaquePointer

        init(_ shape: [Int], _ format: Format, in context: Context) throws {
            let dims = shape.map(Int64.init)
            let code =
                switch format {
                case .any: CDNN_ANY
                case .plain: CDNN_PLAIN
                case .map: CDNN_MAP
                }
            handle = try made { cdnn_layout_create(context.handle, dims, Int32(dims.count), code, $0, $1) }
        }

        init(owning handle: OpaquePointer) { self.handle = handle }
        deinit { cdnn_layout_destroy(handle) }

        var bytes: Int { cdnn_layout_bytes(handle) }
        /// As oneDNN's documentation names layouts: "abcd", "aBcd16b".
        var description: String { text { cdnn_layout_describe(handle, $0, $1) } }

        static func == (one: Layout, other: Layout) -> Bool { cdnn_layout_equal(one.handle, other.handle) != 0 }
    }
}

// MARK: Calls

extension DNN {
    /// A primitive bound to memory, ready to run again and again.
    final class Call {
        private let handle: OpaquePointer
        private let context: Context

        /// Every pointer must hold what its layout needs and outlive the call.
        init(_ primitive: Primitive, _ arguments: [(Argument, Layout, UnsafeMutableRawPointer)]) throws {
            context = primitive.context
            let codes = arguments.map(\.0.code)
            let layouts = arguments.map { Optional($0.1.handle) }
            let pointers = arguments.map { Optional($0.2) }
            handle = try made {
                cdnn_call_create(
                    primitive.context.handle, primitive.handle, Int32(codes.count), codes, layouts, pointers, $0, $1)
            }
        }

        deinit { cdnn_call_destroy(handle) }

        /// The calling thread must have entered the context.
        func run() throws { try check { cdnn_call_run(context.handle, handle, $0) } }
    }

    /// Whether a factor of a product is read row by row or column by column.
    enum Transposition { case normal, transposed }

    /// `c = op(a) · op(b)`, row-major: op(a) is rows × inner, op(b) is inner × columns. oneDNN's kernels know newer processors
    /// than a packaged OpenBLAS.
    /// - Precondition: the buffers hold rows · inner, inner · columns and rows · columns values.
    static func multiply(
        _ a: UnsafeBufferPointer<Float>, _ transposeA: Transposition, _ b: UnsafeBufferPointer<Float>,
        _ transposeB: Transposition, into c: UnsafeMutableBufferPointer<Float>, rows: Int, inner: Int, columns: Int,
        in context: Context
    ) throws {
        precondition(a.count >= rows * inner && b.count >= inner * columns && c.count >= rows * columns)
        let (lda, ldb) = (transposeA == .normal ? inner : rows, transposeB == .normal ? columns : inner)
        try check {
            cdnn_sgemm(
                context.handle, transposeA == .normal ? 0 : 1, transposeB == .normal ? 0 : 1, Int64(rows),
                Int64(columns),
                Int64(inner), 1, a.baseAddress, Int64(lda), b.baseAddress, Int64(ldb), 0, c.baseAddress, Int64(columns),
                $0)
        }
    }
}

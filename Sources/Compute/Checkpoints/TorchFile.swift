import Foundation

/// Weights as PyTorch saves them: a pickle whose tensors lie outside it, in a zip file (since 1.6) or behind it in one stream
/// (before; `torch/serialization.py`, `_legacy_save`).
enum TorchFile {
    private static let magic: [UInt8] = [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]
    private static let legacyProtocol = 1001

    // MARK: The zip file

    static func read(zip contents: [String: Data], name: String, prefersAverage: Bool) throws -> Checkpoint {
        guard let main = contents.keys.filter({ $0.hasSuffix("data.pkl") }).min(by: { $0.count < $1.count }),
            let bytes = contents[main]
        else { throw bad(name, "it has no data.pkl") }
        let folder = main.dropLast("data.pkl".count)
        if let order = contents[folder + "byteorder"], String(decoding: order, as: UTF8.self) == "big" {
            throw bad(name, "its numbers are big-endian")
        }
        let pickle = try Pickle(bytes, name: name)
        var tensors = TorchTensors(name: name) { contents[folder + "data/" + $0] }
        return try tensors.checkpoint(pickle, prefersAverage: prefersAverage)
    }

    // MARK: One stream

    /// Whether this is the tar file of the oldest versions.
    static func isArchive(_ bytes: Data) -> Bool {
        bytes.count > 262 && bytes[(bytes.startIndex + 257)..<(bytes.startIndex + 262)].elementsEqual("ustar".utf8)
    }

    static func read(legacy bytes: Data, name: String, prefersAverage: Bool) throws -> Checkpoint {
        let first = try Pickle(bytes, name: name)
        guard case .bytes(let found) = first.root, found.starts(with: magic) else {
            throw ComputeError(
                .badFile, "this is a pickle, but none that PyTorch saved", subject: name,
                remedy: "convert it in Python with numpy.savez or safetensors")
        }
        let version = try Pickle(bytes, from: first.end, name: name)
        guard version.root.int == legacyProtocol else { throw bad(name, "its protocol is not \(legacyProtocol)") }
        let system = try Pickle(bytes, from: version.end, name: name)
        let main = try Pickle(bytes, from: system.end, name: name)
        let keys = try Pickle(bytes, from: main.end, name: name)
        var storages: [String: Data] = [:]
        var position = keys.end
        let sizes = TorchTensors.storageSizes(main)
        for key in (keys.root.items ?? []).compactMap(\.text) {
            guard let size = sizes[key], position + 8 <= bytes.count else {
                throw bad(name, "the storage '\(key)' is missing")
            }
            let count = bytes[(bytes.startIndex + position)..<(bytes.startIndex + position + 8)].reversed().reduce(
                UInt64(0)
            ) {
                $0 << 8 | UInt64($1)
            }
            position += 8
            guard let count = Int(exactly: count), count <= (bytes.count - position) / size else {
                throw bad(name, "the storage '\(key)' ends behind the file")
            }
            storages[key] = bytes[(bytes.startIndex + position)..<(bytes.startIndex + position + count * size)]
            position += count * size
        }
        var tensors = TorchTensors(name: name) { storages[$0] }
        return try tensors.checkpoint(main, prefersAverage: prefersAverage)
    }

    static func bad(_ name: String, _ reason: String) -> ComputeError {
        ComputeError(.badFile, "this is no sound PyTorch file: \(reason)", subject: name)
    }
}

/// Finds the tensors in what a pickle holds and builds them from their storages.
private struct TorchTensors {
    private let name: String
    private let storage: (String) -> Data?
    private var found: [(name: String, tensor: Tensor)] = []

    /// Calls that mean a tensor or a container; all others are refused.
    private static let known: Set<String> = [
        "collections.OrderedDict", "builtins.dict", "__builtin__.dict", "_codecs.encode",
        "torch._utils._rebuild_tensor",
        "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_parameter",
    ]

    private static let types: [String: NumberType] = [
        "torch.FloatStorage": .float32, "torch.DoubleStorage": .float64, "torch.HalfStorage": .float16,
        "torch.BFloat16Storage": .bfloat16, "torch.LongStorage": .whole(8), "torch.IntStorage": .whole(4),
        "torch.ShortStorage": .whole(2), "torch.CharStorage": .whole(1), "torch.ByteStorage": .whole(1),
        "torch.BoolStorage": .whole(1),
    ]

    /// Below these names, in this order, files keep the weights among other things.
    private static let wrappers = ["state_dict", "model", "model_state_dict", "net", "params", "weights"]
    private static let averages = ["state_dict_ema", "model_ema", "ema", "params_ema", "ema_state_dict"]

    init(name: String, storage: @escaping (String) -> Data?) {
        self.name = name
        self.storage = storage
    }

    mutating func checkpoint(_ pickle: Pickle, prefersAverage: Bool) throws -> Checkpoint {
        let wanted = (prefersAverage ? TorchTensors.averages : []) + TorchTensors.wrappers + TorchTensors.averages
        var root = pickle.root
        // A few levels are all that anybody nests.
        for _ in 0..<4 {
            let entries = root.entries ?? []
            let inner = wanted.lazy.compactMap { key in
                entries.first { $0.key.text == key && $0.value.entries?.isEmpty == false }?.value
            }.first
            guard let inner else { break }
            root = inner
        }
        guard let entries = root.entries else {
            throw TorchFile.bad(name, "it holds no dictionary of weights" + refusal(pickle))
        }
        for (key, value) in entries {
            guard let key = key.text, let tensor = try tensor(value) else { continue }
            found.append((key, tensor))
        }
        var result = Checkpoint(format: .torch, refused: pickle.globals.filter { !TorchTensors.known.contains($0) })
        for (key, tensor) in found {
            if result.tensors.updateValue(tensor, forKey: key) == nil { result.names.append(key) }
        }
        return result.withoutPrefix()
    }

    private func refusal(_ pickle: Pickle) -> String {
        let refused = pickle.globals.filter { !TorchTensors.known.contains($0) }
        return refused.isEmpty ? "" : "; not built were \(refused.prefix(5).joined(separator: ", "))"
    }

    /// A tensor of floats; nil for everything else, counters among them.
    private func tensor(_ value: Pickle.Value) throws -> Tensor? {
        guard let (call, arguments) = value.call else { return nil }
        switch call {
        case "torch._utils._rebuild_parameter": return try arguments.first.flatMap { try tensor($0) }
        case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2":
            guard arguments.count >= 4, let offset = arguments[1].int, let shape = arguments[2].items?.map(\.int),
                let strides = arguments[3].items?.map(\.int), let storage = Storage(arguments[0])
            else { throw TorchFile.bad(name, "a tensor is not described as PyTorch does") }
            if case .whole = storage.type { return nil }
            return try build(storage, offset, shape.compactMap { $0 }, strides.compactMap { $0 })
        default: return nil
        }
    }

    private struct Storage {
        let key: String
        let type: NumberType

        /// ("storage", a class, key, device, count)
        init?(_ value: Pickle.Value) {
            guard case .container(let container) = value, container.kind == .persistent,
                let parts = container.items.first?.items, parts.count >= 5, parts[0].text == "storage",
                case .global(let name) = parts[1], let type = TorchTensors.types[name], let key = parts[2].text
            else { return nil }
            (self.key, self.type) = (key, type)
        }
    }

    private func build(_ storage: Storage, _ offset: Int, _ shape: [Int], _ strides: [Int]) throws -> Tensor {
        guard let bytes = self.storage(storage.key) else {
            throw TorchFile.bad(name, "the storage '\(storage.key)' is missing")
        }
        let count = bytes.count / storage.type.size
        guard shape.count == strides.count, offset >= 0, shape.allSatisfy({ $0 >= 0 }), strides.allSatisfy({ $0 >= 0 }),
            let last = TorchTensors.last(offset, shape, strides), last < count || shape.contains(0)
        else { throw TorchFile.bad(name, "a tensor of shape \(shape) lies outside its storage") }
        if shape.contains(0) { return Tensor(shape, []) }
        let size = shape.reduce(1, *)
        // A view with strides of zero may be larger than its storage, but no weights are.
        guard size <= count else { throw TorchFile.bad(name, "a tensor of shape \(shape) is larger than its storage") }
        let start = bytes.startIndex + offset * storage.type.size
        let values = storage.type.floats(
            bytes[start..<(start + (last - offset + 1) * storage.type.size)], count: last - offset + 1)
        if strides == TorchTensors.rowMajor(shape) { return Tensor(shape, values) }
        var places = [0]
        for (extent, stride) in zip(shape, strides) {
            places = places.flatMap { place in (0..<extent).map { place + $0 * stride } }
        }
        return Tensor(shape, places.map { values[$0] })
    }

    /// The index of the last number; nil when it overflows.
    private static func last(_ offset: Int, _ shape: [Int], _ strides: [Int]) -> Int? {
        zip(shape, strides).reduce(Int?.some(offset)) { sum, axis in
            let (product, overflows) = max(0, axis.0 - 1).multipliedReportingOverflow(by: axis.1)
            guard let sum, !overflows else { return nil }
            let (total, exceeds) = sum.addingReportingOverflow(product)
            return exceeds ? nil : total
        }
    }

    private static func rowMajor(_ shape: [Int]) -> [Int] {
        var (strides, step): ([Int], Int) = ([], 1)
        for extent in shape.reversed() {
            strides.insert(step, at: 0)
            step *= extent
        }
        return strides
    }

    /// The bytes of a number in each storage that the pickle mentions.
    static func storageSizes(_ pickle: Pickle) -> [String: Int] {
        var sizes: [String: Int] = [:]
        for container in pickle.persistent {
            if let storage = Storage(.container(container)) { sizes[storage.key] = storage.type.size }
        }
        return sizes
    }
}

import Foundation

/// The arrays of a file of weights under the file's own names, whatever its format.
public struct Checkpoint: Sendable {
    public enum Format: String, Sendable {
        case safetensors
        case torch = "PyTorch"
        case numpy = "NumPy"
    }

    public var format: Format
    /// In the file's order.
    public var names: [String] = []
    public var tensors: Weights = [:]
    public var metadata: [String: String] = [:]
    /// Names of classes and functions that a pickle would have called and this reader did not.
    public var refused: [String] = []

    public init(
        format: Format, names: [String] = [], tensors: Weights = [:], metadata: [String: String] = [:],
        refused: [String] = []
    ) {
        self.format = format
        self.names = names
        self.tensors = tensors
        self.metadata = metadata
        self.refused = refused
    }

    /// - Parameter prefersAverage: whether the moving average of the weights is taken, where the file has one beside them.
    /// - Throws: `.badFile` for a file that is damaged or of no known format, `.inputOutput` when it cannot be read,
    ///   `.cancelled` from the monitor.
    public static func read(
        _ path: String, prefersAverage: Bool = false, monitor: any Monitor = SilentMonitor()
    ) throws -> Checkpoint {
        let bytes = try mapped(path)
        // First, because the length of its header may begin with the bytes by which the others are known.
        if isSafetensors(bytes) {
            let (tensors, metadata) = try Safetensors.decode(bytes, name: path)
            return Checkpoint(
                format: .safetensors, names: tensors.keys.sorted(), tensors: tensors, metadata: metadata
            ).withoutPrefix()
        }
        if bytes.starts(with: [0x50, 0x4B, 3, 4]) {
            let (contents, names) = try ZipFile.entries(of: path, monitor: monitor)
            if names.contains(where: { $0.hasSuffix("data.pkl") }) {
                return try TorchFile.read(zip: contents, name: path, prefersAverage: prefersAverage)
            }
            return try NumpyFile.read(zip: contents, names: names, name: path)
        }
        if bytes.first == 0x80 { return try TorchFile.read(legacy: bytes, name: path, prefersAverage: prefersAverage) }
        if TorchFile.isArchive(bytes) {
            throw ComputeError(
                .badFile, "PyTorch wrote weights like this before version 0.1.10", subject: path,
                remedy: "load it with PyTorch and save it again")
        }
        // A header that is said to be longer than the file belongs to a damaged one, whose reader says so.
        if bytes.count >= 9, bytes[bytes.startIndex + 8] == UInt8(ascii: "{") {
            _ = try Safetensors.decode(bytes, name: path)
        }
        throw ComputeError(
            .badFile, "this is no file of weights", subject: path,
            remedy: "known are .safetensors, PyTorch's .pth and .pt, and NumPy's .npz")
    }

    /// Whether a JSON object of the length that the first eight bytes name begins at the ninth.
    private static func isSafetensors(_ bytes: Data) -> Bool {
        guard bytes.count >= 9, bytes[bytes.startIndex + 8] == UInt8(ascii: "{") else { return false }
        let length = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return length <= UInt64(bytes.count - 8)
    }

    /// The file in memory as far as it is looked at. Each array is copied once, so that the file is let go at the end; one that
    /// is cut short meanwhile ends the process, which is why files of weights are replaced and not overwritten.
    private static func mapped(_ path: String) throws -> Data {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw ComputeError(.inputOutput, "cannot read the file: \(String(cString: strerror(errno)))", subject: path)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw ComputeError(.badFile, "this is no file", subject: path)
        }
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        } catch {
            throw ComputeError(.inputOutput, "cannot read the file: \(error.localizedDescription)", subject: path)
        }
    }

    /// Without the "module." that training on several devices puts before every name.
    func withoutPrefix() -> Checkpoint {
        var result = self
        for prefix in ["module.", "_orig_mod."]
        where !result.names.isEmpty && result.names.allSatisfy({ $0.hasPrefix(prefix) }) {
            result.tensors = Dictionary(
                uniqueKeysWithValues: result.tensors.map { (String($0.key.dropFirst(prefix.count)), $0.value) })
            result.names = result.names.map { String($0.dropFirst(prefix.count)) }
        }
        return result
    }
}

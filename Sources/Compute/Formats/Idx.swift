/// The IDX format of the MNIST family: two zero bytes, the type, the number of dimensions, the dimensions as big-endian 32-bit
/// numbers, the values (LeCun, Cortes and Burges, "The MNIST database", file format).
public struct Idx: Hashable, Sendable {
    public let shape: [Int]
    /// Row-major.
    public let bytes: [UInt8]

    /// Reads a file of unsigned bytes, compressed or not.
    /// - Throws: `.badFile` naming the file, what was expected and what was found.
    public init(path: String, monitor: any Monitor = SilentMonitor()) throws {
        try self.init(try CompressedFile.read(path, monitor: monitor), name: path)
    }

    init(_ file: [UInt8], name: String) throws {
        func bad(_ reason: String) -> ComputeError {
            ComputeError(.badFile, "this is no sound IDX file: \(reason)", subject: name)
        }
        guard file.count >= 4, file[0] == 0, file[1] == 0 else { throw bad("it does not begin with two zero bytes") }
        guard file[2] == 0x08 else { throw bad("its values have type \(file[2]), only unsigned bytes (8) are read") }
        let dimensions = Int(file[3])
        let header = 4 + 4 * dimensions
        guard (1...4).contains(dimensions), file.count >= header else { throw bad("its header ends early") }
        var (shape, count): ([Int], Int) = ([], 1)
        for dimension in 0..<dimensions {
            let extent = file[(4 + 4 * dimension)..<(8 + 4 * dimension)].reduce(0) { $0 << 8 | Int($1) }
            let (product, overflows) = count.multipliedReportingOverflow(by: extent)
            guard !overflows else { throw bad("its dimensions are too large") }
            shape.append(extent)
            count = product
        }
        guard file.count - header == count else {
            throw bad("dimensions \(shape) need \(count) values, it has \(file.count - header)")
        }
        self.shape = shape
        bytes = Array(file[header...])
    }
}

import Glibc

/// Picture files, their format told by the ending of the name.
public enum PictureFormat: String, CaseIterable, Hashable, Sendable {
    case png, svg, pdf

    /// - Throws: `ChartError` for an ending that is none of the three.
    public init(path: String) throws {
        let name = path.split(separator: "/").last ?? ""
        let ending = name.contains(".") ? name.split(separator: ".").last.map { $0.lowercased() } ?? "" : ""
        guard let format = PictureFormat(rawValue: ending) else {
            throw ChartError("cannot tell the format of '\(path)'", help: "end its name in .png, .svg or .pdf")
        }
        self = format
    }
}

extension Drawing {
    /// Writes the picture. The file appears whole or not at all: it is written beside its place and then moved there.
    /// - Parameter scale: pixels per point, for PNG.
    /// - Throws: `ChartError` when the picture cannot be made or the file cannot be written.
    public func save(to path: String, scale: Double = 2) throws {
        let bytes = try CairoSurface.bytes(of: self, as: PictureFormat(path: path), scale: scale)
        let draft = path + ".part"
        guard let file = fopen(draft, "wb") else { throw ChartError.unwritable(path) }
        let written = fwrite(bytes, 1, bytes.count, file)
        let isClosed = fclose(file) == 0
        guard written == bytes.count, isClosed, rename(draft, path) == 0 else {
            let error = ChartError.unwritable(path)
            unlink(draft)
            throw error
        }
    }
}

extension ChartError {
    /// Reads `errno`, so it must be made before anything else is called.
    fileprivate static func unwritable(_ path: String) -> ChartError {
        ChartError("cannot write '\(path)': \(String(cString: strerror(errno)))")
    }
}

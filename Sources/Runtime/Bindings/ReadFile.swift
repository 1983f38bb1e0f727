import Compute
import Foundation
import Glibc
import Lang

/// Files that scripts read. Only regular files are: a device may never end, a pipe may never begin.
enum ReadFile {
    /// More than a script can hold; a file that claims less and goes on is stopped here too.
    private static let largest = 8 << 30

    /// - Throws: `ComputeError` that names the path as the script wrote it.
    static func bytes(_ file: URL, writtenAs path: String) throws -> [UInt8] {
        // Without waiting: the file could be a pipe that nobody writes to.
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(path, String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path, String(cString: strerror(errno))) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw unreadable(path, "it is \(kind(status)), not a file") }
        let size = Int(status.st_size)
        guard size <= largest else { throw unreadable(path, "it has \(size >> 30) GiB; at most 8 can be read") }
        return try contents(of: descriptor, size: size, path)
    }

    private static func contents(of descriptor: Int32, size: Int, _ path: String) throws -> [UInt8] {
        // One byte more than expected, so that the end of the file is seen without another round.
        var bytes = try chunk(of: descriptor, atMost: size + 1, path)
        while bytes.count > size {
            let next = try chunk(of: descriptor, atMost: max(bytes.count, 1 << 16), path)
            if next.isEmpty { break }
            bytes += next
            guard bytes.count <= largest else { throw unreadable(path, "it has more than 8 GiB") }
        }
        return bytes
    }

    /// The next bytes; fewer than asked for only at the end.
    private static func chunk(of descriptor: Int32, atMost count: Int, _ path: String) throws -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let read = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled)
                if read < 0, errno == EINTR { continue }
                if read < 0 { failure = errno }
                if read <= 0 { return }
                filled += read
            }
        }
        guard failure == 0 else { throw unreadable(path, String(cString: strerror(failure))) }
        return bytes
    }

    private static func kind(_ status: stat) -> String {
        switch status.st_mode & S_IFMT {
        case S_IFDIR: "a folder"
        case S_IFIFO: "a pipe"
        case S_IFSOCK: "a socket"
        default: "a device"
        }
    }

    private static func unreadable(_ path: String, _ reason: String) -> ComputeError {
        ComputeError(.inputOutput, "the file cannot be read: \(reason)", subject: path)
    }
}

extension Session {
    /// The bytes of a file that a call names: sought beside the file in which the call stands, beside the script, then
    /// in the output folder, where the script may have written it.
    /// - Throws: `ComputeError` that says where it was sought.
    func read(_ path: String, for call: NativeCall) throws -> [UInt8] {
        let bytes = try ReadFile.bytes(try file(path, for: call), writtenAs: path)
        noteReading(path, bytes)
        return bytes
    }

    /// The file that a call names, sought as `read` does.
    func file(_ path: String, for call: NativeCall) throws -> URL {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw ComputeError(
                .badArgument, "a file's name is needed, got \(path.isEmpty ? "\"\"" : "one with a zero byte")")
        }
        let imported = call.sourcePath.map { [URL(fileURLWithPath: $0).deletingLastPathComponent()] } ?? []
        let folders = imported + [URL(fileURLWithPath: scriptFolder), writable.output]
        let files = folders.map { $0.file(path) }
        guard let file = files.first(where: { access($0.path, F_OK) == 0 }) else {
            throw ComputeError(.inputOutput, "there is no such file", subject: path, remedy: advice(path, folders))
        }
        return file
    }

    private func advice(_ path: String, _ folders: [URL]) -> String {
        if path.hasPrefix("~") { return "'~' is not expanded: write the folder's full name" }
        if path.hasPrefix("/") { return "check its name" }
        var places: [String] = []
        for folder in folders.map(\.standardizedFileURL.path) where !places.contains(folder) { places.append(folder) }
        return "it was sought in \(places.joined(separator: ", then in "))"
    }

    /// What `parse` makes of a file; what is malformed in it is reported with the file's name.
    func read<Content>(_ path: String, for call: NativeCall, _ parse: ([UInt8]) throws -> Content) throws -> Content {
        do {
            return try parse(try read(path, for: call))
        } catch let error as MalformedFile {
            throw ComputeError(.badFile, error.message, subject: error.place(in: path), remedy: error.help)
        } catch let error as TableError {
            throw TableError("\(path): \(error.message)", help: error.help)
        }
    }

    /// Writes a file below the output folder, whole or not at all.
    func write(_ bytes: [UInt8], to path: String) throws {
        try AtomicFile.write(Data(bytes), to: try writable.file(path).path)
    }
}

import CArchive
import Foundation

/// The entries of a zip file in memory, through libarchive, which checks their sums.
enum ZipFile {
    /// - Parameter limit: more bytes than this in all are refused, so that a small file cannot fill the memory.
    /// - Returns: contents by name, and the names in the file's order.
    /// - Throws: `.badFile` with libarchive's reason, `.cancelled` from the monitor.
    static func entries(
        of path: String, limit: Int = 1 << 34, monitor: any Monitor = SilentMonitor()
    ) throws -> (contents: [String: Data], names: [String]) {
        guard let reader = archive_read_new() else {
            throw ComputeError(.engine, "no memory for reading", subject: path)
        }
        defer { archive_read_free(reader) }
        archive_read_support_format_zip_seekable(reader)
        guard archive_read_open_filename(reader, path, 1 << 16) == ARCHIVE_OK else { throw failure(reader, path) }
        var (contents, names, total): ([String: Data], [String], Int) = ([:], [], 0)
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            var entry: OpaquePointer?
            let status = archive_read_next_header(reader, &entry)
            if status == ARCHIVE_EOF { return (contents, names) }
            guard status == ARCHIVE_OK, let entry, let name = archive_entry_pathname(entry) else {
                throw failure(reader, path)
            }
            var bytes = Data()
            while true {
                try monitor.check()
                let count = archive_read_data(reader, &buffer, buffer.count)
                if count == 0 { break }
                guard count > 0 else { throw failure(reader, path) }
                total += count
                guard total <= limit else {
                    throw ComputeError(.badFile, "the file unpacks to more than \(limit) bytes", subject: path)
                }
                bytes.append(contentsOf: buffer[..<count])
            }
            names.append(String(cString: name))
            contents[String(cString: name)] = bytes
        }
    }

    private static func failure(_ reader: OpaquePointer, _ path: String) -> ComputeError {
        let reason = archive_error_string(reader).map { String(cString: $0) } ?? "it is damaged or ends early"
        return ComputeError(.badFile, "the zip file cannot be read: \(reason)", subject: path)
    }
}

import CArchive
import Foundation

/// Reads a file, unpacking it when it is compressed (gzip, bzip2, xz); the only user of libarchive.
public enum CompressedFile {
    /// - Parameter limit: more bytes than this are refused, so that a small file cannot fill the memory.
    /// - Throws: `.badFile` with libarchive's reason, when the limit is passed, or when gzip's checksum does not fit,
    ///   `.cancelled` from the monitor.
    public static func read(
        _ path: String, limit: Int = (1 << 32) - 1, monitor: any Monitor = SilentMonitor()
    ) throws -> [UInt8] {
        guard let reader = archive_read_new() else {
            throw ComputeError(.engine, "no memory for reading", subject: path)
        }
        defer { archive_read_free(reader) }
        // By name: "all" would include filters that start other programs on the file.
        archive_read_support_filter_gzip(reader)
        archive_read_support_filter_bzip2(reader)
        archive_read_support_filter_xz(reader)
        archive_read_support_format_raw(reader)
        archive_read_support_format_empty(reader)
        var entry: OpaquePointer?
        guard archive_read_open_filename(reader, path, 1 << 16) == ARCHIVE_OK else { throw failure(reader, path) }
        let status = archive_read_next_header(reader, &entry)
        if status == ARCHIVE_EOF { return [] }
        guard status == ARCHIVE_OK else { throw failure(reader, path) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            try monitor.check()
            let count = archive_read_data(reader, &buffer, buffer.count)
            if count == 0 { break }
            guard count > 0 else { throw failure(reader, path) }
            guard bytes.count + count <= limit else {
                throw ComputeError(.badFile, "the file unpacks to more than \(limit) bytes", subject: path)
            }
            bytes += buffer[..<count]
        }
        if archive_filter_code(reader, 0) == ARCHIVE_FILTER_GZIP, GzipTrailer(path: path)?.describes(bytes) != true {
            throw ComputeError(.badFile, "the file is damaged: its gzip checksum does not fit", subject: path)
        }
        return bytes
    }

    private static func failure(_ reader: OpaquePointer, _ path: String) -> ComputeError {
        // A file that ends within gzip's trailer fails without a text.
        let reason = archive_error_string(reader).map { String(cString: $0) } ?? "it is damaged or ends early"
        return ComputeError(.badFile, "the file cannot be read: \(reason)", subject: path)
    }
}

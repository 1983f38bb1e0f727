import Foundation

/// Files that appear whole or not at all: written beside their place, flushed to the disk, then renamed.
public enum AtomicFile {
    /// - Throws: `.inputOutput` naming the file and the system's reason; nothing of the new file is left then.
    public static func write(_ bytes: Data, to path: String) throws {
        let folder = (path as NSString).deletingLastPathComponent
        // A name of its own for each call, as two threads may write the same file; not mkstemp's, which only the owner
        // may read.
        let temporary = path + ".\(UUID().uuidString).part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(path) }
        do {
            try writeAll(bytes, to: descriptor, path)
            guard fsync(descriptor) == 0 else { throw failure(path) }
        } catch {
            close(descriptor)
            unlink(temporary)
            throw error
        }
        guard close(descriptor) == 0, rename(temporary, path) == 0 else {
            let reason = failure(path)
            unlink(temporary)
            throw reason
        }
        // The rename itself must survive a power cut; a folder that cannot be opened cannot be flushed, and is none the
        // worse.
        let parent = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if parent >= 0 {
            fsync(parent)
            close(parent)
        }
    }

    private static func writeAll(_ bytes: Data, to descriptor: Int32, _ path: String) throws {
        try bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0 {
                    if errno == EINTR { continue }
                    throw failure(path)
                }
                rest = rest.dropFirst(count)
            }
        }
    }

    private static func failure(_ path: String) -> ComputeError {
        let reason = String(cString: strerror(errno))
        let remedy = errno == ENOSPC ? "free space on the disk" : nil
        return ComputeError(.inputOutput, "cannot write the file: \(reason)", subject: path, remedy: remedy)
    }
}

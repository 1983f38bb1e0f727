import Compute
import Foundation
import Glibc

/// Where a script may write: below the output folder and the folders that `--allow-write` adds, nowhere else. Every
/// native that writes a file asks `file(_:)` where; it is the one check.
///
/// The place is compared after all symbolic links of it are resolved, so neither `..`, an absolute path nor a link leads
/// out, and what is returned has no links left. (A script cannot make links; one that another program sets between the
/// check and the writing is not guarded against.)
public struct WritableFolders: Sendable {
    /// Relative paths are taken from here.
    public var output: URL
    public var others: [URL]

    public init(output: URL, others: [URL] = []) {
        self.output = output
        self.others = others
    }

    /// The file that a script means by `path`. The folders on the way to it are made.
    /// - Throws: `ComputeError` when it lies outside every allowed folder, or when `path` cannot be a file's name.
    public func file(_ path: String) throws -> URL {
        try WritableFolders.checkName(path)
        let file = output.file(path).standardizedFileURL
        let folder = WritableFolders.resolved(file.deletingLastPathComponent())
        let target = WritableFolders.resolved(folder.appendingPathComponent(file.lastPathComponent))
        guard ([output] + others).contains(where: { WritableFolders.resolved($0).isAbove(target) }) else {
            throw ComputeError(
                .badArgument, "scripts write only below the output folder \(output.path)", subject: path,
                remedy: "use a relative path, or start transfer-script with --out DIR or --allow-write DIR")
        }
        try WritableFolders.makeFolder(target.deletingLastPathComponent(), for: path)
        var status = stat()
        if lstat(target.path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            let kind = status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "no file but a link or a device"
            throw ComputeError(
                .badArgument, "there is \(kind) of this name", subject: path, remedy: "choose another name")
        }
        return target
    }

    /// Names that are legal but can only be a slip.
    private static func checkName(_ path: String) throws {
        func refused(_ reason: String, _ remedy: String) -> ComputeError {
            ComputeError(.badArgument, reason, subject: path.isEmpty ? nil : escaped(path), remedy: remedy)
        }
        if path.isEmpty { throw refused("a file's name is needed, got \"\"", "name a file below the output folder") }
        if path.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
            throw refused(
                "a file's name holds no line breaks or control characters",
                "is the order right? what to write comes first, then the file's name")
        }
        if path == "~" || path.hasPrefix("~/") {
            throw refused("'~' is not expanded", "write the folder's full name and allow it with --allow-write")
        }
        if path.hasSuffix("/") || path.hasSuffix("/.") || path.hasSuffix("/..") || path == "." || path == ".." {
            throw refused("this names a folder, not a file", "add the file's name")
        }
    }

    private static func escaped(_ path: String) -> String {
        path.prefix(60).unicodeScalars.map { $0.value < 0x20 ? "\\u{\(String($0.value, radix: 16))}" : String($0) }
            .joined()
    }

    private static func makeFolder(_ folder: URL, for path: String) throws {
        let failure = make(folder)
        guard failure == 0 else {
            throw ComputeError(
                .inputOutput, "the folder \(folder.path) cannot be made: \(String(cString: strerror(failure)))",
                subject: path, remedy: "choose another folder")
        }
    }

    /// Makes a folder and those above it.
    /// - Returns: `errno`; 0 when the folder is there.
    private static func make(_ folder: URL) -> Int32 {
        if mkdir(folder.path, 0o777) == 0 { return 0 }
        var failure = errno
        if failure == ENOENT, folder.path != "/" {
            failure = make(folder.deletingLastPathComponent())
            if failure == 0, mkdir(folder.path, 0o777) != 0 { failure = errno }
        }
        guard failure == EEXIST else { return failure }
        var status = stat()
        guard stat(folder.path, &status) == 0 else { return failure }
        return status.st_mode & S_IFMT == S_IFDIR ? 0 : ENOTDIR
    }

    /// The path without links. What does not exist yet stays as written below the nearest folder that exists, for no
    /// link can be there; only a link to nothing exists in a way of its own, and stays too: it is never followed.
    private static func resolved(_ url: URL) -> URL {
        var existing = url.standardizedFileURL
        var missing: [String] = []
        while existing.path != "/" {
            if let path = realpath(existing.path, nil) {
                defer { free(path) }
                return missing.reversed().reduce(URL(fileURLWithPath: String(cString: path))) {
                    $0.appendingPathComponent($1)
                }
            }
            missing.append(existing.lastPathComponent)
            existing.deleteLastPathComponent()
        }
        return url.standardizedFileURL
    }
}

extension URL {
    /// What `path` means seen from this folder; unlike a relative URL it does not matter whether the folder exists.
    func file(_ path: String) -> URL {
        path.hasPrefix("/") ? URL(fileURLWithPath: path) : appendingPathComponent(path)
    }

    /// True when `other` lies below this folder, both already resolved.
    fileprivate func isAbove(_ other: URL) -> Bool {
        let (own, others) = (pathComponents, other.pathComponents)
        return others.count > own.count && others.starts(with: own)
    }
}

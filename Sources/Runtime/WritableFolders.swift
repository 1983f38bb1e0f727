import Compute
import Foundation

/// Where a script may write: below the output folder and the folders that `--allow-write` adds, nowhere else.
///
/// Symbolic links are resolved before the comparison, so neither `..`, an absolute path nor a link leads out.
public struct WritableFolders: Sendable {
    /// Relative paths are taken from here.
    public var output: URL
    public var others: [URL]

    public init(output: URL, others: [URL] = []) {
        self.output = output
        self.others = others
    }

    /// The file that a script means by `path`.
    /// - Throws: `ComputeError` when it lies outside every allowed folder or its folder does not exist.
    public func file(_ path: String) throws -> URL {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw ComputeError(.badArgument, "a file name is needed, got an empty one")
        }
        let file = output.file(path).standardizedFileURL
        let folder = WritableFolders.resolved(file.deletingLastPathComponent())
        let target = WritableFolders.resolved(folder.appendingPathComponent(file.lastPathComponent))
        guard ([output] + others).contains(where: { WritableFolders.resolved($0).contains(target) }) else {
            throw ComputeError(
                .badArgument, "scripts write only below the output folder \(output.path)", subject: path,
                remedy: "use a relative path, or start transfer-script with --out DIR or --allow-write DIR")
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
            throw ComputeError(
                .inputOutput, "the folder \(folder.path) does not exist", subject: path,
                remedy: "make the folder first, or write to another one")
        }
        return target
    }

    /// The path without links; the part that does not exist yet stays as written.
    private static func resolved(_ url: URL) -> URL {
        url.standardizedFileURL.resolvingSymlinksInPath()
    }
}

extension URL {
    /// What `path` means seen from this folder; unlike a relative URL it does not matter whether the folder exists.
    func file(_ path: String) -> URL {
        path.hasPrefix("/") ? URL(fileURLWithPath: path) : appendingPathComponent(path)
    }

    /// True when `other` is this folder or lies below it, both already resolved.
    fileprivate func contains(_ other: URL) -> Bool {
        other.pathComponents.starts(with: pathComponents)
    }
}

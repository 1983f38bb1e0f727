import Compute
import Foundation
import Lang

// Pictures as files: what a script saves, and what it shows where there is no terminal to show it on.

extension Session {
    /// Writes a picture's bytes, marked with what made them, to the file that a script means by `path`.
    /// - Throws: `ComputeError` when the script may not write there or the file cannot be written.
    func save(_ bytes: [UInt8], as format: PictureFormat, to path: String) throws {
        let marked = try provenance().record.added(to: bytes, as: format, name: path)
        try AtomicFile.write(Data(marked), to: try writable.file(path).path)
    }

    /// Draws what a script shows into a file of the output folder, named after the script and numbered.
    /// - Returns: the file's path as the reader of the output sees it.
    /// - Throws: `ChartError`, `ComputeError`
    func draw(shown picture: Picture) throws -> String {
        shownFigures += 1
        let stem =
            script?.path.map { (($0 as NSString).lastPathComponent as NSString).deletingPathExtension + "-" } ?? ""
        let name = "\(stem)figure-\(shownFigures).png"
        try save(try picture.png(), as: .png, to: name)
        return options.outputFolder == "." ? name : (options.outputFolder as NSString).appendingPathComponent(name)
    }
}

/// A picture that was saved: its path, and on a terminal the picture itself.
final class PictureValue: Pictured {
    private let saved: Picture
    private let path: String

    init(png: [UInt8], path: String) {
        saved = Picture(png: png, path: path)
        self.path = path
    }

    var typeName: String { "picture" }
    var fieldNames: [String] { ["path"] }
    func field(_ name: String) -> Value? { name == "path" ? .string(path) : nil }
    func display(width: Int) -> String { path }
    var summary: String { "<picture \(path)>" }
    func picture() -> Picture { saved }
}

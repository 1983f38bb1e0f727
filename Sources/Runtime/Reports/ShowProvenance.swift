import Compute
import Foundation

/// `show`: what made a file, as the file itself tells.
extension Program {
    /// Writes the provenance of a picture or report.
    /// - Parameter onlyScript: writes the bytes of the script instead, and nothing else.
    public func show(file: String, onlyScript: Bool) -> Outcome {
        do {
            let record = try ProvenanceRecord(file: file)
            if onlyScript {
                guard let script = record.script else {
                    throw ComputeError(.missingData, "this file does not hold the script", subject: file)
                }
                Terminal.output.write(bytes: script)
            } else {
                Terminal.output.write(record.text(title: file))
            }
            guard record.isIntact else {
                throw ComputeError(
                    .badFile, "the script in this file is not the one that made it: its hash differs", subject: file,
                    remedy: "the file was changed afterwards; do not trust the script")
            }
            return .done
        } catch {
            return Program.report(error)
        }
    }
}

extension ProvenanceRecord {
    private static let endings = "pictures (.png, .svg, .pdf) and reports (.html, .md, .ipynb)"

    /// The record in a file, whose kind the ending of its name tells.
    /// - Throws: `ComputeError` with what is wrong: the ending, the reading, the format, or that there is no record.
    public init(file: String) throws {
        let ending = (file as NSString).pathExtension.lowercased()
        guard PictureFormat(rawValue: ending) != nil || ["html", "htm", "md", "ipynb"].contains(ending) else {
            throw ComputeError(
                .badArgument, "this is no file that tells how it was made", subject: file,
                remedy: "\(Self.endings) do")
        }
        let bytes = try ReadFile.bytes(URL(fileURLWithPath: file), writtenAs: file)
        switch ending {
        case "ipynb": self = try ReportProvenance.record(ofNotebook: bytes, name: file)
        case "md": self = try ReportProvenance.record(ofMarkdown: bytes, name: file)
        case "html", "htm": self = try MarkupProvenance.record(ofHTML: bytes, name: file)
        default:
            self = try ProvenanceRecord.record(of: bytes, as: PictureFormat(rawValue: ending) ?? .png, name: file)
        }
    }
}

import Compute
import Foundation

/// Where a report goes: its format by the ending of its name, and the writing.
struct ReportFile {
    enum Format: String, CaseIterable { case html, md, ipynb }

    let path: String
    let format: Format

    /// - Parameter script: the file that is run; "-" for standard input. The report stands beside the script when `path` is nil.
    /// - Throws: `ComputeError` for an ending that is none of the three, and for standard input without a path.
    init(_ path: String?, script: String) throws {
        guard let path = path ?? (script == "-" ? nil : (script as NSString).deletingPathExtension + ".html") else {
            throw ComputeError(
                .badArgument, "a script from standard input gives its report no name", remedy: "name the report with -o"
            )
        }
        guard let format = Format(rawValue: (path as NSString).pathExtension.lowercased()) else {
            throw ComputeError(
                .badArgument, "cannot tell the format of the report", subject: path,
                remedy: "end its name in .html (to read and share), .md (Markdown) or .ipynb (Jupyter)")
        }
        guard !ReportFile.isSame(path, script) else {
            throw ComputeError(
                .badArgument, "the report would replace the script", subject: path,
                remedy: "give the report another name with -o")
        }
        self.path = path
        self.format = format
    }

    private static func isSame(_ path: String, _ other: String) -> Bool {
        func resolved(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
        return resolved(path) == resolved(other)
    }

    /// Where the pictures of a Markdown report lie: beside it.
    var pictureFolder: String { (path as NSString).deletingPathExtension + "_files" }

    /// The name of a picture file; `number` counts from 1.
    static func pictureName(_ number: Int) -> String { "figure-\(number).png" }

    /// Finds out before a long run whether the report can be written after it: a file is made in its folder and removed.
    /// - Throws: `ComputeError` with the system's reason.
    func checkIsWritable() throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw ComputeError(
                .badArgument, "there is a folder of this name", subject: path, remedy: "give the report another name")
        }
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        var status = stat()
        guard lstat(target, &status) != 0 || status.st_mode & S_IFMT == S_IFREG else {
            throw ComputeError(
                .badArgument, "this is a device or a pipe, which a report would replace", subject: path,
                remedy: "give the report another name")
        }
        try ReportFile.check(folder: (target as NSString).deletingLastPathComponent, for: path)
        if format == .md, FileManager.default.fileExists(atPath: pictureFolder) {
            try ReportFile.check(folder: pictureFolder, for: pictureFolder)
        }
    }

    private static func check(folder: String, for path: String) throws {
        let probe = folder + "/.\(UUID().uuidString).part"
        let descriptor = open(probe, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw ComputeError(
                .inputOutput, "the report cannot be written here: \(reason)", subject: path,
                remedy: "name a file in a folder that exists and that you may write to")
        }
        close(descriptor)
        unlink(probe)
    }

    /// Writes the report, whole or not at all. Pictures come first, so that the text never names one that is not there.
    /// - Throws: `ComputeError`, `ChartError`
    func write(_ notebook: Notebook, _ provenance: ProvenanceRecord, folder: String) throws {
        let text: String
        switch format {
        case .html: text = try HTMLReport(notebook, provenance, folder: folder).text()
        case .ipynb: text = try JupyterReport(notebook, provenance).text()
        case .md:
            let report = MarkdownReport(
                notebook, provenance, pictureFolder: (pictureFolder as NSString).lastPathComponent)
            text = try report.text()
            try writePictures(report.pictures, provenance)
        }
        try AtomicFile.write(Data(text.utf8), to: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    }

    private func writePictures(_ pictures: [Picture], _ provenance: ProvenanceRecord) throws {
        let files = FileManager.default
        if !pictures.isEmpty {
            do {
                try files.createDirectory(atPath: pictureFolder, withIntermediateDirectories: true)
            } catch {
                throw ComputeError(
                    .inputOutput, "the folder for the pictures cannot be made: \(error.localizedDescription)",
                    subject: pictureFolder, remedy: "write the report to another folder, or as .html")
            }
        }
        for (index, picture) in pictures.enumerated() {
            let file = pictureFolder + "/" + ReportFile.pictureName(index + 1)
            try AtomicFile.write(Data(try provenance.added(to: picture.png(), as: .png, name: file)), to: file)
        }
        // An earlier report may have had more; other files of the folder are not ours.
        var number = pictures.count + 1
        while unlink(pictureFolder + "/" + ReportFile.pictureName(number)) == 0 { number += 1 }
    }
}

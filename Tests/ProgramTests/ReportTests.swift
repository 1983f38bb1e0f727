import Foundation
import Testing

/// `report` as a user runs it.
final class ReportTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func write(_ text: String, _ name: String = "study.tx") throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    private func report(_ arguments: String...) throws -> RunningProgram {
        try RunningProgram(["report"] + arguments, folder: folder)
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    private var files: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
    }

    @Test func theReportStandsBesideTheScriptAndIsNamed() throws {
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("sub"), withIntermediateDirectories: true)
        try write("## # Title\nprint(\"hello\", args())", "sub/study.tx")
        let run = try report("sub/study.tx", "one")
        #expect(run.status == 0 && run.output == "sub/study.html\n" && run.errors.isEmpty)
        #expect(try text("sub/study.html").contains("hello [&quot;one&quot;]"))
    }

    @Test(arguments: ["html", "md", "ipynb", "HTML"])
    func theEndingDecidesTheFormatAndASecondRunRepeatsTheBytes(ending: String) throws {
        try write("seed(3)\nnormal(2)\n#%%\ntable(a: random(3))")
        #expect(try report("study.tx", "-o", "out." + ending).status == 0)
        let first = try text("out." + ending)
        #expect(try report("study.tx", "-o", "out." + ending).status == 0)
        #expect(try text("out." + ending) == first)
        #expect(try files == ["out." + ending, "study.tx"])
    }

    @Test func numbersAreThoseOfAPlainRun() throws {
        try write("seed(3)\nprint(normal(2))\n#%%\nprint(normal(2))")
        let plain = try RunningProgram(["study.tx"], folder: folder).output
        _ = try report("study.tx", "-o", "a.md")
        let written = try text("a.md")
        for line in plain.split(separator: "\n") { #expect(written.contains(line)) }
    }

    @Test func markdownHasItsPicturesBesideIt() throws {
        let chart = "chart(table(a: [1, 2], b: [2, 4])) |> points(x: \"a\", y: \"b\")"
        try write("\(chart)\n#%%\n\(chart)")
        _ = try report("study.tx", "-o", "my report.md")
        #expect(try files == ["my report.md", "my report_files", "study.tx"])
        try write(chart)
        _ = try report("study.tx", "-o", "my report.md")
        let pictures = try FileManager.default.contentsOfDirectory(
            atPath: folder.appendingPathComponent("my report_files").path)
        #expect(pictures == ["figure-1.png"])
        let shown = try RunningProgram(["show", "--script", "my report_files/figure-1.png"], folder: folder)
        #expect(shown.status == 0 && shown.output == chart)
    }

    @Test func imagesOfOtherFoldersStayThere() throws {
        let files = FileManager.default
        let picture = Data([0x89, 0x50, 0x4E, 0x47, 1, 2, 3])
        try files.createDirectory(at: folder.appendingPathComponent("in"), withIntermediateDirectories: true)
        try picture.write(to: folder.appendingPathComponent("outside.png"))
        try picture.write(to: folder.appendingPathComponent("in/inside.png"))
        try Data("secret".utf8).write(to: folder.appendingPathComponent("in/text.png"))
        try files.createSymbolicLink(
            atPath: folder.path + "/in/link.png", withDestinationPath: folder.path + "/outside.png")
        let names = ["inside.png", "link.png", "../outside.png", "text.png", folder.path + "/in/inside.png"]
        try write(names.map { "## ![](\($0))" }.joined(separator: "\n"), "in/study.tx")
        #expect(try report("in/study.tx").status == 0)
        #expect(try text("in/study.html").components(separatedBy: "data:image/").count == 2)
    }

    @Test func aDeviceIsNoReport() throws {
        try write("1")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/null.html", withDestinationPath: "/dev/null")
        let run = try report("study.tx", "-o", "null.html")
        #expect(run.status == 2 && run.errors.contains("a device or a pipe"))
    }

    @Test func aFailureIsReportedAndTheReportIsWritten() throws {
        try write("1\n#%%\nerror(\"no luck\")\n#%%\nprint(3)")
        let run = try report("study.tx", "-o", "a.html")
        #expect(run.status == 1 && run.output == "a.html\n" && run.errors.contains("--> study.tx:3:1"))
        let page = try text("a.html")
        #expect(page.contains("no luck") && page.contains("Not run."))
        for other in ["a.md", "a.ipynb"] {
            #expect(try report("study.tx", "-o", other).status == 1)
            let page = try text(other)
            #expect(page.contains("> **This run failed in the cell in line 3.**") && page.contains("*Not run.*"))
        }
    }

    @Test func staticErrorsLeaveAnEarlierReportAlone() throws {
        try write("unknown_name")
        try write("earlier", "a.html")
        let run = try report("study.tx", "-o", "a.html")
        #expect(run.status == 2 && run.errors.contains("unknown name") && run.output.isEmpty)
        #expect(try text("a.html") == "earlier")
    }

    static let refused = [
        ("a.docx", "end its name in .html"), ("a", "end its name in .html"), ("nowhere/a.html", "No such file"),
        ("folder.html", "there is a folder of this name"), ("locked/a.html", "cannot be written here"),
        ("study.tx/a.md", "cannot be written here"),
    ]

    @Test(arguments: refused)
    func whatCannotBeWrittenIsFoundBeforeTheRun(name: String, message: String) throws {
        // Root may write anywhere but where the kernel itself says no.
        try FileManager.default.createSymbolicLink(
            at: folder.appendingPathComponent("locked"), withDestinationURL: URL(fileURLWithPath: "/proc/self"))
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("folder.html"), withIntermediateDirectories: true)
        try write("write_text(\"ran\", \"ran.txt\")")
        let run = try report("study.tx", "-o", name)
        #expect(run.status == 2 && run.errors.contains(message), "\(run.errors)")
        #expect(try !files.contains("ran.txt"))
    }

    @Test func aReportNeverReplacesItsScript() throws {
        try write("1", "study.md")
        let run = try report("study.md", "-o", "./study.md")
        #expect(run.status == 2 && run.errors.contains("would replace the script"))
        #expect(try text("study.md") == "1")
    }

    @Test func anInterruptedRunIsWritten() throws {
        try write("print(\"before\")\n#%%\nwrite_text(\"x\", \"started\")\nwhile true { }\n#%%\nprint(\"after\")")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: RunningProgram.path)
        process.arguments = ["report", "study.tx", "-o", "a.md"]
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let started = folder.appendingPathComponent("started").path
        for _ in 0..<3000 where !FileManager.default.fileExists(atPath: started) { usleep(10_000) }
        process.interrupt()
        // A program that heeds no interrupt is ended; the status then tells.
        for _ in 0..<3000 where process.isRunning { usleep(10_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        let written = try text("a.md")
        #expect(written.contains("before\n") && written.contains("interrupted") && written.contains("*Not run.*"))
    }
}

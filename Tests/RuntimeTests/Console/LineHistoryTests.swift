import Foundation
import Glibc
import Testing

@testable import Runtime

@Suite struct LineHistoryTests {
    private let folder: TemporaryFolder
    private var file: URL { folder.url.appendingPathComponent("state/history") }

    init() throws { folder = try TemporaryFolder() }

    private func history(entries: Int = 100, bytes: Int = 10_000, notes: Notes = Notes()) -> LineHistory {
        var limits = LineHistory.Limits()
        (limits.entries, limits.bytes) = (entries, bytes)
        return LineHistory(file: file.path, limits: limits) { notes.texts.append($0) }
    }

    private final class Notes { var texts: [String] = [] }

    private func write(_ bytes: [UInt8]) throws {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    static let entries = [
        "1 + 1", "let f = x => {\n    x + 1\n}", "\\n is no newline\\", "a\rb", "tab\there", "größe 漢字", "\\\\\n\\",
    ]

    @Test func anyEntryComesBackAsItWas() {
        let written = history()
        LineHistoryTests.entries.forEach(written.append)
        #expect(history().entries() == LineHistoryTests.entries)
    }

    @Test func onlyItsOwnerReadsIt() throws {
        try write(Array("1\n".utf8))
        chmod(file.path, 0o644)
        history().append("2")
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func aLongHistoryKeepsItsEnd() throws {
        try write(Array((1...500).map { "entry \($0)\n" }.joined().utf8))
        #expect(history(entries: 100).entries() == (401...500).map { "entry \($0)" })
        // The file was cut as well.
        #expect(history(entries: 1000).entries().count == 100)
    }

    @Test func theFileStaysBelowItsLimit() throws {
        let small = history(bytes: 1000)
        for number in 1...300 {
            small.append("number \(number)")
            let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int
            #expect(size ?? .max <= 1000)
        }
        #expect(small.entries().suffix(20) == (281...300).map { "number \($0)" })
        small.append(String(repeating: "x", count: 900))
        #expect(small.entries().last == "number 300")
    }

    @Test func writersAtOnceLoseNothing() async {
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                let path = file.path
                group.addTask {
                    var limits = LineHistory.Limits()
                    limits.bytes = 40_000
                    let history = LineHistory(file: path, limits: limits)
                    for number in 0..<50 { history.append("\(writer) \(number)") }
                }
            }
        }
        let expected = (0..<8).flatMap { writer in (0..<50).map { "\(writer) \($0)" } }
        #expect(Set(history(entries: 1000).entries()) == Set(expected))
        let left = try? FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)
        #expect(left == ["history"])
    }

    @Test func writersAtOnceTrimTogether() async {
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                let path = file.path
                group.addTask {
                    var limits = LineHistory.Limits()
                    limits.bytes = 2000
                    let history = LineHistory(file: path, limits: limits)
                    for number in 0..<100 { history.append("\(writer) \(number)") }
                }
            }
        }
        // Each writer's entries that are left are its last, in order and without gaps.
        let entries = history(entries: 1000).entries()
        for writer in 0..<4 {
            let own = entries.filter { $0.hasPrefix("\(writer) ") }
            #expect(own == (0..<100).map { "\(writer) \($0)" }.suffix(own.count))
        }
        #expect(entries.count > 100)
    }

    @Test func whatIsNoEntryIsSkipped() throws {
        try write(Array("good\n\n   \n\u{1B}[31mbad\nnul\0\n".utf8) + [0xFF, 0xFE, 10] + Array("cut off".utf8))
        #expect(history().entries() == ["good", "\u{FFFD}\u{FFFD}", "cut off"])
        history().append("new")
        #expect(history().entries().suffix(2) == ["cut off", "new"])
    }

    @Test func aFileThatCannotBeUsedCostsOneNote() throws {
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
        let notes = Notes()
        let unusable = history(notes: notes)
        #expect(unusable.entries().isEmpty)
        unusable.append("1")
        unusable.append("2")
        #expect(notes.texts.count == 1 && notes.texts[0].hasPrefix("note: "))
        // What was typed meanwhile is kept once that is possible.
        try FileManager.default.removeItem(at: file)
        unusable.append("3")
        #expect(history().entries() == ["1", "2", "3"])
    }

    @Test func aFolderThatIsAFileAndAPipeAreNoHistory() throws {
        try Data().write(to: folder.url.appendingPathComponent("state"))
        let notes = Notes()
        let unusable = history(notes: notes)
        #expect(unusable.entries().isEmpty)
        unusable.append("1")
        #expect(notes.texts.count == 1)

        let pipe = folder.url.appendingPathComponent("pipe").path
        mkfifo(pipe, 0o600)
        let fifo = LineHistory(file: pipe) { notes.texts.append($0) }
        #expect(fifo.entries().isEmpty)
        fifo.append("1")
        #expect(notes.texts.count == 2)
    }

    @Test func aLinkStaysALink() throws {
        let target = folder.url.appendingPathComponent("elsewhere")
        try Data("old\n".utf8).write(to: target)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(at: file, withDestinationURL: target)
        let linked = history(bytes: 200)
        for number in 0..<50 { linked.append("entry \(number)") }
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: file.path) == target.path)
        #expect(try String(contentsOf: target, encoding: .utf8).hasSuffix("entry 49\n"))
    }

    @Test func theFoldersOfTheEnvironmentDecideWhereItLies() throws {
        let home = folder.url.path
        LineHistory.standard(environment: ["HOME": home])?.append("1")
        #expect(FileManager.default.fileExists(atPath: home + "/.local/state/transfer-script/history"))
        LineHistory.standard(environment: ["HOME": home, "XDG_STATE_HOME": home + "/s"])?.append("1")
        #expect(FileManager.default.fileExists(atPath: home + "/s/transfer-script/history"))
        #expect(LineHistory.standard(environment: ["HOME": "", "XDG_STATE_HOME": "relative"]) == nil)
    }
}

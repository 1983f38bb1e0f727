// Runs the scripts that need the whole library: output and errors as their comments expect. Each program runs in a
// folder of its own, `out` below it is its output folder; what the sandbox scripts find there, `SandboxFolder` makes.

import Foundation
import Lang
import TestSupport
import Testing

@testable import Runtime

struct LibraryScript: CustomTestStringConvertible {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Scripts")

    let url: URL

    /// `topic/behaviour.tx`
    var testDescription: String { url.path.components(separatedBy: "/Scripts/").last ?? url.lastPathComponent }

    static let all: [LibraryScript] = ["tables", "sandbox", "patterns", "statistics"].flatMap { topic in
        let folder = root.appendingPathComponent(topic)
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "tx" }.sorted { $0.path < $1.path }.map { LibraryScript(url: $0) }
    }

    func run(_ program: ScriptCase, in folder: SandboxFolder) -> ScriptCase.Outcome {
        var options = Session.Options()
        options.outputFolder = folder.output.path
        options.writableFolders = [folder.allowed.path]
        options.storeFolder = folder.root.appendingPathComponent("store").path
        options.arguments = [folder.root.path]
        options.isQuiet = true
        var output = ""
        let session = Session(options: options, scriptFolder: url.deletingLastPathComponent().path)
        let interpreter = Program.interpreter(session) { output += $0 }
        interpreter.displayWidth = 80
        var errors: [(line: Int, message: String)] = []
        do {
            try interpreter.run(SourceFile(name: testDescription, path: url.path, bytes: Array(program.text.utf8)))
        } catch let failure as Failure {
            errors = failure.diagnostics.map { ($0.source?.line(at: $0.range.start) ?? 0, $0.message) }
        } catch {
            errors = [(0, "\(error)")]
        }
        // The folder's name changes from run to run.
        let plain = { (text: String) in text.replacingOccurrences(of: folder.root.path, with: "ROOT") }
        return ScriptCase.Outcome(output: plain(output), errors: errors.map { ($0.line, plain($0.message)) })
    }
}

/// What the scripts of `sandbox/` meet: an output folder with links that lead out of it, in every way a link can.
final class SandboxFolder {
    let root: URL
    var output: URL { root.appendingPathComponent("out") }
    var allowed: URL { root.appendingPathComponent("allowed") }

    init() throws {
        let files = FileManager.default
        let name = files.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try files.createDirectory(at: name, withIntermediateDirectories: true)
        // Without the links that the temporary folder itself may have.
        root = URL(fileURLWithPath: realpath(name.path, nil).map { String(cString: $0) } ?? name.path)
        for folder in ["out/folder", "out/inside", "outside/deep", "allowed"] {
            try files.createDirectory(at: root.appendingPathComponent(folder), withIntermediateDirectories: true)
        }
        try Data("secret".utf8).write(to: root.appendingPathComponent("outside/file.txt"))
        try Data().write(to: output.appendingPathComponent("plain.txt"))
        for (link, target) in [
            ("link_to_folder", "../outside"), ("link_to_file.txt", "../outside/file.txt"),
            ("link_to_nothing.txt", "../outside/none.txt"), ("link_to_no_folder", "../outside/none"),
            ("link_to_itself", "link_to_itself"), ("link_inside", "inside"), ("folder/deep", "../../outside/deep"),
            ("link_up", ".."), ("link_to_root", "/"),
        ] {
            try files.createSymbolicLink(
                atPath: output.appendingPathComponent(link).path, withDestinationPath: target)
        }
        mkfifo(output.appendingPathComponent("pipe").path, 0o600)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// All that lies outside of the folders that may be written to, with its content.
    var outside: [String: Data?] {
        let names = FileManager.default.enumerator(atPath: root.path)?.allObjects.compactMap { $0 as? String } ?? []
        let kept = names.filter { !$0.hasPrefix("out/") && !$0.hasPrefix("allowed/") && !$0.hasPrefix("store") }
        return Dictionary(
            uniqueKeysWithValues: kept.map { name in
                (name, FileManager.default.contents(atPath: root.appendingPathComponent(name).path))
            })
    }
}

@Suite(.serialized) struct LibraryScriptTests {
    @Test(arguments: LibraryScript.all) func does_what_its_comments_expect(_ script: LibraryScript) throws {
        for program in ScriptCase.cases(of: try String(contentsOf: script.url, encoding: .utf8)) {
            let folder = try SandboxFolder()
            let before = folder.outside
            for problem in program.problems(script.run(program, in: folder)) {
                Issue.record("\(script.testDescription), program at line \(program.firstLine): \(problem)")
            }
            #expect(folder.outside == before, "\(script.testDescription) at line \(program.firstLine) wrote outside")
        }
    }

    /// Nothing that a script can reach starts a program or opens a connection: only the REPL's commands, which a person
    /// types, start this program anew, and no binding knows of that.
    @Test func no_source_starts_a_program_or_opens_a_connection() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?.allObjects ?? []
        let calls = "Process|posix_spawnp?|system|popen|execl|execve?|execvp|fork|vfork|socket|connect|getaddrinfo"
        let types = "URLSession|URLRequest|NWConnection|FoundationNetworking"
        let forbidden = try Regex("\\b(\(calls))\\s*\\(|\\b(\(types))\\b|\\bURL\\(string:")
        #expect("Process()".contains(forbidden) && "posix_spawn (&id".contains(forbidden))
        #expect(!"process(x)".contains(forbidden))
        var read = 0
        for case let file as URL in files where ["swift", "c", "h", "cpp"].contains(file.pathExtension) {
            read += 1
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(file.path.contains("/Console/") || !text.contains("ChildProgram"), "\(file.lastPathComponent)")
            if file.lastPathComponent == "ChildProgram.swift" { continue }
            for match in text.matches(of: forbidden) { Issue.record("\(file.lastPathComponent): \(text[match.range])") }
        }
        #expect(read > 100)
    }
}

import Foundation

/// This program run once more, in a process of its own: what a saved script shows when nothing is left of the session.
struct ChildProgram: Sendable {
    struct Result {
        let output: String
        let errors: String
        /// The exit status; that of a signal when one ended it.
        let status: Int32
    }

    let executable: String

    static var itself: ChildProgram {
        ChildProgram(executable: URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path)
    }

    /// Runs to the end, or to Ctrl-C.
    /// - Parameter width: the columns that displayed values may take.
    /// - Throws: `REPLProblem` when the program cannot be started or was interrupted.
    func run(_ arguments: [String], width: Int) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (output, errors) = (folder.appendingPathComponent("output"), folder.appendingPathComponent("errors"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["COLUMNS": "\(width)"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        // Files rather than pipes: whatever is written, nobody waits for anybody.
        process.standardOutput = try ChildProgram.file(output)
        process.standardError = try ChildProgram.file(errors)
        do {
            try process.run()
        } catch {
            throw REPLProblem("cannot start \(executable): \(error.localizedDescription)")
        }
        try ChildProgram.wait(for: process)
        return Result(
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self), status: process.terminationStatus)
    }

    private static func file(_ url: URL) throws -> FileHandle {
        try Data().write(to: url)
        return try FileHandle(forWritingTo: url)
    }

    /// The child has a process group of its own, so the terminal's Ctrl-C has to be passed on.
    private static func wait(for process: Process) throws {
        while process.isRunning {
            if Interrupt.isRequested {
                process.terminate()
                process.waitUntilExit()
                throw REPLProblem("interrupted")
            }
            usleep(10_000)
        }
    }
}

extension Session.Options {
    /// The options as words of a command line, for a child whose files go to a folder of its own.
    func words(outputFolder: String, storeFolder: String) -> [String] {
        var words = ["--seed", "\(seed)", "--out", outputFolder, "--store", storeFolder, "--quiet", "--no-figures"]
        if let threads { words += ["--threads", "\(threads)"] }
        for folder in dataFolders { words += ["--data", folder] }
        for folder in writableFolders { words += ["--allow-write", folder] }
        return words
    }
}

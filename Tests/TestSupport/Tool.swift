// Programs of the system that tests ask for a second opinion: a browser, a validator. One that is missing is a failure with
// the remedy, never a test that is skipped in silence.

import Foundation

public enum Tool {
    public struct Missing: Error, CustomStringConvertible {
        public let name: String
        public var description: String { "\(name) is not installed: run scripts/install-packages.sh test" }
    }

    public struct Result {
        public let output: String
        public let errors: String
        public let status: Int32
    }

    /// Runs a program to its end; one that hangs is ended after two minutes, with status 124.
    /// - Throws: `Missing`
    public static func run(_ name: String, _ arguments: [String], folder: URL? = nil) throws -> Result {
        guard let path = path(of: name), let timeout = self.path(of: "timeout") else { throw Missing(name: name) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: timeout)
        process.arguments = ["--kill-after=5", "120", path] + arguments
        process.currentDirectoryURL = folder
        return try run(process)
    }

    private static func run(_ process: Process) throws -> Result {
        // Files rather than pipes: whatever the program writes, nobody waits for anybody.
        let names = (0..<2).map { _ in FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        }
        defer { for name in names { try? FileManager.default.removeItem(at: name) } }
        for name in names { try Data().write(to: name) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: names[0])
        process.standardError = try FileHandle(forWritingTo: names[1])
        try process.run()
        process.waitUntilExit()
        let texts = try names.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return Result(output: texts[0], errors: texts[1], status: process.terminationStatus)
    }

    private static func path(of name: String) -> String? {
        if name.hasPrefix("/") { return FileManager.default.isExecutableFile(atPath: name) ? name : nil }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return folders.map { $0 + "/" + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

import Foundation

/// The built program, run as a user runs it.
struct RunningProgram {
    let output: String
    let errors: String
    let status: Int32

    /// The package's folder.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The program that was built with the tests: it lies beside their bundle.
    static let path: String = {
        let beside = Bundle.main.bundleURL.appendingPathComponent("transfer-script").path
        let built = [".build-test/release", ".build/release"].map {
            root.appendingPathComponent($0 + "/transfer-script").path
        }
        return ([beside] + built).first { FileManager.default.isExecutableFile(atPath: $0) } ?? beside
    }()

    init(_ arguments: [String], input: String = "", folder: URL = RunningProgram.root) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: RunningProgram.path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        // Files rather than pipes: whatever the program writes, nobody waits for anybody.
        let names = (0..<3).map { _ in FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        }
        defer { names.forEach { try? FileManager.default.removeItem(at: $0) } }
        try Data(input.utf8).write(to: names[0])
        for name in names[1...] { try Data().write(to: name) }
        process.standardInput = try FileHandle(forReadingFrom: names[0])
        process.standardOutput = try FileHandle(forWritingTo: names[1])
        process.standardError = try FileHandle(forWritingTo: names[2])
        try process.run()
        process.waitUntilExit()
        output = String(decoding: try Data(contentsOf: names[1]), as: UTF8.self)
        errors = String(decoding: try Data(contentsOf: names[2]), as: UTF8.self)
        status = process.terminationStatus
    }
}

import Foundation

/// The language against CPython and Lua, broadcasting against NumPy, and statistics against NumPy and SciPy. A workload is a folder with one program a peer;
/// each prints its result and then the seconds that the work took, so that no start-up is in it. They are processor
/// seconds, all that Lua's clock knows, and the same on a busy machine.
struct Languages {
    private struct Peer {
        let name: String
        let command: [String]
        /// The program's file in a workload's folder.
        let file: String
    }

    private struct Outcome {
        let result: String
        let seconds: Double
    }

    private let folder: URL
    private let ours: Peer
    private let peers: [Peer]
    private let program: String

    /// - Parameters:
    ///   - folder: holds the workloads.
    ///   - program: the path of transfer-script.
    ///   - numpy: the path of a Python that has NumPy; nil leaves the comparison out.
    init(folder: URL, program: String, numpy: String?) {
        self.folder = folder
        self.program = program
        ours = Peer(name: "tx", command: [program], file: "work.tx")
        var peers = [
            Peer(name: "CPython", command: ["python3"], file: "work.py"),
            Peer(name: "Lua", command: ["lua5.4"], file: "work.lua"),
        ]
        if let numpy { peers.append(Peer(name: "NumPy", command: [numpy], file: "work.numpy.py")) }
        self.peers = peers.filter { peer in
            (try? Languages.output(of: peer.command + [peer.name == "Lua" ? "-v" : "--version"])) != nil
        }
    }

    func report(_ title: String) throws {
        print("# \(title): processor seconds of the work itself, medians of \(Measure.runs) runs in turn")
        for workload in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            try compare(workload)
        }
    }

    private func compare(_ workload: String) throws {
        let present = peers.filter { FileManager.default.fileExists(atPath: path(workload, $0)) }
        var times = [[Double]](repeating: [], count: present.count + 1)
        for _ in 0..<Measure.runs {
            let mine = try run(ours, workload)
            times[0].append(mine.seconds)
            for (index, peer) in present.enumerated() {
                let other = try run(peer, workload)
                guard Double(other.result) == Double(mine.result) else {
                    throw Failure(text: "\(workload): \(peer.name) has \(other.result), tx \(mine.result)")
                }
                times[index + 1].append(other.seconds)
            }
        }
        let medians = times.map { $0.sorted()[$0.count / 2] }
        let ratios = zip(present, medians.dropFirst()).map { peer, seconds in
            "\(Languages.ratio(seconds / medians[0]))× as fast as \(peer.name)"
        }
        Measure.report(workload, medians[0] * 1e3, "ms", ratios.joined(separator: ", "))
    }

    /// The whole process, from start to end.
    func reportStart() throws {
        let python = try Languages.output(of: ["python3", "-c", "import sys; print(sys.executable)"])
            .trimmingCharacters(in: .whitespacesAndNewlines)
        var seconds: [(Double, Double)] = []
        for _ in 0..<Measure.runs * 3 {
            let clock = ContinuousClock()
            let mine = try clock.measure { try Languages.wait(for: [program, "-e", "1"]) }
            let other = try clock.measure { try Languages.wait(for: [python, "-c", "pass"]) }
            seconds.append((mine / .seconds(1), other / .seconds(1)))
        }
        let middle = seconds.count / 2
        let (mine, other) = (seconds.map(\.0).sorted()[middle], seconds.map(\.1).sorted()[middle])
        Measure.report(
            "start: transfer-script -e 1", mine * 1e3, "ms", "python3 -c pass: \(Languages.ratio(other * 1e3)) ms")
    }

    // MARK: Running

    private struct Failure: Error, CustomStringConvertible {
        let text: String
        var description: String { text }
    }

    private func path(_ workload: String, _ peer: Peer) -> String {
        folder.appendingPathComponent(workload).appendingPathComponent(peer.file).path
    }

    private func run(_ peer: Peer, _ workload: String) throws -> Outcome {
        let lines = try Languages.output(of: peer.command + [path(workload, peer)]).split(separator: "\n")
        guard lines.count == 2, let seconds = Double(lines[1]) else {
            throw Failure(text: "\(workload): \(peer.name) printed \(lines)")
        }
        return Outcome(result: String(lines[0]), seconds: seconds)
    }

    static func output(of command: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(text: "\(command) failed") }
        return String(decoding: data, as: UTF8.self)
    }

    /// Runs a program and nothing else: `Process` takes longer than the programs that are measured.
    private static func wait(for command: [String]) throws {
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        var process = pid_t()
        var status: Int32 = 0
        guard posix_spawn(&process, command[0], &actions, nil, &arguments, environ) == 0,
            waitpid(process, &status, 0) == process, status == 0
        else { throw Failure(text: "\(command) failed") }
    }

    static func ratio(_ value: Double) -> String { String(format: "%.2f", value) }
}

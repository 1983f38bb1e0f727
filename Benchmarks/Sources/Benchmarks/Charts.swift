import Foundation

/// The same pictures by transfer-script, matplotlib and gnuplot: the whole process, from start to the written PNG.
struct Charts {
    private struct Peer {
        let name: String
        let command: [String]
        let file: String
    }

    private let folder: URL
    private let ours: [String]
    private let peers: [Peer]

    /// - Parameters:
    ///   - folder: holds the pictures, a folder each.
    ///   - program: the path of transfer-script.
    ///   - python: the path of a Python that has matplotlib and SciPy; nil leaves the comparison out.
    init(folder: URL, program: String, python: String?) {
        self.folder = folder
        ours = [program, "--quiet"]
        var peers = python.map { [Peer(name: "matplotlib", command: [$0], file: "picture.py")] } ?? []
        if (try? Languages.output(of: ["gnuplot", "--version"])) != nil {
            peers.append(Peer(name: "gnuplot", command: ["gnuplot", "-c"], file: "picture.gnuplot"))
        }
        self.peers = peers
    }

    func report() throws {
        print("# charts: seconds of the whole process, medians of \(Measure.runs) runs in turn")
        let output = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: output) }
        let pictures = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasSuffix(".csv") }
        for picture in pictures.sorted() {
            let place = folder.appendingPathComponent(picture)
            let mine = ours + [place.appendingPathComponent("picture.tx").path, "--out", output.path]
            let others = peers.map { $0.command + [place.appendingPathComponent($0.file).path, output.path] }
            let medians = try medians(of: [mine] + others)
            let ratios = zip(peers, medians.dropFirst()).map { peer, seconds in
                "\(Languages.ratio(seconds / medians[0]))× as fast as \(peer.name)"
            }
            Measure.report(picture, medians[0] * 1e3, "ms", ratios.joined(separator: ", "))
        }
    }

    /// Seconds, the commands run in turn after a round that does not count.
    private func medians(of commands: [[String]]) throws -> [Double] {
        var times = [[Double]](repeating: [], count: commands.count)
        for round in 0...Measure.runs {
            for (index, command) in commands.enumerated() {
                let seconds = try ContinuousClock().measure { _ = try Languages.output(of: command) } / .seconds(1)
                if round > 0 { times[index].append(seconds) }
            }
        }
        return times.map { $0.sorted()[$0.count / 2] }
    }
}

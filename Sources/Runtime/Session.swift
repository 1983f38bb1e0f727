import Compute
import Foundation
import Lang

/// What one run of the program works with: seed, threads, folders, the store and the data already read.
///
/// It is passed along, never global; one script or one REPL has one session.
public final class Session {
    /// What the command line decides.
    public struct Options: Sendable {
        public var seed: UInt64 = 0
        /// nil leaves the count to the engine: one a core.
        public var threads: Int?
        /// Folders named with `--data`, searched before all others.
        public var dataFolders: [String] = []
        /// nil puts the store beside the script.
        public var storeFolder: String?
        public var outputFolder = "."
        public var writableFolders: [String] = []
        public var isQuiet = false
        /// Whether charts that are shown where there is no terminal become files.
        public var drawsFigures = true
        /// Words after the script's name: what `args()` gives.
        public var arguments: [String] = []

        public init() {}
    }

    public let options: Options
    /// Decides everything random; `seed(n)` sets it.
    public var seed: UInt64
    public let progress: ProgressDisplay
    public let writable: WritableFolders
    /// What runs: the script, or the statements of the REPL so far. Pictures and reports are marked with it.
    public var script: SourceFile? {
        get { findScript() }
        set { findScript = { newValue } }
    }
    /// Gives `script`: that of a long session is made only when something is marked with it.
    var findScript: () -> SourceFile? = { nil }
    /// Learns of every picture that the script saves: a report shows it.
    public var onSave: ((Picture) -> Void)?
    /// What the script imports; known once it is loaded.
    var importedFiles: () -> [SourceFile] = { [] }
    let scriptFolder: String
    /// How many random streams the script has drawn from since the seed was set.
    var drawings: UInt64 = 0
    /// How many charts were shown as files.
    var shownFigures = 0
    private var openStore: Store?
    private var loaded: [LoadedDataset.Request: LoadedDataset] = [:]
    /// Hashes of the files that the script has read, by the names it gives them.
    private var filesRead: [String: String] = [:]

    /// - Parameter scriptFolder: where the script lies; the store `.transfer` and relative reads start there.
    public init(options: Options, scriptFolder: String = ".") {
        self.options = options
        seed = options.seed
        progress = ProgressDisplay(isQuiet: options.isQuiet)
        writable = WritableFolders(
            output: URL(fileURLWithPath: options.outputFolder),
            others: options.writableFolders.map { URL(fileURLWithPath: $0) })
        self.scriptFolder = scriptFolder
    }

    /// Threads of the engine: the one place that decides.
    public var threads: Int { options.threads ?? Threads.available }

    /// Where the store lies or will lie.
    var storeFolder: String {
        options.storeFolder ?? URL(fileURLWithPath: scriptFolder).appendingPathComponent(".transfer").path
    }

    /// The store, opened when it is first needed.
    public func store() throws -> Store {
        if let openStore { return openStore }
        let store = try Store(folder: URL(fileURLWithPath: storeFolder))
        openStore = store
        return store
    }

    /// The folders in which data sets are looked for, in order (language specification, section 5).
    public var dataFolders: [String] {
        let environment = ProcessInfo.processInfo.environment
        var folders = options.dataFolders
        if let folder = environment["TX_DATA"], !folder.isEmpty { folders.append(folder) }
        folders.append("data")
        let home =
            environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 }
            ?? (environment["HOME"] ?? "") + "/.local/share"
        folders.append(home + "/transfer-script")
        folders += ["/usr/local/share/datasets", "/usr/share/datasets"]
        return folders
    }

    /// The images of a data set at the size a network takes; read once a session.
    public func load(_ reference: DatasetReference, shape: [Int]?) throws -> LoadedDataset {
        let request = LoadedDataset.Request(reference: reference, shape: shape)
        if let known = loaded[request] { return known }
        defer { progress.clear() }
        let dataset = try LoadedDataset(request, folders: dataFolders, monitor: progress)
        loaded[request] = dataset
        return dataset
    }

    /// A data set that has been read, at whatever size; nil when it has not.
    func known(_ reference: DatasetReference) -> Dataset? {
        loaded.first { $0.key.reference == reference }?.value.dataset
    }

    /// Remembers what a file held that the script read: files written later depend on it.
    func noteReading(_ path: String, _ bytes: [UInt8]) { noteReading(path, digest: Key.digest(of: bytes)) }

    /// As `noteReading(_:_:)`, of a file whose hash is known.
    func noteReading(_ path: String, digest: String) { filesRead[path] = digest }

    /// The data read so far, each with the hash of its contents. A data set of several sizes is there in each.
    var dataFingerprints: [Provenance.Source] {
        let sets = loaded.values.map { loaded in
            let size = loaded.dataset.shape.map(String.init).joined(separator: "×")
            return Provenance.Source(name: "\(loaded.dataset.name) \(size)", fingerprint: loaded.fingerprint)
        }
        return sets + filesRead.map { Provenance.Source(name: $0.key, fingerprint: $0.value) }
    }
}

import Foundation

/// A data set as it lies on disk, or as it is generated: what its file declares, and what catalogue, help and tests read.
public struct DatasetLayout: Sendable {
    /// The name in scripts.
    public let name: String
    public let title: String
    /// Where it comes from officially.
    public let page: String
    /// The Debian package that carries it, if there is one.
    public let package: String?
    public let metric: Dataset.Metric
    public let classes: [String]
    /// [channels, height, width] without options.
    public let nativeShape: [Int]
    /// Files that must be there, relative to the data set's folder; empty for synthetic sets.
    public let expects: [String]
    /// Examples of each split; nil for sets whose options decide.
    public let sizes: [Dataset.Split: Int]?
    /// Where the folder is sought below each data folder; `*` stands for any text.
    public let folders: [String]
    private let read: Reader

    /// Reads or makes the images of every split at a shape, and asks the monitor as it goes.
    public typealias Reader =
        @Sendable (_ folder: String, _ shape: [Int], DatasetOptions, any Monitor) throws -> [Dataset.Split: Examples]

    public init(
        _ name: String, title: String, page: String, package: String? = nil, metric: Dataset.Metric = .top1,
        classes: [String], nativeShape: [Int], expects: [String] = [], sizes: [Dataset.Split: Int]? = nil,
        folders: [String] = [],
        read: @escaping Reader
    ) {
        self.name = name
        self.title = title
        self.page = page
        self.package = package
        self.metric = metric
        self.classes = classes
        self.nativeShape = nativeShape
        self.expects = expects
        self.sizes = sizes
        self.folders = folders
        self.read = read
    }

    public var isSynthetic: Bool { expects.isEmpty }

    /// Reads or makes the data set.
    /// - Parameter searching: data folders in order; unused for synthetic sets.
    /// - Throws: `.missingData` when no folder has it, `.badFile` naming a file that is damaged, `.cancelled` from the
    ///   monitor.
    public func load(
        searching folders: [String], options: DatasetOptions, monitor: any Monitor = SilentMonitor()
    ) throws -> Dataset {
        try options.validate()
        let folder = isSynthetic ? "" : try find(in: folders)
        let side = options.size
        let shape = [options.channels ?? nativeShape[0], side ?? nativeShape[1], side ?? nativeShape[2]]
        return Dataset(
            name: name, title: title, classes: classes, shape: shape, metric: metric,
            splits: try read(folder, shape, options, monitor))
    }

    /// - Throws: `.missingData` when `folder(searching:)` finds none.
    func find(in searched: [String]) throws -> String {
        guard let folder = folder(searching: searched) else { throw missing(searched) }
        return folder
    }

    /// The first folder in which every expected file lies.
    public func folder(searching searched: [String]) -> String? {
        let candidates = searched.flatMap { root in self.folders.flatMap { Self.matches(of: $0, below: root) } }
        return candidates.first { folder in
            expects.allSatisfy { FileManager.default.fileExists(atPath: folder + "/" + $0) }
        }
    }

    /// The one message for absent data: what was looked for, where, and how to get it.
    private func missing(_ searched: [String]) -> ComputeError {
        let files = expects.joined(separator: ", ")
        let places = searched.joined(separator: ", ")
        let install = package.map { "install Debian's package \($0) (apt-get install \($0)), or " } ?? ""
        return ComputeError(
            .missingData,
            "the data set '\(name)' is not here: looked for \(files) in \(self.folders.joined(separator: " or ")) below \(places)",
            remedy: install + "get it from \(page) and name its folder's parent with --data DIR or $TX_DATA")
    }

    /// Folders below `root` that a pattern with `*` in its components means, sorted.
    private static func matches(of pattern: String, below root: String) -> [String] {
        pattern.split(separator: "/").reduce([root]) { folders, component in
            folders.flatMap { folder -> [String] in
                guard component.hasSuffix("*") else { return [folder + "/" + component] }
                let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
                return names.filter { $0.hasPrefix(component.dropLast()) }.sorted().map { folder + "/" + $0 }
            }
        }
    }
}

extension DatasetLayout {
    /// The layout that scripts call `name`.
    public static func named(_ name: String) -> DatasetLayout? { all.first { $0.name == name } }
}

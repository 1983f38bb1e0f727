/// A family of networks from one paper: what its file declares, and what catalogue, help and tests read.
public struct NetworkFamily: Sendable {
    /// Authors, year, identifier and the table that the code follows.
    public let paper: String
    public let variants: [Variant]

    public init(paper: String, variants: [Variant]) {
        self.paper = paper
        self.variants = variants
    }

    /// One member with its published facts, against which its graph is tested.
    public struct Variant: Sendable {
        /// The name in scripts.
        public let name: String
        /// Trained parameters without classifiers, main and auxiliary, and running statistics, at width and depth 1, with scales
        /// γ: what Kornblith et al. 2019, table A.2, count.
        public let parameters: Int
        /// Width of the penultimate features.
        public let features: Int
        /// Native side of the input in pixels.
        public let input: Int
        /// Options that not every network takes.
        public let extras: Set<Extra>
        /// Under which names other libraries store its weights.
        public let namings: [WeightNaming]
        private let body: @Sendable (NetworkOptions) -> Block

        public enum Extra: String, Hashable, Sendable, CaseIterable {
            case auxiliaryHead = "aux_head"
            case dropPath = "drop_path"
        }

        /// - Parameter body: everything up to the penultimate features.
        public init(
            _ name: String, parameters: Int, features: Int, input: Int, extras: Set<Extra> = [],
            namings: [WeightNaming] = [], body: @escaping @Sendable (NetworkOptions) -> Block
        ) {
            self.name = name
            self.parameters = parameters
            self.features = features
            self.input = input
            self.extras = extras
            self.namings = namings
            self.body = body
        }

        /// The network: its body, dropout when asked for, and a linear classifier.
        /// - Throws: `.badArgument` for an option out of range or not of this network, `.badGraph` for an input that the network cannot take.
        public func graph(_ options: NetworkOptions) throws -> Graph {
            try options.validate()
            try require(.auxiliaryHead, if: options.auxiliaryHead)
            try require(.dropPath, if: options.dropPath > 0)
            let side = options.input ?? input
            let dropout: [Block] = options.dropout > 0 ? [.dropout(Float(options.dropout))] : []
            let classifier = Block.linear(options.classes ?? 1000).named("classifier")
            do {
                return try Graph(
                    name: name, input: [options.channels ?? 3, side, side],
                    .sequential([body(options)] + dropout + [classifier]))
            } catch var error as ComputeError {
                error.message = "\(name) cannot take images of \(side) × \(side): " + error.message
                error.remedy = "choose a larger 'input', or stem: \"small\" for images of about 32 pixels"
                throw error
            }
        }

        private func require(_ extra: Extra, if isUsed: Bool) throws {
            guard isUsed, !extras.contains(extra) else { return }
            let others = NetworkFamily.all.flatMap(\.variants).filter { $0.extras.contains(extra) }.map(\.name)
            throw ComputeError(
                .badArgument, "'\(extra.rawValue)' is not an option of \(name)",
                remedy: "leave it out, or take one of \(others.joined(separator: ", "))")
        }
    }
}

extension NetworkFamily {
    /// The member of any family that scripts call `name`.
    public static func variant(_ name: String) -> Variant? {
        all.lazy.flatMap(\.variants).first { $0.name == name }
    }
}

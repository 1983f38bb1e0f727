/// What a test declares once: name, samples, options, source and example. Signature, help, checks of arguments, missing
/// values and reference page all derive from it, and the catalogue-wide tests exercise it by the fact of its
/// declaration.
public struct HypothesisTest: Sendable {
    /// Which samples a test takes and whether their values belong together.
    public enum Samples: Hashable, Sendable {
        case one(String)
        case paired(String, String)
        case independent(String, String)
        /// Independent, but paired when the flag of that name is on.
        case pairedIf(flag: String, String, String)

        public var names: [String] {
            switch self {
            case .one(let x): [x]
            case .paired(let x, let y), .independent(let x, let y), .pairedIf(_, let x, let y): [x, y]
            }
        }
    }

    /// A parameter beside the samples.
    public enum Option: Hashable, Sendable {
        /// `alternative`, two-sided unless given.
        case alternative
        /// `level` of the interval, 0.95 unless given.
        case level
        case number(String, default: Double)
        case flag(String)
        /// One of the names, the first unless given.
        case choice(String, [String])

        public var name: String {
            switch self {
            case .alternative: "alternative"
            case .level: "level"
            case .number(let name, _), .flag(let name), .choice(let name, _): name
            }
        }
    }

    /// Values for options; what is absent takes its default.
    public struct Settings: Hashable, Sendable {
        public var alternative = Alternative.twoSided
        public var level = 0.95
        public var missing = MissingValues.drop
        public var numbers: [String: Double] = [:]
        public var flags: Set<String> = []
        public var choices: [String: String] = [:]

        public init(alternative: Alternative = .twoSided, level: Double = 0.95, missing: MissingValues = .drop) {
            self.alternative = alternative
            self.level = level
            self.missing = missing
        }
    }

    /// Checked samples without missing values, and every option's value.
    public struct Arguments: Sendable {
        public let samples: [[Double]]
        public let alternative: Alternative
        public let level: Double
        fileprivate let numbers: [String: Double]
        fileprivate let flags: Set<String>
        fileprivate let choices: [String: String]

        public subscript(index: Int) -> [Double] { samples[index] }
        public func number(_ name: String) -> Double { numbers[name] ?? .nan }
        public func flag(_ name: String) -> Bool { flags.contains(name) }
        public func choice(_ name: String) -> String { choices[name] ?? "" }
    }

    /// As scripts call it, e.g. "t_test".
    public let name: String
    public let title: String
    public let samples: Samples
    public let options: [Option]
    /// Values that each sample must have at least.
    public let minimum: Int
    /// The paper that the formulas are from.
    public let source: String
    /// A call that runs as it stands.
    public let example: String
    private let compute: @Sendable (Arguments) throws -> TestResult

    public init(
        _ name: String, title: String, samples: Samples, options: [Option], minimum: Int, source: String,
        example: String, _ compute: @escaping @Sendable (Arguments) throws -> TestResult
    ) {
        self.name = name
        self.title = title
        self.samples = samples
        self.options = options
        self.minimum = minimum
        self.source = source
        self.example = example
        self.compute = compute
    }

    /// Checks the arguments, leaves missing values (NaN) out or refuses them, and computes.
    ///
    /// - Throws: `ComputeError` of kind `.badArgument` for a wrong number of samples, unequal lengths of pairs, too few
    ///   values, infinite values, or settings that the test does not have or that are out of range.
    public func run(_ given: [[Double]], _ settings: Settings = Settings()) throws -> TestResult {
        try check(settings)
        let (kept, dropped) = try complete(given, settings)
        for (name, sample) in zip(samples.names, kept) {
            guard sample.count >= minimum else {
                throw ComputeError(
                    .badArgument,
                    "\(self.name) needs \(minimum) or more values that are not missing, got \(sample.count)",
                    subject: name)
            }
            guard sample.allSatisfy(\.isFinite) else {
                throw ComputeError(
                    .badArgument, "\(self.name) takes finite numbers", subject: name,
                    remedy: "logits of 0 and 1 are infinite: give the counts to have them corrected")
            }
            guard sample.allSatisfy({ abs($0) <= Self.largest }) else {
                throw ComputeError(
                    .badArgument, "\(self.name) takes numbers up to \(Self.largest), whose squares can be added",
                    subject: name, remedy: "divide them by a power of ten")
            }
        }
        var result = try compute(arguments(kept, settings))
        if dropped > 0 {
            let what = (isPaired(settings) ? "pair" : "value") + (dropped == 1 ? "" : "s")
            result.notes.append("\(dropped) \(what) left out because of a missing value")
        }
        return result
    }

    /// The squares of larger numbers overflow in sums.
    private static let largest = 1e150

    private func isPaired(_ settings: Settings) -> Bool {
        switch samples {
        case .one, .independent: false
        case .paired: true
        case .pairedIf(let flag, _, _): settings.flags.contains(flag)
        }
    }

    private func complete(_ given: [[Double]], _ settings: Settings) throws -> (samples: [[Double]], dropped: Int) {
        guard given.count == samples.names.count else {
            throw ComputeError(.badArgument, "\(name) takes \(samples.names.count) samples, got \(given.count)")
        }
        guard isPaired(settings) else { return try settings.missing.apply(to: given) }
        guard Set(given.map(\.count)).count == 1 else {
            let lengths = given.map { String($0.count) }.joined(separator: " and ")
            throw ComputeError(
                .badArgument, "\(name) takes pairs, got \(lengths) values",
                subject: samples.names.joined(separator: ", "))
        }
        return try settings.missing.applyPairwise(to: given)
    }

    private func check(_ settings: Settings) throws {
        let known = Set(options.map(\.name))
        let named = Set(settings.numbers.keys).union(settings.flags).union(settings.choices.keys)
        if let unknown = named.subtracting(known).min() {
            throw ComputeError(.badArgument, "\(name) has no option '\(unknown)'", subject: unknown)
        }
        guard options.contains(.alternative) || settings.alternative == .twoSided else {
            throw ComputeError(.badArgument, "\(name) has no option 'alternative'", subject: "alternative")
        }
        try Interval.checkLevel(settings.level)
        for case .choice(let option, let names) in options {
            if let value = settings.choices[option], !names.contains(value) {
                let list = names.joined(separator: ", ")
                throw ComputeError(.badArgument, "\(option) takes one of \(list), got '\(value)'", subject: option)
            }
        }
    }

    private func arguments(_ samples: [[Double]], _ settings: Settings) -> Arguments {
        var (numbers, choices) = (settings.numbers, settings.choices)
        for option in options {
            switch option {
            case .number(let name, let value): numbers[name] = numbers[name] ?? value
            case .choice(let name, let names): choices[name] = choices[name] ?? names.first
            case .alternative, .level, .flag: continue
            }
        }
        return Arguments(
            samples: samples, alternative: settings.alternative, level: settings.level, numbers: numbers,
            flags: settings.flags, choices: choices)
    }
}

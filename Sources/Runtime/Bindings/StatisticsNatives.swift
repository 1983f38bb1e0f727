import Compute
import Lang

/// A test's result in a script: its numbers are fields.
final class TestValue: Foreign {
    let result: TestResult
    init(_ result: TestResult) { self.result = result }

    var typeName: String { "test" }
    var fieldNames: [String] { ["title", "estimate", "statistic", "df", "p", "ci", "effect", result.estimate.name] }

    func field(_ name: String) -> Value? {
        switch name {
        case "title": return .string(result.title)
        case "estimate", result.estimate.name: return .number(result.estimate.value)
        case "statistic": return .number(result.statistic.value)
        case "df":
            return result.degreesOfFreedom.count == 1
                ? .number(result.degreesOfFreedom[0]) : .numbers(result.degreesOfFreedom)
        case "p": return .number(result.pValue)
        case "ci": return result.interval.map { .numbers([$0.low, $0.high]) } ?? .nothing
        case "effect": return result.effect.map { .number($0.value) } ?? .nothing
        default: return nil
        }
    }

    func display(width: Int) -> String { result.display(width: width) }
}

/// Statistics for scripts: every declared test by its name, log odds, adjusted scores.
enum StatisticsNatives {
    private static let group = "Statistics"
    /// Numbers that any test takes less than a tenth of a second for.
    private static let instantly = 200_000

    static var signatures: [Signature] { HypothesisTest.catalogue.map(native) + transforms + [adjustedScores] }

    // MARK: Tests

    private static func native(_ test: HypothesisTest) -> Signature {
        .host(
            test.name, group: group, test.title + ".", text: "Source: \(test.source).",
            test.samples.names.map { .sample($0) } + test.options.map(parameter), example: test.example
        ) { call in
            let samples = try test.samples.names.map { try call.sample($0) }
            let settings = try settings(of: test, call)
            guard samples.reduce(0, { $0 + $1.count }) > instantly else {
                return .foreign(TestValue(try test.run(samples, settings)))
            }
            return .foreign(
                TestValue(try Detached.run(check: call.checkInterruption) { try test.run(samples, settings) }))
        }
    }

    private static func parameter(_ option: HypothesisTest.Option) -> Parameter {
        switch option {
        case .alternative:
            Parameter(
                option.name, .choice(Alternative.allCases.map(\.rawValue)),
                default: .string(Alternative.twoSided.rawValue))
        case .level: Parameter(option.name, .number(0...1), default: .number(0.95), "of the confidence interval")
        case .number(let name, let value): Parameter(name, .number(), default: .number(value))
        case .flag(let name): Parameter(name, .bool, default: .bool(false))
        case .choice(let name, let words): Parameter(name, .choice(words), default: .string(words.first ?? ""))
        }
    }

    private static func settings(of test: HypothesisTest, _ call: NativeCall) throws -> HypothesisTest.Settings {
        var settings = HypothesisTest.Settings()
        for option in test.options {
            switch option {
            case .alternative: settings.alternative = Alternative(rawValue: try call.string("alternative")) ?? .twoSided
            case .level: settings.level = try call.number("level")
            case .number(let name, _): settings.numbers[name] = try call.number(name)
            case .flag(let name): if try call.bool(name) { settings.flags.insert(name) }
            case .choice(let name, _): settings.choices[name] = try call.string(name)
            }
        }
        return settings
    }

    // MARK: Log odds

    private static var transforms: [Signature] {
        [
            .host(
                "logit", group: group, "The log odds ln(p / (1 − p)).",
                text:
                    "With the number of examples, 0 and 1 are moved by half an example (Haldane 1956) and stay finite.",
                [
                    Parameter("x", .oneOf([.optional(.number()), .list(of: .optional(.number()))])),
                    optional("of", .oneOf([.integer(1...Int.max), .list(of: .integer(1...Int.max))]), "examples"),
                ], returns: .oneOf([.number(), .list()]), example: "logit([50%, 100%], of: 200)"
            ) { try logit($0) },
            Signature("expit", group: group, summary: "The proportion with these log odds.", example: "expit(0) == 0.5")
            {
                Logit.expit($0)
            },
            Signature(
                "fisher_z", group: group, summary: "Fisher's z of a correlation, atanh(r); tanh goes back.",
                example: "fisher_z(0.9)"
            ) { Correlation.fisherZ($0) },
        ]
    }

    private static func logit(_ call: NativeCall) throws -> Value {
        let (x, counts) = (try call.value("x"), try call.value("of"))
        guard let list = x.asList else {
            let count = try call.optionalInteger("of")
            return x.asNumber.map { .number(logit($0, count)) } ?? .nothing
        }
        let all = try counts.asList.map { _ in try call.numbers("of").map { Int($0) } }
        guard all?.count ?? list.count == list.count else {
            throw NativeError("'of' has \(all?.count ?? 0) counts for \(list.count) numbers", parameter: "of")
        }
        let one = counts.asNumber.map { Int($0) }
        if let numbers = list.numbers { return .numbers(numbers.indices.map { logit(numbers[$0], all?[$0] ?? one) }) }
        return .list(
            list.values.enumerated().map { index, value in
                value.asNumber.map { .number(logit($0, all?[index] ?? one)) } ?? .nothing
            })
    }

    private static func logit(_ p: Double, _ count: Int?) -> Double {
        count.map { Logit.logit(p, of: $0) } ?? Logit.logit(p)
    }

    /// Kornblith et al. 2019, figure 2: a row a model, with Morey's standard errors.
    private static var adjustedScores: Signature {
        .host(
            "adjusted_scores", group: group, "How well each model transfers, over all data sets of a setting.",
            text:
                "transfer_logit is the mean of the log odds over the data sets, transfer the proportion with these odds.\n"
                + "score is the mean of the log odds after each data set's mean over the models is taken off; se is its standard\n"
                + "error with Morey's correction (2008). Accuracies of 0 and 1 are moved by half an example.",
            [
                Parameter("results", .foreign(typeName: "table")),
                optional("of", .string, "the setting; none when there is one"),
            ],
            example: """
                let t = table(model: ["a", "a", "b", "b"], dataset: ["x", "y", "x", "y"], accuracy: [80%, 70%, 90%, 75%])
                adjusted_scores(t)
                """
        ) { .table(try AdjustedTable.make(try $0.table("results"), setting: try $0.optionalString("of"))) }
    }
}
